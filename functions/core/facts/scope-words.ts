/**
 * The words by which instruments say what they and their entries are about. Closed: a word that is not here may mean any
 * of them, so it is never out of scope. Each is written beside what it is a part of, or `null`.
 */
export type Vocabulary = ReadonlyMap<string, string | null>;

/** The day of the last change of a word here or in `products.ts`. */
export const VOCABULARY_VERSION = '2026-11-29';

/** What equipment is used for. */
export const USES: Vocabulary = new Map([
  // NDAA 2019, section 889(f)(3)(B), and the FCC's Covered List: video surveillance and telecommunications equipment.
  ['public-safety', null],
  ['government-facility-security', null],
  ['critical-infrastructure-surveillance', null],
  ['other-national-security', null],
  // The UK's designated vendor direction of October 2022: affected by US sanctions.
  ['sanctions-affected', null],
]);

/** Services an operator gives, by 47 U.S.C. 214: 47 CFR 63.01 (domestic) and 63.18 (international). */
export const SERVICES: Vocabulary = new Map([
  ['section-214', null],
  ['domestic-214', 'section-214'],
  ['international-214', 'section-214'],
]);

/** Whom an instrument binds by name. Who that is and since when, with its source, each standard says (`scope.providers`). */
export const PROVIDER_SETS: Vocabulary = new Map([
  ['uk-dvd-2022-10', null],
  ['de-5g-2024-07', null],
  ['se-2021-01-licences', null],
  ['au-carriers', null],
  ['nz-ticsa-operators', null],
  ['ca-tsps', null],
  ['in-licensed-tsps', null],
  ['jp-5g-licensees', null],
  ['dk-providers', null],
  ['ee-providers', null],
  ['lv-providers', null],
  ['lt-providers', null],
  ['it-notified-operators', null],
  ['fr-vital-operators', null],
  ['tw-5g-licensees', null],
  ['es-5g-operators', null],
  ['pl-key-entities', null],
  ['fi-operators', null],
  ['de-critical-operators', null],
  ['nl-bvt-addressees', null],
  ['pt-operators', null],
  ['be-5g-operators', null],
  ['us-usf-recipients', null],
]);

/** What a message is part of, where an instrument is about some traffic only. A request says one of these, or nothing. */
const FLOW_LIST = [
  // The Clean Path of April 2020 is about 5G traffic that enters or leaves US diplomatic facilities.
  ['us-diplomatic-facility', null],
  ['us-diplomatic-facility-2g', 'us-diplomatic-facility'],
  ['us-diplomatic-facility-3g', 'us-diplomatic-facility'],
  ['us-diplomatic-facility-4g', 'us-diplomatic-facility'],
  ['us-diplomatic-facility-5g', 'us-diplomatic-facility'],
  ['us-diplomatic-facility-fixed', 'us-diplomatic-facility'],
  // NDAA 2019, section 889(a)(1): what an agency procures, as it comes under contract and as the agency itself uses it
  // (subparagraph A), and what its contractors use themselves (B).
  ['federal-contract-service', null],
  ['federal-contractor-own-use', null],
  ['agency-internal', null],
  // What no instrument here is about.
  ['private', null],
  ['other', null],
] as const;
/** What a message is part of, for standards that are about some flows only. */
export type Flow = (typeof FLOW_LIST)[number][0];
export const FLOW_WORDS: readonly Flow[] = FLOW_LIST.map(([word]) => word);
export const FLOWS: Vocabulary = new Map<string, string | null>(FLOW_LIST);

function isPart(vocabulary: Vocabulary, word: string, of: string): boolean {
  for (let at = vocabulary.get(word); at !== undefined && at !== null; at = vocabulary.get(at))
    if (at === of) return true;
  return false;
}

/** Whether one word is what another asks for; `undefined` where nobody can tell. */
function means(vocabulary: Vocabulary, given: string, asked: string): boolean | undefined {
  if (given === asked || isPart(vocabulary, given, asked)) return true;
  // Of the whole it is not said which part is meant.
  if (isPart(vocabulary, asked, given)) return undefined;
  return vocabulary.has(given) && vocabulary.has(asked) ? false : undefined;
}

/** Whether any of the words given is one of those asked for. Nothing given is a statement: none is. */
export function anyMeans(
  vocabulary: Vocabulary,
  given: readonly string[],
  asked: readonly string[],
): boolean | undefined {
  const answers = given.flatMap((g) => asked.map((a) => means(vocabulary, g, a)));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** The words there are, for whoever wrote another. */
export function scopeWordsOf(vocabulary: Vocabulary): string {
  return [...vocabulary.keys()].join(', ');
}
