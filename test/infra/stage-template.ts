import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { GuardStack } from '../../infra/guard-stack.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import type { Stage } from '../../infra/stage.ts';
import { cdkContext, fixtureAssets, type MutableTemplate } from './synthesised-guard.ts';

/** The template of a stage, held against no rules: what it comes to is all that is asked. */
export function stageTemplate(stage: Stage): MutableTemplate {
  const assets = fixtureAssets();
  const outdir = mkdtempSync(join(tmpdir(), 'routeguard-stage-'));
  try {
    const app = new App({
      outdir,
      context: cdkContext(),
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    });
    new GuardStack(app, stage, { assets: assets.directory, founderKeys: LOCAL_FOUNDERS });
    return app.synth().getStackByName(`Routeguard-${stage}`).template as MutableTemplate;
  } finally {
    assets.remove();
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The resources of a kind whose logical id begins so: one of them, to be changed. */
export function resourceOf(template: MutableTemplate, type: string, start: string) {
  const found = Object.entries(template.Resources).filter(
    ([id, { Type }]) => Type === type && id.startsWith(start),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`there is not one ${type} ${start}`);
  return { id: only[0], ...only[1] };
}
