import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import type { Item } from './head.ts';
import type { ApprovalFault } from './judge-approval.ts';
import { MAX_OBJECT_BYTES, type ObjectType } from './object-bytes.ts';
import { fetchItems, objectBytes, type ReadContext } from './object-items.ts';
import { StoreError } from './store-error.ts';
import { decodeObject, expectType, type ObjectOf } from './stored-object.ts';

/**
 * What an audit can find. `*_UNREACHABLE`: a version whose commit nothing readable names any more, and all before it
 * down to the next that is named. `SUCCESSION`: lineage,
 * epoch, confirmation, home or recorded time do not follow from the parent's, or nobody but its author approved it. `FLOOR`:
 * what was acknowledged is another version than this, or nothing says. `FORMAT_UNKNOWN`: a newer build wrote it, and this one
 * cannot say whether it is sound.
 */
type HistoryProblemCode =
  | 'HEAD_MISSING'
  | 'HEAD_UNSOUND'
  | 'COMMIT_UNSIGNED'
  | 'COMMIT_UNREACHABLE'
  | 'ANCESTORS'
  | 'SUCCESSION'
  | 'FLOOR'
  | 'OBJECT_MISSING'
  | 'OBJECT_ALTERED'
  | 'OBJECT_MISPLACED'
  | ApprovalProblemCode;

/**
 * `APPROVAL_*` and `KEYRING_*`: see {@link ApprovalFault}. `APPROVAL_CARRIED`: one person's stop names another approval or
 * keyring than the version before it. `NOT_RESTRICTING`: one person published what could permit. `LAYOUT`: what decisions read
 * is not what the facts come to.
 */
export type ApprovalProblemCode =
  | `APPROVAL_${ApprovalFault}`
  | `KEYRING_${ApprovalFault}`
  | 'APPROVAL_CARRIED'
  | 'NOT_RESTRICTING'
  | 'LAYOUT'
  | 'FORMAT_UNKNOWN';

export interface HistoryProblem {
  readonly code: HistoryProblemCode;
  /** The newest version that the audit met it in. */
  readonly version: number | null;
  readonly digest: Digest | null;
}

export interface PurgedObject {
  readonly version: number;
  readonly digest: Digest;
}

/** What an audit has found so far, and the loader that files what it meets. */
export interface AuditFindings {
  readonly problems: HistoryProblem[];
  readonly purged: PurgedObject[];
  checkedCount(): number;
  /** Whether anything that was audited refers to it. */
  isChecked(digest: string): boolean;
  soFar(): FoundSoFar;
  file(code: HistoryProblemCode, version: number | null, digest: Digest | null): void;
  /**
   * Reads objects as they are stored, past every cache, and files what is wrong with them, once each; the result has the
   * sound ones. `onItem` sees each sound object's item.
   */
  load<T extends ObjectType>(
    digests: readonly Digest[],
    allowed: readonly T[],
    version: number,
    onItem?: (item: Item) => void,
  ): Promise<ReadonlyMap<Digest, ObjectOf<T>>>;
}

/** Filed of an object, once each. */
const UNREAD: ReadonlySet<HistoryProblemCode> = new Set([
  'OBJECT_MISSING',
  'OBJECT_ALTERED',
  'FORMAT_UNKNOWN',
]);

/** What an earlier slice of the same audit found. Plain JSON. */
export interface FoundSoFar {
  readonly problems: readonly HistoryProblem[];
  readonly purged: readonly PurgedObject[];
  readonly checked: readonly Digest[];
}

export interface FindingsOptions {
  /** What an earlier slice of the same audit found. */
  readonly before?: FoundSoFar | undefined;
  /** Whether everybody wanted this tombstone, met in this version, in the place of facts. @default nobody */
  readonly isConsented?: (digest: Digest, tombstone: Item, version: number) => Promise<boolean>;
}

export function createFindings(
  client: DynamoDBClient,
  table: string,
  context: ReadContext,
  { before, isConsented = async () => false }: FindingsOptions = {},
): AuditFindings {
  const problems: HistoryProblem[] = [...(before?.problems ?? [])];
  const purged: PurgedObject[] = [...(before?.purged ?? [])];
  const checked = new Set<Digest>(before?.checked);
  const unread = problems.filter(({ code }) => UNREAD.has(code));
  // One digest may stand in two places, and be missed in only one of them.
  const unsound = new Set<Digest | null>(unread.map(({ digest }) => digest));
  const tombstones = new Set<Digest>(purged.map(({ digest }) => digest));

  async function fileUnsound(
    error: StoreError,
    version: number,
    digest: Digest,
    allowed: readonly ObjectType[],
    item: Item | undefined,
  ): Promise<void> {
    // Nothing that decides reads a note; a tombstone elsewhere keeps something from being looked at, and takes everybody's word.
    const isTombstone = error.code === 'OBJECT_PURGED' && item !== undefined;
    const mayGo = allowed.includes('law') || allowed.includes('leaf');
    const isPurged =
      isTombstone && (allowed.includes('note') || (mayGo && (await isConsented(digest, item, version))));
    const known = isPurged ? tombstones : unsound;
    if (known.has(digest)) return;
    known.add(digest);
    const told = ['OBJECT_MISSING', 'FORMAT_UNKNOWN'] as const;
    const code = told.find((each) => each === error.code) ?? 'OBJECT_ALTERED';
    if (isPurged) purged.push({ version, digest });
    else problems.push({ code, version, digest });
  }

  return {
    problems,
    purged,
    checkedCount: () => checked.size,
    isChecked: (digest) => (checked as ReadonlySet<string>).has(digest),
    soFar: () => ({ problems: [...problems], purged: [...purged], checked: [...checked] }),
    file: (code, version, digest) => problems.push({ code, version, digest }),
    async load(digests, allowed, version, onItem) {
      const items = await fetchItems(client, table, digests, context);
      const sound = new Map<Digest, ObjectOf<(typeof allowed)[number]>>();
      for (const digest of new Set(digests)) {
        checked.add(digest);
        try {
          const item = items.get(digest);
          if (item === undefined) throw new StoreError('OBJECT_MISSING', { digest });
          const limit = Math.max(...allowed.map((type) => MAX_OBJECT_BYTES[type]));
          const object = decodeObject(objectBytes(digest, item, limit), allowed);
          sound.set(digest, expectType(object, allowed, digest));
          onItem?.(item);
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          await fileUnsound(error, version, digest, allowed, items.get(digest));
        }
      }
      return sound;
    },
  };
}
