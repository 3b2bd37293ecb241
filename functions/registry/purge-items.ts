/** What a request to purge names, one by one: what there is of each, and how it goes. */
import type { Digest } from '../core/facts/canonical.ts';
import { leftOf, type PurgeOutcome, purgeObject } from '../store/purge.ts';
import type { PurgeWord } from '../store/purge-word.ts';
import type { RegistryContext } from './context.ts';
import type { Job } from './job.ts';
import type { Proposal } from './proposal.ts';
import { type PurgeGround, versionIn } from './purge-ground.ts';
import { everyRecord, type StoredRecord } from './records.ts';

/** What a purge names. */
export interface PurgeSubject {
  /** Versions whose reasons go. */
  readonly notes: readonly number[];
  readonly proposals: readonly string[];
  /** Documents of facts. */
  readonly objects: readonly Digest[];
  /** Bytes beside proposals and jobs. */
  readonly blobs: readonly Digest[];
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
  { notes, proposals, objects, blobs }: PurgeSubject,
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
        left: async () => leftOfProposal(await context.proposals.read(id, signal)),
        erase: () => eraseProposal(context, id, signal),
      }),
    ),
    ...objects.map((digest) => stored(digest, '/objects', digest)),
    ...blobs.map(
      (digest): PurgeItem => ({
        ...{ name: digest, path: '/blobs' },
        left: () => leftOfBlob(context, digest, signal),
        erase: async () => {
          const left = await leftOfBlob(context, digest, signal);
          if (left === null) await context.blobs.remove(digest, signal);
          return left ?? 'purged';
        },
      }),
    ),
  ];
}

/** What there is no more of. What never was is not among it: a purge that found nothing has done nothing. */
export const DONE: ReadonlySet<PurgeOutcome> = new Set(['purged', 'already-purged']);

function leftOfProposal(held: StoredRecord<Proposal> | undefined): PurgeOutcome | null {
  if (held === undefined) return 'missing';
  const { purged, status } = held.record;
  if (purged) return 'already-purged';
  return isClosed(status) ? null : 'in-use';
}

function isClosed(status: Proposal['status']): boolean {
  return status === 'rejected' || status === 'published';
}

/** A blob that is gone leaves nothing: that it was there, the request's beginning has seen. */
async function leftOfBlob(
  context: RegistryContext,
  digest: Digest,
  signal: AbortSignal,
): Promise<PurgeOutcome | null> {
  if (!(await context.blobs.isThere(digest, signal))) return 'already-purged';
  for await (const proposal of everyRecord(context.proposals, signal))
    if (!isClosed(proposal.status) && blobsOf(proposal).includes(digest)) return 'in-use';
  return null;
}

export function blobsOf({ body, prepared, upload, simulation }: Proposal): readonly Digest[] {
  const named = [body, prepared, simulation?.recent, ...Object.values(upload?.received ?? {})];
  return named.filter((digest) => digest !== undefined && digest !== null);
}

/** What other proposals keep, open or closed: bytes that say the same are kept once, and are theirs too. A purged one keeps none. */
async function blobsOfOthers(
  context: RegistryContext,
  id: string,
  signal: AbortSignal,
): Promise<ReadonlySet<Digest>> {
  const kept = new Set<Digest>();
  for await (const proposal of everyRecord(context.proposals, signal))
    if (proposal.id !== id && !proposal.purged) for (const digest of blobsOf(proposal)) kept.add(digest);
  return kept;
}

/** The operations go last: whose they are is told from them, for as long as anything of the proposal is there. */
async function eraseProposal(
  context: RegistryContext,
  id: string,
  signal: AbortSignal,
): Promise<PurgeOutcome> {
  const held = await context.proposals.read(id, signal);
  const left = leftOfProposal(held);
  if (held === undefined || left === 'in-use') return left ?? 'missing';
  const { record } = held;
  // A chunk that came before the upload was given up holds the same words.
  const elsewhere = await blobsOfOthers(context, id, signal);
  if (blobsOf(record).some((digest) => elsewhere.has(digest))) return 'in-use';
  for (const digest of blobsOf(record))
    if (digest !== record.body) await context.blobs.remove(digest, signal);
  await eraseJobs(context, id, signal);
  if (left === null) await context.proposals.update(held, withoutWords(record), signal);
  if (record.body !== null) await context.blobs.remove(record.body, signal);
  return left ?? 'purged';
}

/** What a job names, and a cursor that it has left, where that was interrupted before it was gone. */
export function blobsOfJob(job: Job): readonly Digest[] {
  const recent = job.kind === 'simulate' ? job.recent : undefined;
  return [job.cursor, job.previous, job.result, recent].filter((digest) => digest !== undefined);
}

/** Whose the bytes beside proposals and jobs are: the newest proposal that they go with. */
export async function proposalsByBlob(
  context: RegistryContext,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const job of everyRecord(context.jobs, signal))
    if (job.kind === 'simulate')
      for (const digest of blobsOfJob(job)) if (!found.has(digest)) found.set(digest, job.proposal);
  // A proposal's own word is the better one.
  const own = new Map<string, string>();
  for await (const proposal of everyRecord(context.proposals, signal))
    for (const digest of blobsOf(proposal)) if (!own.has(digest)) own.set(digest, proposal.id);
  return new Map([...found, ...own]);
}

/** How far simulations of it came, what they found, and the requests they were asked to ask again. */
async function eraseJobs(context: RegistryContext, id: string, signal: AbortSignal): Promise<void> {
  for await (const job of everyRecord(context.jobs, signal)) {
    if (job.kind !== 'simulate' || job.proposal !== id) continue;
    for (const digest of blobsOfJob(job)) await context.blobs.remove(digest, signal);
  }
}

/** What stands where words of a purged proposal stood. */
const GONE = '(purged)';

function withoutWords(record: Proposal): Proposal {
  const { rejection } = record;
  return {
    ...record,
    purged: true,
    reason: GONE,
    asked: null,
    ...(rejection !== undefined && { rejection: { ...rejection, reason: GONE } }),
  };
}
