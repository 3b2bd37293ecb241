/**
 * T16: every fact an answer rests on belongs to the one registry version the answer names, whatever mixture of versions
 * the database serves. No version of this registry permits; a mixture of two would.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../functions/core/facts/canonical.ts';
import type { LawDoc } from '../../functions/core/facts/view.ts';
import { createGuard } from '../../functions/decide/guard.ts';
import type { Item } from '../../functions/store/head.ts';
import {
  createRegistryReader,
  type OpenSnapshot,
  type SnapshotReader,
} from '../../functions/store/registry-reader.ts';
import { stageState } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { BUILD, stateOf } from '../decide/rig.ts';
import { engineClient } from '../engine.ts';
import { smallSample } from '../registry/small-sample.ts';
import { META, openRig, PAIRED_KEYS, type StoreRig } from '../store/store-rig.ts';
import { choicesFrom } from './random.ts';

const VERSIONS = 4;
const SEED = 16;
const sample = smallSample();
/** What the path needs and a version is without: one thing at odd versions, the other at even ones. */
const ABSENT = ['accreditation/us-on-gb-b', 'accreditation/us-on-us-a'] as const;
const HOPS = ['gb-b', 'us-a'] as const;

let rig: StoreRig;
/** Versions as they are stored: HEAD, and the object at each place. */
const heads: Item[] = [];
const objects: Map<string, Item>[] = [];

/** The law with its version in a place that every build knows: a favourable fact that is unsound counts as absent. */
function saying(law: LawDoc, version: number): LawDoc {
  return { ...law, equivalences: [...law.equivalences, { kind: 'equivalence', id: 'version', version }] };
}

const versionOfLaw = (law: Json) =>
  (law as unknown as LawDoc).equivalences.find(({ id }) => id === 'version') as Json | undefined;

/** Publishes a registry in which law, view and vendors all say its version. */
async function publish(version: number): Promise<void> {
  const state = stateOf(new Map([...sample].filter(([key]) => key !== ABSENT[version % 2])));
  const marked = PAIRED_KEYS.map((key): [string, Json] => [key, { version }]);
  const staged = stageState({
    ...state,
    view: new Map<string, Json>([...state.view, ...marked]),
    vendors: new Map<string, Json>([...state.vendors, ...marked]),
    law: saying(state.law as unknown as LawDoc, version),
  });
  const base = version === 1 ? null : await rig.reader().open();
  await rig.publisher.commit({ base, staged, meta: META, note: null });
}

interface Output {
  readonly Item?: Item;
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}
type Served = (command: string, output: Output) => Output | Promise<Output>;

const honest: Served = (_, output) => output;
let serving = honest;
let client: DynamoDBClient;

/** A process that knows nothing, over whatever is being served. */
function newReader(): SnapshotReader {
  return createRegistryReader({
    client,
    tables: rig.tables,
    publicKeys: rig.keys,
    founders: rig.founders,
    budgetMs: 20_000,
  });
}

/** What one reader makes of the registry: `one version`, `torn`, or `refused`. */
async function read(reader: SnapshotReader): Promise<string> {
  try {
    const open = await reader.open();
    const { law, entries } = await open.read(PAIRED_KEYS);
    const vendors = await open.vendors(PAIRED_KEYS);
    const said = [versionOfLaw(law), ...PAIRED_KEYS.flatMap((key) => [entries.get(key), vendors.get(key)])];
    const versions = said.map((document) => (document as { version?: number } | undefined)?.version);
    return versions.every((version) => version === open.version) ? 'one version' : 'torn';
  } catch (error) {
    if (error instanceof StoreError) return 'refused';
    throw error;
  }
}

/** The same of a decision: it must miss exactly what the version it names is without. */
async function decide(reader: SnapshotReader): Promise<string> {
  const guard = createGuard({
    reader,
    build: BUILD,
    budgetMs: 20_000,
    leaseMs: 60_000,
    clock: () => Date.parse('2026-11-23T12:00:00.000Z'),
    newEvaluationId: () => 'e-1',
    mostExplained: 'codes',
  });
  const { decision, registry, reasons } = await guard.decideValue({
    message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' },
    path: { hops: HOPS.map((network) => ({ network })) },
  });
  if (decision) return 'torn';
  if (registry === undefined) return 'refused';
  return new Set(reasons.map(({ hop }) => hop)).size === 1 && reasons[0]?.hop === registry.version % 2
    ? 'one version'
    : 'torn';
}

beforeAll(async () => {
  rig = await openRig();
  client = engineClient(rig.engine.endpoint);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const { output, ...rest } = await next(args);
      const served = await serving(String(context['commandName']), output as Output);
      return { ...rest, output: { ...output, ...served } };
    },
    { step: 'initialize' },
  );
  for (let version = 1; version <= VERSIONS; version += 1) {
    await publish(version);
    const stored = new Map<string, Item>();
    serving = (command, output) => {
      if (command === 'GetItemCommand') heads[version] = output.Item ?? {};
      for (const item of Object.values(output.Responses ?? {}).flat())
        stored.set(item['digest']?.S ?? '', item);
      return output;
    };
    const reader = newReader();
    const { root } = await reader.open();
    expect([await read(reader), await decide(reader)]).toEqual(['one version', 'one version']);
    const placed = [root.law, root.vendors, ...root.view].map(
      (digest, place) => [String(place), digest] as const,
    );
    objects[version] = new Map(
      placed.flatMap(([place, digest]) => {
        const item = stored.get(digest ?? '');
        return item === undefined ? [] : [[place, item]];
      }),
    );
  }
});
afterAll(() => rig.stop());

const pick = choicesFrom(SEED);
const otherVersion = () => 1 + pick.below(VERSIONS - 1);

/** An answer with each object replaced; undefined leaves it out. */
function eachObject(output: Output, replace: (item: Item) => Item | undefined): Output {
  const responses = Object.entries(output.Responses ?? {}).map(([table, found]): [string, Item[]] => [
    table,
    found.map(replace).filter((item) => item !== undefined),
  ]);
  return { Responses: Object.fromEntries(responses) };
}

/** What another version has at the place where HEAD's version has this object. */
function counterpart(item: Item): Item {
  const place = [...(objects[VERSIONS] ?? [])].find(([, one]) => one['digest']?.S === item['digest']?.S)?.[0];
  return objects[otherVersion()]?.get(place ?? '') ?? item;
}

const onHead =
  (edit: (head: Item) => Item): Served =>
  (command, output) =>
    command === 'GetItemCommand' ? { Item: edit(output.Item ?? {}) } : output;
const onObjects =
  (edit: (item: Item) => Item | undefined): Served =>
  (command, output) =>
    command === 'BatchGetItemCommand' ? eachObject(output, edit) : output;
const partOfAnother = (part: string): Served =>
  onHead((head) => ({ ...head, [part]: heads[otherVersion()]?.[part] ?? { B: new Uint8Array() } }));

/** What the database serves, and all that a process that knows nothing, or has just read everything, may make of it. */
const SERVED: readonly [name: string, served: Served, cold: readonly string[], warm: readonly string[]][] = [
  ['what is stored', honest, ['one version'], ['one version']],
  ['the HEAD of an older version', onHead(() => heads[otherVersion()] ?? {}), ['refused'], ['refused']],
  ...['commit', 'signature', 'root', 'digest'].map((part): [string, Served, string[], string[]] => [
    `a HEAD with another version's ${part}`,
    partOfAnother(part),
    ['refused'],
    ['refused'],
  ]),
  [
    "another version's commit with its digest and signature",
    onHead((head) => ({ ...heads[otherVersion()], root: head['root'] ?? { B: new Uint8Array() } })),
    ['refused'],
    ['refused'],
  ],
  [
    'objects of another version as those asked for',
    onObjects((item) => ({ ...counterpart(item), digest: item['digest'] ?? { S: '' } })),
    ['refused'],
    ['one version'],
  ],
  ['objects of another version as themselves', onObjects(counterpart), ['refused'], ['one version']],
  [
    'some objects of another version',
    onObjects((item) =>
      pick.chance(0.5) ? item : { ...counterpart(item), digest: item['digest'] ?? { S: '' } },
    ),
    ['refused', 'one version'],
    ['one version'],
  ],
  [
    'half a publication',
    onObjects((item) => (pick.chance(0.5) ? item : undefined)),
    ['refused', 'one version'],
    ['one version'],
  ],
];

describe('T16: a database that serves', () => {
  it.each(SERVED)('%s', async (_, served, cold, warm) => {
    for (let round = 0; round < 3; round += 1)
      for (const look of [read, decide]) {
        serving = served;
        expect(cold).toContain(await look(newReader()));
        const reader = newReader();
        serving = honest;
        expect([await read(reader), await decide(reader)]).toEqual(['one version', 'one version']);
        serving = served;
        expect(warm).toContain(await look(reader));
        serving = honest;
        expect(await look(reader)).toBe('one version');
      }
  });

  it('a new version between any two reads of one answer', async () => {
    let version = VERSIONS;
    for (const look of [read, decide])
      for (let before = 1; before <= 3; before += 1) {
        let reads = 0;
        serving = async (_, output) => {
          reads += 1;
          if (reads !== before) return output;
          version += 1;
          await publish(version);
          return output;
        };
        const reader = newReader();
        expect(await look(reader)).toBe('one version');
        expect(await look(reader)).toBe('one version');
      }
    expect(version).toBe(VERSIONS + 6);
  });
});

describe('T16 notices', () => {
  /** A reader whose answers are put together from two versions. */
  const mixing = (mix: (newer: OpenSnapshot, older: OpenSnapshot) => OpenSnapshot): SnapshotReader => ({
    open: async () => {
      const reader = rig.reader();
      return mix(await reader.open(), await reader.open({ exact: 1 }));
    },
  });
  const entriesFrom = (newer: OpenSnapshot, older: OpenSnapshot): OpenSnapshot => ({
    ...newer,
    async read(keys) {
      const [{ law, entries }, before] = [await newer.read(keys), await older.read(keys)];
      // Each hop as the version knows it that has its accreditation.
      return {
        law,
        entries: new Map([...entries, ...[...before.entries].filter(([key]) => key.includes(HOPS[0]))]),
      };
    },
  });
  it.each([
    ['the law of another version', (a: OpenSnapshot, b: OpenSnapshot) => ({ ...a, read: b.read })],
    ['the vendors of another version', (a: OpenSnapshot, b: OpenSnapshot) => ({ ...a, vendors: b.vendors })],
    ['the name of another version', (a: OpenSnapshot, b: OpenSnapshot) => ({ ...b, version: a.version })],
  ])('%s', async (_, mix) => {
    expect(await read(mixing(mix))).toBe('torn');
  });
  it('a permit that no version gives', async () => {
    expect(await decide(mixing(entriesFrom))).toBe('torn');
  });
});
