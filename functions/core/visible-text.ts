/**
 * Characters by which a text reads otherwise on a screen than it is: controls, direction overrides, zero-width and other
 * format characters, fillers and blanks that are no spaces, and those that mean only what a font makes of them.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const EVERY_UNSEEN = new RegExp(UNSEEN.source, 'gu');

/** True where every character of a text is seen for what it is. */
export function isVisible(text: string): boolean {
  return !UNSEEN.test(text);
}

/** The text with every such character written out: `[U+202E]`. */
export function visible(text: string): string {
  return text.replace(
    EVERY_UNSEEN,
    (c) => `[U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
