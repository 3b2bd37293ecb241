/** Bundles as they are deployed, with real settings, over a registry on a real engine; and what they are measured against. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { bundleFunctions } from '../../infra/bundle.ts';
import type { FunctionSpec } from '../../infra/functions.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { freshBundle, testBundles } from '../bundles.ts';
import { BUILD, OPEN_SAMPLE, stateOf } from '../decide/rig.ts';
import { DEPLOYED_WITH } from '../doors/deployed-with.ts';
import type { Engine } from '../engine.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';

export type Handler = (event: unknown, context: object) => Promise<unknown>;

export interface Deployed {
  readonly store: StoreRig;
  /** What the template tells every function that reads this registry. */
  readonly environment: Readonly<Record<string, string>>;
  /** The handler as a process that has just started has it; with settings beside those of the template. */
  fresh(directory: string, settings?: Readonly<Record<string, string>>): Promise<Handler>;
  stop(): Promise<void>;
}

/** Publishing 100,000 networks takes minutes. */
const BUDGET_MS = 30 * 60_000;

/** What Lambda says about an invocation; there is more time than there would be, because a busy machine is not what is measured. */
export const CONTEXT = {
  awsRequestId: 'b2c0a1d4-0000-4000-8000-000000000001',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:decide:live',
  getRemainingTimeInMillis: () => 25_000,
} as const;

export async function deploy(
  facts: ReadonlyMap<string, RawFact> = OPEN_SAMPLE,
  engine?: Engine,
): Promise<Deployed> {
  const store = await openRig(engine, BUDGET_MS);
  await store.genesis(stateOf(facts));
  const environment = environmentOver(store);
  return {
    store,
    environment,
    async fresh(directory, settings = {}) {
      Object.assign(process.env, environment, settings);
      const { handler } = await freshBundle<{ readonly handler: Handler }>(directory);
      return handler;
    },
    stop: () => store.stop(),
  };
}

function environmentOver({ engine, tables, signer, founders }: StoreRig): Readonly<Record<string, string>> {
  return {
    ...DEPLOYED_WITH,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    OBJECTS_TABLE: tables.objects,
    STATE_TABLE: tables.state,
    FLOOR_TABLE: tables.floor,
    COMMIT_PUBLIC_KEYS: signer.publicKey,
    FOUNDER_KEYS: founders.join(','),
    BUILD_DIGEST: BUILD,
  };
}

/** The folder of a function's bundle. */
export async function directoryOf(name: 'decide' | 'decide-http' | 'access'): Promise<string> {
  const [bundle] = await testBundles([name]);
  if (bundle === undefined) throw new Error(`there is no bundle of ${name}`);
  return bundle.directory;
}

const OUTPUT = join(projectRoot, 'dist', 'routeguard-doors-bench');

/** A bare handler with the guard's own client, bundled as the guard's functions are. */
export async function bareDirectory(name: 'get-head' | 'get-head-http'): Promise<string> {
  const spec: FunctionSpec = {
    ...{ name, entry: `test/bench/bare/${name}.ts`, door: 'direct', calls: ['dynamodb'] },
    ...{ description: 'A floor of the bench.', memory: 512, timeout: 3 },
  };
  const [bundle] = await bundleFunctions(OUTPUT, [spec]);
  if (bundle === undefined) throw new Error(`there is no bundle of ${name}`);
  return bundle.directory;
}

/** A plain function with the SDK's default client, bundled as anybody would. */
export async function plainDirectory(): Promise<string> {
  const outfile = join(OUTPUT, 'functions', 'plain', 'index.mjs');
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['test/bench/bare/plain.ts'],
    ...{ outfile, bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node24' },
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return dirname(outfile);
}
