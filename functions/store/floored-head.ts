/** HEAD beside the floor: whether it is at least as new as what was acknowledged, kept by digest. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Digest } from '../core/facts/canonical.ts';
import type { CommitKeys } from './commit-signature.ts';
import type { StoreTables } from './dynamodb.ts';
import { floorProblem, settled } from './floor.ts';
import type { VerifiedHead } from './head.ts';
import { readHead } from './head-read.ts';
import type { ReadContext } from './object-items.ts';
import type { ObjectLoader } from './object-loader.ts';
import type { Floor } from './open-floor.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';

export interface FlooredHeadOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly publicKeys: CommitKeys;
  readonly loader: ObjectLoader;
  readonly floor: Pick<Floor, 'newest' | 'id'>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /**
   * For how many milliseconds a HEAD that was found at the floor needs no second look at it. A lease then starts at that
   * look, so that a revocation is in force when it was said to be, whatever is put back in between. 0: look every time.
   */
  readonly floorForMs: number;
  /** Do not wait for whoever published HEAD to acknowledge it. */
  readonly acceptUnacknowledged: boolean;
  /** Which copy of HEAD to read between two looks, each time anew. @default the first, which is what HEAD is */
  readonly copy?: () => number;
}

/** HEAD as it was read, and what the floor says to it. */
interface FlooredHead {
  readonly head: VerifiedHead | undefined;
  /** HEAD_MISSING without a HEAD, or what the floor says; null where there is nothing to say. */
  readonly problem: StoreErrorCode | null;
  /** On the clock, before the older of the two was read. */
  readonly readStartedAt: number;
}

export type ReadFlooredHead = (context: ReadContext, known: VerifiedHead | undefined) => Promise<FlooredHead>;

/**
 * Reads HEAD's first copy and the floor beside it, and goes by what these say: the first is what HEAD is, and one that is put
 * back, gone or not sound denies everything, so that nobody decides where nobody could stop anything. Only between two such
 * looks another copy will do, and all that it may say is that nothing has come since: whatever else it says, that it is not
 * there or not sound among it, is a reason to look.
 */
export function createFlooredHead(options: FlooredHeadOptions): ReadFlooredHead {
  const { client, tables, publicKeys, loader, clock, floorForMs, acceptUnacknowledged } = options;
  const { copy = () => 0 } = options;
  // INVARIANT: about no request. A HEAD was not below the floor when that was read; it may be later, hence the instant.
  let checked: { readonly digest: Digest; readonly at: number } | undefined;

  const readFloorNow = async (context: ReadContext) => {
    const at = clock();
    const { newest, id } = options.floor;
    const [row, last] = await Promise.all([newest('COMMIT', context), id.now(context)]);
    return { row, id: row === null ? last : await id.now(context, row.table), at };
  };

  return async (context, known) => {
    const startedAt = clock();
    const last = checked;
    const isFresh = last !== undefined && last.at <= startedAt && startedAt - last.at < floorForMs;
    const readCopy = (copy: number) => readHead(client, tables.state, publicKeys, context, known, copy);
    if (isFresh) {
      const found = await orUnsound(() => readCopy(copy()));
      if (found?.digest === last.digest) return { head: found, problem: null, readStartedAt: last.at };
    }
    // From here on only a look that finds nothing wrong is one to go on with.
    checked = undefined;
    let [head, floor] = await Promise.all([readCopy(0), readFloorNow(context)]);
    const lookAt = async (at: VerifiedHead | undefined): Promise<FlooredHead['problem']> => {
      if (at === undefined) return floor.row === null ? 'HEAD_MISSING' : 'HEAD_BELOW_FLOOR';
      const look = () => floorProblem(at, floor.row, floor.id, loader.within(context));
      const again = async () => {
        floor = await readFloorNow(context);
        return look();
      };
      const found = await look();
      return acceptUnacknowledged ? found : settled(found, again, context);
    };
    let problem = await lookAt(head);
    if (problem !== null && problem !== 'HEAD_UNACKNOWLEDGED' && floor.row !== null) {
      // A publication may have come between the two reads. HEAD, read again, cannot honestly be below this floor.
      head = await readCopy(0);
      problem = await lookAt(head);
    }
    if (head !== undefined && problem === null) checked = { digest: head.digest, at: floor.at };
    return { head, problem, readStartedAt: Math.min(startedAt, floor.at) };
  };
}

/** What the database does not answer or refuses is thrown: it would be for all copies. */
async function orUnsound(read: () => Promise<VerifiedHead | undefined>): Promise<VerifiedHead | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoreError && !/^STORE_/.test(error.code)) return undefined;
    throw error;
  }
}
