/** What the reason of a change says, against what each operation is. */
import { entries, member } from '../facts/fact.ts';
import { called } from '../facts/words/names.ts';
import { isNation } from '../marking/codes/codes.ts';
import { keyOf } from './change.ts';
import { figuresAgainst } from './figures.ts';
import { looseningOf } from './loosening.ts';
import type { Mention } from './mentions.ts';
import { calledByKey } from './moves.ts';
import { misreadIn } from './name-contradictions.ts';
import { doubtedRenewal, type EarlierFacts } from './renewals.ts';
import type { ClaimedChange, Contradiction, Told, Words } from './told.ts';

const TIGHTENING =
  /\b(?:tighten|stricter|restrict|lower|reduc|narrow|harmless|typo|spelling|cosmetic|editorial|housekeeping)/iu;

export function reasonContradicts(
  { reason, earlier }: ClaimedChange,
  told: readonly Told[],
  words: Words,
): readonly Contradiction[] {
  const { vocabulary } = words;
  const mentions = vocabulary.mentionsIn(reason).filter(([meant]) => meant?.kind !== 'authority');
  const touched = [...new Set(told.flatMap((each) => each.touches))];
  const unfounded = mentions.filter((meant) => !touched.some((key) => vocabulary.isOfFamily(meant, key)));
  const otherwise = figuresAgainst(reason);
  const vendors = mentions.filter((meant) => meant.some(({ kind }) => kind === 'vendor'));
  const ofReason = (all: string, one: string, sentence: string) => ({ operation: null, sentence, all, one });
  return [
    ...misreadIn(reason, words).map((how) =>
      ofReason('the reason may be misread', `it ${how}`, `the reason ${how}`),
    ),
    ...unfounded.map((meant) =>
      ofReason(
        'the reason speaks of what nothing in the change is about',
        vocabulary.inWords(meant),
        `the reason speaks of ${vocabulary.inWords(meant)}, and nothing in the change is about that`,
      ),
    ),
    ...nationsIn(reason)
      .filter((code) => !told.some(({ fact, current }) => says(fact, code) || says(current, code)))
      .map((code) =>
        ofReason(
          'the reason speaks of nations that nothing in the change names',
          code,
          `the reason speaks of ${code}, and nothing in the change names it`,
        ),
      ),
    ...told.flatMap((each) => [
      ...unnamedByReason(each, vendors, words),
      ...renewsNothing(reason, each, earlier, words),
      ...loosensThough(reason, each),
      ...otherwise(each.operation).map((sentence) => ({
        operation: each.index,
        sentence,
        all: 'say other figures than the reason does',
        one: `${keyOf(each.operation)}: ${sentence}`,
      })),
    ]),
  ];
}

/** A vendor that a reason about other vendors does not speak of. */
function unnamedByReason(
  { index, fact, about }: Told,
  vendors: readonly (readonly Mention[])[],
  { vocabulary, names }: Words,
): readonly Contradiction[] {
  const vendor = member(member(fact, 'subject'), 'vendor');
  const isNamed = vendors.some((meant) => about.some((key) => vocabulary.isOfFamily(meant, key)));
  if (typeof vendor !== 'string' || vendors.length === 0 || isNamed) return [];
  const meant = vendors.map((each) => vocabulary.inWords(each)).join(', ');
  const one = called(names, 'vendor', vendor);
  const sentence = `the reason speaks of ${meant}, this is about ${one}`;
  return [{ operation: index, sentence, all: 'are about vendors that the reason does not speak of', one }];
}

/** Something under a reason or an id that speaks of renewing, and no renewal of what is there. */
function renewsNothing(
  reason: string,
  { index, operation, current, about }: Told,
  earlier: EarlierFacts,
  { names }: Words,
): readonly Contradiction[] {
  const doubted = doubtedRenewal(reason, operation, current, earlier);
  if (doubted === undefined) return [];
  const [, ...subjects] = about;
  const one = subjects.map((key) => calledByKey(names, key)).join(', ');
  const { speaks, looked } = doubted;
  const spoken = `the ${speaks} speaks of renewing, and`;
  return [
    looked
      ? {
          operation: index,
          sentence: `${spoken} nothing of the kind that says the same is registered (${one})`,
          all: `renew nothing that is registered, though the ${speaks} speaks of renewing`,
          one,
        }
      : {
          operation: index,
          sentence: `${spoken} nobody looked whether there is anything that it renews (${one})`,
          all: 'are said to renew something, and nobody looked whether they do',
          one,
        },
  ];
}

function loosensThough(reason: string, { index, operation, current }: Told): readonly Contradiction[] {
  const [word] = TIGHTENING.exec(reason) ?? [];
  const loosening = word === undefined ? undefined : looseningOf(operation, current);
  if (loosening === undefined) return [];
  return [
    {
      operation: index,
      sentence: `the reason sounds as if it permitted no more, and this ${loosening.phrase}`,
      // However many ways there are: one careless word is one thing to read.
      all: 'are under a reason that sounds as if it permitted no more',
      one: `${keyOf(operation)} ${loosening.phrase}`,
    },
  ];
}

/** Codes of nations in a reason, as people write them; none in a reason that is all in capitals. */
function nationsIn(reason: string): readonly string[] {
  if (reason === reason.toUpperCase()) return [];
  return [...new Set(reason.match(/\b[A-Z]{3}\b/gu) ?? [])].filter(isNation);
}

/** Whether a code stands anywhere in a fact, as a value of its own. */
function says(value: unknown, code: string): boolean {
  if (value === code) return true;
  if (Array.isArray(value)) return entries(value).some((each) => says(each, code));
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => says(each, code));
}
