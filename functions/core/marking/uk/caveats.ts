import type { Report } from '../errors.ts';
import { isLetters, type Slice, split } from '../text.ts';
import type { UkTier } from './gsc.ts';

/**
 * Additional markings of the UK policy. Handling instructions and descriptors are closed lists; code words are
 * single words, kept as compartments that no network holds unless it says so; a national caveat names the only
 * readers.
 */
export interface UkMarkingHead {
  readonly tier: UkTier;
  readonly sensitive: boolean;
  readonly prefixed: boolean;
  readonly on: string;
}

export interface UkCaveats {
  readonly fields: readonly string[];
  readonly controls: readonly string[];
  readonly codewords: readonly string[];
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
const DESCRIPTORS: ReadonlySet<string> = new Set([
  'COMMERCIAL',
  'HR/MANAGEMENT',
  'LEGAL',
  'LEGAL PROFESSIONAL PRIVILEGE',
  'LPP',
  'MARKET SENSITIVE',
  'PERSONAL',
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
const ORDER = ['handling', 'descriptor', 'codeword', 'national'] as const;

export function readUkCaveats(
  fields: readonly Slice[],
  head: UkMarkingHead,
  report: Report,
): UkCaveats | undefined {
  const controls: string[] = [];
  const codewords: string[] = [];
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
      if (!classified(head)) return report('CAVEAT_NEEDS_LEVEL', field.at);
      const readers = readEyesOnly(field, report);
      if (readers === undefined) return undefined;
      rel = readers.codes;
      written.push(readers.text);
      continue;
    }
    const taken = kind === 'codeword' ? codewords : controls;
    if (taken.includes(field.text)) return report('DUPLICATE', field.at);
    const allowed = kind === 'descriptor' ? official : HANDLING.get(field.text);
    if (allowed?.(head) === false) return report('CAVEAT_NEEDS_LEVEL', field.at);
    taken.push(field.text);
    written.push(field.text);
  }
  return {
    fields: written,
    controls,
    codewords,
    ...(rel === undefined ? {} : { rel, audience: [...rel].sort() }),
  };
}

function kindOf(text: string): (typeof ORDER)[number] | undefined {
  if (text.endsWith(EYES_ONLY)) return 'national';
  if (HANDLING.has(text)) return 'handling';
  if (DESCRIPTORS.has(text)) return 'descriptor';
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
