import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { checkSpaces, checkText, type Slice } from '../text.ts';
import { checkCombinations } from './combinations.ts';
import { usLabel, usParts } from './compile.ts';
import { parseUs } from './parse.ts';
import { printUs } from './print.ts';
import type { Form } from './register.ts';
import type { ParseOptions, UsMarking } from './syntax.ts';

/** A US banner line: `TOP SECRET//SI-G ABCD/TK//ORCON/NOFORN`. Grammar in `parse.ts`, rules in `combinations.ts`. */
export function readUsBanner(text: string, on: string, report: Report): ReadMarking | undefined {
  const marking = parseUsBanner(text, on, report);
  return marking && compileUs(marking, 'banner', on);
}

/** A US portion mark with its parentheses: `(S//REL TO USA, GBR)`. Never accepted as a banner, nor the reverse. */
export function readUsPortion(text: string, on: string, report: Report): ReadMarking | undefined {
  const marking = parseUsPortion(text, { on }, report);
  return marking && compileUs(marking, 'portion', on);
}

export function parseUsBanner(text: string, on: string, report: Report): UsMarking | undefined {
  if (!checkText(text, report) || !checkSpaces(text, report)) return undefined;
  return parseChecked({ text, at: 0 }, { form: 'banner', on }, report);
}

/** What a portion may take from the banner of its document. */
export interface PortionContext {
  readonly on: string;
  readonly release?: readonly string[];
  readonly jointOwners?: readonly string[];
}

export function parseUsPortion(text: string, context: PortionContext, report: Report): UsMarking | undefined {
  if (!checkText(text, report, '()') || !checkSpaces(text, report)) return undefined;
  const inner = text.slice(1, -1);
  if (!text.startsWith('(') || !text.endsWith(')') || text.length < 3) return report('MALFORMED_PORTION', 0);
  if (inner.includes('(') || inner.includes(')')) return report('MALFORMED_PORTION', 1);
  const { release, jointOwners, on } = context;
  const options = { form: 'portion' as const, on, ...(jointOwners === undefined ? {} : { jointOwners }) };
  return parseChecked({ text: inner, at: 1 }, options, report, release);
}

function parseChecked(
  line: Slice,
  options: ParseOptions,
  report: Report,
  release?: readonly string[],
): UsMarking | undefined {
  const parsed = parseUs(line, options, report);
  if (parsed === undefined) return undefined;
  const marking = withRelease(parsed, release, report);
  if (marking === undefined) return undefined;
  let sound = true;
  checkCombinations(marking, options.on, (code, at) => {
    sound = false;
    return report(code, at);
  });
  return sound ? marking : undefined;
}

/** Puts the banner's list where the portion says only REL; without a banner the list is undetermined. */
function withRelease(
  marking: UsMarking,
  release: readonly string[] | undefined,
  report: Report,
): UsMarking | undefined {
  const bare = marking.ic.find((item) => item.id === 'REL TO' && item.codes === undefined);
  if (bare === undefined) return marking;
  if (release === undefined) return report('LIST_FROM_BANNER', bare.at);
  return { ...marking, ic: marking.ic.map((item) => (item === bare ? { ...item, codes: release } : item)) };
}

function compileUs(marking: UsMarking, form: Form, on: string): ReadMarking {
  return { label: usLabel(marking, on), canonical: printUs(marking, form), parts: usParts(marking) };
}
