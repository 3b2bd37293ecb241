/** What something is called, against what it is: a new name, another's, and one that reads like another's. */
import { factKey, kindOf, member } from '../facts/fact.ts';
import { namesIn } from '../facts/words/names.ts';
import { keyOf } from './change.ts';
import { mixedWordsIn, skeletonOf } from './look-alikes.ts';
import { containsWords, wordsIn } from './mentions.ts';
import type { Contradiction, Told, Words } from './told.ts';

/** Kinds that people know by a name: whoever has another one is taken for somebody else. */
const KNOWN_BY_NAME: ReadonlySet<string | undefined> = new Set(['authority', 'network', 'vendor']);

export function renamed({ index, operation, current }: Told): readonly Contradiction[] {
  if (operation.op !== 'replace' || !KNOWN_BY_NAME.has(kindOf(operation.fact))) return [];
  const [was, is] = [current, operation.fact].map((fact) => member(fact, 'name'));
  if (was === is || typeof was !== 'string' || typeof is !== 'string') return [];
  return [
    {
      operation: index,
      sentence: `is called ${is} from now on, was ${was}`,
      all: 'give another name to what is registered',
      one: `${is}, was ${was}`,
    },
  ];
}

/** A name of letters that look like others, and one that reads like another's. */
export function misread({ index, operation }: Told, words: Words): readonly Contradiction[] {
  if (operation.op === 'end') return [];
  const key = keyOf(operation) ?? '';
  return [...namesIn([operation.fact]).values()].flatMap((name) =>
    misreadIn(name, words, key).map((how) => ({
      operation: index,
      sentence: `the name ${how}`,
      all: 'have a name that reads like something else',
      one: `it ${how}`,
    })),
  );
}

/** How a text may be taken for another, by the letters that it is written in. */
export function misreadIn(text: string, { vocabulary, alike }: Words, own?: string): readonly string[] {
  const plain = new Set(vocabulary.mentionsIn(text).flatMap((meant) => meant.map(factKey)));
  const others = alike.mentionsIn(skeletonOf(text)).flatMap((meant) => {
    const strangers = meant.filter((each) => factKey(each) !== own);
    return strangers.length === 0 || strangers.some((each) => plain.has(factKey(each))) ? [] : [strangers];
  });
  return [
    ...mixedWordsIn(text).map((word) => `mixes letters of several alphabets in one word (${word})`),
    ...others.map((meant) => `reads like ${vocabulary.inWords(meant)}, in other letters`),
  ];
}

/** A vendor or network that is called as another one is, without having that one's id in its own, or belonging to it. */
export function nameContradicts(
  { index, operation, id, about }: Told,
  { vocabulary }: Words,
): readonly Contradiction[] {
  const fact = operation.op === 'end' ? undefined : operation.fact;
  const [kind, name] = [kindOf(fact), member(fact, 'name')];
  if ((kind !== 'vendor' && kind !== 'network') || typeof name !== 'string') return [];
  return vocabulary.mentionsIn(name).flatMap((meant): readonly Contradiction[] => {
    const others = meant.filter((each) => each.kind === kind && each.id !== id);
    const isRelated = others.some(
      (each) => about.includes(factKey(each)) || containsWords(wordsIn(id), wordsIn(each.id)),
    );
    if (others.length === 0 || isRelated) return [];
    const sentence = `the name speaks of ${vocabulary.inWords(others)}, the id does not`;
    return [{ operation: index, sentence, all: 'are called as something else is', one: name }];
  });
}
