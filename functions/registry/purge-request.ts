import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { mayConsent } from '../core/administration/authority.ts';
import { consenting, haveConsented, type Voice, voiceNamed } from '../core/administration/consent.ts';
import type { Person, Signatory } from '../core/administration/person.ts';
import {
  contentOf,
  PROPOSAL_MS,
  type SignedAs,
  type SignedStatement,
} from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { id, text } from '../core/facts/primitives.ts';
import { leftOf, type PurgeOutcome, purgeObject } from '../store/purge.ts';
import type { ReplyTo } from './answers.ts';
import { attested, readBody, signBody, versionNumber } from './bodies.ts';
import { type Call, instantText, type RegistryContext } from './context.ts';
import { demand } from './permissions.ts';
import type { Proposal } from './proposal.ts';
import { type PurgeGround, purgeGround, versionIn } from './purge-ground.ts';
import { GONE, voicesOf } from './purge-voices.ts';
import { ID_PATTERN, newId, type Records, type StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSigned, isSaid, signatory } from './signatures.ts';

/** A request to remove, for good, what should never have been recorded. */
interface PurgeRequest {
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
}

/** One person's word that this may go for good. */
interface Consent {
  readonly by: Signatory;
  readonly signed: SignedAs<'purge'>;
}

export interface PurgeContext extends RegistryContext {
  readonly purges: Records<PurgeRequest>;
}

export const purgeBody = z.strictObject({
  /** Versions whose reasons go. */
  notes: z.array(versionNumber).check(z.maxLength(100)),
  /** Proposals whose reason and operations go too. */
  proposals: z.array(z.string().check(z.regex(ID_PATTERN, 'the id of a proposal'))).check(z.maxLength(100)),
  authority: id,
  /** Recorded for good: it must not repeat what is to be purged. */
  reason: text,
  ...attested,
});

/** `POST /v1/registry-purge`: one person of an authority asks. */
export async function requestPurge(context: PurgeContext, call: Call): Promise<ReplyTo<'request-purge'>> {
  const body = readBody(purgeBody, call.body());
  const { notes, proposals, authority, reason, salt } = body;
  if (notes.length + proposals.length === 0)
    throw new Refusal('REQUEST_INVALID', 'nothing to purge', { path: '/notes' });
  const named = { authority, reason, salt, notes, proposals };
  const content = contentOf({ kind: 'purge', ...named });
  const ground = await purgeGround(context, named, call.signal);
  const { people } = ground;
  if (!people.has(`authority/${authority}`))
    throw new Refusal('FACT_UNKNOWN', 'there is no authority of this id', { path: '/authority' });
  const now = context.clock();
  const voices = await voicesFor(context, ground, named, call.signal);
  const silent = voices.find((voice) => consenting(voice, people, now).length === 0);
  if (silent !== undefined)
    throw new Refusal(
      'NOT_AUTHORISED',
      'nobody speaks any more for somebody whose facts this is about: register who does first',
      { details: { voice: silent } },
    );
  const first = consent(context, call, { ...ground, voices }, body.signed, content);
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

/** `GET /v1/registry-purge/{id}`: what was asked for, and what there is of it now. */
export async function showPurge(context: PurgeContext, call: Call): Promise<ReplyTo<'show-purge'>> {
  const { record } = await readPurge(context, call);
  const ground = await purgeGround(context, record, call.signal);
  const outcomes: Record<string, PurgeOutcome> = {};
  let isDone = record.status === 'done';
  for (const [name, left] of await leftOfAll(context, ground, record, call.signal)) {
    if (left === null) isDone = false;
    else outcomes[name] = left;
  }
  return { status: 200, body: purgeView({ ...record, status: isDone ? 'done' : 'open' }, outcomes) };
}

/**
 * `POST /v1/registry-purge/{id}/approve`: one more person signs; once two people of everybody it is about have, it is done.
 * Repeating it completes it: that it was done is told by what there is, never by what the table says.
 */
export async function approvePurge(context: PurgeContext, call: Call): Promise<ReplyTo<'approve-purge'>> {
  const { signed: given } = readBody(signBody, call.body());
  const held = await readPurge(context, call);
  const { approvedAt: _at, ...record } = held.record;
  const ground = await purgeGround(context, record, call.signal);
  const { people } = ground;
  // Computed from what is stored now: a record may be anybody's.
  const { authority, reason, salt, notes, proposals } = record;
  const content = contentOf({ kind: 'purge', authority, reason, salt, notes, proposals });
  const voices = await voicesFor(context, ground, record, call.signal);
  const own = consent(context, call, { ...ground, voices }, given, content);
  const { epoch } = ground.head.commit;
  const others = record.consents.filter(
    ({ by, signed: kept }) =>
      by.key !== own.by.key &&
      isSaid(context, kept, 'purge', { content, epoch }) &&
      isStillMeant(context, kept),
  );
  if (others.some(({ by }) => by.arn === own.by.arn))
    throw new Refusal('SECOND_PERSON_NEEDED', 'the second person needs another session than the first');
  const consents = [...others, own];
  const keys = consents.map(({ signed: each }) => each.key);
  const now = context.clock();
  const missing = voices.filter((voice) => !haveConsented(keys, voice, people, now)).map(({ id }) => id);
  if (missing.length > 0) {
    const next = await context.purges.update(held, { ...record, status: 'open', consents }, call.signal);
    return { status: 202, body: { ...purgeView(next.record), missing } };
  }
  const { client, tables } = context;
  const outcomes: Record<string, PurgeOutcome> = {};
  for (const versionNumber of notes) {
    const { note } = versionIn(ground, versionNumber).commit;
    outcomes[versionNumber] = await purgeObject({ client, tables, signal: call.signal }, note);
  }
  for (const each of proposals) outcomes[each] = await purgeProposal(context, call, each);
  const done = await context.purges.update(
    held,
    { ...record, consents, status: 'done', approvedAt: instantText(now) },
    call.signal,
  );
  return { status: 200, body: purgeView(done.record, outcomes) };
}

/** What there is of everything a purge names; null where it is still there. */
async function leftOfAll(
  context: PurgeContext,
  ground: PurgeGround,
  { notes, proposals }: Pick<PurgeRequest, 'notes' | 'proposals'>,
  signal: AbortSignal,
): Promise<readonly (readonly [string, PurgeOutcome | null])[]> {
  const { client, tables } = context;
  const found: [string, PurgeOutcome | null][] = [];
  for (const versionNumber of notes) {
    const { note } = versionIn(ground, versionNumber).commit;
    found.push([String(versionNumber), await leftOf({ client, tables, signal }, note)]);
  }
  for (const id of proposals) found.push([id, leftOfProposal(await context.proposals.read(id, signal))]);
  return found;
}

/** Whoever asks, and everybody it is about. */
async function voicesFor(
  context: PurgeContext,
  ground: PurgeGround,
  { authority, ...purged }: Pick<PurgeRequest, 'authority' | 'notes' | 'proposals'>,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const asking = voiceNamed(authority, ground.people);
  const others = await voicesOf(context, ground, purged, signal);
  return [asking, ...others.filter((voice) => !isDeepStrictEqual(voice, asking))];
}

function consent(
  context: PurgeContext,
  call: Call,
  { head, people, voices }: PurgeGround & { readonly voices: readonly Voice[] },
  given: SignedStatement,
  content: Digest,
): Consent {
  const own = demandSigned(context, given, 'purge', { content, epoch: head.commit.epoch });
  const by = signatory(call.caller, own);
  const now = context.clock();
  const asked = voices.flatMap((voice) => consenting(voice, people, now)).map(({ id }) => id);
  demand(mayConsent(by, asked, people, now));
  return { by, signed: own };
}

/** Consent that nobody came to use is given again: written so that no time at all is too long ago. */
function isStillMeant({ clock }: Pick<RegistryContext, 'clock'>, { statement }: SignedStatement): boolean {
  return clock() - Date.parse(statement.at) <= PROPOSAL_MS;
}

function leftOfProposal(held: StoredRecord<Proposal> | undefined): PurgeOutcome | null {
  if (held === undefined) return 'missing';
  const { reason, status } = held.record;
  if (reason === GONE) return 'already-purged';
  return status === 'rejected' || status === 'published' ? null : 'in-use';
}

/** The operations go last: whose they are is told from them, for as long as anything of the proposal is there. */
async function purgeProposal(context: PurgeContext, call: Call, id: string): Promise<PurgeOutcome> {
  const held = await context.proposals.read(id, call.signal);
  const left = leftOfProposal(held);
  if (held === undefined || left === 'in-use') return left ?? 'missing';
  const { record } = held;
  if (record.prepared !== undefined) await context.blobs.remove(record.prepared, call.signal);
  // A chunk that came before the upload was given up holds the same words.
  for (const chunk of Object.values(record.upload?.received ?? {})) {
    await context.blobs.remove(chunk, call.signal);
  }
  if (left === null) await context.proposals.update(held, withoutWords(record), call.signal);
  if (record.body !== null) await context.blobs.remove(record.body, call.signal);
  return left ?? 'purged';
}

function withoutWords(record: Proposal): Proposal {
  const { rejection } = record;
  return {
    ...record,
    reason: GONE,
    asked: null,
    ...(rejection !== undefined && { rejection: { ...rejection, reason: GONE } }),
  };
}

async function readPurge(context: PurgeContext, call: Call): Promise<StoredRecord<PurgeRequest>> {
  const held = await context.purges.read(call.variables['id'] ?? '', call.signal);
  if (held === undefined) throw new Refusal('PURGE_UNKNOWN', 'there is no such request');
  return held;
}

function purgeView(
  request: PurgeRequest,
  outcomes?: Readonly<Record<string, PurgeOutcome>>,
): ReplyTo<'show-purge'>['body'] {
  const { id, status, createdAt, authority, reason, salt, notes, proposals, digest } = request;
  const { consents, approvedAt } = request;
  const person = ({ roleName, session }: Person) => ({ role: roleName, session });
  return {
    ...{ id, status, createdAt, authority, reason, salt, notes, proposals, digest },
    ...(status === 'done' && { approvedAt }),
    ...(outcomes !== undefined && { outcomes }),
    consents: consents.map(({ by }) => ({ ...person(by), key: by.key })),
  };
}
