import * as z from 'zod/mini';
import { mayConsent } from '../core/administration/authority.ts';
import { consenting, stillNeeded, type Voice, voiceNamed } from '../core/administration/consent.ts';
import type { Person, Signatory } from '../core/administration/person.ts';
import { JOB_PATTERN, PROPOSAL_PATTERN } from '../core/administration/record-ids.ts';
import {
  contentOf,
  PROPOSAL_MS,
  type SignedAs,
  type SignedStatement,
} from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { digest, id, text } from '../core/facts/primitives.ts';
import type { PurgeOutcome } from '../store/purge.ts';
import { MOST_NAMED, MOST_REASONS, type PurgeAsked } from '../store/purge-word.ts';
import type { ReplyTo } from './answers.ts';
import { attested, readBody, signBody, versionNumber } from './bodies.ts';
import { type Call, instantText, type RegistryContext } from './context.ts';
import { demand } from './permissions.ts';
import { contentsOf } from './purge-contents.ts';
import { demandAudited, type FactsToGo, factsToGo, voicesOfFacts } from './purge-facts.ts';
import { type PurgeGround, purgeGround } from './purge-ground.ts';
import { DONE, itemsOf, type PurgeSubject } from './purge-items.ts';
import { voicesOf } from './purge-voices.ts';
import { newId, type Records, type StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSigned, isSaid, signatory } from './signatures.ts';

/** A request to remove, for good, what should never have been recorded. */
interface PurgeRequest extends PurgeSubject {
  readonly id: string;
  readonly status: 'open' | 'done';
  readonly createdAt: string;
  /** Whose people ask. */
  readonly authority: string;
  readonly reason: string;
  readonly salt: string;
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
  /** Whether nobody can publish meanwhile: what a fact said goes only then. */
  readonly isClosed: boolean;
}

export const purgeBody = z.strictObject({
  /** Versions whose reasons go. */
  notes: z.array(versionNumber).check(z.maxLength(MOST_REASONS)),
  /** Proposals whose reason and operations go too. */
  proposals: z
    .array(z.string().check(z.regex(PROPOSAL_PATTERN, 'the id of a proposal')))
    .check(z.maxLength(MOST_REASONS)),
  authority: id,
  /** Documents of facts, and jobs, as a search names them. */
  objects: z.array(digest).check(z.maxLength(MOST_NAMED)),
  jobs: z.array(z.string().check(z.regex(JOB_PATTERN, 'the id of a job'))).check(z.maxLength(MOST_NAMED)),
  /** Recorded for good: it must not repeat what is to be purged. */
  reason: text,
  ...attested,
});

/** `POST /v1/registry-purge`: one person of an authority asks. */
export async function requestPurge(context: PurgeContext, call: Call): Promise<ReplyTo<'request-purge'>> {
  const body = readBody(purgeBody, call.body());
  const asked = askedOf({ ...body, objects: body.objects as readonly Digest[] });
  const { kind: _kind, ...named } = asked;
  const { authority, notes, proposals, objects, jobs } = named;
  if (notes.length + proposals.length + objects.length + jobs.length === 0)
    throw new Refusal('REQUEST_INVALID', 'nothing to purge', { path: '/notes' });
  const content = contentOf(asked);
  const ground = await purgeGround(context, named, call.signal);
  const { people } = ground;
  if (!people.has(`authority/${authority}`))
    throw new Refusal('FACT_UNKNOWN', 'there is no authority of this id', { path: '/authority' });
  const now = context.clock();
  const outcomes: Record<string, PurgeOutcome> = {};
  for (const item of itemsOf(context, ground, named, call.signal)) {
    const left = await item.left();
    if (left !== null) outcomes[item.name] = left;
    // Of a job nothing is left, not even that it was.
    if (left !== 'missing' && !(left === 'already-purged' && item.path === '/jobs')) continue;
    const details = { missing: item.name };
    throw new Refusal('PURGE_MISSING', 'there is nothing here to purge', { path: item.path, details });
  }
  const toGo = await factsToGo(context, ground, objects, call.signal);
  const voices = await voicesFor(context, ground, named, toGo, call.signal);
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
  const needed = stillNeeded([first.signed.key], voices, people, now);
  const contents = await contentsOf(ground, objects);
  return {
    status: 201,
    body: { ...purgeView(record, outcomes), contents, missing: Object.keys(needed), needed },
  };
}

/** `GET /v1/registry-purge/{id}`: what was asked for, and what there is of it now. */
export async function showPurge(context: PurgeContext, call: Call): Promise<ReplyTo<'show-purge'>> {
  const { record } = await readPurge(context, call);
  const ground = await purgeGround(context, record, call.signal);
  const outcomes: Record<string, PurgeOutcome> = {};
  let isDone = record.status === 'done';
  for (const item of itemsOf(context, ground, record, call.signal)) {
    const left = await item.left();
    if (left === null || !DONE.has(left)) isDone = false;
    if (left !== null) outcomes[item.name] = left;
  }
  const contents = await contentsOf(ground, record.objects);
  return {
    status: 200,
    body: { ...purgeView({ ...record, status: isDone ? 'done' : 'open' }, outcomes), contents },
  };
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
  const asked = askedOf(record);
  const content = contentOf(asked);
  const toGo = await factsToGo(context, ground, record.objects, call.signal);
  const voices = await voicesFor(context, ground, record, toGo, call.signal);
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
  const needed = stillNeeded(keys, voices, people, now);
  const missing = Object.keys(needed);
  if (missing.length > 0) {
    const next = await context.purges.update(held, { ...record, status: 'open', consents }, call.signal);
    return { status: 202, body: { ...purgeView(next.record), missing, needed } };
  }
  if (record.objects.length > 0 && !context.isClosed) {
    await context.purges.update(held, { ...record, status: 'open', consents }, call.signal);
    throw new Refusal(
      'REGISTRY_OPEN',
      'everybody has signed, and what facts said is erased only while nobody can publish: a publication on its way might bring it back, and then nothing could be read any more',
    );
  }
  await demandAudited(context, ground, toGo, call.signal);
  const word = { asked, signed: consents.map((each) => each.signed) };
  const outcomes: Record<string, PurgeOutcome> = {};
  for (const item of itemsOf(context, ground, record, call.signal))
    outcomes[item.name] = await item.erase(word);
  const isDone = Object.values(outcomes).every((outcome) => DONE.has(outcome));
  const done = await context.purges.update(
    held,
    isDone
      ? { ...record, consents, status: 'done', approvedAt: instantText(now) }
      : { ...record, consents, status: 'open' },
    call.signal,
  );
  return { status: 200, body: purgeView(done.record, outcomes) };
}

/** Whoever asks, and everybody it is about. */
async function voicesFor(
  context: PurgeContext,
  ground: PurgeGround,
  { authority, ...purged }: PurgeSubject & Pick<PurgeRequest, 'authority'>,
  toGo: FactsToGo,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const asking = voiceNamed(authority, ground.people);
  const isOfMany = purged.objects.length + purged.jobs.length > 0;
  const others = [
    ...(await voicesOf(context, ground, purged, signal)),
    ...(isOfMany ? await voicesOfFacts(context, ground, toGo) : []),
  ];
  return [...new Map([asking, ...others].map((voice) => [JSON.stringify(voice), voice])).values()];
}

/** What everybody signs: these members of a request, and no other. */
function askedOf({
  authority,
  reason,
  salt,
  notes,
  proposals,
  objects,
  jobs,
}: PurgeSubject & Pick<PurgeRequest, 'authority' | 'reason' | 'salt'>): PurgeAsked {
  return { kind: 'purge', authority, reason, salt, notes, proposals, objects, jobs };
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

async function readPurge(context: PurgeContext, call: Call): Promise<StoredRecord<PurgeRequest>> {
  const held = await context.purges.read(call.variables['id'] ?? '', call.signal);
  if (held === undefined) throw new Refusal('PURGE_UNKNOWN', 'there is no such request');
  return held;
}

function purgeView(
  request: PurgeRequest,
  outcomes?: Readonly<Record<string, PurgeOutcome>>,
): ReplyTo<'show-purge'>['body'] {
  const { id, status, createdAt, authority, reason, salt, notes, proposals, objects, jobs } = request;
  const { digest, consents, approvedAt } = request;
  const person = ({ roleName, session }: Person) => ({ role: roleName, session });
  return {
    ...{ id, status, createdAt, authority, reason, salt, notes, proposals, objects, jobs, digest },
    ...(status === 'done' && { approvedAt }),
    ...(outcomes !== undefined && { outcomes }),
    consents: consents.map(({ by }) => ({ ...person(by), key: by.key })),
  };
}
