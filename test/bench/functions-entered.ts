/**
 * How many functions one decision enters that was asked before, and how often, as V8 counts them: started in a process of its
 * own, because counting is for all of a process. With a bundle's folder and an event: the whole of `decide` in this environment;
 * with neither, our own sources from a text to its answer on a version that is open.
 */
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../infra/project-paths.ts';

/** What is counted. */
export interface Entered {
  readonly functions: number;
  readonly calls: number;
}

interface Counted {
  readonly decide: () => Promise<unknown>;
  /** Whose functions count: the beginning of their address. */
  readonly of: string;
}

/** Decisions that are counted: between two looks at the floor there are some. */
const TURNS = 30;

async function wholeBundle(directory: string, event: string): Promise<Counted> {
  const { href } = pathToFileURL(join(directory, 'index.mjs'));
  const { handler } = (await import(href)) as { handler(event: object, context: object): Promise<unknown> };
  const context = { getRemainingTimeInMillis: () => 3_000 };
  return { decide: () => handler(JSON.parse(event) as object, context), of: href };
}

async function computingAlone(): Promise<Counted> {
  const { guardOnOpenVersion } = await import('./open-version.ts');
  const { newQuestions, take, textOf } = await import('./questions.ts');
  const guard = await guardOnOpenVersion();
  const [asked = { marking: '', hops: [] }] = take(newQuestions(2), 1);
  return {
    decide: () => guard.decideText(textOf(asked)),
    of: pathToFileURL(join(projectRoot, 'functions/')).href,
  };
}

const [directory, event = ''] = process.argv.slice(2);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
const { decide, of } = directory === undefined ? await computingAlone() : await wholeBundle(directory, event);

/** What was entered since it was last asked; a module itself counts as a function that begins where it does. */
async function since(): Promise<Entered> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const counts = result
    .filter(({ url }) => url.startsWith(of))
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges: [whole] }) => (whole === undefined || whole.count === 0 ? [] : [whole.count]));
  return { functions: counts.length, calls: counts.reduce((sum, count) => sum + count, 0) };
}

// What is made once, is made.
for (let turn = 0; turn < TURNS; turn += 1) await decide();
await since();
let least: Entered = { functions: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY };
for (let turn = 0; turn < TURNS; turn += 1) {
  await decide();
  const found = await since();
  if (found.calls < least.calls) least = found;
}
// After the lines of the decisions themselves.
process.stdout.write(`\n${JSON.stringify(least)}\n`, () => process.exit(0));
