import { expand, isNation } from '../codes/codes.ts';
import type { Report } from '../errors.ts';
import { after, isWord, type Slice, split } from '../text.ts';

/** Levels as the e-mail standard writes them, lowest first, with the names of the PSPF ladder. */
export const EPMS_LEVELS = [
  { rank: 0, name: 'UNOFFICIAL', spellings: ['UNOFFICIAL'] },
  { rank: 1, name: 'OFFICIAL', spellings: ['OFFICIAL'] },
  { rank: 2, name: 'OFFICIAL: Sensitive', spellings: ['OFFICIAL:Sensitive'] },
  { rank: 3, name: 'PROTECTED', spellings: ['PROTECTED'] },
  { rank: 4, name: 'SECRET', spellings: ['SECRET'] },
  { rank: 5, name: 'TOP SECRET', spellings: ['TOP-SECRET'] },
] as const;

/** A caveat of the Australian email protective marking standard, and what it does to a label. */
export interface EpmsCaveat {
  /** `RI:AUSTEO` */
  readonly text: string;
  readonly audience?: readonly string[];
  readonly control?: string;
  readonly compartment?: string;
  readonly foreign?: readonly string[];
}

/** Special handling instructions; the others need at least PROTECTED, NATIONAL-CABINET also OFFICIAL:Sensitive. */
const HANDLING: ReadonlyMap<string, number> = new Map([
  ['ACCOUNTABLE-MATERIAL', 3],
  ['CABINET', 3],
  ['DELICATE-SOURCE', 3],
  ['NATIONAL-CABINET', 2],
  ['ORCON', 3],
]);

/** Reads `type:value`. A release indicator decides the audience, a code word is a compartment. */
export function readEpmsCaveat(
  caveat: Slice,
  level: { readonly rank: number },
  on: string,
  report: Report,
): EpmsCaveat | undefined {
  const { text, at } = caveat;
  const [type, ...values] = split(caveat, ':');
  const [value, ...others] = values;
  if (type === undefined || value === undefined || others.length > 0) return report('UNKNOWN_MARKING', at);
  switch (type.text) {
    case 'SH': {
      const floor = HANDLING.get(value.text);
      if (floor === undefined) return report('UNKNOWN_MARKING', value.at);
      return level.rank < floor
        ? report('CAVEAT_NEEDS_LEVEL', at)
        : { text, control: value.text.replaceAll('-', ' ') };
    }
    case 'RI':
      return level.rank < 2 ? report('CAVEAT_NEEDS_LEVEL', at) : readReleasability(text, value, on, report);
    case 'C':
      if (!isWord(value.text, 2, 32)) return report('MALFORMED_NAME', value.at);
      return level.rank < 3 ? report('CAVEAT_NEEDS_LEVEL', at) : { text, compartment: value.text };
    case 'FG':
      if (!isNation(value.text) || value.text === 'AUS') return report('UNKNOWN_CODE', value.at);
      return { text, foreign: [value.text] };
    default:
      return report('UNKNOWN_MARKING', at);
  }
}

/** `AUSTEO`, `AGAO`, or `REL AUS/CAN/GBR`: Australia among them, in alphabetical order. */
function readReleasability(text: string, value: Slice, on: string, report: Report): EpmsCaveat | undefined {
  if (value.text === 'AUSTEO') return { text, audience: ['AUS'] };
  // Government access only: Australian, and a control because it is narrower than the nation.
  if (value.text === 'AGAO') return { text, audience: ['AUS'], control: 'AGAO' };
  const list = after(value, 'REL ');
  if (list === undefined) return report('UNKNOWN_MARKING', value.at);
  const codes = split(list, '/');
  const names = codes.map((code) => code.text);
  const unknown = codes.find((code) => !isNation(code.text));
  if (unknown !== undefined) return report('UNKNOWN_CODE', unknown.at);
  if (names.length < 2 || !names.includes('AUS')) return report('CAVEAT_NEEDS_OWNER', value.at);
  const unordered = codes.find((code, index) => index > 0 && code.text <= (names[index - 1] ?? ''));
  if (unordered !== undefined) return report('CODE_ORDER', unordered.at);
  return { text, audience: expand(names, on) };
}
