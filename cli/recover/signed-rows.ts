/**
 * Rows of a floor without those that say of a commit that it was acknowledged, and none of the keys that count has signed it:
 * whoever publishes signs. A row of what is in no table stays: what it named nobody can tell.
 */
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { type CommitKeys, isSigned } from '../../functions/store/commit-signature.ts';
import { type FloorLine, type FloorRow, LAST_PLACE, type Place } from '../../functions/store/floor.ts';
import type { Item } from '../../functions/store/head.ts';
import { MAX_OBJECT_BYTES } from '../../functions/store/object-bytes.ts';
import { fetchItems, objectBytes, type ReadContext } from '../../functions/store/object-items.ts';
import type { RowsLeft } from '../../functions/store/rows-left.ts';
import { orMissing, StoreError } from '../../functions/store/store-error.ts';
import type { Tables } from '../registry/tables.ts';

/** Those of the commits that are there, in whatever table, and signed in none of them. What is filed under a digest it has not is not there. */
export type UnsignedAmong = (
  digests: readonly Digest[],
  context: ReadContext,
) => Promise<ReadonlySet<Digest>>;

/** @param damaged told of each under which a table has something, and no table what it names */
export function unsignedIn(
  { client, publicKeys }: Pick<Tables, 'client' | 'publicKeys'>,
  tables: readonly string[],
  damaged: (digest: Digest) => void = () => {},
): UnsignedAmong {
  return async (digests, context) => {
    const there = new Set<Digest>();
    const altered = new Set<Digest>();
    const signed = new Set<Digest>();
    for (const table of new Set(tables)) {
      const asked = digests.filter((digest) => !signed.has(digest));
      const found = await orMissing(() => fetchItems(client, table, asked, context));
      for (const [digest, item] of found ?? []) {
        // Whoever publishes can insert anything under the digest of a commit that is gone: that says nothing of who signed it.
        (isOf(digest, item) ? there : altered).add(digest);
        if (isSignedBy(publicKeys, digest, item['signature']?.B)) signed.add(digest);
      }
    }
    for (const digest of altered) if (!there.has(digest)) damaged(digest);
    return new Set([...there].filter((digest) => !signed.has(digest)));
  };
}

/** The most that anything may have: a row can name whatever stands in the objects. */
const LIMIT = Math.max(...Object.values(MAX_OBJECT_BYTES));

function isOf(digest: Digest, item: Item): boolean {
  try {
    objectBytes(digest, item, LIMIT);
    return true;
  } catch (error) {
    if (error instanceof StoreError) return false;
    throw error;
  }
}

function isSignedBy(keys: CommitKeys, digest: Digest, signature: Uint8Array | undefined): boolean {
  return isSigned(digest, new Uint8Array(signature ?? []), keys);
}

/** @param leftOut told of each row that is passed over */
export function signedRows(
  rows: RowsLeft,
  unsignedAmong: UnsignedAmong,
  leftOut: (row: FloorRow) => void,
): RowsLeft {
  const isLeftOut = async (line: FloorLine, row: FloorRow, context: ReadContext) => {
    // What took a place to begin with, and was never acknowledged, is followed to whoever took its own.
    const is = line === 'COMMIT' && (await unsignedAmong([row.digest], context)).has(row.digest);
    if (is) leftOut(row);
    return is;
  };
  return {
    ...rows,
    async newest(line, context, upTo) {
      for (let at = upTo; ; ) {
        const row = await rows.newest(line, context, at);
        if (row === null || !(await isLeftOut(line, row, context))) return row;
        at = before(row);
      }
    },
    async below(place, context) {
      const below = await rows.below(place, context);
      const digests = below.rows.map(({ digest }) => digest);
      const unsigned = await unsignedAmong(digests, context);
      for (const row of below.rows) if (unsigned.has(row.digest)) leftOut(row);
      return { ...below, rows: below.rows.filter(({ digest }) => !unsigned.has(digest)) };
    },
    async at(place, context, line = 'COMMIT') {
      const row = await rows.at(place, context, line);
      return row === null || (await isLeftOut(line, row, context)) ? null : row;
    },
  };
}

function before({ epoch, version }: Place): Place {
  return version === 0 ? { epoch: epoch - 1, version: LAST_PLACE } : { epoch, version: version - 1 };
}
