/** The files of `@routeguard/client`: ES modules and CommonJS with declarations, and nothing of the guard or of the AWS SDK. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Format, type Metafile } from 'esbuild';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { projectRoot } from '../project-paths.ts';
import { type BundledPackage, packagesIn } from './bundled-packages.ts';
import { licencePage } from './licence-page.ts';
import { ownPackage, type PackagedBundle } from './package-files.ts';

const SOURCES = join(projectRoot, 'client');

/** What its manifest says of it; the exports are of the checkout, name by name the file in TypeScript. */
interface ClientManifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: unknown;
}

function clientManifest(): ClientManifest {
  return JSON.parse(readFileSync(join(SOURCES, 'package.json'), 'utf8'));
}

/** The client, as one of what a release is made of. */
export function clientPackage(): BundledPackage {
  return ownPackage('client');
}

const builtName = (source: string) => source.replace(/^\.\//, '').replace(/\.ts$/, '');

/** An ES module shares what two entries need; a CommonJS file stands by itself, because the bundler shares only among ES modules. */
async function compileAs(format: Format, extension: string, directory: string): Promise<Metafile> {
  const { exports, peerDependencies } = clientManifest();
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: Object.values(exports).map((source) => `client/${builtName(source)}.ts`),
    outdir: directory,
    outExtension: { '.js': extension },
    bundle: true,
    splitting: format === 'esm',
    chunkNames: 'shared-[hash]',
    format,
    platform: 'node',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: Object.keys(peerDependencies),
    legalComments: 'eof',
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/**
 * Declarations of each entry in one file, and one for what they share. A file of CommonJS has its own: a type checker takes a
 * declaration to be of the module system that its name says.
 */
async function declareEntries(directory: string): Promise<void> {
  const { exports, peerDependencies, devDependencies } = clientManifest();
  const sources = Object.values(exports).map((source) => [builtName(source), join(SOURCES, source)]);
  const bundler = await rolldown({
    input: Object.fromEntries(sources),
    external: [/^node:/, ...Object.keys({ ...peerDependencies, ...(devDependencies as object) })],
    plugins: [dts({ emitDtsOnly: true, generator: 'oxc', tsconfig: false, sourcemap: false })],
  });
  await bundler.write({ dir: directory, entryFileNames: '[name].mjs', chunkFileNames: 'types.mjs' });
  for (const file of readdirSync(directory)) {
    if (!file.endsWith('.d.mts')) continue;
    const text = readFileSync(join(directory, file), 'utf8');
    const common = text.replaceAll(/(from "\.[^"]*)\.mjs"/g, '$1.cjs"');
    writeFileSync(join(directory, file.replace(/mts$/, 'cts')), common);
  }
}

function publishedManifest(): object {
  const { exports, devDependencies: _, ...manifest } = clientManifest();
  const conditions = (name: string) => ({
    import: { types: `./dist/${name}.d.mts`, default: `./dist/${name}.mjs` },
    require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
  });
  return {
    ...manifest,
    exports: Object.fromEntries(
      Object.entries(exports).map(([name, source]) => [name, conditions(builtName(source))]),
    ),
  };
}

/**
 * Writes the package's files into a directory of its own.
 *
 * @throws ReleaseError where something bundled comes without its licence
 */
export async function writeClientPackage(directory: string): Promise<readonly PackagedBundle[]> {
  const built = join(directory, 'dist');
  mkdirSync(built, { recursive: true });
  const modules = await compileAs('esm', '.mjs', built);
  await compileAs('cjs', '.cjs', built);
  await declareEntries(built);
  const packages = packagesIn(modules, projectRoot);
  for (const each of ['LICENSE', 'CHANGELOG.md']) cpSync(join(projectRoot, each), join(directory, each));
  cpSync(join(SOURCES, 'README.md'), join(directory, 'README.md'));
  writeFileSync(join(directory, 'NOTICE'), licencePage(clientPackage(), packages));
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
  return readdirSync(built)
    .filter((file) => /\.[cm]js$/.test(file))
    .sort()
    .map((file) => ({ name: `client/${file}`, file: `dist/${file}`, packages }));
}
