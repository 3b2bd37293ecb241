/** `npm run bench:profile`: see the usage below. Where the time of a decision goes, by file and by function. */
import { writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../infra/project-paths.ts';
import { askedOf } from '../campaigns/asked.ts';

const USAGE = `npm run bench:profile -- [hops] [file]

Profiles decisions in a hot loop on a version that is open, each question new, and prints the share of time that is spent in
each file and in each function itself.

  hops  of the path: 1 to 5 (default 2)
  file  where the profile goes, for a browser's developer tools (default bench.cpuprofile)

Exits with 2 for what it does not know.`;

const CALLS = 8_000;
const SHOWN = 15;

const asked = askedOf(USAGE, ([hops = '2', file = 'bench.cpuprofile', ...rest]) =>
  /^[1-5]$/.test(hops) && rest.length === 0 ? { hops: Number(hops), file } : undefined,
);
const { guardOnOpenVersion } = await import('./open-version.ts');
const { newQuestions, take, textOf } = await import('./questions.ts');

function placeOf(url: string): string {
  if (url === '') return 'the engine itself';
  return url.startsWith('file:') ? relative(projectRoot, fileURLToPath(url)) : url;
}

/** Milliseconds by name, the longest first. */
function sums(nodes: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  const all = new Map<string, number>();
  for (const [name, ms] of nodes) all.set(name, (all.get(name) ?? 0) + ms);
  return [...all].sort((a, b) => b[1] - a[1]);
}

function print(what: string, all: readonly (readonly [string, number])[]): void {
  const whole = all.reduce((sum, [, ms]) => sum + ms, 0);
  console.log(`\n${what}`);
  for (const [name, ms] of all.slice(0, SHOWN))
    console.log(
      `${((100 * ms) / whole).toFixed(1).padStart(6)} %  ${((1000 * ms) / CALLS).toFixed(1).padStart(6)} µs  ${name}`,
    );
}

const guard = await guardOnOpenVersion();
const source = newQuestions(asked.hops);
for (const question of take(source, 3_000)) await guard.decideText(textOf(question));
const texts = take(source, CALLS).map(textOf);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 100 });
await session.post('Profiler.start');
for (const text of texts) await guard.decideText(text);
const { profile } = (await session.post('Profiler.stop')) as { readonly profile: Profiler.Profile };
session.disconnect();
writeFileSync(asked.file, JSON.stringify(profile));

const took = new Map<number, number>();
for (const [sample, id] of (profile.samples ?? []).entries())
  took.set(id, (took.get(id) ?? 0) + (profile.timeDeltas?.[sample] ?? 0) / 1000);
const nodes = profile.nodes
  .filter(({ callFrame }) => callFrame.functionName !== '(idle)')
  .map(({ id, callFrame: { functionName, url, lineNumber } }) => {
    const name = functionName === '' ? '(no name)' : functionName;
    return { place: placeOf(url), line: lineNumber + 1, name, ms: took.get(id) ?? 0 };
  });
console.log(`${CALLS} decisions of ${asked.hops} hops, each a new question; ${asked.file}`);
print('itself, by file', sums(nodes.map(({ place, ms }) => [place, ms] as const)));
print(
  'itself, by function',
  sums(nodes.map(({ place, line, name, ms }) => [`${name}  ${place}:${line}`, ms] as const)),
);
process.exit(0);
