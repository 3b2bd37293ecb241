import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { functions } from '../../infra/functions.ts';
import type { TrafficRoutingGuardProps } from '../../infra/guard-props.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { TrafficRoutingGuard } from '../../infra/traffic-routing-guard.ts';

/** A template as the checks read it: mutable, so that a test can break a copy of it. */
export interface MutableTemplate {
  readonly Resources: Record<string, MutableResource>;
  readonly Outputs?: Record<string, { readonly Value: unknown; readonly Description?: string }>;
}

interface MutableResource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** A directory of bundles that the construct accepts; what is in them does not matter to a template. */
export function fixtureAssets(): { readonly directory: string; readonly remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'routeguard-assets-'));
  for (const { name } of functions) {
    const folder = join(directory, 'functions', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** The feature flags of cdk.json. */
export function cdkContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8')).context;
}

/**
 * The template of a stack with one guard, under cdk.json's feature flags.
 *
 * @param held whether against the library's rules: that takes seconds, and is for tests of what is deployed
 */
export function synthesiseGuard(
  props: TrafficRoutingGuardProps | ((stack: Stack) => TrafficRoutingGuardProps) = {},
  extend: (guard: TrafficRoutingGuard, stack: Stack) => void = () => {},
  held = true,
): MutableTemplate {
  const assets = fixtureAssets();
  const outdir = mkdtempSync(join(tmpdir(), 'routeguard-synth-'));
  try {
    const app = new App({
      outdir,
      context: cdkContext(),
      analyticsReporting: false,
      builtinCloudFormationValidation: held,
    });
    const stack = new Stack(app, 'Test');
    const given = typeof props === 'function' ? props(stack) : props;
    extend(
      new TrafficRoutingGuard(stack, 'Guard', {
        assets: assets.directory,
        founderKeys: LOCAL_FOUNDERS,
        ...given,
      }),
      stack,
    );
    return app.synth().getStackByName('Test').template as MutableTemplate;
  } finally {
    assets.remove();
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The same of a guard that nobody deploys: what it comes to is all that is asked. */
export function unheldGuard(props: TrafficRoutingGuardProps = {}): MutableTemplate {
  return synthesiseGuard(props, undefined, false);
}
