/** What a request to purge names, one by one: what there is of each, and how it goes. */
import type { Digest } from '../core/facts/canonical.ts';
import { leftOf, type PurgeOutcome, purgeObject } from '../store/purge.ts';
import type { PurgeWord } from '../store/purge-word.ts';
import { openHead, type RegistryContext } from './context.ts';
import { removeKeptFor } from './kept-for.ts';
import { madeOf } from './own-publication.ts';
import { busyUntil, expiresAt, isExpired, type Proposal } from './proposal.ts';
import { type PurgeGround, versionIn } from './purge-ground.ts';
import type { StoredRecord } from './records.ts';

/** What a purge names. */
export interface PurgeSubject {
  /** Versions whose reasons go. */
  readonly notes: readonly number[];
  readonly proposals: readonly string[];
  /** Documents of facts. */
  readonly objects: readonly Digest[];
  /** Jobs, with what they left. */
  readonly jobs: readonly string[];
}

/** One thing that a purge names, by the name that its outcome has. */
interface PurgeItem {
  readonly name: string;
  readonly path: string;
  /** Null where it is there and may go. */
  left(): Promise<PurgeOutcome | null>;
  erase(word: PurgeWord): Promise<PurgeOutcome>;
}

export function itemsOf(
  context: RegistryContext,
  ground: PurgeGround,
  { notes, proposals, objects, jobs }: PurgeSubject,
  signal: AbortSignal,
): readonly PurgeItem[] {
  const { client, tables } = context;
  const stored = (name: string, path: string, digest: Digest): PurgeItem => ({
    ...{ name, path },
    left: () => leftOf({ client, tables, signal }, digest),
    erase: (word) => purgeObject({ client, tables, signal }, digest, word),
  });
  return [
    ...notes.map((version) => stored(String(version), '/notes', versionIn(ground, version).commit.note)),
    ...proposals.map(
      (id): PurgeItem => ({
        ...{ name: id, path: '/proposals' },
        left: async () => leftOfProposal(context, id, await context.proposals.read(id, signal), signal),
        erase: () => eraseProposal(context, id, signal),
      }),
    ),
    ...objects.map((digest) => stored(digest, '/objects', digest)),
    ...jobs.map(
      (id): PurgeItem => ({
        ...{ name: id, path: '/jobs' },
        left: () => leftOfJob(context, id, signal),
        erase: () => eraseJob(context, id, signal),
      }),
    ),
  ];
}

/** What there is no more of. What never was is not among it: a purge that found nothing has done nothing. */
export const DONE: ReadonlySet<PurgeOutcome> = new Set(['purged', 'already-purged']);

async function leftOfProposal(
  context: RegistryContext,
  id: string,
  held: StoredRecord<Proposal> | undefined,
  signal: AbortSignal,
): Promise<PurgeOutcome | null> {
  if (held !== undefined && !held.record.purged)
    return (await isClosed(context, held.record, signal)) ? null : 'in-use';
  if (held !== undefined && held.record.body !== null) return null;
  // What was begun before the purge, or for a record that never was, may have left something since.
  if (await context.blobs.of(id).isAnything(signal)) return null;
  return held === undefined ? 'missing' : 'already-purged';
}

/** Whether nothing can become of it any more, also where nobody is there to reject it, and nobody can be writing for it. */
async function isClosed(context: RegistryContext, proposal: Proposal, signal: AbortSignal): Promise<boolean> {
  const now = context.clock();
  const isAtRest = busyUntil(proposal, now) === undefined;
  switch (proposal.status) {
    case 'rejected':
    case 'published':
      return true;
    case 'open':
    case 'uploading':
      return isAtRest && isExpired(proposal, now);
    case 'approving':
      return isAtRest && (now >= expiresAt(proposal.createdAt) || (await isMade(context, proposal, signal)));
    default:
      return unknownStatus(proposal.status);
  }
}

/** Whether it is in the history, though nobody came to note it. */
async function isMade(context: RegistryContext, proposal: Proposal, signal: AbortSignal): Promise<boolean> {
  return (await madeOf(await openHead(context, { signal }), proposal)) !== undefined;
}

function unknownStatus(status: never): never {
  throw new Error(`no such status: ${String(status)}`);
}

/** The operations go last: whose they are is told from them, for as long as anything of the proposal is there. */
async function eraseProposal(
  context: RegistryContext,
  id: string,
  signal: AbortSignal,
): Promise<PurgeOutcome> {
  const held = await context.proposals.read(id, signal);
  const left = await leftOfProposal(context, id, held, signal);
  if (left !== null) return left;
  // The record first: whoever still works for it sees that it was purged, and takes away what it leaves.
  const marked =
    held === undefined || held.record.purged === true
      ? held
      : await context.proposals.update(held, withoutWords(held.record), signal);
  await removeKeptFor(context, id, signal, marked?.record.body);
  // Whose the operations are is told from them until they are gone; then their digest, which bears no salt, would give them away.
  if (marked !== undefined && marked.record.body !== null)
    await context.proposals.update(marked, { ...marked.record, body: null }, signal);
  return 'purged';
}

/** A job that is gone leaves nothing: that it was there, the request's beginning has seen. */
async function leftOfJob(
  context: RegistryContext,
  id: string,
  signal: AbortSignal,
): Promise<PurgeOutcome | null> {
  const isThere = (await context.jobs.isThere(id, signal)) || (await context.blobs.of(id).isAnything(signal));
  return isThere ? null : 'already-purged';
}

/** The record before what is kept under its id: no slice that is on its way can be filed then, and each takes away what it left. */
async function eraseJob(context: RegistryContext, id: string, signal: AbortSignal): Promise<PurgeOutcome> {
  const left = await leftOfJob(context, id, signal);
  if (left !== null) return left;
  // What a simulation left lies with its proposal, which may be open: only what this one names goes.
  const job = (await context.jobs.read(id, signal))?.record;
  if (job?.kind === 'simulate')
    for (const digest of [job.cursor, job.result, job.recent])
      if (digest !== undefined) await context.blobs.of(job.proposal).remove(digest, signal);
  await context.jobs.remove(id, signal);
  await context.blobs.of(id).removeAll(signal);
  return 'purged';
}

/** What stands where words of a purged proposal stood. */
const GONE = '(purged)';

function withoutWords(record: Proposal): Proposal {
  const { rejection, upload: _upload, ...rest } = record;
  return {
    ...rest,
    purged: true,
    reason: GONE,
    // By it, and the digest that everybody signed, short words could be guessed.
    salt: '',
    asked: null,
    ...(rejection !== undefined && { rejection: { ...rejection, reason: GONE } }),
  };
}
