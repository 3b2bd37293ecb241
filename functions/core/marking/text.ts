import type { Report } from './errors.ts';

/** Longest text marking read, in UTF-16 code units: the public registers' longest examples are below 200. */
export const MAX_TEXT = 1024;

/** A piece of a marking and where it starts in the whole. */
export interface Slice {
  readonly text: string;
  readonly at: number;
}

const BASIC = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 /-,');

/**
 * Checks length and alphabet before anything is looked up: no folding, no trimming, no normalising. Look-alikes
 * survive normalisation (NFKC) or are turned into plain letters by it; both are refused by their code unit.
 */
export function checkText(text: string, report: Report, extra = ''): boolean {
  if (text.length === 0) {
    report('EMPTY', 0);
    return false;
  }
  if (text.length > MAX_TEXT) {
    report('TOO_LONG', MAX_TEXT);
    return false;
  }
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (!BASIC.has(unit) && !extra.includes(unit)) {
      report('FORBIDDEN_CHARACTER', at);
      return false;
    }
  }
  return true;
}

/** Every space stands alone between two visible characters, none beside a slash or before a comma. */
export function checkSpaces(text: string, report: Report): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const before = text.charAt(at - 1);
    const after = text.charAt(at + 1);
    const stray =
      unit === ' ' &&
      (at === 0 || after === '' || after === ' ' || after === '/' || after === ',' || before === '/');
    if (stray || (unit === ',' && after !== ' ')) {
      report(stray ? 'STRAY_SPACE' : 'MALFORMED_LIST', at);
      return false;
    }
  }
  return true;
}

/** Splits at every occurrence of a separator, keeping positions. */
export function split(slice: Slice, separator: string): readonly Slice[] {
  const pieces: Slice[] = [];
  let at = slice.at;
  for (const text of slice.text.split(separator)) {
    pieces.push({ text, at });
    at += text.length + separator.length;
  }
  return pieces;
}

/** The rest of a slice after a prefix, or `undefined` if it does not start with it. */
export function after(slice: Slice, prefix: string): Slice | undefined {
  if (!slice.text.startsWith(prefix)) return undefined;
  return { text: slice.text.slice(prefix.length), at: slice.at + prefix.length };
}

const LETTERS_AND_DIGITS = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
const LETTERS = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Letters and digits only, between `min` and `max` of them. */
export function isWord(text: string, min: number, max: number): boolean {
  return text.length >= min && text.length <= max && [...text].every((unit) => LETTERS_AND_DIGITS.has(unit));
}

/** Letters only, between `min` and `max` of them. */
export function isLetters(text: string, min: number, max: number): boolean {
  return text.length >= min && text.length <= max && [...text].every((unit) => LETTERS.has(unit));
}

/** Strictly ascending by code unit, digits before letters: the sort order of MAN §A.6 (pp15-16). */
export function firstOutOfOrder(names: readonly string[]): { index: number; duplicate: boolean } | undefined {
  for (let index = 1; index < names.length; index += 1) {
    const previous = names[index - 1] as string;
    const current = names[index] as string;
    if (current <= previous) return { index, duplicate: current === previous };
  }
  return undefined;
}
