/**
 * Where what a change is called says something else than what it is: an id, a name or a reason that speaks of somebody else, that
 * renews what nothing renews, that tightens what loosens, or that names another level, share or end; and a fact that is somebody
 * else's from now on. Each rests on what stands there; what is not found here is not thereby true.
 */
import { kindOf, kindOfKey, member } from '../facts/fact.ts';
import { isNation } from '../marking/codes/codes.ts';
import { keyOf } from './change.ts';
import { type Mention, wordsIn } from './mentions.ts';
import { calledByKey, movesOf } from './moves.ts';
import { misread, nameContradicts, renamed } from './name-contradictions.ts';
import { reasonContradicts } from './reason-contradictions.ts';
import {
  type ClaimedChange,
  type Contradiction,
  claimWordsOf,
  type Told,
  tellingOf,
  type Words,
} from './told.ts';

/** What is said of facts that are another's from now on. */
export const MOVED = 'move a fact from one to another';

/** Kinds whose id is what they are, and no description of what they are about. */
const NAMED_BY_ID: ReadonlySet<string | undefined> = new Set([
  'authority',
  'criteria-set',
  'standard',
  'network',
  'vendor',
]);

export function contradictionsOf(claimed: ClaimedChange): readonly Contradiction[] {
  const { changes, facts } = claimed;
  const words = claimWordsOf(claimed);
  const told = changes.map((operation, index) => tellingOf(operation, index, facts));
  return [
    ...reasonContradicts(claimed, told, words),
    ...told.flatMap((each) => [
      ...moved(each, words),
      ...renamed(each),
      ...misread(each, words),
      ...idContradicts(each, words),
      ...nameContradicts(each, words),
      ...ownerContradicts(each),
    ]),
  ];
}

/** A fact that is another's from now on, under the id that it had. */
function moved({ index, operation, current }: Told, { names }: Words): readonly Contradiction[] {
  if (operation.op !== 'replace' || current === undefined) return [];
  return movesOf(current, operation.fact, names).map(({ from, to }) => ({
    operation: index,
    sentence: `moved from ${from} to ${to}`,
    all: MOVED,
    one: `from ${from} to ${to}`,
  }));
}

/** Vendors and networks are spoken of in one breath; a standard is contradicted by a standard alone. */
function classOf(kind: string | undefined): string | undefined {
  return kind === 'network' || kind === 'vendor' ? 'carriage' : kind === 'criteria-set' ? 'standard' : kind;
}

/** Of a class that a mention is of, what a content is about; none where it is about nothing that could contradict. */
function comparable([meant]: readonly Mention[], about: readonly string[]): readonly string[] {
  return about.filter((key) => classOf(kindOfKey(key)) === classOf(meant?.kind));
}

function idContradicts(
  { index, operation, fact, current, id, about }: Told,
  { vocabulary, names }: Words,
): readonly Contradiction[] {
  const kind = kindOf(fact ?? current) ?? kindOfKey(keyOf(operation) ?? '');
  if (NAMED_BY_ID.has(kind)) return [];
  return vocabulary.mentionsIn(id).flatMap((meant): readonly Contradiction[] => {
    const others = comparable(meant, about);
    if (others.length === 0 || others.some((key) => vocabulary.isOfFamily(meant, key))) return [];
    const of = others.map((key) => calledByKey(names, key)).join(', ');
    const sentence = `the id speaks of ${vocabulary.inWords(meant)}, the content is about ${of}`;
    return [{ operation: index, sentence, all: OTHER_ID, one: `${id} (${of})` }];
  });
}

const OTHER_ID = 'have an id that speaks of something else than the content';

/** An id that begins with one nation's code, of something that is another one's: `gbr-…`. */
function ownerContradicts({ index, fact, id }: Told): readonly Contradiction[] {
  const owner = member(fact, 'owner') ?? member(member(fact, 'scope'), 'owner');
  const code = (wordsIn(id)[0] ?? '').toUpperCase();
  const isOther =
    kindOf(fact) !== 'standard' && typeof owner === 'string' && code !== owner && isNation(code);
  if (!isOther) return [];
  const sentence = `the id speaks of ${code}, the content is about information of ${owner}`;
  return [{ operation: index, sentence, all: OTHER_ID, one: `${id} (information of ${owner})` }];
}
