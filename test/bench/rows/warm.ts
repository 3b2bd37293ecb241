/**
 * A whole warm decision of two hops: the built bundle's handler with real settings, beside a handler that is bundled alike and
 * does nothing but the one strong read of HEAD; and beside that read by a client that nobody has changed.
 */
import { bareDirectory, CONTEXT, deploy, directoryOf, type Handler, plainDirectory } from '../deployed.ts';
import { newQuestions, type Question, take, textOf } from '../questions.ts';
import { atMostTimes, type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { median, percentile, type Side, turnAbout } from '../timing.ts';

const HOPS = 2;

function asking(decide: Handler, next: () => Question): Side {
  let text = '';
  return {
    prepare: () => {
      text = textOf(next());
    },
    run: () => decide({ request: text }, CONTEXT),
  };
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const deployed = await deploy();
  try {
    const decide = await deployed.fresh(await directoryOf('decide'));
    const bare = await deployed.fresh(await bareDirectory('get-head'));
    const plain = await deployed.fresh(await plainDirectory());
    const source = newQuestions(HOPS);
    const [known] = take(source, 1);
    if (known === undefined) throw new Error('no question');
    const answer = await decide({ request: textOf(known) }, CONTEXT);
    if (!(answer as { readonly decision: boolean }).decision) throw new Error('what is measured is a permit');
    const samples = await turnAbout(
      {
        seen: asking(decide, () => known),
        first: asking(decide, () => take(source, 1)[0] ?? known),
        bare: { run: () => bare({}, CONTEXT) },
        plain: { run: () => plain({}, CONTEXT) },
      },
      effort.quick ? { warmUp: 50, rounds: 50 } : { warmUp: 2_000, rounds: 4_000 },
    );
    const figures = (name: 'seen' | 'first', what: string): readonly Figure[] => [
      {
        ...overFloor(`${what}, p50`, 'ms', median(samples[name]), ['bare handler', median(samples.bare)]),
        toReach: atMostTimes(1.1),
      },
      {
        ...overFloor(`${what}, p99`, 'ms', percentile(samples[name], 99), [
          'bare handler',
          percentile(samples.bare, 99),
        ]),
        toReach: atMostTimes(1.25),
      },
    ];
    return [
      ...figures('seen', 'two hops, seen before'),
      ...figures('first', 'two hops, each a new question'),
      overFloor('two hops, seen before, and the default client, p50', 'ms', median(samples.seen), [
        'handler with the default client',
        median(samples.plain),
      ]),
    ];
  } finally {
    await deployed.stop();
  }
}

export const warm: Row = {
  name: 'warm',
  question: 'warm decide, whole bundle, two hops',
  against: 'bare handler with one strong GetItem of HEAD, same SDK client, turn about',
  toReach: 'p50 ≤ 1.10 ×, p99 ≤ 1.25 ×',
  measure,
};
