/** The files of the package that a closed network installs: built JavaScript, declarations, and the Lambda bundles. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundleFunctions } from '../bundle.ts';
import { projectRoot } from '../project-paths.ts';
import { type BundledPackage, mergedPackages, packagesIn } from './bundled-packages.ts';
import { LICENCE_PAGE, licencePage } from './licence-page.ts';

/** Modules with an export of their own: where the source is, and where the built file goes. */
const ENTRIES = [{ export: './construct', source: 'infra/index.ts', built: 'infra/index.mjs' }] as const;

const COMMAND = { source: 'cli/main.ts', built: 'dist/cli/main.mjs' } as const;

/** What an app brings itself: two copies of these in one process do not know each other's constructs. */
export const PEERS = ['aws-cdk-lib', 'constructs', 'cdk-monitoring-constructs'] as const;

/** Data that code or people read beside the built files. */
const DATA = ['samples', 'standards', 'cli/bin.js', 'docs', 'CHANGELOG.md', 'LICENSE'] as const;

/** The only file that a system must be allowed to run. */
export const EXECUTABLE: ReadonlySet<string> = new Set(['cli/bin.js']);

/** One built file of the package, and whose code is in it besides this project's. */
export interface PackagedBundle {
  readonly name: string;
  /** Where it is in the package. */
  readonly file: string;
  readonly packages: readonly BundledPackage[];
}

interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function manifestIn(folder: string): ProjectManifest {
  return JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8'));
}

/**
 * A package of this project, as one of what a release is made of.
 *
 * @param folder of its manifest
 */
export function ownPackage(folder = '.'): BundledPackage {
  const { name, version, license } = manifestIn(folder);
  const text = readFileSync(join(projectRoot, 'LICENSE'), 'utf8').trim();
  return { name, version, licence: license, texts: [text] };
}

async function compile(source: string, outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: [...PEERS],
    legalComments: 'eof',
    metafile: true,
    logLevel: 'warning',
    // Some dependencies are CommonJS that asks for Node's modules by `require`.
    banner: {
      js: "import { createRequire as __routeguardRequire } from 'node:module'; const require = __routeguardRequire(import.meta.url);",
    },
  });
  return metafile;
}

/** Declarations for every export. They name source files; an installed package has the declarations alone. */
function declare(directory: string): void {
  const types = join(directory, 'types');
  const config = join(directory, 'tsconfig.declarations.json');
  const settings = {
    extends: join(projectRoot, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: projectRoot,
      outDir: types,
      typeRoots: [join(projectRoot, 'node_modules/@types')],
    },
    include: [],
    files: ENTRIES.map((each) => join(projectRoot, each.source)),
  };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), '-p', config]);
  rmSync(config);
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(types, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}

function manifest(): object {
  const { name, version, description, license, devDependencies } = manifestIn('.');
  const exports = ENTRIES.map((each) => [
    each.export,
    { types: `./types/${each.source.replace(/\.ts$/, '.d.ts')}`, default: `./${each.built}` },
  ]);
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    engines: { node: '>=24' },
    bin: { routeguard: 'cli/bin.js' },
    exports: Object.fromEntries(exports),
    peerDependencies: Object.fromEntries(PEERS.map((peer) => [peer, `^${devDependencies[peer] ?? ''}`])),
    // A service that only asks needs no CDK.
    peerDependenciesMeta: Object.fromEntries(PEERS.map((peer) => [peer, { optional: true }])),
  };
}

async function packageFunctions(output: string): Promise<readonly PackagedBundle[]> {
  const bundles = await bundleFunctions(output);
  const packaged = bundles.map(({ name, directory }) => {
    const metafile = JSON.parse(readFileSync(join(output, 'maps', `${name}.meta.json`), 'utf8'));
    const packages = packagesIn(metafile, projectRoot);
    // A function is deployed as an archive of its own, and may be handed on as one.
    writeFileSync(join(directory, LICENCE_PAGE), licencePage(ownPackage(), packages));
    return { name, file: `dist/functions/${name}/index.mjs`, packages };
  });
  rmSync(join(output, 'maps'), { recursive: true });
  return packaged;
}

/**
 * Writes the package's files into an empty directory.
 *
 * @throws ReleaseError where something bundled comes without its licence
 */
export async function writePackageFiles(directory: string): Promise<readonly PackagedBundle[]> {
  mkdirSync(directory, { recursive: true });
  const bundles = [...(await packageFunctions(join(directory, 'dist')))];
  for (const { source, built } of [...ENTRIES, COMMAND]) {
    const metafile = await compile(source, join(directory, built));
    const name = built.replace(/\.mjs$/, '');
    bundles.push({ name, file: built, packages: packagesIn(metafile, projectRoot) });
  }
  for (const each of DATA) {
    mkdirSync(dirname(join(directory, each)), { recursive: true });
    cpSync(join(projectRoot, each), join(directory, each), { recursive: true });
  }
  declare(directory);
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  const everything = mergedPackages(bundles.flatMap(({ packages }) => packages));
  writeFileSync(join(directory, LICENCE_PAGE), licencePage(ownPackage(), everything));
  return bundles;
}
