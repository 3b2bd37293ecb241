/** Attempts to bring a past state back as the present one: into every door, cold and warm, and by every half of a restore. */
import {
  DeleteItemCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBoard } from '../../functions/board/board.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { HEAD_KEY, headKey, type Item } from '../../functions/store/head.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageChanges, stageState } from '../../functions/store/staging.ts';
import { SAME_TABLE_MS, tableIdOf } from '../../functions/store/table-id.ts';
import { hold } from '../core/decision/facts.ts';
import { OPEN_SAMPLE, stateOf } from '../decide/rig.ts';
import { type Door, type DoorName, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW, question } from '../doors/expected.ts';
import { restEvent } from '../doors/rest-event.ts';
import { createKeyedTable } from '../engine.ts';
import { META } from '../store/store-rig.ts';

const EVERY = ['decide', 'decide-http', 'explain', 'access'] as const;
/** One of each kind: a single decision, and a batch. */
const OFFERED = ['decide', 'access'] as const;
const TEXT = JSON.stringify(question('gb-b'));
const AUTHZEN = {
  subject: { type: 'message', id: 'm-1', properties: { marking: 'SECRET//REL TO USA, GBR' } },
  action: { name: 'route' },
  resource: { type: 'network', id: 'gb-b' },
};
const EVENTS: Readonly<Record<DoorName, unknown>> = {
  decide: { request: TEXT },
  'decide-http': restEvent('/v1/decide', { body: TEXT }),
  explain: restEvent('/v1/audit/explain', { body: TEXT }),
  access: restEvent('/access/v1/evaluation', { body: AUTHZEN }),
};
/** Longer than any process rests on one look at the floor. */
const A_WHILE_MS = 100;

type Process = ReadonlyMap<DoorName, Door>;

let doors: Doors;
let now = Date.parse(NOW);
/** HEAD at each version, from 1. */
const heads: Item[] = [];
/** Processes that have last asked when this version was HEAD. */
const warm: Process[] = [];
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now });
  doors = await startDoors(EVERY);
  heads.push(await head());
  const process = await newProcess();
  warm.push(process);
  expect(await permits(process)).toBe(OFFERED.length);
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});

function pass(ms = A_WHILE_MS): void {
  now += ms;
  vi.setSystemTime(now);
}

async function newProcess(
  names: readonly DoorName[] = OFFERED,
  settings: Readonly<Record<string, string>> = {},
): Promise<Process> {
  const opened = new Map<DoorName, Door>();
  for (const name of names) opened.set(name, await doors.fresh(name, settings));
  return opened;
}

/** How many doors of a process permit. */
async function permits(process: Process): Promise<number> {
  const answers = await Promise.all([...process].map(([name, door]) => door(EVENTS[name])));
  return answers.filter((answer) => {
    const { body } = answer as { readonly body?: string };
    return (JSON.parse(body ?? JSON.stringify(answer)) as { readonly decision?: boolean }).decision !== false;
  }).length;
}

const state = () => doors.store.tables.state;
const floor = () => doors.store.tables.floor;

async function head(): Promise<Item> {
  const { Item } = await doors.store.client.send(new GetItemCommand({ TableName: state(), Key: HEAD_KEY }));
  return Item ?? {};
}

const put = (TableName: string, Item: Item) =>
  doors.store.client.send(new PutItemCommand({ TableName, Item }));

async function rowsOf(TableName: string): Promise<Item[]> {
  return (await doors.store.client.send(new ScanCommand({ TableName }))).Items ?? [];
}

async function remove(TableName: string, { pk = { S: '' }, sk = { S: '' } }: Item): Promise<void> {
  await doors.store.client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }));
}

async function publish(facts: ReadonlyMap<string, RawFact>): Promise<void> {
  const base = await doors.store.reader().open();
  await doors.store.publisher.commit({ base, staged: stageState(stateOf(facts)), meta: META, note: null });
  heads.push(await head());
}

const STOP = hold({ id: 'stop' });
const sample = OPEN_SAMPLE;
const stopped = new Map<string, RawFact>([...sample, ['hold/stop', STOP as unknown as RawFact]]);

/** Runs an attack, counts what is permitted cold, warm at each version and by nobody else, and undoes it. */
async function attempted(attack: () => Promise<unknown>): Promise<readonly number[]> {
  const before = { state: await rowsOf(state()), floor: await rowsOf(floor()) };
  await attack();
  pass();
  const cold = await permits(await newProcess(['decide']));
  const asked: number[] = [cold];
  for (const process of warm) asked.push(await permits(process));
  for (const [table, rows] of [
    [state(), before.state],
    [floor(), before.floor],
  ] as const) {
    for (const row of await rowsOf(table)) await remove(table, row);
    for (const row of rows) await put(table, row);
  }
  pass();
  return asked;
}

const NOBODY = [0, 0, 0, 0, 0];

describe('an old HEAD, correctly signed', () => {
  it('opens for nobody once a stop was acknowledged, whatever a process has seen', async () => {
    for (const [facts, expected] of [
      [sample, OFFERED.length],
      [stopped, 0],
      [stopped, 0],
    ] as const) {
      await publish(facts);
      const process = await newProcess();
      warm.push(process);
      expect(await permits(process)).toBe(expected);
    }
    for (const old of heads) expect(await attempted(() => put(state(), old))).toEqual(NOBODY);
  });

  it.each([
    ['1', 60, 100],
    // The floor's newest row is one item for all copies of HEAD.
    ['16', 60, 1_600],
    ['64', 1, 250],
  ])(
    'with HEAD_COPIES %s, within one look at the floor, is acted on no longer than a permit of before the stop',
    async (copies, lease, lookMs) => {
      const process = await newProcess(['decide'], { LEASE_SECONDS: String(lease), HEAD_COPIES: copies });
      const one = heads[0] ?? {};
      const floorBefore = await rowsOf(floor());
      for (const row of floorBefore) if (row['sk']?.S !== '0000000001.0000000001') await remove(floor(), row);
      const all = Array.from({ length: Number(copies) }, (_, copy) => headKey(copy));
      for (const key of all) await put(state(), { ...one, ...key });
      pass();
      const looked = now;
      expect(await permits(process)).toBe(1);
      // The stop is acknowledged here; then HEAD is put back at once.
      for (const row of floorBefore) await put(floor(), row);
      pass(lookMs - 1);
      const answer = (await process.get('decide')?.(EVENTS.decide)) as {
        readonly decision: boolean;
        readonly useBy?: string;
      };
      expect([answer.decision, answer.useBy]).toEqual([true, new Date(looked + lease * 1000).toISOString()]);
      pass(1);
      expect(await permits(process)).toBe(0);
      for (const key of all.slice(1)) await remove(state(), key);
      await put(state(), heads.at(-1) ?? {});
    },
  );

  it('opens for nobody where a copy still says what was acknowledged last: the first copy is what HEAD is', async () => {
    const newest = heads[0] ?? {};
    const floorBefore = await rowsOf(floor());
    for (const row of floorBefore) if (row['sk']?.S !== '0000000001.0000000001') await remove(floor(), row);
    await put(state(), { ...newest, ...headKey(3) });
    await remove(state(), HEAD_KEY);
    pass();
    vi.spyOn(Math, 'random').mockReturnValue(0.9);
    for (const copies of ['1', '4'])
      expect(await permits(await newProcess(['decide'], { HEAD_COPIES: copies }))).toBe(0);
    vi.mocked(Math.random).mockRestore();
    await remove(state(), headKey(3));
    for (const row of floorBefore) await put(floor(), row);
    await put(state(), heads.at(-1) ?? {});
    pass();
  });

  it('is denied with a reason of its own, and drawn on the board as what it is', async () => {
    await put(state(), heads[0] ?? {});
    pass();
    const every = await newProcess(EVERY);
    expect(await permits(every)).toBe(0);
    const answer = await every.get('decide')?.(EVENTS.decide);
    expect(answer).toMatchObject({ decision: false, reasons: [{ code: 'REGISTRY_HELD' }], retry: 'never' });
    const reader = createRegistryReader({
      ...doors.store,
      publicKeys: doors.store.keys,
      acceptUnconfirmed: true,
    });
    const board = createBoard({ reader, clock: () => now });
    expect(await board({})).toContain('put back (HEAD_BELOW_FLOOR), and is held');
    await put(state(), heads.at(-1) ?? {});
    pass();
  });
});

describe('part of a restore', () => {
  const attacks: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['HEAD is gone', () => remove(state(), HEAD_KEY)],
    [
      'HEAD is gone, and a first version is published again',
      async () => {
        await remove(state(), HEAD_KEY);
        const first = { base: null, staged: stageState(stateOf(sample)), meta: META, note: null };
        await expect(doors.store.publisher.commit(first)).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
        // Nor has it put anything there.
        expect(await head()).toEqual({});
      },
    ],
    [
      'the floor is empty',
      async () => {
        await put(state(), heads[0] ?? {});
        for (const row of await rowsOf(floor())) await remove(floor(), row);
      },
    ],
    [
      'the newest row of the floor is of another table',
      async () => {
        await put(state(), heads[0] ?? {});
        for (const row of await rowsOf(floor())) await put(floor(), { ...row, table: { S: 'restored' } });
      },
    ],
    [
      'a row of the floor says HEAD’s version of another commit',
      async () => {
        await put(state(), heads[0] ?? {});
        for (const row of await rowsOf(floor()))
          if (row['sk']?.S === '0000000001.0000000001')
            await put(floor(), { ...row, digest: { B: Buffer.alloc(32, 1) } });
          else await remove(floor(), row);
      },
    ],
    [
      'a garbled row is the newest',
      async () => {
        await put(state(), heads[0] ?? {});
        await put(floor(), { pk: { S: 'COMMIT' }, sk: { S: '~' } });
      },
    ],
    [
      'the floor is far ahead',
      async () => {
        await put(state(), heads[0] ?? {});
        const [row] = await rowsOf(floor());
        await put(floor(), { ...row, pk: { S: 'COMMIT' }, sk: { S: '0000000009.0000000001' } });
      },
    ],
    [
      'HEAD goes on from an old version: a revocation left out, by the publisher’s own key',
      async () => {
        const kept = await rowsOf(floor());
        for (const row of kept) if (row['sk']?.S !== '0000000001.0000000001') await remove(floor(), row);
        await put(state(), heads[0] ?? {});
        for (let version = 2; version <= 9; version += 1) {
          const base = await doors.store.reader().open();
          const staged = await stageChanges(base, {});
          await doors.store.publisher.commit({ base, staged, meta: META, note: null });
        }
        // What it wrote to the floor is gone, what had been acknowledged is back: HEAD is above it and beside it.
        for (const row of await rowsOf(floor())) await remove(floor(), row);
        for (const row of kept) await put(floor(), row);
      },
    ],
  ];
  it.each(attacks)('%s: nobody is permitted', async (_, attack) => {
    expect(await attempted(attack)).toEqual(NOBODY);
  });

  it('and what was there before still stands', async () => {
    expect(await permits(await newProcess(['decide']))).toBe(0);
    expect(await doors.store.reader().open()).toMatchObject({ version: 4, held: null });
  });

  it('both tables come back under their own names, as they were: nobody is permitted', async () => {
    const [older, rows] = [heads[0] ?? {}, await rowsOf(floor())];
    const { client } = doors.store;
    for (const TableName of [state(), floor()]) {
      await client.send(new DeleteTableCommand({ TableName }));
      await createKeyedTable(client, TableName);
    }
    await put(state(), older);
    for (const row of rows) if (row['sk']?.S === '0000000001.0000000001') await put(floor(), row);
    pass(SAME_TABLE_MS);
    expect(await permits(await newProcess(['decide']))).toBe(0);
    // Nor is whoever has seen nothing of what came after: it asks which table this is.
    for (const process of warm) expect(await permits(process)).toBe(0);

    // What this table acknowledged itself is believed at once, without a restart.
    const table = await tableIdOf(client, floor(), AbortSignal.timeout(60_000));
    await client.send(new DeleteTableCommand({ TableName: floor() }));
    await createKeyedTable(client, floor());
    const own = await tableIdOf(client, floor(), AbortSignal.timeout(60_000));
    expect(own).not.toBe(table);
    for (const row of rows)
      if (row['sk']?.S !== '0000000001.0000000002') await put(floor(), { ...row, table: { S: own } });
    pass();
  });
});
