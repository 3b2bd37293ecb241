/** What a search looks for, and how it reads what it looks through. */

/** What is looked for, in any of these forms, in text read so. */
export interface SearchTerms {
  readonly forms: readonly string[];
  readonly asRead: (text: string) => string;
}

/**
 * Whoever looks for words that must go may not know how they were written, nor what has escaped them since: letters count
 * alike whether small or composed, however JSON spells them, and so do blanks.
 */
export function spilledWords(words: string): SearchTerms {
  return { forms: [asSaid(words)], asRead: asSaid };
}

/** A fact goes with the objects that hold exactly its text, and no other goes with it: as it is, and as JSON within a text writes it. */
export function exactTexts(texts: readonly string[]): SearchTerms {
  return { forms: texts.flatMap(formsOf), asRead: (text) => text };
}

/** The fewest letters that are words, and not in every item. */
const FEWEST = 4;

export function areWords(text: string): boolean {
  return asSaid(text).trim().length >= FEWEST;
}

/** Read the same on both sides, so that no reading of a backslash can hide anything. */
function asSaid(text: string): string {
  return (
    text
      .replace(/\\+u([0-9a-f]{4})/gi, (_escape, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\+[bfnrt]/g, ' ')
      .replaceAll('\\', '')
      .replace(/\s+/g, ' ')
      .normalize('NFC')
      // Unlike small letters, capitals depend on no letter beside them.
      .toUpperCase()
  );
}

function formsOf(words: string): readonly string[] {
  const once = JSON.stringify(words).slice(1, -1);
  return [...new Set([words, once, JSON.stringify(once).slice(1, -1)])];
}
