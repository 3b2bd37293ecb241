/** `routeguard simulate`: two builds asked about one registry, and the exit code of what they say. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { type GuardRig, startGuardRig } from '../decide/rig.ts';
import { routeguard } from './command.ts';

/** Of the sample what is quickly asked about: every marking is asked of every network and route. */
const KEPT = new Set(['network/us-a', 'route/pacific', 'accreditation/us-on-us-a']);
const FEW = new Map(
  [...readSampleRegistry()].filter(([key, fact]) => KEPT.has(key) || fact['kind'] === 'authority'),
);

let rig: GuardRig;
const directory = mkdtempSync(join(tmpdir(), 'routeguard-builds-'));
beforeAll(async () => {
  rig = await startGuardRig(FEW);
});
beforeEach(() => {
  const { engine, tables, signer } = rig.store;
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', engine.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example-secret');
  vi.stubEnv('OBJECTS_TABLE', tables.objects);
  vi.stubEnv('STATE_TABLE', tables.state);
  vi.stubEnv('FLOOR_TABLE', tables.floor);
  vi.stubEnv('COMMIT_PUBLIC_KEYS', signer.publicKey);
  vi.stubEnv('FOUNDER_KEYS', LOCAL_FOUNDERS.join(','));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await rig.stop();
});

const handler = (body: string) => `export const handler = async (event) => { ${body} };`;
const BUILDS: Readonly<Record<string, string>> = {
  denies: handler('console.log("noise"); return { decision: false };'),
  // Only what the request itself says, so that each question must get the answer to it and not another's.
  permits: handler('return { decision: JSON.parse(event.request).path.route === "pacific" };'),
  'leases-for-a-minute': handler(
    'return { decision: true, evaluatedAt: "2026-11-23T12:00:00Z", useBy: "2026-11-23T12:01:00Z" };',
  ),
  'leases-for-an-hour': handler(
    'return { decision: true, evaluatedAt: "2026-11-23T12:00:00Z", useBy: "2026-11-23T13:00:00Z" };',
  ),
  throws: handler('throw new Error("of itself");'),
  exits: handler('process.exit(1);'),
  'does-not-load': 'throw new Error("environment variable X is not set");',
  'has-no-handler': 'export const other = 1;',
  'is-no-code': 'export const handler = (;',
  'gives-nothing': handler('return undefined;'),
  'answers-some': handler(
    'if (JSON.parse(event.request).path.route) throw new Error("x"); return { decision: false };',
  ),
  'says-settings':
    'throw new Error(["BUILD_DIGEST", "DYNAMODB_CONNECT_MS", "DYNAMODB_READ_MS", "DECIDE_BUDGET_MS", "LEASE_SECONDS", "HEAD_COPIES"].map((name) => process.env[name]).join(" "));',
};

function simulate(after: string, before: string) {
  const fileOf = (name: string): string => {
    const path = join(directory, `${name}.mjs`);
    writeFileSync(path, BUILDS[name] ?? '');
    return path;
  };
  return routeguard('simulate', '--build', fileOf(after), '--against', fileOf(before));
}

const lines = (out: string, word: string) =>
  out.split('\n').filter((line) => line.startsWith('  ') && line.includes(word));

describe('two builds over a registry', () => {
  it('0 where nothing becomes permit', async () => {
    const { code, out, err } = await simulate('denies', 'denies');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^Registry version 1: [1-9]\d* questions, 0 permitted by the new build\.\n0 become permit, or let more pass:\n0 stop/,
    );
  });

  it('3 where something does, naming each', async () => {
    const { code, out } = await simulate('permits', 'denies');
    const flips = lines(out, 'refused → permit');
    expect([code, flips.length > 0, flips.every((line) => line.startsWith('  route pacific '))]).toEqual([
      3,
      true,
      true,
    ]);
    expect(out).toContain(`\n${flips.length} become permit, or let more pass:\n`);
  });

  it.each([
    ['longer', 'leases-for-an-hour', 'leases-for-a-minute', 3, true],
    ['shorter', 'leases-for-a-minute', 'leases-for-an-hour', 0, false],
  ])('of which one leases %s and nothing else differs', async (_what, after, before, code, said) => {
    const { code: ended, out } = await simulate(after, before);
    expect([ended, out.includes('\n0 become permit, or let more pass:\n')]).toEqual([code, true]);
    expect(out.includes('Permits may be acted on for 3600 seconds, and were for 60.')).toBe(said);
  });

  it('0 where permits are only lost, naming each', async () => {
    const { code, out } = await simulate('denies', 'permits');
    expect([code, lines(out, 'permit → refused').length > 0]).toEqual([0, true]);
  });

  it.each([
    ['throws', 'of itself'],
    ['exits', 'it ends its own process'],
    ['does-not-load', 'environment variable X is not set'],
    ['has-no-handler', 'it exports no handler'],
    ['is-no-code', /.+/],
    ['gives-nothing', 'it gives no JSON'],
  ])('2 where a build %s, with the cause', async (name, why) => {
    for (const [option, ...builds] of [
      ['--build', name, 'denies'],
      ['--against', 'denies', name],
      ['--build', name, name],
    ] as const) {
      const { code, out, err } = await simulate(builds[0], builds[1]);
      expect([code, out]).toEqual([2, '']);
      const [line = '', ...more] = err.split('\n');
      const said = `routeguard: ${option} ${join(directory, `${name}.mjs`)} answers nothing: `;
      expect([line.startsWith(said), more.at(-1)]).toEqual([true, '']);
      expect(line.slice(said.length)).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
    }
  });

  it('2 where a build is not there', async () => {
    const { code, out, err } = await routeguard(
      'simulate',
      '--build',
      '/nowhere.mjs',
      '--against',
      '/nowhere.mjs',
    );
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^routeguard: --build \/nowhere\.mjs answers nothing: Cannot find module '\/nowhere\.mjs'/,
    );
  });

  it('a build that answers some questions and throws at others is one', async () => {
    const { code, out } = await simulate('answers-some', 'denies');
    expect([code, lines(out, 'refused → no-answer').length > 0]).toEqual([3, true]);
    expect(out).toMatch(/^\d+ more that a build did not judge: nobody knows what it would say\.$/m);
  });

  it('gives a build what it needs and nobody has to say, and what was said before that', async () => {
    vi.stubEnv('LEASE_SECONDS', '7');
    const { err } = await simulate('says-settings', 'denies');
    expect(err).toMatch(/answers nothing: sha256:[0-9a-f]{64} 2000 10000 28000 7 1\n$/);
  });
});

describe('no comparison', () => {
  it.each([
    ['a registry out of reach', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' }],
    ['a registry signed by another', { COMMIT_PUBLIC_KEYS: '' }],
    ['no such table', { STATE_TABLE: 'other' }],
  ])('4 for %s', async (what, env) => {
    const { newSigner } = await import('../store/store-rig.ts');
    for (const [name, value] of Object.entries(env))
      vi.stubEnv(name, what.includes('signed') ? newSigner().publicKey : value);
    const { code, out, err } = await simulate('denies', 'denies');
    expect([code, out]).toEqual([4, '']);
    expect(err).toMatch(/^routeguard: the registry cannot be read: [^\n]+\n$/);
  });

  it.each(['OBJECTS_TABLE', 'STATE_TABLE', 'FLOOR_TABLE', 'COMMIT_PUBLIC_KEYS', 'FOUNDER_KEYS'])(
    '2 without %s',
    async (name) => {
      vi.stubEnv(name, '');
      const { code, out, err } = await simulate('denies', 'denies');
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(`${name} is not set: give the environment of the function decide`);
    },
  );

  it('2 without a build', async () => {
    expect(await routeguard('simulate', '--build', 'x')).toMatchObject({ code: 2, out: '' });
  });
});
