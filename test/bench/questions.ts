/** Questions by the thousand, no two with one marking: what was remembered of one says nothing of another. */
import { allNations } from '../../functions/core/marking/codes/codes.ts';

/** Networks of the sample that may carry what is released to the United States, Australia and the United Kingdom. */
const CARRYING = ['us-a', 'us-b', 'gb-b', 'au-a'];
const LEVELS = ['SECRET', 'CONFIDENTIAL'];

export interface Question {
  readonly marking: string;
  readonly hops: readonly string[];
}

/** Permits, all of them; after sixty thousand there are no more. */
export function* newQuestions(hops: number): Generator<Question> {
  const codes = allNations()
    .map(([code]) => code)
    .filter((code) => !['USA', 'AUS', 'GBR'].includes(code))
    .sort();
  for (const level of LEVELS)
    for (let step = 1; step < codes.length; step += 1)
      for (let i = 0; i + step < codes.length; i += 1)
        yield {
          marking: `${level}//REL TO USA, ${['AUS', 'GBR', codes[i], codes[i + step]].sort().join(', ')}`,
          hops: Array.from({ length: hops }, (_, n) => CARRYING[(i + n) % CARRYING.length] ?? ''),
        };
}

let texts = 0;

/** As a caller writes it: never the same text twice. */
export function textOf({ marking, hops }: Question): string {
  texts += 1;
  return JSON.stringify({
    message: { id: `m-${texts}`, marking, markingFormat: 'us-banner' },
    path: { hops: hops.map((network) => ({ network })) },
    nonce: `nonce-of-the-bench-${texts}`,
  });
}

export function take<T>(from: Iterator<T>, count: number): readonly T[] {
  return Array.from({ length: count }, () => {
    const { value, done } = from.next();
    if (done === true) throw new Error('there are no more questions: ask for fewer rounds');
    return value;
  });
}
