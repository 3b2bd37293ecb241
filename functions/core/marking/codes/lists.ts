import type { Report } from '../errors.ts';
import { type Slice, split } from '../text.ts';
import { isCode, isNation } from './codes.ts';

/** Nations alphabetically, then organisations alphabetically (MAN §A.6 p16). */
export function codeOrder(left: string, right: string): number {
  const rank = (code: string) => (isNation(code) ? 0 : 1);
  if (rank(left) !== rank(right)) return rank(left) - rank(right);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Reads codes with one separator: each registered, each once, in order. Returns them as written. */
export function readCodes(
  slice: Slice,
  separator: ' ' | ', ',
  on: string,
  report: Report,
): readonly string[] | undefined {
  const codes: string[] = [];
  for (const piece of split(slice, separator)) {
    if (piece.text === '') return report('MALFORMED_LIST', piece.at);
    if (!isCode(piece.text, on)) {
      // Two known codes under one separator of another kind are a list wrongly written, not one unknown code.
      return report(piece.text.includes(' ') ? 'MALFORMED_LIST' : 'UNKNOWN_CODE', piece.at);
    }
    const previous = codes.at(-1);
    if (previous !== undefined) {
      if (codes.includes(piece.text)) return report('DUPLICATE', piece.at);
      if (codeOrder(previous, piece.text) >= 0) return report('CODE_ORDER', piece.at);
    }
    codes.push(piece.text);
  }
  return codes;
}

/** `USA, GBR, FVEY`: USA first, at least one other, the others in order (MAN §H.8 pp150-151). */
export function readReleaseList(slice: Slice, on: string, report: Report): readonly string[] | undefined {
  const [first, ...rest] = slice.text.split(', ');
  if (first !== 'USA' || rest.length === 0) return report('USA_NOT_FIRST', slice.at);
  const others = { text: rest.join(', '), at: slice.at + 'USA, '.length };
  const codes = readCodes(others, ', ', on, report);
  if (codes === undefined) return undefined;
  if (codes.includes('USA')) return report('DUPLICATE', others.at);
  return ['USA', ...codes];
}
