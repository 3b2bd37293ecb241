/** Who may sign the first version: told when a template is made or when it is deployed, and made only for a developer. */
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { devFounders } from '../../infra/dev-founders.ts';
import { GuardStack } from '../../infra/guard-stack.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import type { Stage } from '../../infra/stage.ts';
import { cdkContext, fixtureAssets } from './synthesised-guard.ts';

let directory: string;
let assets: ReturnType<typeof fixtureAssets>;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'routeguard-founders-'));
  assets = fixtureAssets();
});
afterAll(() => {
  assets.remove();
  rmSync(directory, { recursive: true, force: true });
});

type Template = {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<
    Record<string, { readonly Properties?: { readonly Environment?: { readonly Variables?: object } } }>
  >;
};

function templateOf(stage: Stage, founderKeys?: string): Template {
  const context = { ...cdkContext(), ...(founderKeys !== undefined && { founderKeys }) };
  const app = new App({ outdir: mkdtempSync(join(directory, 'out-')), context, analyticsReporting: false });
  const stack = new GuardStack(app, stage, { assets: assets.directory });
  return app.synth().getStackByName(stack.stackName).template as Template;
}

/** What the functions of a template are told. */
function told(template: Template): readonly unknown[] {
  const variables = Object.values(template.Resources).flatMap(
    ({ Properties }) => Properties?.Environment?.Variables ?? [],
  );
  const founders = variables.flatMap((each) => ('FOUNDER_KEYS' in each ? [each.FOUNDER_KEYS] : []));
  return [...new Set(founders.map((each) => JSON.stringify(each)))].map(
    (each) => JSON.parse(each) as unknown,
  );
}

describe('the founders', () => {
  it('of a stage that others use are never made up', () => {
    for (const stage of ['staging', 'prod'] as const)
      expect(() => templateOf(stage)).toThrow(
        '`founderKeys` must be given, or the context value `founderKeys`',
      );
  });

  it('are those of the context', () => {
    for (const stage of ['dev', 'prod'] as const)
      expect(told(templateOf(stage, LOCAL_FOUNDERS.join(',')))).toEqual([LOCAL_FOUNDERS.join(',')]);
  });

  it('of a released template are told when it is deployed, and have no default', () => {
    const template = templateOf('prod', 'parameter');
    expect(told(template)).toEqual([{ Ref: 'FounderKeys' }]);
    expect(template.Parameters['FounderKeys']).toEqual({
      Type: 'String',
      AllowedPattern: expect.any(String),
      Description: expect.any(String),
    });
    const { AllowedPattern } = template.Parameters['FounderKeys'] as { readonly AllowedPattern: string };
    const allowed = new RegExp(`^(?:${AllowedPattern})$`);
    const [first = '', second = ''] = LOCAL_FOUNDERS;
    expect(allowed.test(`${first},${second}`)).toBe(true);
    for (const wrong of ['', first, `${first},`, `${first} ${second}`, Array(9).fill(first).join(',')])
      expect(allowed.test(wrong), wrong).toBe(false);
  });

  it('of a developer are made once, for nobody else to read', () => {
    const own = join(directory, 'own');
    const keys = devFounders(own);
    expect(new Set(keys).size).toBe(2);
    expect(devFounders(own)).toEqual(keys);
    const files = ['founder-1.pem', 'founder-2.pem'].map((name) => join(own, name));
    expect(files.map((file) => publicKeyOf(createPrivateKey(readFileSync(file))))).toEqual(keys);
    expect([own, ...files].map((path) => statSync(path).mode & 0o077)).toEqual([0, 0, 0]);
  });
});
