/** A production stack that is told something for a loss, before it or after, by context. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { GuardStack } from '../../infra/guard-stack.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { addRulePacks } from '../../infra/rules/rule-packs.ts';
import { cdkContext, fixtureAssets, type MutableTemplate } from './synthesised-guard.ts';

export interface ToldStack {
  readonly template: MutableTemplate;
  readonly messages: readonly string[];
  /** Of every rule pack, where it was held against them. */
  readonly violations: readonly unknown[] | undefined;
}

/** @param held whether against every rule pack: that takes seconds */
export function stackWith(context: Readonly<Record<string, unknown>>, held: boolean): ToldStack {
  const assets = fixtureAssets();
  const outdir = mkdtempSync(join(tmpdir(), 'routeguard-told-'));
  try {
    const app = new App({
      outdir,
      context: { ...cdkContext(), ...context },
      analyticsReporting: false,
      builtinCloudFormationValidation: held,
    });
    const stack = new GuardStack(app, 'prod', { assets: assets.directory, founderKeys: LOCAL_FOUNDERS });
    if (held) addRulePacks(app);
    const assembly = app.synth();
    const report = held ? JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) : null;
    const { template, messages } = assembly.getStackByName(stack.stackName);
    return {
      template: template as MutableTemplate,
      messages: messages.map(({ entry }) => String(entry.data)),
      violations: report?.pluginReports.flatMap((each: { violations: unknown[] }) => each.violations),
    };
  } finally {
    assets.remove();
    rmSync(outdir, { recursive: true, force: true });
  }
}
