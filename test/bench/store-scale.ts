import { generateKeyPairSync } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../functions/core/facts/canonical.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageChanges, stageState } from '../../functions/store/staging.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { createTables, engineClient, startEngine } from '../engine.ts';
import { signingPublisher } from '../store/signed.ts';
import { META, networkDocument, sampleState } from '../store/store-rig.ts';
import { median, medians } from './medians.ts';

/**
 * The store at 100 and at 100,000 networks, each measured against a floor taken in the same run: one bare, strongly
 * consistent GetItem of HEAD through the same client. Prints counts, read units and ratios; times depend on the machine.
 */
const SIZES = process.argv.slice(2).map(Number);
const VENDORS = 3_000;
const ROUNDS = 300;

interface Row {
  readonly networks: number;
  readonly headBytes: number;
  readonly coldBatches: number;
  readonly coldReadUnits: number;
  readonly coldOverFloor: number;
  readonly warmBatches: number;
  readonly warmReadUnits: number;
  readonly warmOverFloor: number;
  readonly changeObjects: number;
  readonly changeReadBatches: number;
  readonly changeOverFloor: number;
}

async function measure(networks: number): Promise<Row> {
  const engine = await startEngine();
  try {
    const tables = await createTables(engine.endpoint);
    const client = engineClient(engine.endpoint);
    const signer = createLocalSigner(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey);
    const common = { client, tables, publicKeys: parseCommitKeys(signer.publicKey) };
    const publisher = signingPublisher({ ...common, signer, budgetMs: 30 * 60_000 });
    await publisher.commit({
      base: null,
      staged: stageState(sampleState(networks, VENDORS)),
      meta: META,
      note: null,
    });
    const newReader = () => createRegistryReader({ ...common, founders: LOCAL_FOUNDERS, budgetMs: 60_000 });

    async function decide(reader: ReturnType<typeof newReader>) {
      const open = await reader.open();
      await open.read(Array.from({ length: 8 }, (_, hop) => `network/net-${(hop * 7919) % networks}`));
      await open.vendors(Array.from({ length: 20 }, (_, id) => `vendor-${id}`));
      return open.consumed();
    }

    const head = await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }));
    const bare = () =>
      client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY, ConsistentRead: true }));
    const cold = await decide(newReader());
    const coldTime = await median(20, () => decide(newReader()));
    const reader = newReader();
    await decide(reader);
    const warm = await decide(reader);
    // Turn about, so that both meet the same garbage collector and the same machine.
    const [floor, warmTime] = await medians(ROUNDS, bare, () => decide(reader));

    let revision = 0;
    let objects = 0;
    let batches = 0;
    const changeTime = await median(10, async () => {
      revision += 1;
      const change = new Map<string, Json>([['network/net-7', networkDocument(7, revision)]]);
      const base = await newReader().open();
      const staged = await stageChanges(base, { facts: change, view: change });
      // The note, the root and the commit come on top of what was staged.
      objects = staged.objects.size + 3;
      batches = base.consumed().batches;
      await publisher.commit({ base, staged, meta: META, note: null });
    });
    client.destroy();
    const { commit, signature, root } = head.Item ?? {};
    return {
      networks,
      headBytes: (commit?.B?.length ?? 0) + (signature?.B?.length ?? 0) + (root?.B?.length ?? 0),
      coldBatches: cold.batches,
      coldReadUnits: cold.readUnits,
      coldOverFloor: ratio(coldTime, floor),
      warmBatches: warm.batches,
      warmReadUnits: warm.readUnits,
      warmOverFloor: ratio(warmTime, floor),
      changeObjects: objects,
      changeReadBatches: batches,
      changeOverFloor: ratio(changeTime, floor),
    };
  } finally {
    await engine.stop();
  }
}

function ratio(time: number, floor: number): number {
  return Math.round((time / floor) * 100) / 100;
}

const rows: Row[] = [];
for (const size of SIZES.length > 0 ? SIZES : [100, 100_000]) rows.push(await measure(size));
const names = Object.keys(rows[0] ?? {}) as (keyof Row)[];
console.table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
