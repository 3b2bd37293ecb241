/** Two Regions: a store on an engine of its own each, of which the second is a standby of the first. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type CommitKeys, parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import type { SnapshotReader } from '../../functions/store/registry-reader.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { createStandby, type StandbyOptions, type StandbyRun } from '../../functions/store/standby.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { Engine } from '../engine.ts';
import { signingPublisher } from './signed.ts';
import { META, openRig, type StoreRig } from './store-rig.ts';

export interface TwoRegions {
  readonly first: StoreRig;
  readonly second: StoreRig;
  /** Of both: each Region signs with a key of its own. */
  readonly keys: CommitKeys;
  /** A run of a fresh process. */
  run(more?: Partial<StandbyOptions>): Promise<StandbyRun>;
  /** What the run came to, or the code of why nothing was copied. */
  ran(more?: Partial<StandbyOptions>): Promise<string>;
  /** As a fresh process of the second Region that decides. */
  reader(): SnapshotReader;
  /** One person begins a lineage of the second Region's, of what it has. */
  restore(client?: DynamoDBClient): Promise<void>;
  /** Everybody confirms that. */
  confirm(): Promise<void>;
  stop(): void;
}

export async function openRegions(engines: readonly [Engine, Engine]): Promise<TwoRegions> {
  const [first, second] = [await openRig(engines[0]), await openRig(engines[1])];
  const keys = parseCommitKeys([second, first].map(({ signer }) => signer.publicKey).join(','));
  const run: TwoRegions['run'] = (more = {}) =>
    createStandby({
      from: first,
      to: second,
      publicKeys: keys,
      founders: first.founders,
      clock: Date.now,
      budgetMs: 20_000,
      ...more,
    })();
  const reader = () => second.reader({ publicKeys: keys });
  const publish = async (kind: 'restore' | 'confirm', client = second.client) => {
    const { tables, signer } = second;
    const base = await second.reader({ publicKeys: keys, acceptUnconfirmed: true }).open();
    const meta = { ...META, kind, succession: kind };
    const publication = { base, staged: stageAgain(base), meta, note: null };
    await signingPublisher({ client, tables, signer, publicKeys: keys }).commit(publication);
  };
  return {
    ...{ first, second, keys, run, reader },
    ran: async (more) =>
      run(more).then(
        ({ outcome }) => outcome,
        (error: unknown) => codeOf(error),
      ),
    restore: (client) => publish('restore', client),
    confirm: () => publish('confirm'),
    stop() {
      first.client.destroy();
      second.client.destroy();
    },
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof StoreError)) throw error;
  return error.code;
}

export async function headItem({ client, tables }: StoreRig): Promise<Item | undefined> {
  const get = new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY, ConsistentRead: true });
  return (await client.send(get)).Item;
}

export async function putHead({ client, tables }: StoreRig, Item: Item): Promise<void> {
  await client.send(new PutItemCommand({ TableName: tables.state, Item }));
}
