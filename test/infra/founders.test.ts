/** Who may sign the first version: told when a template is made or when it is deployed, and made only for a developer. */
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { devFounders } from '../../infra/dev-founders.ts';
import type { TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { GuardStack } from '../../infra/guard-stack.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { founderParameter } from '../../infra/packaging/founder-parameter.ts';
import type { Stage } from '../../infra/stage.ts';
import { cdkContext, fixtureAssets } from './synthesised-guard.ts';

vi.mock('../../infra/dev-founders.ts', { spy: true });

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
  readonly Resources: Readonly<
    Record<string, { readonly Properties?: { readonly Environment?: { readonly Variables?: object } } }>
  >;
};

/** What the functions of a template are told. */
function toldBy(
  stage: Stage,
  founderKeys?: string,
  props: (stack: Stack) => TrafficRoutingGuardProps = () => ({}),
): readonly unknown[] {
  const context = { ...cdkContext(), ...(founderKeys !== undefined && { founderKeys }) };
  const app = new App({
    outdir: mkdtempSync(join(directory, 'out-')),
    context,
    analyticsReporting: false,
    // The stages themselves are held against every rule, in `stages.ts`.
    builtinCloudFormationValidation: false,
  });
  const stack = new GuardStack(app, stage, (of) => ({ assets: assets.directory, ...props(of) }));
  const { Resources } = app.synth().getStackByName(stack.stackName).template as Template;
  const variables = Object.values(Resources).flatMap(
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
      expect(() => toldBy(stage)).toThrow('`founderKeys` must be given, or the context value `founderKeys`');
  });

  it('are those of the context', () => {
    for (const stage of ['dev', 'prod'] as const)
      expect(toldBy(stage, LOCAL_FOUNDERS.join(','))).toEqual([LOCAL_FOUNDERS.join(',')]);
  });

  it('of a developer who says who they are are those, and none is made', () => {
    const told = toldBy('dev', undefined, () => ({ founderKeys: LOCAL_FOUNDERS }));
    expect(told).toEqual([LOCAL_FOUNDERS.join(',')]);
    expect(devFounders).not.toHaveBeenCalled();
  });

  it('of a released template are told when it is deployed', () => {
    const told = toldBy('prod', undefined, (of) => ({ founderKeys: [founderParameter(of)] }));
    expect(told).toEqual([{ Ref: 'FounderKeys' }]);
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
