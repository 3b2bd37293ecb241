/**
 * What of a text reads on a screen as it is written, for whatever is taken from people and whatever is shown to them. What
 * does not is refused where it comes in, and written out where it is shown.
 */

/**
 * Characters by which a text reads otherwise than it is: controls, direction overrides, zero-width and other format
 * characters, every blank that is not the space, fillers and signs drawn as nothing (U+1D159, U+16FE4), non-characters, those
 * that mean only what a font makes of them, and marks that enclose or strike through what is before them.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Me}\u2800\u{1D159}\u{16FE4}]|[\u0334-\u0338\u20D0-\u20F0]|(?! )\p{Zs}/u;

/** Scripts of people who write from right to left (the blocks Unicode keeps for them), words with one space between. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]+(?: [\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]+)*/gu;

/** More marks on one letter than any script needs, or a mark on no letter: it would stand on what is shown beside the text. */
const STRAY_MARKS = /(?<=\p{M}{4})\p{M}|(?<![\p{L}\p{N}\p{M}])\p{M}/u;

/** By which a text could paint a line of its own on a screen. Two are what our own words have between columns. */
const SPACES = / {2,}/u;
const PAINTING_SPACES = /(?<=[^ ]) {3,}|^ {13,}/gu;

const EVERY_UNSEEN = new RegExp(UNSEEN.source, 'gu');
const EVERY_STRAY_MARK = new RegExp(STRAY_MARKS.source, 'gu');

const HIDDEN = [UNSEEN, STRAY_MARKS, SPACES] as const;

/** True where every character of a text is seen for what it is. */
export function isVisible(text: string): boolean {
  return !HIDDEN.some((hidden) => hidden.test(text));
}

/** The first character that {@link isVisible} refuses, written out, and which one it is, from 1; undefined where there is none. */
export function firstUnseen(
  text: string,
): { readonly position: number; readonly written: string } | undefined {
  const [first] = HIDDEN.map((hidden) => hidden.exec(text))
    .filter((match) => match !== null)
    .toSorted((a, b) => a.index - b.index);
  if (first === undefined) return undefined;
  const [found] = first;
  const written = SPACES.test(found) ? `[${found.length} spaces]` : codePoint(found);
  return { position: [...text.slice(0, first.index)].length + 1, written };
}

/**
 * A line, or a part of one, as a screen may show it: what is not seen is written out (`[U+202E]`, `[40 spaces]`), and words
 * from right to left are isolated, so that they turn nothing around but themselves.
 */
export function visible(text: string): string {
  return text
    .replace(EVERY_UNSEEN, codePoint)
    .replace(EVERY_STRAY_MARK, codePoint)
    .replace(PAINTING_SPACES, (run) => `[${run.length} spaces]`)
    .replace(RIGHT_TO_LEFT, (words) => `\u2067${words}\u2069`);
}

function codePoint(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}
