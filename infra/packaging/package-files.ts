/** The files of the package that a closed network installs: built JavaScript, declarations, and the Lambda bundles. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunctions } from '../bundle.ts';
import { projectRoot } from '../project-paths.ts';

/** Modules with an export of their own: where the source is, and where the built file goes. */
const ENTRIES = [
  { export: './construct', source: 'infra/index.ts', built: 'infra/index.mjs' },
  { export: './client', source: 'client/index.ts', built: 'dist/client/index.mjs' },
  { export: './client/middy', source: 'client/middy.ts', built: 'dist/client/middy.mjs' },
] as const;

const COMMAND = { source: 'cli/main.ts', built: 'dist/cli/main.mjs' } as const;

/** What an app brings itself: two copies of these in one process do not know each other's constructs. */
export const PEERS = ['aws-cdk-lib', 'constructs', 'cdk-monitoring-constructs'] as const;

/** Data that code or people read beside the built files. */
const DATA = ['samples', 'standards', 'cli/bin.js', 'docs', 'CHANGELOG.md'] as const;

interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function projectManifest(): ProjectManifest {
  return JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
}

async function compile(source: string, outfile: string): Promise<void> {
  await build({
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
    logLevel: 'warning',
    // Some dependencies are CommonJS that asks for Node's modules by `require`.
    banner: {
      js: "import { createRequire as __routeguardRequire } from 'node:module'; const require = __routeguardRequire(import.meta.url);",
    },
  });
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
  execFileSync('rm', [config]);
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const path = join(types, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}

function manifest(): object {
  const { name, version, description, license, devDependencies } = projectManifest();
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

/** Writes the package's files into an empty directory. */
export async function writePackageFiles(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await bundleFunctions(join(directory, 'dist'));
  execFileSync('rm', ['-r', join(directory, 'dist/maps')]);
  for (const { source, built } of [...ENTRIES, COMMAND]) await compile(source, join(directory, built));
  for (const each of DATA) {
    mkdirSync(dirname(join(directory, each)), { recursive: true });
    cpSync(join(projectRoot, each), join(directory, each), { recursive: true });
  }
  declare(directory);
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}
