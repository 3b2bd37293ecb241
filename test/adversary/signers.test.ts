/**
 * Whoever holds the registry's role and its commit key answers two people in the registry's place: names a root that holds
 * what they were not shown, or puts a version under it that nobody signed. With the tables to look at, their machines
 * sign none of it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyChanges, type Operation } from '../../functions/core/administration/change.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { type BaseVersion, factsOf, resultOf, stageApplied } from '../../functions/store/applied-change.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { routeguard } from '../cli/command.ts';
import { accreditation, vendor } from '../registry/changes.ts';
import { contextFor, type Wire } from '../registry/rig.ts';
import { type ServedRegistry, serveRegistry, truth } from '../registry/served.ts';
import { smallSample } from '../registry/small-sample.ts';
import {
  doors,
  type Forgery,
  forge,
  HOLD,
  honest,
  insertRow,
  putBack,
  removeRow,
  staged,
  startForgingOver,
  word,
  ZERO,
} from './forging.ts';

const folder = mkdtempSync(join(tmpdir(), 'signers-'));
const OPERATIONS: readonly Operation[] = [vendor('quiet')];
const EXTRA: RawFact = accreditation('never-shown').fact;
const EXTRA_KEY = 'accreditation/never-shown';
let registry: ServedRegistry;
/** A simulated proposal of an innocent vendor. */
let id: string;

beforeAll(async () => {
  await startForgingOver(smallSample());
  const { store } = doors;
  registry = await serveRegistry(contextFor(store, store.signer));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', store.engine.endpoint);
  id = await simulated(OPERATIONS);
}, 120_000);
afterAll(async () => {
  await registry.close();
  await doors.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  registry.heard.length = 0;
});
afterEach(async () => {
  registry.lie = truth;
  await putBack();
});

const tables = () => {
  const { store } = doors;
  return [
    ...['--tables', [store.tables.objects, store.tables.state, store.tables.floor].join(',')],
    ...['--founder-keys', store.founders.join(','), '--commit-keys', store.signer.publicKey],
    ...['--region', 'eu-west-2'],
  ];
};
const command = (who: string, ...args: readonly string[]) =>
  routeguard('registry', ...args, '--as', who, '--url', registry.url);

async function simulated(operations: readonly Operation[]): Promise<string> {
  const file = join(folder, 'change.json');
  writeFileSync(file, JSON.stringify(operations));
  const { out, err } = await command('proposer', 'propose', file, '--reason', 'A test', '--json');
  const proposal: Wire = JSON.parse(out || `{"error":${JSON.stringify(err)}}`);
  expect(await command('approver', 'simulate', proposal.id)).toMatchObject({ code: 0 });
  return proposal.id;
}

/** What the registry says of the proposal's simulation from here on. */
function sayOf(more: object): void {
  registry.lie = (path, body) =>
    path === `proposals/${id}` ? { ...body, simulation: { ...body.simulation, ...more } } : body;
}

/** What the operations, and whatever else, come to on this version. */
async function comesTo(ground: BaseVersion, operations: readonly Operation[] = OPERATIONS) {
  const before = await factsOf(ground);
  const applied = applyChanges(before, operations);
  if (!applied.ok) throw new Error('these cannot be made');
  const of = { before, after: applied.facts, touched: applied.touched };
  return resultOf(await stageApplied(ground, of), of);
}

/** HEAD as it was forged: a place, and what the operations come to on it, so that nothing else is wrong. */
async function onForged() {
  const { client, tables: names, keys: publicKeys, founders } = doors.store;
  const reader = createRegistryReader({
    ...{ client, tables: names, publicKeys, founders },
    ...{ budgetMs: 60_000, acceptUnconfirmed: true },
  });
  const head = await reader.open();
  return {
    base: { version: head.version, digest: head.digest },
    ...(await comesTo({ root: head.root, objects: honest.objects })),
  };
}

/** Both people look at it and try to sign it; what they are told, after it was seen that nothing left their machines. */
async function refused(...more: readonly string[]): Promise<Wire> {
  // Of a version that is not there nobody is shown anything.
  const { reviewed = ZERO } = await without();
  let error: Wire;
  for (const [who, what] of [
    ['proposer', 'sign'],
    ['approver', 'approve'],
  ] as const) {
    const ran = await command(who, what, id, ...more, '--reviewed', reviewed, '--json');
    expect([ran.code, ran.err], ran.out).toEqual([3, '']);
    ({ error } = JSON.parse(ran.out));
    expect(error.message).toMatch(/do not sign, and run `routeguard registry verify --offline`$/);
    const looked = await command(who, 'review', id, ...more, '--json');
    expect([looked.code, JSON.parse(looked.out).error]).toEqual([3, error]);
  }
  expect(registry.heard.filter(({ method }) => method === 'POST')).toEqual([]);
  return error;
}

/** What somebody without the tables is shown: the same lie, and that it is one they cannot tell. */
async function without(): Promise<Wire> {
  const { out } = await command('proposer', 'review', id, '--json');
  const review: Wire = JSON.parse(out);
  registry.heard.length = 0;
  return review;
}

describe('what two people are told that their change comes to', () => {
  it('is what they compute, where it is true', async () => {
    const { code, out } = await command('proposer', 'review', id, ...tables(), '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { computed: true, statement: await comesTo(honest) }]);
  });

  it.each<[string, () => Promise<object>, RegExp]>([
    [
      'the root of one fact more',
      async () => comesTo(honest, [...OPERATIONS, { op: 'add', fact: EXTRA }]),
      /not come to what it names \(root\)/,
    ],
    ['another root', async () => ({ root: ZERO }), /not come to what it names \(root\)/],
    [
      'the root of nothing done',
      async () => ({ root: honest.commit.root }),
      /not come to what it names \(root\)/,
    ],
    ['other people', async () => ({ people: ZERO }), /not come to what it names \(people\)/],
    [
      'a base that is in no table',
      async () => ({ base: { version: honest.version, digest: ZERO } }),
      /is not in the tables, or not on the way to HEAD/,
    ],
    [
      'HEAD as the base, under another number',
      async () => ({ base: { version: honest.version + 7, digest: honest.digest } }),
      /is not in the tables, or not on the way to HEAD/,
    ],
    [
      'no base, which makes it the first version of all',
      async () => ({ base: null, ...(await comesTo(null)) }),
      /first version of all, and the tables hold a registry/,
    ],
  ])('%s is signed by neither', async (_what, lie, sentence) => {
    sayOf(await lie());
    const error = await refused(...tables());
    expect(error.code).toBe('REGISTRY_UNTRUE');
    expect(error.message).toMatch(sentence);
  });

  it.each<[string, () => Promise<object>]>([
    ['another root', async () => ({ ...(await comesTo(null)), root: ZERO })],
    ['other people', async () => ({ ...(await comesTo(null)), people: ZERO })],
  ])('the first version of all with %s is signed by neither, without any table', async (_what, lie) => {
    sayOf({ base: null, ...(await lie()) });
    registry.heard.length = 0;
    for (const what of ['sign', 'approve']) {
      const ran = await command('proposer', what, id, '--reviewed', ZERO, '--json');
      expect([ran.code, JSON.parse(ran.out).error.code]).toEqual([3, 'REGISTRY_UNTRUE']);
    }
    expect(registry.heard.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('for another registry, nothing is signed at all', async () => {
    registry.lie = (path, body) => (path === 'signing' ? { ...body, registry: homeOf('another') } : body);
    const file = join(folder, 'change.json');
    const { reviewed } = await without();
    for (const args of [
      ['propose', file, '--reason', 'A test'],
      ['lift', 'stop', '--reason', 'A test'],
      ['sign', id, '--reviewed', reviewed],
    ]) {
      const ran = await command('proposer', ...args, ...tables(), '--json');
      expect([ran.code, JSON.parse(ran.out).error.message]).toEqual([
        3,
        expect.stringMatching(/for another registry than that of the tables/),
      ]);
    }
    expect(registry.heard.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('what it is built on', () => {
  it.each<[string, () => Promise<Digest>, RegExp]>([
    [
      'a version that nobody signed',
      async () => forge({ staged: await staged(new Map([[EXTRA_KEY, EXTRA]])) }),
      /APPROVAL_INVALID/,
    ],
    [
      'a stop that brings a fact along',
      async () =>
        forge({
          kind: 'hold',
          staged: await staged(
            new Map([
              [EXTRA_KEY, EXTRA],
              ['hold/stop', HOLD],
            ]),
          ),
        }),
      /NOT_RESTRICTING version 2/,
    ],
    [
      'a stop of a stop',
      async () => {
        await forge({ kind: 'hold', staged: await staged(new Map([['hold/stop', HOLD]])) });
        const { base } = await onForged();
        const { client, tables: names, keys: publicKeys, founders } = doors.store;
        const on = await createRegistryReader({
          ...{ client, tables: names, publicKeys, founders, budgetMs: 600_000 },
        }).open({ exact: base.version });
        return forge({ kind: 'hold', on });
      },
      /NOT_RESTRICTING version 3/,
    ],
    [
      'a stop that the floor knows as another, under the next,',
      async () => {
        const stop = await staged(new Map([['hold/stop', HOLD]]));
        const another = await forge({ kind: 'hold', staged: stop });
        await forge({ kind: 'hold', staged: stop });
        const { client, tables: names, keys: publicKeys, founders } = doors.store;
        const on = await createRegistryReader({ client, tables: names, publicKeys, founders }).open();
        const both = new Map([
          ['hold/stop', HOLD],
          ['hold/next', { ...HOLD, id: 'next' }],
        ]);
        const next = await forge({ kind: 'hold', on, staged: await staged(both) });
        await removeRow('COMMIT', { epoch: 1, version: 2 });
        await insertRow('COMMIT', 2, another);
        return next;
      },
      /\(FLOOR version 2\)/,
    ],
    [
      'a stop that decisions read otherwise than it says',
      async () => {
        const stop = await staged(new Map([['hold/stop', HOLD]]));
        const x = { id: 'x', name: 'Not what the facts say' };
        const ground = { root: stop.root, objects: honest.objects };
        const bent = await stageChanges(ground, { vendors: new Map([['x', x]]) });
        return forge({
          kind: 'hold',
          staged: { ...bent, objects: new Map([...stop.objects, ...bent.objects]) },
        });
      },
      /LAYOUT version 2/,
    ],
  ])('%s is built on by neither', async (_what, forged, sentence) => {
    await forged();
    sayOf(await onForged());
    const error = await refused(...tables());
    expect(error.code).toBe('BASE_UNSOUND');
    expect(error.message).toMatch(sentence);
  });

  it('a stop that one person may publish is', async () => {
    await forge({ kind: 'hold', staged: await staged(new Map([['hold/stop', HOLD]])) });
    sayOf(await onForged());
    const { code, out } = await command('proposer', 'review', id, ...tables(), '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { computed: true }]);
  });

  it('what was put back is built on by neither, and what has moved is simulated again', async () => {
    await doors.store.change({});
    const args = ['sign', id, '--reviewed', ZERO, ...tables(), '--json'];
    const moved = await command('proposer', ...args);
    expect([moved.code, JSON.parse(moved.out).error.code]).toEqual([3, 'REGISTRY_MOVED']);
    await putBack();
    const old = await command('proposer', ...args);
    expect([old.code, JSON.parse(old.out).error]).toMatchObject([
      3,
      { code: 'BASE_UNSOUND', message: expect.stringMatching(/HEAD_BELOW_FLOOR/) },
    ]);
    expect(registry.heard.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

/** HEAD has been put back above: it is held, and everybody may confirm it. */
describe('what came back', () => {
  const confirm = (version: number, digest: string, ...more: readonly string[]) =>
    command('proposer', 'confirm', String(version), digest, '--reason', 'A test', '--json', ...more);
  const posted = () => registry.heard.filter(({ method }) => method === 'POST').length;

  it('is confirmed as it stands', async () => {
    const { code, out } = await confirm(honest.version, honest.digest, ...tables());
    expect([code, posted()]).toEqual([0, 1]);
    const { id: proposed, computed } = JSON.parse(out);
    expect(computed).toBe(true);
    const review = await command('approver', 'review', proposed, ...tables(), '--json');
    expect([review.code, JSON.parse(review.out).computed]).toEqual([0, true]);
  });

  it.each(['root', 'people', 'epoch'])('with another %s is confirmed by nobody', async (member) => {
    const another = member === 'epoch' ? 9 : ZERO;
    registry.lie = (path, body) => (path === 'signing' ? { ...body, [member]: another } : body);
    const { code, out } = await confirm(honest.version, honest.digest, ...tables());
    expect([code, JSON.parse(out).error, posted()]).toMatchObject([3, { code: 'REGISTRY_UNTRUE' }, 0]);
    expect(JSON.parse(out).error.message).toContain(`what it names (${member})`);
    // Without the tables it is what the registry says, and that is said.
    const told = await confirm(honest.version, honest.digest);
    expect(told.err).toContain('registry’s word');
  });

  it('as another version than it is, is confirmed by nobody', async () => {
    registry.lie = (path, body) =>
      path === 'signing' ? { ...body, base: { version: 1, digest: ZERO } } : body;
    const { code, out } = await confirm(1, ZERO, ...tables());
    expect([code, JSON.parse(out).error.code, posted()]).toEqual([3, 'REGISTRY_UNTRUE', 0]);
  });

  it.each<[string, (root: Digest) => Forgery, RegExp]>([
    ['a change that nobody signed', () => ({ kind: 'change' }), /APPROVAL_STATEMENT version 2/],
    [
      'a change that others signed',
      (root) => ({ approval: word(['mallory', 'm'], root) }),
      /APPROVAL_NOT_TWO_PEOPLE version 2/,
    ],
    ['a stop that brings a fact along', () => ({ kind: 'hold' }), /NOT_RESTRICTING version 2/],
  ])('%s is confirmed by nobody', async (_what, forgery, sentence) => {
    const extra = await staged(new Map([[EXTRA_KEY, EXTRA]]));
    const digest = await forge({ ...forgery(extra.rootDigest), staged: extra });
    const { code, out } = await confirm(2, digest, ...tables());
    expect([code, JSON.parse(out).error, posted()]).toMatchObject([3, { code: 'BASE_UNSOUND' }, 0]);
    expect(JSON.parse(out).error.message).toMatch(sentence);
  });
});
