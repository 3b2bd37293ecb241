/** The bundles that CDK deploys, for tests: built where something that goes into them has changed since they were last. */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bundle, bundleFunctions } from '../infra/bundle.ts';
import { type FunctionSpec, functions } from '../infra/functions.ts';
import { projectRoot } from '../infra/project-paths.ts';

/** Its name says to the test runner that what is in it is run as it is. */
const OUTPUT = join(projectRoot, 'dist', 'routeguard-doors-tests');

/** What says how, besides what goes in. */
const BUILT_BY = [
  ...['infra/bundle.ts', 'infra/functions.ts', 'infra/replacements.ts', 'infra/unused-exports.ts'],
  ...['package-lock.json', 'tsconfig.json'],
];

interface Made {
  readonly bundle: Bundle;
  /** By path in the project: when it was changed last, and its size. */
  readonly inputs: Readonly<Record<string, string>>;
}

export async function testBundles(names: readonly string[]): Promise<readonly Bundle[]> {
  return Promise.all(functions.filter(({ name }) => names.includes(name)).map(built));
}

async function built(spec: FunctionSpec): Promise<Bundle> {
  const known = lastMade(spec.name);
  if (known !== undefined) return known;
  const begun = Date.now();
  const [bundle] = await bundleFunctions(OUTPUT, [spec]);
  if (bundle === undefined) throw new Error(`there is no bundle of ${spec.name}`);
  const { inputs } = JSON.parse(readFileSync(join(OUTPUT, 'maps', `${spec.name}.meta.json`), 'utf8')) as {
    readonly inputs: Readonly<Record<string, unknown>>;
  };
  const paths = [...Object.keys(inputs), ...BUILT_BY];
  // What was changed meanwhile may or may not be in it.
  if (paths.every((path) => statSync(join(projectRoot, path)).mtimeMs < begun))
    remember(spec.name, { bundle, inputs: Object.fromEntries(paths.map((path) => [path, stampOf(path)])) });
  return bundle;
}

const madeFile = (name: string) => join(OUTPUT, 'made', `${name}.json`);

function lastMade(name: string): Bundle | undefined {
  try {
    const { bundle, inputs } = JSON.parse(readFileSync(madeFile(name), 'utf8')) as Made;
    return Object.entries(inputs).every(([path, stamp]) => stampOf(path) === stamp) ? bundle : undefined;
  } catch {
    // Never made, or something that went in is gone.
    return undefined;
  }
}

/** Written beside and renamed: others look for it. */
function remember(name: string, made: Made): void {
  const file = madeFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
  renameSync(`${file}.${process.pid}`, file);
}

function stampOf(path: string): string {
  const { mtimeMs, size } = statSync(join(projectRoot, path));
  return `${mtimeMs} ${size}`;
}

let imports = 0;

/** A bundle as a process that was just started has it: nothing cached, nothing seen. */
export async function freshBundle<Module>(directory: string): Promise<Module> {
  imports += 1;
  const { href } = pathToFileURL(join(directory, 'index.mjs'));
  return (await import(/* @vite-ignore */ `${href}?${imports}`)) as Module;
}
