/** What is signed is computed by who signs it: from a proposal to a version, through the commands that officers type. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { flipsAlike } from '../../cli/registry/simulated-here.ts';
import {
  finishSimulation,
  planSimulation,
  runSimulation,
} from '../../functions/core/administration/simulate.ts';
import type { Flip } from '../../functions/core/administration/simulation.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { FACTS, FOREVER } from '../core/decision/facts.ts';
import { type RegistryRig, startRegistryRig, type Wire } from '../registry/rig.ts';
import { type ServedRegistry, serveRegistry, truth } from '../registry/served.ts';
import { routeguard } from './command.ts';

let rig: RegistryRig;
let registry: ServedRegistry;
beforeAll(async () => {
  rig = await startRegistryRig({ published: false });
  registry = await serveRegistry(rig.context);
});
afterAll(async () => {
  await registry.close();
  await rig.stop();
});
beforeEach(() => {
  registry.heard.length = 0;
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', rig.store.engine.endpoint);
});
afterEach(() => vi.unstubAllEnvs());

const as = (who: string, ...args: readonly string[]) =>
  routeguard('registry', ...args, '--as', who, '--url', registry.url);
const json = async (who: string, ...args: readonly string[]): Promise<Wire> => {
  const { code, out, err } = await as(who, ...args, '--json');
  expect(code, out + err).toBe(0);
  return JSON.parse(out);
};
const sample = (name: string) => fileURLToPath(new URL(`../../samples/first-day/${name}`, import.meta.url));

/** As the functions have them. */
function exported(): void {
  const { tables, founders, signer } = rig.store;
  vi.stubEnv('OBJECTS_TABLE', tables.objects);
  vi.stubEnv('STATE_TABLE', tables.state);
  vi.stubEnv('FLOOR_TABLE', tables.floor);
  vi.stubEnv('FOUNDER_KEYS', founders.join(','));
  vi.stubEnv('COMMIT_PUBLIC_KEYS', signer.publicKey);
}

const proposed = async (who: string, file: string, ...more: readonly string[]): Promise<string> => {
  const { id } = await json(who, 'propose', sample(file), ...more);
  await json(who, 'simulate', id);
  return id;
};

describe('root and people', () => {
  it('of the first version are computed from its operations, without any table', async () => {
    const id = await proposed('proposer', 'genesis.yaml', '--genesis');
    const { out } = await as('approver', 'review', id);
    expect(out).toMatch(
      /^It is the first version of all\.\n {2}computed here: it comes to root\s+sha256:\w+ and people\s/m,
    );
    const { reviewed, computed } = await json('approver', 'review', id);
    const author = await json('proposer', 'review', id);
    const signing = ['sign', id, '--reviewed', author.reviewed];
    expect([computed, (await json('proposer', ...signing)).computed]).toEqual([true, true]);
    const seen = ['--reviewed', reviewed];
    const { code, out: done, err } = await as('approver', 'approve', id, ...seen, '--json');
    expect([code, JSON.parse(done), err]).toMatchObject([0, { version: 1, computed: true }, '']);
  });

  it('of any other are computed from the tables that the environment names', async () => {
    const id = await proposed('usa-proposer', 'accreditation.yaml');
    const word = await json('usa-approver', 'review', id);
    exported();
    vi.stubEnv('OBJECTS_TABLE', 'nowhere');
    const nowhere = await as('usa-approver', 'review', id);
    expect([nowhere.code, nowhere.out, nowhere.err]).toEqual([
      4,
      '',
      'routeguard: STORE_REFUSED: the database refused the call\n',
    ]);
    exported();
    const { reviewed, computed } = await json('usa-approver', 'review', id);
    // Who computed it has seen the same as who did not, where it is true.
    expect([word.computed, computed, word.reviewed]).toEqual([false, true, reviewed]);
    const author = await json('usa-proposer', 'review', id);
    const signed = await as('usa-proposer', 'sign', id, '--reviewed', author.reviewed, '--json');
    expect([JSON.parse(signed.out).computed, signed.err]).toEqual([true, '']);
    // Another answer that flips is told, wherever its digest comes from.
    const quiet = `sha256:${createHash('sha256').update('[]').digest('hex')}`;
    registry.lie = (path, body) =>
      path.endsWith('/result')
        ? { ...body, text: JSON.stringify({ ...JSON.parse(body.text), flips: [], flipsDigest: quiet }) }
        : body.simulation === undefined
          ? body
          : { ...body, simulation: { ...body.simulation, flips: quiet, permits: 0, total: 0 } };
    const lied = await as('usa-approver', 'review', id);
    registry.lie = truth;
    expect([lied.code, lied.out]).toEqual([3, '']);
    expect(lied.err).toMatch(/REGISTRY_UNTRUE: other answers flip than it says/);
    const seen = ['--reviewed', reviewed];
    const done = await as('usa-approver', 'approve', id, ...seen, '--acknowledge', '1-2', '--json');
    expect([JSON.parse(done.out), done.err]).toMatchObject([{ version: 2, computed: true }, '']);
  });
});

describe('which answers flip', () => {
  const AT = Date.parse('2024-06-15T12:00:00Z');
  const facts = new Map(FACTS.map((f) => [`${f.kind}/${f.id}`, f as unknown as RawFact]));
  const key = 'accreditation/net-a-accredited';
  const before = new Map(facts);
  before.delete(key);
  // What is gained ends before anybody asks again.
  facts.set(key, { ...facts.get(key), valid: { ...FOREVER, to: '2025-01-01' } });
  const applied = { before, after: facts, touched: [key] };
  const plan = planSimulation({ ...applied, at: AT });
  const said = finishSimulation(
    plan,
    runSimulation(plan, undefined, () => true),
  );

  it.each<[string, (flip: Flip) => boolean, boolean]>([
    ['all of them', () => true, true],
    ['none', () => false, false],
    ['all but those of networks', ({ subject }) => !('network' in subject), false],
    ['all but those of routes', ({ subject }) => !('route' in subject), false],
  ])('told %s, is told from them as of the instant that is told', (_what, tells, alike) => {
    expect(flipsAlike(applied, { ...said, flips: said.flips.filter(tells) })).toBe(alike);
  });
});

describe('half of what it takes', () => {
  const KEYS = ['--founder-keys', '--commit-keys'];
  it.each<[string, () => readonly string[], string]>([
    ['tables without keys', () => ['--tables', 'a,b,c'], '--founder-keys'],
    ['founders alone', () => ['--founder-keys', rig.store.founders.join(',')], '--commit-keys'],
    ['commit keys alone', () => ['--commit-keys', rig.store.signer.publicKey], '--founder-keys'],
    [
      'keys without tables',
      () =>
        KEYS.flatMap((name, n) => [
          name,
          [rig.store.founders.join(','), rig.store.signer.publicKey][n] ?? '',
        ]),
      '--tables OBJECTS,STATE,FLOOR',
    ],
    [
      'a table in the environment',
      () => {
        vi.stubEnv('STATE_TABLE', 'b');
        return [];
      },
      '--founder-keys',
    ],
    [
      'one table in the environment, with keys',
      () => {
        exported();
        vi.stubEnv('FLOOR_TABLE', '');
        return [];
      },
      '--tables OBJECTS,STATE,FLOOR',
    ],
  ])('%s checks nothing, and asks nothing', async (_what, given, said) => {
    const more = given();
    for (const [who, ...args] of [
      ['proposer', 'review', 'p-1'],
      ['proposer', 'sign', 'p-1', '--reviewed', 'x'],
      ['approver', 'approve', 'p-1', '--reviewed', 'x'],
      ['proposer', 'confirm', '1', 'x', '--reason', 'A test'],
      ['proposer', 'lift', 'h', '--reason', 'A test'],
    ] as const) {
      const { code, out, err } = await as(who, ...args, ...more);
      expect([code, out, registry.heard]).toEqual([2, '', []]);
      expect(err).toContain(said);
    }
  });
});
