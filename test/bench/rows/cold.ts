/**
 * A cold start in a process of its own each time: import of the built bundle with real settings in the environment, and on to
 * the first answer; beside a plain function with the default client, to its first read. Turn about.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Deployed, deploy, directoryOf, plainDirectory } from '../deployed.ts';
import { newQuestions, take, textOf } from '../questions.ts';
import { atMostTimes, type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { median } from '../timing.ts';

interface Start {
  /** Milliseconds. */
  readonly imported: number;
  readonly answered: number;
}

/** Nothing is loaded before the clock starts; the context is Lambda's. */
const program = (directory: string, event: object) => `
const context = { getRemainingTimeInMillis: () => 10000, awsRequestId: 'b2c0a1d4-0000-4000-8000-000000000001' };
const started = performance.now();
const { handler } = await import(${JSON.stringify(pathToFileURL(join(directory, 'index.mjs')).href)});
const imported = performance.now() - started;
const answer = await handler(${JSON.stringify(event)}, context);
const answered = performance.now() - started;
if (answer.decision !== true && answer.found !== true) throw new Error(JSON.stringify(answer));
console.log(JSON.stringify({ imported, answered }));
process.exit(0);`;

function start(directory: string, event: object, { environment }: Deployed): Start {
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program(directory, event)], {
    encoding: 'utf8',
    env: { ...environment, TZ: ':UTC' },
  });
  const last = run.stdout.trim().split('\n').at(-1) ?? '';
  if (run.status !== 0) throw new Error(`a cold start failed: ${run.stderr}`);
  return JSON.parse(last) as Start;
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const deployed = await deploy();
  try {
    const [decide, plain] = [await directoryOf('decide'), await plainDirectory()];
    const question = { request: textOf(take(newQuestions(2), 1)[0] ?? { marking: '', hops: [] }) };
    const starts: Record<'decide' | 'plain', Start[]> = { decide: [], plain: [] };
    // The first of each reads its file from the disk.
    for (let round = 0; round < (effort.quick ? 2 : 31); round += 1) {
      const found = { decide: start(decide, question, deployed), plain: start(plain, {}, deployed) };
      if (round === 0) continue;
      starts.decide.push(found.decide);
      starts.plain.push(found.plain);
    }
    const of = (name: 'decide' | 'plain', what: keyof Start) =>
      median(starts[name].map((each) => each[what]));
    return [
      {
        ...overFloor('import', 'ms', of('decide', 'imported'), ['plain function', of('plain', 'imported')]),
        toReach: atMostTimes(0.5),
      },
      {
        ...overFloor('import and first answer', 'ms', of('decide', 'answered'), [
          'plain function, first read',
          of('plain', 'answered'),
        ]),
        toReach: atMostTimes(1.5),
      },
      overFloor(
        'first answer once it is imported',
        'ms',
        of('decide', 'answered') - of('decide', 'imported'),
        ['plain function, first read', of('plain', 'answered') - of('plain', 'imported')],
      ),
    ];
  } finally {
    await deployed.stop();
  }
}

export const cold: Row = {
  name: 'cold',
  question: 'cold start with real settings: import, and to the first answer',
  against: 'a plain function with the default SDK client, to its first read, in fresh processes, turn about',
  toReach: 'import ≤ 0.50 ×, first answer ≤ 1.5 ×',
  measure,
};
