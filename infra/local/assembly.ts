import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bundleFunctions } from '../bundle.ts';
import { GuardStack } from '../guard-stack.ts';
import { projectRoot } from '../project-paths.ts';
import type { Stage } from '../stage.ts';
import { LOCAL_FOUNDERS } from './identities.ts';
import { object, type Template, TemplateError } from './template.ts';

/** A synthesised stack: its template and the directories of its Lambda assets. */
export interface LocalAssembly {
  readonly stackName: string;
  readonly template: Template;
  /** The asset directory for a function's `Code.S3Key`. */
  readonly assetDirectory: (s3Key: string) => string;
  readonly remove: () => Promise<void>;
}

/**
 * Builds the bundles and synthesises the very app that `cdk deploy` deploys, in this process. Its founders are this
 * machine's in every stage.
 */
export async function synthesise(stage: Stage): Promise<LocalAssembly> {
  await bundleFunctions();
  const outdir = await mkdtemp(join(tmpdir(), 'routeguard-assembly-'));
  // The CLI hands cdk.json's feature flags to the app; here nobody else does.
  const { context } = readJson(join(projectRoot, 'cdk.json'));
  const app = new App({
    outdir,
    context: object(context, 'context of cdk.json'),
    analyticsReporting: false,
    // Rules about what is deployed take seconds, and `npm run synth` holds the same template against all of them.
    builtinCloudFormationValidation: false,
  });
  const stack = new GuardStack(app, stage, { founderKeys: LOCAL_FOUNDERS });
  app.synth();
  const template = readJson(join(outdir, stack.templateFile)) as unknown as Template;
  return {
    stackName: stack.stackName,
    template,
    assetDirectory: assetDirectories(outdir, stack.artifactId),
    remove: () => rm(outdir, { recursive: true, force: true }),
  };
}

function assetDirectories(outdir: string, artifactId: string): (s3Key: string) => string {
  const files = object(readJson(join(outdir, `${artifactId}.assets.json`))['files'], 'files of the assets');
  const byKey = new Map<string, string>();
  for (const file of Object.values(files)) {
    const { source, destinations } = object(file, 'asset');
    for (const destination of Object.values(object(destinations, 'destinations'))) {
      const key = object(destination, 'destination')['objectKey'];
      byKey.set(String(key), join(outdir, String(object(source, 'source')['path'])));
    }
  }
  return (s3Key) => {
    const directory = byKey.get(s3Key);
    if (directory === undefined) throw new TemplateError(`no asset is called ${s3Key}`);
    return directory;
  };
}

function readJson(path: string): Readonly<Record<string, unknown>> {
  return object(JSON.parse(readFileSync(path, 'utf8')), path);
}
