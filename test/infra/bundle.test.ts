import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bundle, bundleFunctions } from '../../infra/bundle.ts';
import { digestOfBundle } from '../../infra/bundle-digest.ts';
import { functions } from '../../infra/functions.ts';
import { makeSigningKey, publicKeyText } from '../../infra/local/signing-key.ts';

const output = mkdtempSync(join(tmpdir(), 'routeguard-bundle-'));
let bundles: readonly Bundle[];

beforeAll(async () => {
  bundles = await bundleFunctions(output);
});
afterAll(() => rmSync(output, { recursive: true, force: true }));

const environment = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'us-east-1',
  OBJECTS_TABLE: 'objects',
  STATE_TABLE: 'state',
  COMMIT_PUBLIC_KEYS: publicKeyText(makeSigningKey()),
  COMMIT_SIGNING_KEY_ID: 'alias/local',
  BUILD_DIGEST: `sha256:${'0'.repeat(64)}`,
  DYNAMODB_CONNECT_MS: '150',
  DYNAMODB_READ_MS: '250',
  DECIDE_BUDGET_MS: '1500',
  LEASE_SECONDS: '5',
  CLOCK_SKEW_SECONDS: '2',
  PROBE_TARGET: 'arn:aws:lambda:us-east-1:000000000000:function:decide:probe',
};

describe.each(functions.map(({ name }) => name))('the bundle of %s', (name) => {
  const bundle = (): Bundle => bundles.find((each) => each.name === name) ?? ({} as Bundle);
  const source = (): string => readFileSync(join(bundle().directory, 'index.mjs'), 'utf8');

  it('is one file', () => {
    expect(readdirSync(bundle().directory)).toEqual(['index.mjs']);
  });

  it('is imported by Node and exports a handler without a callback', async () => {
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    const module: { handler?: unknown } = await import(
      pathToFileURL(join(bundle().directory, 'index.mjs')).href
    );
    expect(module.handler).toBeTypeOf('function');
    expect((module.handler as () => unknown).length).toBeLessThanOrEqual(2);
  });

  it('is named by the digest of its bytes', () => {
    expect(bundle().digest).toBe(digestOfBundle(readFileSync(join(bundle().directory, 'index.mjs'))));
    expect(bundle().digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('takes credentials from the environment alone', () => {
    const inputs = Object.keys(
      (JSON.parse(readFileSync(join(output, 'maps', `${name}.meta.json`), 'utf8')) as { inputs: object })
        .inputs,
    );
    const others =
      /credential-provider-(node|sso|ini|process|web-identity|login|http)|credential-provider-imds/;
    expect(inputs.filter((input) => others.test(input))).toEqual([]);
    expect(inputs.some((input) => input.endsWith('infra/environment-credentials.ts'))).toBe(true);
  });

  it('holds no path of the machine that built it', () => {
    expect(source()).not.toContain(process.cwd());
  });

  it('stays small', () => {
    expect(bundle().bytes).toBeLessThan(640 * 1024);
  });
});

describe('bundling', () => {
  it('is reproducible: the same sources give the same digests', async () => {
    const again = await bundleFunctions(output);
    expect(again.map(({ digest }) => digest)).toEqual(bundles.map(({ digest }) => digest));
  });

  it('gives another digest for other sources', async () => {
    const entry = join(output, 'entry.ts');
    const spec = { name: 'x', entry, door: 'direct', description: '', memory: 256, timeout: 3 } as const;
    writeFileSync(entry, 'export const handler = async () => 1;');
    const [one] = await bundleFunctions(output, [spec]);
    writeFileSync(entry, 'export const handler = async () => 2;');
    const [two] = await bundleFunctions(output, [spec]);
    expect(one?.digest).not.toBe(two?.digest);
  });
});
