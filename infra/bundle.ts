/** Builds the bundles of all functions, for the construct and for this machine alike. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { digestOfBundle } from './bundle-digest.ts';
import { type FunctionSpec, functions } from './functions.ts';
import { defaultOutput, projectRoot } from './project-paths.ts';
import { REPLACEMENTS } from './replacements.ts';
import { unusedExports } from './unused-exports.ts';

export interface Bundle {
  readonly name: string;
  /** The Lambda asset: holds `index.mjs` and nothing else. */
  readonly directory: string;
  /** Size of `index.mjs` in bytes. */
  readonly bytes: number;
  /** `sha256:…` over the bytes of `index.mjs`. */
  readonly digest: string;
}

/**
 * Builds every function into `<output>/functions/<name>/index.mjs`. Source maps and esbuild's metafile go to
 * `<output>/maps/`, outside the assets: a cold start should not download them.
 */
export async function bundleFunctions(
  output: string = defaultOutput,
  specs: readonly FunctionSpec[] = functions,
): Promise<readonly Bundle[]> {
  return Promise.all(specs.map((spec) => bundleFunction(output, spec)));
}

async function bundleFunction(output: string, spec: FunctionSpec): Promise<Bundle> {
  const directory = join(output, 'functions', spec.name);
  const maps = join(output, 'maps');
  const result = await build({
    absWorkingDir: projectRoot,
    entryPoints: [spec.entry],
    outfile: join(directory, 'index.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The SDK's CommonJS builds crash inside an ESM bundle ("Dynamic require"), and are larger.
    mainFields: ['module', 'main'],
    alias: Object.fromEntries(REPLACEMENTS.map(({ module, by }) => [module, join(projectRoot, by)])),
    plugins: [unusedExports],
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const code = result.outputFiles.find((file) => file.path.endsWith('.mjs'));
  const map = result.outputFiles.find((file) => file.path.endsWith('.map'));
  if (!code || !map) throw new Error(`esbuild wrote no bundle for ${spec.name}`);
  await place(join(directory, 'index.mjs'), code.contents);
  await place(join(maps, `${spec.name}.mjs.map`), map.contents);
  await place(join(maps, `${spec.name}.meta.json`), JSON.stringify(result.metafile));
  return {
    name: spec.name,
    directory,
    bytes: code.contents.byteLength,
    digest: digestOfBundle(code.contents),
  };
}

/** Written beside and renamed, so that two builds at once never leave half a file. */
async function place(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = join(
    dirname(dirname(path)),
    `.${basename(dirname(path))}.${basename(path)}.${process.pid}`,
  );
  await writeFile(partial, contents);
  await rename(partial, path);
}
