import * as z from 'zod/mini';
import { mayApprove, mayPropose } from '../core/administration/authority.ts';
import type { Operation } from '../core/administration/change.ts';
import type { Person } from '../core/administration/person.ts';
import { canonicalBytes, type Digest, digestOf, factDigest } from '../core/facts/canonical.ts';
import { id, text } from '../core/facts/primitives.ts';
import { type PurgeOutcome, purgeObject } from '../store/purge.ts';
import { readBody } from './bodies.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, type RegistryContext, type Reply } from './context.ts';
import { demand } from './permissions.ts';
import { type Held, ID_PATTERN, newId, type Records } from './records.ts';
import { Refusal } from './refusal.ts';

/** A request to remove, for good, what should never have been recorded. */
export interface PurgeRequest {
  readonly id: string;
  readonly status: 'open' | 'done';
  readonly author: Person;
  readonly createdAt: string;
  readonly authority: string;
  readonly reason: string;
  readonly objects: readonly Digest[];
  readonly proposals: readonly string[];
  /** Of all the above: what the second person names. */
  readonly digest: Digest;
  readonly approver?: Person;
  readonly approvedAt?: string;
  readonly outcomes?: Readonly<Record<string, PurgeOutcome>>;
}

export interface PurgeContext extends RegistryContext {
  readonly purges: Records<PurgeRequest>;
}

const digest = z
  .string()
  .check(z.regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 lower-case hexadecimal digits'));

const requestBody = z.strictObject({
  /** Of notes: the reasons of commits. Everything else holds what others need, and is kept. */
  objects: z.array(digest).check(z.maxLength(100)),
  /** Proposals whose reason and operations go too. */
  proposals: z.array(z.string().check(z.regex(ID_PATTERN, 'the id of a proposal'))).check(z.maxLength(100)),
  authority: id,
  /** Recorded for good: it must not repeat what is to be purged. */
  reason: text,
});

const approveBody = z.strictObject({ request: digest });

/** `POST /v1/registry-purge`: one person of an authority asks. */
export async function requestPurge(context: PurgeContext, call: Call): Promise<Reply> {
  const { objects, proposals, authority, reason } = readBody(requestBody, call.body());
  if (objects.length + proposals.length === 0)
    throw new Refusal('REQUEST_INVALID', 'nothing to purge', { path: '/objects' });
  const head = await context.anyReader.open({}, call.signal);
  const facts = await factsAt(context, head);
  const now = context.clock();
  demand(mayPropose(call.caller, await wordOf(context, call, authority), facts, now));
  const asked = { authority, reason, objects: objects as readonly Digest[], proposals };
  const { record } = await context.purges.create(
    {
      ...asked,
      id: newId('x', now),
      status: 'open',
      author: call.caller,
      createdAt: instantText(now),
      digest: digestOf(canonicalBytes({ ...asked, author: call.caller.arn })),
    },
    call.signal,
  );
  return { status: 201, body: purgeView(record) };
}

/** `GET /v1/registry-purge/{id}` */
export async function showPurge(context: PurgeContext, call: Call): Promise<Reply> {
  return { status: 200, body: purgeView((await readPurge(context, call)).record) };
}

/** `POST /v1/registry-purge/{id}/approve`: a second person of that authority does it. Repeating it completes it. */
export async function approvePurge(context: PurgeContext, call: Call): Promise<Reply> {
  const { request } = readBody(approveBody, call.body());
  const held = await readPurge(context, call);
  const { record } = held;
  if (record.status === 'done') return { status: 200, body: purgeView(record) };
  if (record.digest !== request)
    throw new Refusal('CONFLICT', 'this is not the request that was approved', { path: '/request' });
  const head = await context.anyReader.open({}, call.signal);
  const changes = await wordOf(context, call, record.authority);
  const { author } = record;
  demand(mayApprove(call.caller, { author, changes }, await factsAt(context, head), context.clock()));
  const { client, tables } = context;
  const outcomes: Record<string, PurgeOutcome> = {};
  for (const each of record.objects) {
    outcomes[each] = await purgeObject({ client, tables, signal: call.signal }, each);
  }
  for (const each of record.proposals) outcomes[each] = await purgeProposal(context, call, each);
  const done = await context.purges.update(
    held,
    {
      ...record,
      status: 'done',
      approver: call.caller,
      approvedAt: instantText(context.clock()),
      outcomes,
    },
    call.signal,
  );
  return { status: 200, body: purgeView(done.record) };
}

/** An authority's own fact once more: only its two people may say it. */
async function wordOf(context: PurgeContext, call: Call, authority: string): Promise<readonly Operation[]> {
  const head = await context.anyReader.open({}, call.signal);
  const fact = (await factsAt(context, head)).get(`authority/${authority}`);
  if (fact === undefined)
    throw new Refusal('NOT_FOUND', 'there is no authority of this id', { path: '/authority' });
  return [{ op: 'replace', fact, was: factDigest(fact) }];
}

const GONE = '(purged)';

async function purgeProposal(context: PurgeContext, call: Call, id: string): Promise<PurgeOutcome> {
  const held = await context.proposals.read(id, call.signal);
  if (held === undefined) return 'missing';
  const { record } = held;
  if (record.reason === GONE) return 'already-purged';
  if (record.status !== 'rejected' && record.status !== 'published') return 'in-use';
  if (record.body !== null) await context.blobs.remove(record.body, call.signal);
  if (record.prepared !== undefined) await context.blobs.remove(record.prepared, call.signal);
  // A chunk that came before the upload was given up holds the same words.
  for (const chunk of Object.values(record.upload?.received ?? {})) {
    await context.blobs.remove(chunk, call.signal);
  }
  const { rejection } = record;
  await context.proposals.update(
    held,
    {
      ...record,
      reason: GONE,
      ...(rejection !== undefined && { rejection: { ...rejection, reason: GONE } }),
    },
    call.signal,
  );
  return 'purged';
}

async function readPurge(context: PurgeContext, call: Call): Promise<Held<PurgeRequest>> {
  const held = await context.purges.read(call.variables['id'] ?? '', call.signal);
  if (held === undefined) throw new Refusal('NOT_FOUND', 'there is no such request');
  return held;
}

function purgeView(request: PurgeRequest): Readonly<Record<string, unknown>> {
  const { author, approver, ...rest } = request;
  const person = ({ roleName, session }: Person) => ({ role: roleName, session });
  return { ...rest, author: person(author), ...(approver !== undefined && { approver: person(approver) }) };
}
