import * as z from 'zod/mini';
import { mayConsent } from '../core/administration/authority.ts';
import type { Facts } from '../core/administration/change.ts';
import type { Person, Signatory } from '../core/administration/person.ts';
import { contentOf, type Signed, type SignedAs } from '../core/administration/statement.ts';
import { twoSpeak } from '../core/administration/two-people.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { digest, id, text } from '../core/facts/primitives.ts';
import { type PurgeOutcome, purgeObject } from '../store/purge.ts';
import { attested, readBody, signBody } from './bodies.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, type RegistryContext, type Reply } from './context.ts';
import { demand } from './permissions.ts';
import { type Held, ID_PATTERN, newId, type Records } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSaid, demandSigned, signatory } from './signatures.ts';

/** A request to remove, for good, what should never have been recorded. */
export interface PurgeRequest {
  readonly id: string;
  readonly status: 'open' | 'done';
  readonly createdAt: string;
  /** Whose two people sign. Facts are never purged: what goes are reasons and closed proposals. */
  readonly authority: string;
  readonly reason: string;
  readonly salt: string;
  readonly objects: readonly Digest[];
  readonly proposals: readonly string[];
  /** Of what is asked for: what everybody signs. */
  readonly digest: Digest;
  readonly consents: readonly Consent[];
  readonly approvedAt?: string;
  readonly outcomes?: Readonly<Record<string, PurgeOutcome>>;
}

/** One person's word that this may go for good. */
export interface Consent {
  readonly by: Signatory;
  readonly signed: SignedAs<'purge'>;
}

export interface PurgeContext extends RegistryContext {
  readonly purges: Records<PurgeRequest>;
}

const requestBody = z.strictObject({
  /** Of notes, of leaves of earlier versions, of earlier law: whatever HEAD does not need. */
  objects: z.array(digest).check(z.maxLength(100)),
  /** Proposals whose reason and operations go too. */
  proposals: z.array(z.string().check(z.regex(ID_PATTERN, 'the id of a proposal'))).check(z.maxLength(100)),
  authority: id,
  /** Recorded for good: it must not repeat what is to be purged. */
  reason: text,
  ...attested,
});

/** `POST /v1/registry-purge`: one person of an authority asks. */
export async function requestPurge(context: PurgeContext, call: Call): Promise<Reply> {
  const body = readBody(requestBody, call.body());
  const { objects, proposals, authority, reason, salt } = body;
  if (objects.length + proposals.length === 0)
    throw new Refusal('REQUEST_INVALID', 'nothing to purge', { path: '/objects' });
  const named = { reason, salt, objects: objects as readonly Digest[], proposals };
  const content = contentOf({ kind: 'purge', ...named });
  const head = await context.anyReader.open({}, call.signal);
  const facts = await factsAt(context, head);
  if (!facts.has(`authority/${authority}`))
    throw new Refusal('NOT_FOUND', 'there is no authority of this id', { path: '/authority' });
  const first = consent(context, call, facts, authority, body.signed, content);
  const now = context.clock();
  const { record } = await context.purges.create(
    {
      ...named,
      id: newId('x', now),
      status: 'open',
      createdAt: instantText(now),
      authority,
      digest: content,
      consents: [first],
    },
    call.signal,
  );
  return { status: 201, body: purgeView(record) };
}

/** `GET /v1/registry-purge/{id}` */
export async function showPurge(context: PurgeContext, call: Call): Promise<Reply> {
  return { status: 200, body: purgeView((await readPurge(context, call)).record) };
}

/**
 * `POST /v1/registry-purge/{id}/approve`: one more person signs; once two people of the authority have, it is done.
 * Repeating it completes it.
 */
export async function approvePurge(context: PurgeContext, call: Call): Promise<Reply> {
  const { signed: given } = readBody(signBody, call.body());
  const held = await readPurge(context, call);
  const { record } = held;
  if (record.status === 'done') return { status: 200, body: purgeView(record) };
  const head = await context.anyReader.open({}, call.signal);
  const facts = await factsAt(context, head);
  // Computed from what is stored now: a record may be anybody's.
  const { authority, reason, salt, objects, proposals } = record;
  const content = contentOf({ kind: 'purge', reason, salt, objects, proposals });
  const own = consent(context, call, facts, authority, given, content);
  const others = record.consents.filter(
    ({ by, signed: kept }) => by.key !== own.by.key && isGiven(context, kept, content),
  );
  if (others.some(({ by }) => by.arn === own.by.arn))
    throw new Refusal('SECOND_PERSON_NEEDED', 'the second person needs another session than the first');
  const consents = [...others, own];
  const keys = consents.map(({ signed: each }) => each.key);
  const now = context.clock();
  if (!twoSpeak(keys, authority, facts, now)) {
    const next = await context.purges.update(held, { ...record, consents }, call.signal);
    return { status: 202, body: { ...purgeView(next.record), missing: authority } };
  }
  const { client, tables } = context;
  const outcomes: Record<string, PurgeOutcome> = {};
  for (const each of record.objects) {
    outcomes[each] = await purgeObject({ client, tables, signal: call.signal }, each);
  }
  for (const each of record.proposals) outcomes[each] = await purgeProposal(context, call, each);
  const done = await context.purges.update(
    held,
    { ...record, consents, status: 'done', approvedAt: instantText(now), outcomes },
    call.signal,
  );
  return { status: 200, body: purgeView(done.record) };
}

function consent(
  context: PurgeContext,
  call: Call,
  facts: Facts,
  authority: string,
  given: Signed,
  content: Digest,
): Consent {
  const own = demandSigned(context, given, 'purge', { content });
  const by = signatory(call.caller, own);
  demand(mayConsent(by, [authority], facts, context.clock()));
  return { by, signed: own };
}

function isGiven(context: PurgeContext, kept: Signed, content: Digest): boolean {
  try {
    demandSaid(context, kept, 'purge', { content });
    return true;
  } catch {
    return false;
  }
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
      asked: null,
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
  const { consents, ...rest } = request;
  const person = ({ roleName, session }: Person) => ({ role: roleName, session });
  return { ...rest, consents: consents.map(({ by }) => ({ ...person(by), key: by.key })) };
}
