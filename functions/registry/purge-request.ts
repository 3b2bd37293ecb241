import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { mayConsent } from '../core/administration/authority.ts';
import type { Facts } from '../core/administration/change.ts';
import { consenting, haveConsented, type Voice, voiceNamed } from '../core/administration/consent.ts';
import type { Person, Signatory } from '../core/administration/person.ts';
import { contentOf, type Signed, type SignedAs } from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { id, text } from '../core/facts/primitives.ts';
import { commitOf } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { type PurgeOutcome, purgeObject } from '../store/purge.ts';
import { attested, readBody, signBody, version } from './bodies.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, type RegistryContext, type Reply } from './context.ts';
import { demand } from './permissions.ts';
import { voicesOf } from './purge-voices.ts';
import { type Held, ID_PATTERN, newId, type Records } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSigned, isSaid, signatory } from './signatures.ts';

/** A request to remove, for good, what should never have been recorded. */
export interface PurgeRequest {
  readonly id: string;
  readonly status: 'open' | 'done';
  readonly createdAt: string;
  /** Whose people ask. Facts are never purged: what goes are reasons of versions and closed proposals. */
  readonly authority: string;
  readonly reason: string;
  readonly salt: string;
  /** Versions whose reasons go. */
  readonly notes: readonly number[];
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
  /** Versions whose reasons go. */
  notes: z.array(version).check(z.maxLength(100)),
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
  const { notes, proposals, authority, reason, salt } = body;
  if (notes.length + proposals.length === 0)
    throw new Refusal('REQUEST_INVALID', 'nothing to purge', { path: '/notes' });
  const named = { authority, reason, salt, notes, proposals };
  const content = contentOf({ kind: 'purge', ...named });
  const head = await context.anyReader.open({}, call.signal);
  const facts = await factsAt(context, head);
  if (!facts.has(`authority/${authority}`))
    throw new Refusal('NOT_FOUND', 'there is no authority of this id', { path: '/authority' });
  const now = context.clock();
  const voices = await voicesFor(context, head, facts, named, call.signal);
  const silent = voices.find((voice) => consenting(voice, facts, now).length === 0);
  if (silent !== undefined)
    throw new Refusal(
      'NOT_AUTHORISED',
      'nobody speaks any more for somebody whose facts this is about: register who does first',
      { details: { voice: silent } },
    );
  const first = consent(context, call, { facts, voices }, body.signed, content);
  const { record } = await context.purges.create(
    {
      ...named,
      id: newId('x', now),
      status: 'open',
      createdAt: instantText(now),
      digest: content,
      consents: [first],
    },
    call.signal,
  );
  const missing = voices.map(({ id }) => id);
  return { status: 201, body: { ...purgeView(record), missing } };
}

/** `GET /v1/registry-purge/{id}` */
export async function showPurge(context: PurgeContext, call: Call): Promise<Reply> {
  return { status: 200, body: purgeView((await readPurge(context, call)).record) };
}

/**
 * `POST /v1/registry-purge/{id}/approve`: one more person signs; once two people of everybody it is about have, it is done.
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
  const { authority, reason, salt, notes, proposals } = record;
  const content = contentOf({ kind: 'purge', authority, reason, salt, notes, proposals });
  const voices = await voicesFor(context, head, facts, record, call.signal);
  const own = consent(context, call, { facts, voices }, given, content);
  const others = record.consents.filter(
    ({ by, signed: kept }) => by.key !== own.by.key && isSaid(context, kept, 'purge', { content }),
  );
  if (others.some(({ by }) => by.arn === own.by.arn))
    throw new Refusal('SECOND_PERSON_NEEDED', 'the second person needs another session than the first');
  const consents = [...others, own];
  const keys = consents.map(({ signed: each }) => each.key);
  const now = context.clock();
  const missing = voices.filter((voice) => !haveConsented(keys, voice, facts, now)).map(({ id }) => id);
  if (missing.length > 0) {
    const next = await context.purges.update(held, { ...record, consents }, call.signal);
    return { status: 202, body: { ...purgeView(next.record), missing } };
  }
  const { client, tables } = context;
  const outcomes: Record<string, PurgeOutcome> = {};
  for (const version of notes) {
    const { commit } = await commitOf(head, version);
    outcomes[version] = await purgeObject({ client, tables, signal: call.signal }, commit.note);
  }
  for (const each of record.proposals) outcomes[each] = await purgeProposal(context, call, each);
  const done = await context.purges.update(
    held,
    { ...record, consents, status: 'done', approvedAt: instantText(now), outcomes },
    call.signal,
  );
  return { status: 200, body: purgeView(done.record) };
}

/** Whoever asks, and everybody it is about. */
async function voicesFor(
  context: PurgeContext,
  head: OpenSnapshot,
  facts: Facts,
  { authority, ...purged }: Pick<PurgeRequest, 'authority' | 'notes' | 'proposals'>,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const asking = voiceNamed(authority, facts);
  const others = await voicesOf(context, head, purged, signal);
  return [asking, ...others.filter((voice) => !isDeepStrictEqual(voice, asking))];
}

function consent(
  context: PurgeContext,
  call: Call,
  { facts, voices }: { readonly facts: Facts; readonly voices: readonly Voice[] },
  given: Signed,
  content: Digest,
): Consent {
  const own = demandSigned(context, given, 'purge', { content });
  const by = signatory(call.caller, own);
  const now = context.clock();
  const asked = voices.flatMap((voice) => consenting(voice, facts, now)).map(({ id }) => id);
  demand(mayConsent(by, asked, facts, now));
  return { by, signed: own };
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
