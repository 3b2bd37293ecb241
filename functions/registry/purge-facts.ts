/**
 * What a purge of facts rests on: what it takes, none of it in force; the versions that hold it, which nobody can look at again
 * afterwards, so they are audited before; and everybody who spoke in one of them.
 */
import { everybodyIn, type Voice } from '../core/administration/consent.ts';
import type { Digest } from '../core/facts/canonical.ts';
import { loadRoot, type NamedCommit } from '../store/ancestry.ts';
import { verifyHead } from '../store/head.ts';
import { verifyHistory } from '../store/history-verify.ts';
import { authoritiesAfter } from '../store/keyring.ts';
import { OBJECT_TYPES } from '../store/object-bytes.ts';
import type { RegistryRoot } from '../store/registry-root.ts';
import { StoreError } from '../store/store-error.ts';
import { type FactObject, factObject, isHeldBy } from '../store/where-object.ts';
import { wordOf } from '../store/word.ts';
import type { RegistryContext } from './context.ts';
import { demandOwn, madeOf } from './own-publication.ts';
import { expiresAt, type Proposal } from './proposal.ts';
import { rootIn, thaw } from './publication.ts';
import type { PurgeGround } from './purge-ground.ts';
import { everyRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** Objects that are there still, and the versions that hold one of them. */
export interface FactsToGo {
  readonly objects: readonly FactObject[];
  readonly versions: readonly NamedCommit[];
}

/**
 * @throws Refusal IN_FORCE where HEAD, or what people signed of it, holds one of them; REQUEST_INVALID for what holds no facts;
 *   StoreError OBJECT_MISSING
 */
export async function factsToGo(
  context: RegistryContext,
  { head, past }: PurgeGround,
  digests: readonly Digest[],
  signal: AbortSignal,
): Promise<FactsToGo> {
  const objects: FactObject[] = [];
  for (const digest of digests) {
    const object = await factsIn({ head, past }, digest);
    if (object !== undefined) objects.push(object);
  }
  if (objects.length > 0) await demandNotOnItsWay(context, head, objects, signal);
  const approved = await head.approved();
  const inForce = approved === undefined ? [head.root] : [head.root, approved.root];
  for (const root of inForce)
    for (const object of objects)
      if (await isHeldBy(head.objects, root, object))
        throw new Refusal(
          'IN_FORCE',
          'decisions rest on this: replace the fact first, without the words, by two people; then purge what it was',
          { path: '/objects', details: { object: object.digest, version: head.version } },
        );
  const versions: NamedCommit[] = [];
  for (const at of objects.length === 0 ? [] : past) {
    const root = await loadRoot(head.objects, at.commit.root);
    for (const object of objects)
      if (await isHeldBy(head.objects, root, object)) {
        versions.push(at);
        break;
      }
  }
  return { objects, versions };
}

/**
 * Passes where no publication that was approved, and may still happen, holds one of them: its objects are there already, and
 * it would come into force over a hole.
 *
 * @throws Refusal IN_FORCE
 */
async function demandNotOnItsWay(
  context: RegistryContext,
  head: PurgeGround['head'],
  objects: readonly FactObject[],
  signal: AbortSignal,
): Promise<void> {
  for await (const proposal of everyRecord(context.proposals, signal)) {
    const root = await rootOnItsWay(context, head, proposal, signal);
    for (const object of root === undefined ? [] : objects)
      if (root !== undefined && (await isHeldBy(head.objects, root, object)))
        throw new Refusal(
          'IN_FORCE',
          'a change that was approved holds this and is not published yet: reject it, or have its approval sent again, replace the fact, and purge what it was',
          { path: '/objects', details: { object: object.digest, proposal: proposal.id } },
        );
  }
}

/** Undefined where nothing is, or of which nothing can come: it waited too long, is in the history, or is not what was frozen. */
async function rootOnItsWay(
  context: RegistryContext,
  head: PurgeGround['head'],
  proposal: Proposal,
  signal: AbortSignal,
): Promise<RegistryRoot | undefined> {
  const { id, status, prepared, createdAt } = proposal;
  if (status !== 'approving' || prepared === undefined || context.clock() >= expiresAt(createdAt))
    return undefined;
  if ((await madeOf(head, proposal)) !== undefined) return undefined;
  try {
    const bytes = await context.blobs.of(id).get(prepared, signal);
    if (bytes === undefined) return undefined;
    const frozen = thaw(bytes);
    // Whoever can write to the table could block every purge by what nobody could ever publish.
    verifyHead(frozen.head, context.publicKeys);
    demandOwn(proposal, frozen);
    return rootIn(frozen);
  } catch (error) {
    if (error instanceof Refusal || (error instanceof StoreError && !/^STORE_/.test(error.code)))
      return undefined;
    throw error;
  }
}

/** Undefined for what is gone already. */
async function factsIn(
  { head, past }: Pick<PurgeGround, 'head' | 'past'>,
  digest: Digest,
): Promise<FactObject | undefined> {
  try {
    return await factObject(head.objects, digest);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'OBJECT_PURGED') return undefined;
    if (error.code !== 'OBJECT_MALFORMED') throw error;
    // The note of a publication that another overtook explains no version: no version can name it to have it purged.
    const isNamed = past.some(({ commit }) => commit.note === digest);
    if (!isNamed && (await isNote(head.objects, digest))) return undefined;
    throw new Refusal(
      'REQUEST_INVALID',
      'only documents of facts are purged by their digest, and notes that no version names (`--note-of` the others)',
      { path: '/objects', details: { object: digest } },
    );
  }
}

async function isNote(source: PurgeGround['head']['objects'], digest: Digest): Promise<boolean> {
  return (await source.load([digest], OBJECT_TYPES)).get(digest)?.type === 'note';
}

/** Everybody who spoke in one of the versions, and everybody who speaks now: one document holds the facts of many. */
export async function voicesOfFacts(
  context: RegistryContext,
  { head, people }: PurgeGround,
  { versions }: FactsToGo,
): Promise<readonly Voice[]> {
  const voices = [...everybodyIn(people, context.clock())];
  for (const at of versions) {
    const { keyring } = await wordOf(at, head.objects);
    voices.push(...everybodyIn(authoritiesAfter(keyring.links), Date.parse(at.commit.recordedAt)));
  }
  return voices;
}

/** Versions that are audited within one request. */
const MOST_AT_ONCE = 40;
/** How old an audit may be that stands for one made now. Milliseconds. */
const AUDIT_MS = 24 * 60 * 60 * 1000;

/**
 * Passes where an audit of the whole history, begun at this version or a later one of it, found nothing a short while ago: so
 * many versions are audited in slices, beforehand, and what a job found is sealed.
 *
 * @throws Refusal AUDIT_NEEDED
 */
async function demandVerified(
  { clock, jobs }: Pick<RegistryContext, 'clock' | 'jobs'>,
  { past }: Pick<PurgeGround, 'past'>,
  { newest, below }: { readonly newest: number; readonly below: number },
  signal: AbortSignal,
): Promise<void> {
  const digests = new Map(past.map(({ commit, digest }) => [commit.version, digest]));
  for await (const job of everyRecord(jobs, signal)) {
    if (!(clock() - Date.parse(job.createdAt) <= AUDIT_MS)) break;
    if (job.kind !== 'verify' || job.faulty === undefined || job.base === undefined) continue;
    const { version, digest } = job.base;
    if (version < newest || digests.get(version) !== digest) continue;
    // The newest one decides. Of a problem the newest version is told: it may be in any that is older.
    if (job.faulty.every((at) => at !== null && at < below)) return;
    throw faultFound({ job: job.id });
  }
  throw new Refusal(
    'AUDIT_NEEDED',
    'more versions hold this than are audited at once: have the whole history verified first, then send this again',
    { path: '/objects', details: { versions: newest } },
  );
}

/**
 * Passes where an audit finds nothing wrong with these versions and those beside them: evidence of a fault is not destroyed.
 *
 * @throws Refusal REGISTRY_INTEGRITY
 */
export async function demandAudited(
  context: RegistryContext,
  { head, past }: PurgeGround,
  { versions }: FactsToGo,
  signal: AbortSignal,
): Promise<void> {
  if (versions.length === 0) return;
  const numbers = versions.map(({ commit }) => commit.version);
  const newest = Math.min(Math.max(...numbers) + 1, head.version);
  const below = Math.min(...numbers) - 1;
  if (newest - below > MOST_AT_ONCE) return demandVerified(context, { past }, { newest, below }, signal);
  const { client, tables, publicKeys, founders } = context;
  const named = past.map(({ commit, digest }) => [commit.version, digest] as const);
  const found = { problems: [], purged: [], checked: [] };
  const report = await verifyHistory({
    ...{ client, tables, publicKeys, founders, signal },
    cursor: { head: head.version, version: newest, named, newer: null, places: [], commits: 0, found },
    keepGoing: (version) => version > below,
  });
  if (report.problems.length > 0) throw faultFound({ problems: report.problems.slice(0, 20) });
}

function faultFound(details: Readonly<Record<string, unknown>>): Refusal {
  return new Refusal(
    'REGISTRY_INTEGRITY',
    'an audit finds fault with a version that holds this: nothing of it goes',
    { details },
  );
}
