/** The watch through its door: every reading of its line, what it says where it cannot look, and its boundaries. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { floorKey } from '../../functions/store/floor.ts';
import { HEAD_KEY, type Item } from '../../functions/store/head.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { openFloor } from '../../functions/store/open-floor.ts';
import { createRegistryReader, type SnapshotReader } from '../../functions/store/registry-reader.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { loadWhole } from '../../functions/store/whole-registry.ts';
import { proposalsWaiting } from '../../functions/watch/proposals.ts';
import { outlookOf } from '../../functions/watch/readings.ts';
import { createWatch } from '../../functions/watch/watch.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { withPlaces } from '../board/part-of-sample.ts';
import { stateOf } from '../decide/rig.ts';
import { type StoreProxy, startStoreProxy, type Weather } from '../doors/store-proxy.ts';
import { META, openRig, type StoreRig } from '../store/store-rig.ts';

/** When the store's rig publishes. */
const RECORDED = Date.parse('2026-11-23T12:00:00Z');
const NOW = RECORDED + 60_000;
const DAY = 86_400_000;
const ZERO = `sha256:${'0'.repeat(64)}` as const;

const sources = [{ citation: 'Synthetic: a test.', verified: true }];
const valid = (from: number, to: number | null) => ({
  from: new Date(from).toISOString(),
  to: to === null ? null : new Date(to).toISOString(),
  zone: 'UTC',
});

function hold(id: string, from: number, to: number | null): RawFact {
  const ending = to === null ? {} : { ending: sources };
  const fact = { kind: 'hold', id, authority: 'uk-dsit', scope: { network: 'gb-b' }, cause: 'doubt' };
  return { ...fact, valid: valid(from, to), ...ending, sources };
}

function waiver(id: string, from: number, to: number): RawFact {
  const of = { owner: 'GBR', standard: 'UK-HRV-2020-01', rule: 'share-cap', network: 'gb-a' };
  return {
    kind: 'waiver',
    id,
    authority: 'uk-dsit',
    ...of,
    reason: 'Synthetic.',
    valid: valid(from, to),
    sources,
  };
}

function office(id: string, nation: string, to: number): RawFact {
  const people = { proposers: [`${id}-one`], approvers: [`${id}-two`], holders: [] };
  return {
    kind: 'authority',
    id,
    name: 'Synthetic',
    speaksFor: [nation],
    ...people,
    valid: valid(NOW - DAY, to),
    sources,
  };
}

/** Two routes that rest on us-a, one that does not, and where they go. */
const SAMPLE = withPlaces(readSampleRegistry(), [
  ...['us-domestic', 'us-domestic-failover', 'gb-b-alone'],
  ...['us-a', 'us-c', 'gb-a', 'gb-b'],
]);

/** The sample, with what us-a rests on ending at an instant, and these besides. */
function factsWith(usAEnds: number, more: readonly RawFact[] = []): ReadonlyMap<string, RawFact> {
  const facts = new Map(SAMPLE);
  for (const [key, fact] of facts) {
    const subject = fact['subject'];
    if (fact['kind'] !== 'accreditation' || JSON.stringify(subject) !== '{"network":"us-a"}') continue;
    facts.set(key, { ...fact, valid: { ...Object(fact['valid']), to: new Date(usAEnds).toISOString() } });
  }
  for (const fact of more) facts.set(`${fact['kind']}/${fact['id']}`, fact);
  return facts;
}

/** Of a HEAD without copies. */
const ONE_COPY = { copies: async () => ({ copies: 1, astray: [] }) };

const NAMES = [
  ['WatchFailures', 'Count'],
  ['HeadBelowFloor', 'Count'],
  ['HistoryProblems', 'Count'],
  ['NewHistoryProblems', 'Count'],
  ['VersionsUnaudited', 'Count'],
  ['RegistryVersion', 'None'],
  ['RegistryAge', 'Seconds'],
  ['HeadMoved', 'Count'],
  ['HoldsInForce', 'Count'],
  ['WideHolds', 'Count'],
  ['NewWideHolds', 'Count'],
  ['WaiversInForce', 'Count'],
  ['ProposalsWaiting', 'Count'],
  ['RoutesDarkIn1Day', 'Count'],
  ['NewRoutesDarkIn1Day', 'Count'],
  ['RoutesDarkIn7Days', 'Count'],
  ['RoutesDarkIn30Days', 'Count'],
  ['FactsEndingIn1Day', 'Count'],
  ['FactsEndingIn7Days', 'Count'],
  ['FactsEndingIn30Days', 'Count'],
  ['NationsSilentIn7Days', 'Count'],
  ['NewNationsSilentIn7Days', 'Count'],
  ['NationsSilentIn7DaysMark', 'None'],
  ['NationsSilentIn30Days', 'Count'],
  ['NationsSilentIn90Days', 'Count'],
] as const;
const named = (...names: readonly string[]) => NAMES.filter(([name]) => names.includes(name));
const DECISIONS = [
  ['Decisions', 'Count'],
  ['Permits', 'Count'],
  ['Faults', 'Count'],
] as const;

function lineOf(at: number, names: readonly (readonly [string, string])[], members: object) {
  const Metrics = names.map(([Name, Unit]) => ({ Name, Unit }));
  return {
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [{ Namespace: 'Routeguard', Dimensions: [['Service']], Metrics }],
    },
    event: 'watch',
    schema: 1,
    Service: 'guard-1',
    ...members,
  };
}
const failed = (code: string) => lineOf(NOW, NAMES.slice(0, 1), { code, WatchFailures: 1 });
const unpublished = lineOf(NOW, [...DECISIONS, ['WatchFailures', 'Count'], ['RegistryVersion', 'None']], {
  code: 'HEAD_MISSING',
  Decisions: 0,
  Permits: 0,
  Faults: 0,
  WatchFailures: 0,
  RegistryVersion: 0,
});

let rig: StoreRig;
let proxy: StoreProxy;
/** HEAD of version 1. */
let first: Item | undefined;
const lines: string[] = [];
beforeAll(async () => {
  rig = await openRig();
  proxy = await startStoreProxy(rig.engine.endpoint, 20);
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterAll(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await proxy?.stop();
  await rig?.stop();
});

/** The handler of a fresh process. */
async function process(env: Readonly<Record<string, string>> = {}) {
  vi.resetModules();
  const all = {
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
    OBJECTS_TABLE: rig.tables.objects,
    STATE_TABLE: rig.tables.state,
    FLOOR_TABLE: rig.tables.floor,
    COMMIT_PUBLIC_KEYS: rig.signer.publicKey,
    FOUNDER_KEYS: rig.founders.join(','),
    SERVICE_NAME: 'guard-1',
    HEAD_COPIES: '1',
    ...env,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  const { handler } = await import('../../functions/watch/handler.ts');
  return async (weather: Weather | ((operation: string) => Weather) = 'fair') => {
    lines.length = 0;
    proxy.weather(weather);
    const { ok } = await handler();
    expect(lines).toHaveLength(1);
    return { ok, line: JSON.parse(lines[0] ?? '') };
  };
}

async function propose(id: string, json: string): Promise<void> {
  const Item = { pk: { S: 'PROPOSALS' }, sk: { S: id }, json: { S: json } };
  await rig.client.send(new PutItemCommand({ TableName: rig.tables.state, Item }));
}

describe('the watch, in one process from an empty table on', () => {
  it('says every reading exactly, and what it cannot read is a failure', async () => {
    const look = await process();
    expect(await look()).toEqual({ ok: true, line: unpublished });

    const { digest } = await rig.genesis(
      stateOf(
        factsWith(NOW + 6 * DAY, [
          hold('begins-now', NOW, null),
          hold('ends-now', NOW - DAY, NOW),
          hold('begins-next', NOW + 1, null),
          waiver('begins-now', NOW, NOW + DAY),
          waiver('ends-now', NOW - DAY, NOW),
          waiver('begins-next', NOW + 1, NOW + DAY),
          waiver('ends-in-a-month', NOW - DAY, NOW + 30 * DAY),
          waiver('ends-after-it', NOW - DAY, NOW + 30 * DAY + 1),
          office('in-a-week', 'MCO', NOW + 7 * DAY),
          office('in-a-month', 'SMR', NOW + 30 * DAY),
          office('in-a-quarter', 'AND', NOW + 90 * DAY),
          office('after-it', 'LIE', NOW + 90 * DAY + 1),
        ]),
      ),
    );
    first = (await rig.client.send(new GetItemCommand({ TableName: rig.tables.state, Key: HEAD_KEY }))).Item;
    const old = new Date(NOW - 30 * DAY).toISOString();
    const young = new Date(NOW - 30 * DAY + 1).toISOString();
    await propose('p1', JSON.stringify({ status: 'open', createdAt: old }));
    await propose('p2', JSON.stringify({ status: 'open', createdAt: young }));
    await propose('p3', JSON.stringify({ status: 'approving', createdAt: old }));
    await propose('p4', JSON.stringify({ status: 'published', createdAt: young }));
    await propose('p5', JSON.stringify({ status: 'rejected', createdAt: young }));
    await propose('p6', JSON.stringify({ status: 'uploading', createdAt: young }));
    await propose('p7', 'no JSON');
    await propose('p8', 'null');

    const usA = new Date(NOW + 6 * DAY).toISOString();
    /** The first ten of the markings, all of one level here. */
    const levels = (level: string) => Array(10).fill(expect.stringMatching(new RegExp(`^${level}(//|$)`)));
    const good = lineOf(NOW, [...DECISIONS, ...NAMES], {
      registry: { version: 1, digest, recordedAt: '2026-11-23T12:00:00.000Z' },
      held: null,
      author: 'alice',
      kind: 'approve',
      history: [],
      holds: ['hold/begins-now'],
      stops: [
        expect.objectContaining({
          id: 'begins-now',
          scope: { network: 'gb-b' },
          cause: 'doubt',
          wide: false,
        }),
      ],
      waivers: ['waiver/begins-now', 'waiver/ends-after-it', 'waiver/ends-in-a-month'],
      dark: [
        { route: 'us-domestic', from: usA, for: levels('US CONFIDENTIAL'), markings: 130 },
        // Its other way carries nothing above: no column of the board is drawn for what it loses.
        { route: 'us-domestic-failover', from: usA, for: levels('US RESTRICTED'), markings: 20 },
      ],
      ending: [
        { fact: 'waiver/begins-now', at: new Date(NOW + DAY).toISOString() },
        { fact: 'accreditation/us-on-us-a', at: usA },
        { fact: 'waiver/ends-in-a-month', at: new Date(NOW + 30 * DAY).toISOString() },
      ],
      silent: [
        { nation: 'MCO', from: new Date(NOW + 7 * DAY).toISOString() },
        { nation: 'SMR', from: new Date(NOW + 30 * DAY).toISOString() },
        { nation: 'AND', from: new Date(NOW + 90 * DAY).toISOString() },
      ],
      Decisions: 0,
      Permits: 0,
      Faults: 0,
      WatchFailures: 0,
      HeadBelowFloor: 0,
      HistoryProblems: 0,
      VersionsUnaudited: 0,
      RegistryVersion: 1,
      RegistryAge: 60,
      HeadMoved: 1,
      HoldsInForce: 1,
      WideHolds: 0,
      WaiversInForce: 3,
      ProposalsWaiting: 4,
      RoutesDarkIn1Day: 0,
      RoutesDarkIn7Days: 2,
      RoutesDarkIn30Days: 2,
      FactsEndingIn1Day: 1,
      FactsEndingIn7Days: 2,
      FactsEndingIn30Days: 3,
      NationsSilentIn7Days: 1,
      NationsSilentIn30Days: 2,
      NationsSilentIn90Days: 3,
      NewHistoryProblems: 0,
      NewWideHolds: 0,
      NewRoutesDarkIn1Day: 0,
      NewNationsSilentIn7Days: 0.5,
      NationsSilentIn7DaysMark: expect.any(Number),
    });
    expect(await look()).toEqual({ ok: true, line: good });
    expect(await look('slow')).toEqual({ ok: true, line: { ...good, NewNationsSilentIn7Days: 0 } });

    const query = (weather: Weather) => (operation: string) => (operation === 'Query' ? weather : 'fair');
    const cases: readonly (readonly [Weather | ((operation: string) => Weather), string])[] = [
      ['dead', 'STORE_UNAVAILABLE'],
      ['refusing', 'STORE_REFUSED'],
      ['empty', 'HEAD_MISSING'],
      [query('dead'), 'STORE_UNAVAILABLE'],
      [query('refusing'), 'STORE_REFUSED'],
    ];
    for (const [weather, code] of cases)
      expect(await look(weather)).toEqual({ ok: false, line: failed(code) });
    const fresh = await process();
    expect(await fresh('lying')).toEqual({ ok: false, line: failed('DIGEST_MISMATCH') });
    expect(await fresh()).toEqual({ ok: true, line: good });
    // Readers choose among two: the other is not there yet.
    const copied = await process({ HEAD_COPIES: '2' });
    expect((await copied()).line).toMatchObject({
      copies: 2,
      astray: [],
      HeadCopiesAstray: 0,
      NewHeadCopiesAstray: 0,
    });
  });

  it('a restored registry is opened, and counts as a hold until it is confirmed', async () => {
    const look = await process();
    const base = await createRegistryReader({ ...rig, publicKeys: rig.keys, budgetMs: 20_000 }).open();
    const meta = { ...META, kind: 'restore', succession: 'restore', approvers: [] } as const;
    const staged = await stageChanges(base, {});
    await rig.publisher.commit({ base, staged, meta, note: 'restore' });
    const { ok, line } = await look();
    expect(ok).toBe(true);
    expect(line).toMatchObject({
      RegistryVersion: 2,
      VersionsUnaudited: 0,
      HoldsInForce: 2,
      HeadBelowFloor: 1,
      held: 'LINEAGE_CHANGED',
      kind: 'restore',
      holds: ['registry/unconfirmed', 'hold/begins-now'],
    });
  });

  it('a HEAD put back, or taken away, pages by a figure of its own', async () => {
    const look = await process();
    const state = { TableName: rig.tables.state };
    const { Item: newest } = await rig.client.send(new GetItemCommand({ ...state, Key: HEAD_KEY }));
    await rig.client.send(new PutItemCommand({ ...state, Item: { ...first, ...HEAD_KEY } }));
    for (const again of [look, await process()])
      expect(await again()).toMatchObject({
        ok: true,
        line: {
          RegistryVersion: 1,
          HeadBelowFloor: 1,
          held: 'HEAD_BELOW_FLOOR',
          holds: ['registry/unconfirmed', 'hold/begins-now'],
        },
      });
    await rig.client.send(new DeleteItemCommand({ ...state, Key: HEAD_KEY }));
    for (const again of [look, await process()]) {
      const { ok, line } = await again();
      const names = named('WatchFailures', 'HeadBelowFloor', 'HoldsInForce');
      const said = { code: 'HEAD_BELOW_FLOOR', held: 'HEAD_BELOW_FLOOR', holds: ['registry/unconfirmed'] };
      const values = { ...said, WatchFailures: 0, HeadBelowFloor: 1, HoldsInForce: 1 };
      expect([ok, line]).toEqual([false, lineOf(NOW, names, values)]);
    }
    await rig.client.send(new PutItemCommand({ ...state, Item: { ...newest, ...HEAD_KEY } }));
    expect((await look()).line).toMatchObject({ HeadBelowFloor: 1, held: 'LINEAGE_CHANGED' });
    const floor = openFloor(rig.client, rig.tables.floor, Date.now);
    const told = await floor.newest('COMMIT', readingWithin(AbortSignal.timeout(60_000)));
    const Key = floorKey('COMMIT', told ?? expect.fail());
    await rig.client.send(new DeleteItemCommand({ TableName: rig.tables.floor, Key }));
    expect((await look()).line).toMatchObject({ HeadBelowFloor: 1, held: 'HEAD_UNACKNOWLEDGED' });
  });

  it.each(['OBJECTS_TABLE', 'STATE_TABLE', 'FLOOR_TABLE', 'COMMIT_PUBLIC_KEYS', 'FOUNDER_KEYS'])(
    'does not start without %s',
    async (name) => {
      await expect(process({ [name]: '' })).rejects.toThrow(`environment variable ${name} is not set`);
    },
  );
});

describe('over time', () => {
  let other: StoreRig;
  let at = NOW;
  const written: string[] = [];
  let watch: ReturnType<typeof createWatch>;
  beforeAll(async () => {
    other = await openRig(rig.engine);
    // Ends a day after the next full hour and a half.
    await other.genesis(stateOf(factsWith(RECORDED + 25.5 * 3_600_000)));
    watch = createWatch({
      elapsed: () => 0,
      reader: other.reader(),
      ...ONE_COPY,
      proposalsWaiting: async () => 3,
      audit: async () => ({ problems: [], unaudited: 0 }),
      service: 'guard-1',
      clock: () => at,
      write: (line) => written.push(line),
    });
  });
  async function lookAt(ms: number) {
    at = ms;
    await watch();
    return JSON.parse(written.at(-1) ?? '');
  }

  it.each([
    [-1, 1, 0],
    [0, 1, 0],
    [129_999, 1, 129.999],
    [130_000, 0, 130],
    [3_600_000, 0, 3600],
  ])('%i ms after the publication HEAD has moved: %i, and its age is %d', async (after, moved, age) => {
    const { HeadMoved, RegistryAge, ProposalsWaiting } = await lookAt(RECORDED + after);
    expect([HeadMoved, RegistryAge, ProposalsWaiting]).toEqual([moved, age, 3]);
  });

  it('what the outlook has no time for counts as dark, and the line is written with what came before it', async () => {
    const lineAfter = async (ms: number) => {
      let calls = 0;
      const out: string[] = [];
      await createWatch({
        reader: other.reader(),
        ...ONE_COPY,
        proposalsWaiting: async () => 3,
        audit: async () => ({
          problems: [{ code: 'NOT_RESTRICTING' as const, version: 1, digest: null }],
          unaudited: 0,
        }),
        service: 'guard-1',
        clock: () => RECORDED,
        // The first call is the beginning of the look.
        elapsed: () => (calls++ === 0 ? 0 : ms),
        write: (line) => out.push(line),
      })();
      const { HistoryProblems, HoldsInForce, RoutesDarkIn1Day, dark } = JSON.parse(out[0] ?? '');
      return [
        ...[out.length, HistoryProblems, typeof HoldsInForce, RoutesDarkIn1Day > 0],
        dark.some((d: { unlooked?: boolean }) => d.unlooked === true),
      ];
    };
    expect(await lineAfter(39_999)).toEqual([1, 1, 'number', false, false]);
    expect(await lineAfter(40_000)).toEqual([1, 1, 'number', true, true]);
  });

  it('HEAD that is another than at the last look has moved, however old it says it is', async () => {
    const real = await other.reader().open();
    let version = 1;
    const out: string[] = [];
    const look = createWatch({
      reader: {
        open: async () => ({ ...real, digest: version === 1 ? real.digest : `sha256:${'0'.repeat(64)}` }),
      } as never,
      ...ONE_COPY,
      proposalsWaiting: async () => 3,
      audit: async () => ({ problems: [], unaudited: 0 }),
      service: 'guard-1',
      clock: () => RECORDED + 3_600_000,
      elapsed: () => 0,
      write: (line) => out.push(line),
    });
    for (const next of [1, 1, 2, 2]) {
      version = next;
      await look();
    }
    expect(out.map((line) => JSON.parse(line)['HeadMoved'])).toEqual([0, 0, 1, 0]);
  });

  it('a route that goes dark on the last instant of a window goes dark within it', async () => {
    const registry = await loadWhole(await other.reader().open());
    const ends = RECORDED + 25.5 * 3_600_000;
    const dark = ([1, 7, 30] as const).map((days) =>
      [-1, 0].map((ms) => outlookOf(registry, ends - days * DAY + ms).dark[days].length),
    );
    expect(dark).toEqual([
      [0, 2],
      [0, 2],
      [0, 2],
    ]);
  });

  it('the outlook is an hour old at most, and never of another version', async () => {
    const dark = async (hours: number) => (await lookAt(RECORDED + hours * 3_600_000)).RoutesDarkIn1Day;
    // At the full hour it is 24.5 h away; half an hour later 24.
    expect([await dark(1), await dark(1.9999), await dark(2)]).toEqual([0, 0, 2]);
    const us = factsWith(RECORDED + 300 * DAY).get('accreditation/us-on-us-a');
    if (us === undefined) throw new Error('the sample has another name for it');
    await other.change({
      ...stateOf(factsWith(RECORDED + 300 * DAY)),
      facts: new Map([['accreditation/us-on-us-a', us]]),
    });
    expect(await dark(2)).toBe(0);
  });

  it('of another registry of the same version it is another', async () => {
    const sample = await openRig(rig.engine);
    await sample.genesis(stateOf(SAMPLE));
    const cliff = await openRig(rig.engine);
    await cliff.genesis(stateOf(factsWith(NOW + DAY)));
    let reader = cliff.reader();
    const out: string[] = [];
    const look = createWatch({
      elapsed: () => 0,
      reader: { open: (...options) => reader.open(...options) },
      ...ONE_COPY,
      proposalsWaiting: async () => 0,
      audit: async () => ({ problems: [], unaudited: 0 }),
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => out.push(line),
    });
    await look();
    reader = sample.reader();
    await look();
    expect(out.map((line) => JSON.parse(line)['RoutesDarkIn1Day'])).toEqual([2, 0]);
  });

  it('a stop that nobody can read is a wide one', async () => {
    const stopped = await openRig(rig.engine);
    const unreadable = { ...hold('unreadable', NOW - DAY, null), scope: {} };
    await stopped.genesis(stateOf(factsWith(NOW + 300 * DAY, [unreadable, hold('small', NOW - DAY, null)])));
    const out: string[] = [];
    await createWatch({
      elapsed: () => 0,
      reader: stopped.reader(),
      ...ONE_COPY,
      proposalsWaiting: async () => 0,
      audit: async () => ({ problems: [], unaudited: 0 }),
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => out.push(line),
    })();
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ HoldsInForce: 2, WideHolds: 1 });
  });

  it('of more than a hundred proposals the newest are looked at', async () => {
    const { client, tables } = await openRig(rig.engine);
    const young = new Date(NOW).toISOString();
    for (let i = 0; i <= 100; i += 1) {
      const json = JSON.stringify({ status: i === 100 ? 'open' : 'published', createdAt: young });
      const Item = { pk: { S: 'PROPOSALS' }, sk: { S: `p${1000 + i}` }, json: { S: json } };
      await client.send(new PutItemCommand({ TableName: tables.state, Item }));
    }
    expect(await proposalsWaiting(client, tables.state, AbortSignal.timeout(60_000), NOW)).toBe(1);
  });

  it('says what the audit found, also of a HEAD that does not load', async () => {
    const found = { code: 'NOT_RESTRICTING', version: 1, digest: null } as const;
    const audited = (reader: SnapshotReader) =>
      createWatch({
        elapsed: () => 0,
        reader,
        audit: async () => ({ problems: [found], unaudited: 7 }),
        ...ONE_COPY,
        proposalsWaiting: async () => 0,
        service: 'guard-1',
        clock: () => NOW,
        write: (line) => written.push(line),
      });
    const figures = { HistoryProblems: 1, NewHistoryProblems: 0.5, VersionsUnaudited: 7 };
    const history = [{ code: 'NOT_RESTRICTING', version: 1 }];
    expect(await audited(other.reader())()).toEqual({ ok: true });
    expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ ...figures, history, WatchFailures: 0 });
    const unread = () => Promise.reject(new StoreError('APPROVAL_INVALID'));
    const forged = {
      open: async () => ({ ...(await other.reader().open()), digest: ZERO, approved: unread }),
    };
    expect(await audited(forged)()).toEqual({ ok: false });
    const names = named('WatchFailures', 'HistoryProblems', 'NewHistoryProblems', 'VersionsUnaudited');
    const values = { code: 'APPROVAL_INVALID', WatchFailures: 1, ...figures };
    expect(JSON.parse(written.at(-1) ?? '')).toEqual(lineOf(NOW, names, values));
  });

  it('nothing found is no word on a history that it has not come through', async () => {
    const audits = [
      { problems: [], unaudited: 7 },
      { problems: [], unaudited: 0 },
    ];
    const look = createWatch({
      elapsed: () => 0,
      reader: other.reader(),
      audit: async () => audits.shift() ?? expect.fail(),
      ...ONE_COPY,
      proposalsWaiting: async () => 0,
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => written.push(line),
    });
    const said = [];
    for (const _ of [1, 2]) {
      await look();
      const { HistoryProblems, VersionsUnaudited } = JSON.parse(written.at(-1) ?? '');
      said.push([HistoryProblems, VersionsUnaudited]);
    }
    expect(said).toEqual([
      [undefined, 7],
      [0, 0],
    ]);
  });

  it('what is new in the history is told with it, though the look fails after it', async () => {
    const audits = [[], [1], [1]].map((versions) => ({
      problems: versions.map((version) => ({ code: 'SUCCESSION' as const, version, digest: null })),
      unaudited: 0,
    }));
    let looks = 0;
    const look = createWatch({
      elapsed: () => 0,
      reader: other.reader(),
      audit: async () => audits.shift() ?? expect.fail(),
      ...ONE_COPY,
      proposalsWaiting: async () => {
        looks += 1;
        if (looks === 2) throw new StoreError('STORE_UNAVAILABLE');
        return 0;
      },
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => written.push(line),
    });
    const said = [];
    for (const _ of [1, 2, 3]) {
      await look();
      const { WatchFailures, HistoryProblems, NewHistoryProblems } = JSON.parse(written.at(-1) ?? '');
      said.push([WatchFailures, HistoryProblems, NewHistoryProblems]);
    }
    expect(said).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [0, 1, 0],
    ]);
  });

  it.each([
    [null, 1],
    ['LINEAGE_CHANGED' as const, undefined],
  ])('of a HEAD that is held for %s says of %s copy that it is astray', async (held, expected) => {
    const look = createWatch({
      elapsed: () => 0,
      reader: { open: async () => ({ ...(await other.reader().open()), held }) },
      audit: async () => ({ problems: [], unaudited: 0 }),
      copies: async () => ({ copies: 4, astray: [2] }),
      proposalsWaiting: async () => 0,
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => written.push(line),
    });
    expect(await look()).toEqual({ ok: true });
    const { HeadCopiesAstray, astray } = JSON.parse(written.at(-1) ?? '');
    expect([HeadCopiesAstray, astray?.length]).toEqual([expected, expected]);
  });

  it('fails where nobody can say how many proposals wait', async () => {
    const failing = createWatch({
      elapsed: () => 0,
      reader: other.reader(),
      audit: async () => ({ problems: [], unaudited: 0 }),
      ...ONE_COPY,
      proposalsWaiting: () => Promise.reject(new StoreError('STORE_REFUSED')),
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => written.push(line),
    });
    expect(await failing()).toEqual({ ok: false });
    expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ code: 'STORE_REFUSED', WatchFailures: 1 });
  });

  it('and what throws is a fault that says nothing of why', async () => {
    const failing = createWatch({
      elapsed: () => 0,
      reader: { open: () => Promise.reject(new Error('secret text')) },
      ...ONE_COPY,
      proposalsWaiting: async () => 0,
      audit: async () => ({ problems: [], unaudited: 0 }),
      service: 'guard-1',
      clock: () => NOW,
      write: (line) => written.push(line),
    });
    expect(await failing()).toEqual({ ok: false });
    expect(JSON.parse(written.at(-1) ?? '')).toEqual(failed('FAULT'));
  });
});
