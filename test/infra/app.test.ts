/** The app as the command line runs it, and the bundles it deploys: one run for both. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bundle, bundleFunctions } from '../../infra/bundle.ts';
import { defaultProvider } from '../../infra/bundled/environment-credentials.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { makeSigningKey, publicKeyText } from '../../infra/local/signing-key.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { REPLACEMENTS } from '../../infra/replacements.ts';
import { UNUSED_EXPORTS, withoutEffect } from '../../infra/unused-exports.ts';
import { ENTRIES } from './expected/functions.ts';
import { cdkContext } from './synthesised-guard.ts';

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
  FLOOR_TABLE: 'floor',
  COMMIT_PUBLIC_KEYS: publicKeyText(makeSigningKey()),
  SEAL_PUBLIC_KEYS: publicKeyText(makeSigningKey()),
  FOUNDER_KEYS: LOCAL_FOUNDERS.join(','),
  ACCOUNT_ID: '000000000000',
  API_ID: 'api',
  COMMIT_SIGNING_KEY_ID: 'alias/local',
  SEALING_KEY_ID: 'alias/seals',
  BUILD_DIGEST: `sha256:${'0'.repeat(64)}`,
  DYNAMODB_CONNECT_MS: '150',
  DYNAMODB_READ_MS: '250',
  DECIDE_BUDGET_MS: '1500',
  LEASE_SECONDS: '5',
  CLOCK_SKEW_SECONDS: '2',
  HEAD_COPIES: '1',
  PROBE_TARGET: 'arn:aws:lambda:us-east-1:000000000000:function:decide:probe',
  FIRST_REGION: 'eu-west-1',
  FIRST_OBJECTS_TABLE: 'first-objects',
  FIRST_STATE_TABLE: 'first-state',
  FIRST_FLOOR_TABLE: 'first-floor',
};

it('every function has a bundle', () => {
  expect(bundles.map(({ name }) => name)).toEqual(Object.keys(ENTRIES));
});

/** What a bundle holds that has a package's replacement. */
const needs: Readonly<Record<string, RegExp>> = {
  'infra/bundled/dynamodb-client.ts': /functions\/store\/dynamodb\.ts/,
  'infra/bundled/environment-credentials.ts': /node_modules\/@aws-sdk\/client-(kms|lambda)\//,
};

it.each(REPLACEMENTS)(
  '$module is a package that is imported, with whatever its replacement has',
  async ({ module, by }) => {
    const [theirs, ours] = await Promise.all([
      import(module),
      import(pathToFileURL(join(projectRoot, by)).href),
    ]);
    expect(Object.keys(theirs as object)).toEqual(expect.arrayContaining(Object.keys(ours as object)));
  },
);

describe('an export that nobody uses', () => {
  it.each(UNUSED_EXPORTS)('is still made where it was: $file', (each) => {
    const text = readFileSync(join(projectRoot, 'node_modules', each.file), 'utf8');
    expect(withoutEffect(each, text).length).toBeGreaterThan(text.length);
    for (const call of each.calls)
      for (const other of [text.replaceAll(call, ''), text + call])
        expect(() => withoutEffect(each, other)).toThrow(each.file);
  });
});

describe.each(Object.entries(ENTRIES))('the bundle of %s', (name, entry) => {
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
    const bytes = readFileSync(join(bundle().directory, 'index.mjs'));
    expect(bundle().digest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  });

  it('takes what its own entry exports, and of the SDK what is not replaced', () => {
    const meta = JSON.parse(readFileSync(join(output, 'maps', `${name}.meta.json`), 'utf8')) as {
      inputs: object;
      outputs: Record<string, { entryPoint?: string }>;
    };
    expect(Object.values(meta.outputs).flatMap(({ entryPoint }) => entryPoint ?? [])).toEqual([entry]);
    const inputs = Object.keys(meta.inputs);
    const others =
      /credential-provider-(node|sso|ini|process|web-identity|login|http)|credential-provider-imds/;
    expect(inputs.filter((input) => others.test(input))).toEqual([]);
    for (const { module, by } of REPLACEMENTS) {
      expect(inputs.filter((input) => input.startsWith(`node_modules/${module}/`))).toEqual([]);
      expect([by, inputs.includes(by)]).toEqual([by, needs[by]?.test(inputs.join('\n')) ?? false]);
    }
  });

  it('holds no path of the machine that built it', () => {
    expect(source()).not.toContain(process.cwd());
  });

  it('stays small', () => {
    expect(bundle().bytes).toBeLessThan(800 * 1024);
  });
});

describe('npx cdk synth', () => {
  it('bundles anew, gives the stack of a stage, and has every rule pack look at it', async () => {
    // A checkout with the bundles of another day.
    const checkout = join(output, 'checkout');
    cpSync(join(projectRoot, 'infra'), join(checkout, 'infra'), { recursive: true });
    for (const name of ['functions', 'samples', 'node_modules', 'cdk.json', 'package.json'])
      symlinkSync(join(projectRoot, name), join(checkout, name));
    for (const { name } of bundles) {
      const folder = join(checkout, 'dist/functions', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => null;\n');
    }
    const args = [
      '--no-install',
      'cdk',
      'synth',
      '--quiet',
      '--output',
      join(output, 'cdk'),
      '-c',
      'stage=prod',
      '-c',
      `founderKeys=${LOCAL_FOUNDERS.join(',')}`,
    ];
    await promisify(execFile)('npx', args, { cwd: checkout });
    const read = (name: string) => readFileSync(join(output, 'cdk', name), 'utf8');
    const template = read('Routeguard-prod.template.json');
    // The same sources give the same digests, here and in the template. A first Region has no standby in it.
    for (const { name, digest } of bundles.filter((each) => each.name !== 'standby')) {
      expect(template).toContain(`"name": "${name}"`);
      expect(template).toContain(digest);
    }
    const { pluginReports } = JSON.parse(read('validation-report.json')) as {
      pluginReports: { pluginName: string }[];
    };
    expect(pluginReports.map(({ pluginName }) => pluginName)).toEqual([
      'AwsSolutions',
      'NIST.800.53.R5',
      'Serverless',
    ]);
  });
});

it('cdk.json has every feature flag that aws-cdk-lib recommends', () => {
  const recommended: unknown = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json');
  expect(cdkContext()).toMatchObject(recommended as object);
});

describe('credentials', () => {
  const take = async (variables: Readonly<Record<string, string>>) => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
      vi.stubEnv(name, variables[name] ?? '');
    return defaultProvider()();
  };
  const [id, secret] = [{ AWS_ACCESS_KEY_ID: 'id' }, { AWS_SECRET_ACCESS_KEY: 'secret' }];

  it('are both halves, and the token where there is one', async () => {
    expect(await take({ ...id, ...secret })).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
    expect(await take({ ...id, ...secret, AWS_SESSION_TOKEN: 't' })).toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 't',
    });
  });

  it.each([{}, id, secret])('are not %j', async (variables) => {
    await expect(take(variables)).rejects.toThrow('no AWS credentials in the environment');
  });
});

it('gives another digest for other sources', async () => {
  const entry = join(output, 'entry.ts');
  const spec = {
    name: 'x',
    entry,
    door: 'direct',
    description: '',
    memory: 256,
    timeout: 3,
    calls: [],
  } as const;
  const digestOf = async (text: string) => {
    writeFileSync(entry, `export const handler = async () => ${text};`);
    return (await bundleFunctions(output, [spec]))[0]?.digest;
  };
  expect(await digestOf('1')).not.toBe(await digestOf('2'));
});
