/** Whoever may publish: signs commits, and inserts objects and rows of the floor. */
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { type Commit, encodeCommit } from '../../functions/store/commit.ts';
import { commitMessage } from '../../functions/store/commit-signature.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { encodeFloor, type FloorLine, type Place } from '../../functions/store/floor.ts';
import type { Item } from '../../functions/store/head.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import type { RecoveryRig } from './recovery-rig.ts';

export interface Forger {
  /** What came back. */
  readonly head: { readonly digest: Digest; readonly commit: Commit };
  row(line: FloorLine, at: Place, digest: Digest): Item;
  commit(more: Partial<Commit>, isSigned: boolean): Promise<Digest>;
}

export async function forgerOf({ store }: Pick<RecoveryRig, 'store'>, tables: StoreTables): Promise<Forger> {
  const { client, signer, reader } = store;
  const head = await reader({ tables, acceptUnconfirmed: true }).open();
  const context = readingWithin(AbortSignal.timeout(60_000));
  const table = await tableIdOf(client, tables.floor, context.signal);
  return {
    head,
    row: (line, { epoch, version }, digest) => encodeFloor(line, { epoch, version, digest, table }),
    async commit(more, isSigned) {
      const bytes = encodeCommit({ ...head.commit, ...more });
      const digest = digestOf(bytes);
      const signature = { signature: { B: await signer.sign(commitMessage(digest)) } };
      await insertObjects(client, tables.objects, [[digest, bytes]], context, isSigned ? signature : {});
      return digest;
    },
  };
}
