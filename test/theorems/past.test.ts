/**
 * Past state never returns as present. Whatever sequence of publications, crashes, HEADs put back, restores and
 * confirmations: what opens for those who decide is no older than what was acknowledged or confirmed last.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteItemCommand, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { beginningOf, demandConfirmable } from '../../functions/store/lineage.ts';
import { ConflictError } from '../../functions/store/publisher.ts';
import {
  createRegistryReader,
  type OpenSnapshot,
  type SnapshotReader,
} from '../../functions/store/registry-reader.ts';
import { stageAgain, stageChanges } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { type Engine, engineClient, startEngine } from '../engine.ts';
import { signingPublisher } from '../store/signed.ts';
import { lawWith, META, openRig, type StoreRig, sampleState } from '../store/store-rig.ts';
import { type Choices, choicesFrom, SCALE, SEED } from './random.ts';

const SEQUENCES = 8 * SCALE;
const STEPS = 14;

let engine: Engine;
let dying: DynamoDBClient;
beforeAll(async () => {
  engine = await startEngine();
  // A publisher that dies between HEAD and the floor.
  dying = engineClient(engine.endpoint);
  dying.middlewareStack.add(
    (next, context) => (args) => {
      if (context['commandName'] === 'ExecuteStatementCommand') throw new Error('killed');
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterAll(async () => {
  dying.destroy();
  await engine.stop();
});

/** One registry, what an honest observer knows of it, and the processes that decide on it. */
interface World {
  readonly rig: StoreRig;
  readonly choices: Choices;
  /** HEAD as it was at some time or other. */
  readonly heads: Item[];
  readonly processes: SnapshotReader[];
  readonly confirming: SnapshotReader;
  /** What every publication counts on from: the law says it. */
  count: number;
  /** The least that may open: what was acknowledged or confirmed last. */
  least: number;
}

const countOf = async (open: OpenSnapshot) => ((await open.read([])).law as { count: number }).count;

async function head({ client, tables }: StoreRig): Promise<Item | undefined> {
  return (await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }))).Item;
}

async function publish(world: World, dies: boolean): Promise<void> {
  const { rig } = world;
  try {
    const base = await rig.reader({ acceptUnacknowledged: true }).open();
    const staged = await stageChanges(base, { law: lawWith({ count: world.count + 1 }) });
    const publisher = dies
      ? signingPublisher({
          client: dying,
          tables: rig.tables,
          signer: rig.signer,
          publicKeys: rig.keys,
          budgetMs: 600,
        })
      : rig.publisher;
    world.count += 1;
    await publisher.commit({ base, staged, meta: META, note: null });
    world.least = world.count;
  } catch (error) {
    // Held, or killed: nothing was acknowledged.
    if (!(error instanceof StoreError)) throw error;
  }
  const now = await head(rig);
  if (now !== undefined) world.heads.push(now);
}

/** Two people look at what there is, and say that it is right: from then on it is what counts. */
async function confirm(world: World): Promise<void> {
  const { rig, confirming } = world;
  try {
    let base = await confirming.open();
    if (base.held === null) return;
    const said = await countOf(base);
    const signal = AbortSignal.timeout(60_000);
    // What nobody acknowledged, and what has lost it, is signed by nobody.
    const { floor } = await beginningOf(rig, base, signal);
    await demandConfirmable(rig, base, floor, signal);
    for (const succession of ['restore', 'confirm'] as const) {
      await rig.publisher.commit({
        base,
        staged: stageAgain(base),
        meta: { ...META, kind: succession, succession },
        note: null,
      });
      base = await confirming.open();
    }
    world.least = said;
  } catch (error) {
    if (!(error instanceof StoreError) || error instanceof ConflictError) throw error;
  }
  const now = await head(rig);
  if (now !== undefined) world.heads.push(now);
}

/** In the order in which rows are written: by version, and of one version the commit's last. */
function writtenAt({ pk, sk, since }: Item): string {
  const [epoch = '', version = ''] = (sk?.S ?? '').split('.');
  const line = ['END', 'KEYRING', 'APPROVAL', 'COMMIT'].indexOf(pk?.S ?? '');
  return `${epoch}.${pk?.S === 'KEYRING' ? (since?.N ?? '').padStart(10, '0') : version}.${line}`;
}

async function floorComesBack({ rig, choices }: World): Promise<void> {
  const TableName = rig.tables.floor;
  const { Items = [] } = await rig.client.send(new ScanCommand({ TableName }));
  const lost = choices.below(3);
  const remove = ({ pk = { S: '' }, sk = { S: '' } }: Item) =>
    rig.client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }));
  for (const row of Items.toSorted((a, b) => (writtenAt(a) < writtenAt(b) ? 1 : -1)).slice(0, lost))
    await remove(row);
  // Another table now, whatever it is called: its id is none that a row says.
  const { Items: left = [] } = await rig.client.send(new ScanCommand({ TableName }));
  for (const row of left) {
    // What it started with is filed under its id.
    const isStart = row['pk']?.S?.startsWith('START') ?? false;
    if (isStart) await remove(row);
    const Item = { ...row, table: { S: 'before' }, ...(isStart && { pk: { S: 'START before' } }) };
    await rig.client.send(new PutItemCommand({ TableName, Item }));
  }
}

const STEP: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  publish: (world) => publish(world, false),
  again: (world) => publish(world, false),
  'publish and die': (world) => publish(world, true),
  'put HEAD back': ({ rig, heads, choices }) =>
    rig.client.send(new PutItemCommand({ TableName: rig.tables.state, Item: choices.oneOf(heads) })),
  'take HEAD away': ({ rig }) =>
    rig.client.send(new DeleteItemCommand({ TableName: rig.tables.state, Key: HEAD_KEY })),
  'the floor comes back from a backup': floorComesBack,
  confirm,
  'another process': async ({ processes, rig }) => processes.push(rig.reader()),
};

/** Everything that opens is what was said last, or newer; how often something opened. */
async function check(world: World, said: string): Promise<number> {
  let opened = 0;
  for (const process of [world.rig.reader(), ...world.processes]) {
    // Held, or nobody's word.
    const count = await process
      .open()
      .then(countOf)
      .catch((error) => {
        if (error instanceof StoreError) return undefined;
        throw error;
      });
    if (count === undefined) continue;
    opened += 1;
    expect(count, said).toBeGreaterThanOrEqual(world.least);
  }
  return opened;
}

describe('the past', () => {
  it('whatever happens to the tables, what opens is no older than what was acknowledged or confirmed', async () => {
    let [opened, asked, confirmed] = [0, 0, 0];
    for (let sequence = 0; sequence < SEQUENCES; sequence += 1) {
      const choices = choicesFrom(SEED + sequence);
      const rig = await openRig(engine);
      await rig.genesis({ ...sampleState(1, 1), law: lawWith({ count: 0 }) });
      const first = await head(rig);
      const world: World = {
        rig,
        choices,
        heads: first === undefined ? [] : [first],
        processes: [rig.reader()],
        confirming: createRegistryReader({
          ...rig,
          publicKeys: rig.keys,
          budgetMs: 20_000,
          acceptUnconfirmed: true,
        }),
        count: 0,
        least: 0,
      };
      const done: string[] = [];
      for (let step = 0; step < STEPS; step += 1) {
        const name = choices.oneOf(Object.keys(STEP));
        done.push(name);
        await STEP[name]?.(world);
        if (name === 'confirm' && (await head(rig)) !== undefined) confirmed += 1;
        opened += await check(world, `sequence ${sequence}: ${done.join(', ')}`);
        asked += world.processes.length + 1;
      }
      rig.client.destroy();
    }
    console.log(`seed ${SEED}, ${opened} of ${asked} opened, ${confirmed} confirmations`);
    expect(opened).toBeGreaterThan(asked / 10);
    expect(opened).toBeLessThan(asked);
    expect(confirmed).toBeGreaterThan(SEQUENCES / 2);
  });
});
