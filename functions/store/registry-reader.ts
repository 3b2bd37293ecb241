import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ancestorAt, loadRoot } from './ancestry.ts';
import { behind, createHeadJudge, type HeadJudge } from './approved-head.ts';
import { homeOf } from './commit.ts';
import type { CommitKeys } from './commit-signature.ts';
import type { StoreTables } from './dynamodb.ts';
import { createFlooredHead } from './floored-head.ts';
import { copyToRead, type VerifiedHead } from './head.ts';
import { createObjectCache } from './object-cache.ts';
import { type Meter, type ReadContext, readingWithin } from './object-items.ts';
import { createObjectLoader, type ObjectLoader } from './object-loader.ts';
import { type Floor, openFloor } from './open-floor.ts';
import { type OpenRegistry, type OpenSnapshot, openSnapshot } from './open-snapshot.ts';
import type { FounderKeys } from './person-signature.ts';
import { createSeenVersions } from './seen-versions.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Which version is wanted: HEAD, HEAD if it is at least some version, or exactly one (a hypothetical question). */
export type WantedVersion = { readonly exact?: number } | { readonly atLeast?: number };

/** What `decide` needs of the registry. */
export interface RegistryReader {
  open(wanted?: WantedVersion, signal?: AbortSignal): Promise<OpenRegistry>;
}

/** What the control plane needs besides: the tries themselves. */
export interface SnapshotReader extends RegistryReader {
  open(wanted?: WantedVersion, signal?: AbortSignal): Promise<OpenSnapshot>;
}

export interface ReaderOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly publicKeys: CommitKeys;
  /** Whose keys everybody else's are believed from. */
  readonly founders: FounderKeys;
  /** Bound on the cache of verified objects, in bytes of memory. @default 64 MB */
  readonly cacheBytes?: number;
  /** Milliseconds for everything from `open` to the last read of what it opened. @default 1000 */
  readonly budgetMs?: number;
  /** How long, in milliseconds, a look at the floor lasts for the HEAD it was for. @default 0, look every time */
  readonly floorForMs?: number;
  /** Among how many copies of HEAD to choose, each time anew. @default 1, the first, which is what HEAD is */
  readonly headCopies?: number;
  /** From 0 up to, and not, 1: by it a copy is chosen. @default Math.random */
  readonly random?: () => number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
  /** Also open a registry that is held ({@link OpenSnapshot.held}): for those who must confirm it. */
  readonly acceptUnconfirmed?: boolean;
  /** Also open a HEAD that nobody was told of: for those who can acknowledge it. Nothing is decided on one. */
  readonly acceptUnacknowledged?: boolean;
}

/**
 * A reader for one process: create it once. Every `open` reads HEAD strongly consistent, so that nothing decided after
 * a publication's acknowledgement can rest on what it replaced; and beside it the floor, because a HEAD that was put back
 * looks, to a process that has seen no newer one, as if nothing had come after it. The reader keeps between requests
 * only what cannot be stale: verified objects by digest, and the newest HEAD it has seen (to skip verifying the same
 * bytes twice, and to refuse an older one).
 *
 * @throws StoreError from every method; callers treat each as deny
 */
export function createRegistryReader(options: ReaderOptions): SnapshotReader {
  const loader = createObjectLoader(
    options.client,
    options.tables.objects,
    createObjectCache(options.cacheBytes ?? 64 * 1024 * 1024),
  );
  const seen = createSeenVersions();
  const clock = options.clock ?? Date.now;
  const { client, tables, publicKeys, floorForMs = 0, acceptUnacknowledged = false } = options;
  const { headCopies = 1, random = Math.random } = options;
  const floor = openFloor(client, tables.floor, clock);
  const judge = createHeadJudge(options.founders, clock, floor);
  const readHead = createFlooredHead({
    ...{ client, tables, publicKeys, loader, floor, clock, floorForMs, acceptUnacknowledged },
    copy: () => copyToRead(headCopies, random()),
  });

  /** Why nobody may decide on this HEAD, or null: the floor first, because it says that something is lost. */
  function heldBy(
    head: VerifiedHead,
    known: VerifiedHead | undefined,
    problem: StoreErrorCode | null,
  ): StoreErrorCode | null {
    // A backup un-revokes: found in another table than its own, or restored and unconfirmed, it opens for nobody.
    const isHome = head.commit.home === homeOf(options.tables.state) && head.commit.confirmed;
    const isLeft = acceptUnacknowledged && problem === 'HEAD_UNACKNOWLEDGED';
    const said = isLeft ? null : problem;
    return said ?? (isHome ? null : 'LINEAGE_CHANGED') ?? seen.admit(head, known);
  }

  return {
    async open(wanted = {}, signal) {
      const context = readingWithin(within(options.budgetMs ?? 1000, signal));
      const known = seen.newest();
      const { head, problem, readStartedAt } = await readHead(context, known);
      if (head === undefined) throw new StoreError(problem ?? 'HEAD_MISSING');
      const held = heldBy(head, known, problem);
      if (held !== null && options.acceptUnconfirmed !== true)
        throw new StoreError(held, { version: head.commit.version });
      const at = await choose(head, wanted, loader, context, floor);
      const isAcknowledged = problem !== 'HEAD_UNACKNOWLEDGED';
      const word = held === null ? wordOn(judge, head, loader, context, isAcknowledged) : undefined;
      const source = word?.objects ?? loader.within(context);
      // In HEAD a tombstone is a hole; in what was, somebody may have had reasons.
      const objects = at.digest === head.digest ? source : ofThePast(source);
      const approved = at.digest === head.digest ? word?.approved : undefined;
      const read = { readStartedAt, meter: context.meter, acknowledged: isAcknowledged };
      return openSnapshot({
        ...{ ...at, ...read, held, objects },
        ...(approved && {
          approved: async () => {
            const parts = await approved();
            return parts && openSnapshot({ ...parts, ...read, held, commit: head.commit });
          },
        }),
      });
    },
  };
}

/** What people signed of a HEAD, found out before anything of it is let through. */
function wordOn(
  judge: HeadJudge,
  head: VerifiedHead,
  loader: ObjectLoader,
  context: ReadContext,
  isAcknowledged: boolean,
) {
  const source = loader.within(context);
  // Read beside the first batch, so no round trip of its own; what it costs counts.
  const aside: Meter = {
    batches: 0,
    get readUnits() {
      return context.meter.readUnits;
    },
    set readUnits(units) {
      context.meter.readUnits = units;
    },
  };
  let judging: ReturnType<HeadJudge['judge']> | undefined;
  const judged = () =>
    (judging ??= judge.judge(
      head,
      loader.within({ ...context, meter: aside }),
      { ...context, meter: aside },
      isAcknowledged,
    ));
  return {
    objects: judge.isKnown(head) ? source : behind(judged, source),
    async approved() {
      const { root } = await judged();
      if (root === head.commit.root) return undefined;
      const signed = await loadRoot(source, root);
      // A stop by one person takes no newer build than what people signed: what does is nobody's, and keeps all others out.
      if (head.root.format > signed.format || head.root.oldestReader > signed.oldestReader)
        throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
      return { digest: root, root: signed, objects: source };
    },
  };
}

function ofThePast(source: ObjectSource): ObjectSource {
  return {
    async load(digests, allowed) {
      try {
        return await source.load(digests, allowed);
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'OBJECT_PURGED') throw error;
        throw new StoreError('VERSION_PURGED', {
          cause: error,
          ...(error.digest !== undefined && { digest: error.digest }),
        });
      }
    },
  };
}

function within(budgetMs: number, signal: AbortSignal | undefined): AbortSignal {
  const budget = AbortSignal.timeout(budgetMs);
  return signal === undefined ? budget : AbortSignal.any([budget, signal]);
}

async function choose(
  head: VerifiedHead,
  wanted: WantedVersion,
  loader: ObjectLoader,
  context: ReadContext,
  floor: Pick<Floor, 'at'>,
): Promise<Pick<VerifiedHead, 'digest' | 'commit' | 'root'>> {
  const exact = 'exact' in wanted ? wanted.exact : undefined;
  const atLeast = 'atLeast' in wanted ? wanted.atLeast : undefined;
  if (atLeast !== undefined && !(head.commit.version >= atLeast)) {
    throw new StoreError('REGISTRY_BEHIND', { version: head.commit.version });
  }
  if (exact === undefined || exact === head.commit.version) return head;
  const source = loader.within(context);
  const { digest, commit } = await ancestorAt(source, head, exact);
  const row = await floor.at(commit, context);
  // What HEAD's longer links name may never have been a version.
  if (row !== null && row.digest !== digest) throw new StoreError('HISTORY_FORKED', { version: exact });
  return { digest, commit, root: await loadRoot(source, commit.root) };
}

export type { OpenRegistry, OpenSnapshot };
