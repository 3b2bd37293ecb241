import type { Report } from '../errors.ts';
import { isLetters, type Slice, split } from '../text.ts';

/** A tier of the UK Government Security Classifications. */
export type UkTier = 'OFFICIAL' | 'SECRET' | 'TOP SECRET';

/**
 * How a UK marking begins. Its additional markings follow the UK policy: handling instructions and descriptors are closed
 * lists; a national caveat names the only readers. Code words are allocated centrally and not published, so a marking with
 * one is refused: any word would do for a reader that guesses. A structured label can carry it as a compartment.
 */
export interface UkMarkingHead {
  readonly tier: UkTier;
  readonly sensitive: boolean;
  readonly prefixed: boolean;
  readonly on: string;
}

/** The caveats of a UK marking, by what each does. */
export interface UkCaveats {
  readonly fields: readonly string[];
  readonly controls: readonly string[];
  /** Readers named by an EYES ONLY caveat, as nation codes. */
  readonly audience?: readonly string[];
  readonly rel?: readonly string[];
}

type Allowed = (head: UkMarkingHead) => boolean;
const official: Allowed = (head) => head.tier === 'OFFICIAL';
const classified: Allowed = (head) => head.tier !== 'OFFICIAL';

const HANDLING: ReadonlyMap<string, Allowed> = new Map<string, Allowed>([
  ['RECIPIENTS ONLY', (head) => head.sensitive || classified(head)],
  ['FOR PUBLIC RELEASE', (head) => official(head) && !head.sensitive],
  // The two open models disagree about SECRET; what is not certain is refused.
  ['HMG USE ONLY', official],
  ['EMBARGOED', (head) => head.tier !== 'TOP SECRET'],
]);
const DESCRIPTORS_OF_2014: ReadonlySet<string> = new Set(['COMMERCIAL', 'LOCSEN', 'PERSONAL']);
const DESCRIPTORS: ReadonlySet<string> = new Set([
  ...DESCRIPTORS_OF_2014,
  'HR/MANAGEMENT',
  'LEGAL',
  'LEGAL PROFESSIONAL PRIVILEGE',
  'LPP',
  'MARKET SENSITIVE',
  'PERSONAL DATA',
]);

/** Nations as UK caveats write them, with their codes. FIVE stands for the five nations. */
const READERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['UK', ['GBR']],
  ['US', ['USA']],
  ['USA', ['USA']],
  ['AUS', ['AUS']],
  ['CAN', ['CAN']],
  ['NZ', ['NZL']],
  ['NZL', ['NZL']],
  ['FIVE', ['AUS', 'CAN', 'GBR', 'NZL', 'USA']],
]);
const EYES_ONLY = ' EYES ONLY';
/** Release to the European Union, after the UK prefix. */
const REL_EU = 'REL EU';
const ORDER = ['handling', 'descriptor', 'release', 'national'] as const;

export function isDescriptorOf2014(word: string): boolean {
  return DESCRIPTORS_OF_2014.has(word);
}

export function readUkCaveats(
  fields: readonly Slice[],
  head: UkMarkingHead,
  report: Report,
): UkCaveats | undefined {
  const controls: string[] = [];
  const written: string[] = [];
  let rel: readonly string[] | undefined;
  let last = -1;
  for (const field of fields) {
    const kind = kindOf(field.text);
    if (kind === undefined) return report(field.text === '' ? 'EMPTY_CATEGORY' : 'UNKNOWN_MARKING', field.at);
    const order = ORDER.indexOf(kind);
    if (order < last || (order === last && kind === 'national')) return report('CATEGORY_ORDER', field.at);
    last = order;
    if (kind === 'national') {
      if (rel !== undefined) return report('CAVEAT_EXCLUDED', field.at);
      if (!classified(head)) return report('CAVEAT_NEEDS_LEVEL', field.at);
      const readers = readEyesOnly(field, report);
      if (readers === undefined) return undefined;
      rel = readers.codes;
      written.push(readers.text);
      continue;
    }
    if (written.includes(field.text)) return report('DUPLICATE', field.at);
    if (kind === 'release') {
      if (!head.prefixed) return report('CAVEAT_NEEDS_PREFIX', field.at);
      // The Union as a whole: its code is not expanded to its members.
      rel = ['EU', 'GBR'];
      written.push(field.text);
      continue;
    }
    const allowed = kind === 'descriptor' ? official : HANDLING.get(field.text);
    if (allowed?.(head) === false) return report('CAVEAT_NEEDS_LEVEL', field.at);
    // Public release restricts nothing, so no network has to honour it.
    if (field.text !== 'FOR PUBLIC RELEASE') controls.push(field.text);
    written.push(field.text);
  }
  return {
    fields: written,
    controls,
    ...(rel === undefined ? {} : { rel, audience: [...rel].sort() }),
  };
}

function kindOf(text: string): (typeof ORDER)[number] | undefined {
  if (text.endsWith(EYES_ONLY)) return 'national';
  if (HANDLING.has(text)) return 'handling';
  if (DESCRIPTORS.has(text)) return 'descriptor';
  if (text === REL_EU) return 'release';
  return undefined;
}

/** `UK EYES ONLY`, `FIVE EYES ONLY`, `UK/US EYES ONLY`, also with spaces around the slash. */
function readEyesOnly(
  field: Slice,
  report: Report,
): { readonly codes: readonly string[]; readonly text: string } | undefined {
  const list: Slice = { text: field.text.slice(0, -EYES_ONLY.length), at: field.at };
  const names = split(list, list.text.includes(' / ') ? ' / ' : '/');
  const codes: string[] = [];
  for (const name of names) {
    const nations = READERS.get(name.text);
    if (nations === undefined)
      return report(isLetters(name.text, 2, 4) ? 'UNKNOWN_CODE' : 'MALFORMED_LIST', name.at);
    if (nations.some((code) => codes.includes(code))) return report('DUPLICATE', name.at);
    codes.push(...nations);
  }
  if (!codes.includes('GBR')) return report('CAVEAT_NEEDS_OWNER', field.at);
  const words = names.map((name) => name.text);
  return { codes, text: `${words.join('/')}${EYES_ONLY}` };
}
