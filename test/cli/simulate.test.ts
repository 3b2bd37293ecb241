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
  throws: handler('throw new Error("x");'),
  exits: handler('process.exit(1);'),
  'does-not-load': 'throw new Error("x");',
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
      /^Registry version 1: [1-9]\d* questions, 0 permitted by the new build\.\n0 become permit:\n0 stop/,
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
    expect(out).toContain(`\n${flips.length} become permit:\n`);
  });

  it('0 where permits are only lost, naming each', async () => {
    const { code, out } = await simulate('denies', 'permits');
    expect([code, lines(out, 'permit → refused').length > 0]).toEqual([0, true]);
  });

  it.each(['throws', 'exits', 'does-not-load'])('3 where the new build %s', async (name) => {
    const { code, out, err } = await simulate(name, 'denies');
    expect([code, lines(out, 'refused → no-answer').length > 0]).toEqual([3, true]);
    expect(err).toMatch(/^routeguard: one of the builds answers nothing/);
  });

  it.each(['throws', 'does-not-load'])('3 where both %s: nothing is compared', async (name) => {
    expect((await simulate(name, name)).code).toBe(3);
  });
});

describe('no comparison', () => {
  it.each([
    ['a registry out of reach', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' }],
    ['a registry signed by another', { COMMIT_PUBLIC_KEYS: '' }],
    ['no such table', { STATE_TABLE: 'other' }],
  ])('3 for %s', async (what, env) => {
    const { newSigner } = await import('../store/store-rig.ts');
    for (const [name, value] of Object.entries(env))
      vi.stubEnv(name, what.includes('signed') ? newSigner().publicKey : value);
    const { code, out, err } = await simulate('denies', 'denies');
    expect([code, out]).toEqual([3, '']);
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
