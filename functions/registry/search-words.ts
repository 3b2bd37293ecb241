/** What a search looks for, and how it reads what it looks through. */

/** What is looked for, in any of these forms, in any reading of a text. */
export interface SearchTerms {
  readonly forms: readonly string[];
  readonly readingsOf: (text: string) => Iterable<string>;
  /** What else in an upload that never came together may be what is looked for; left out where the forms say all. */
  readonly inUploads?: string;
}

/**
 * Whoever looks for words that must go may not know how they were written, nor what has escaped them since: letters count
 * alike whether small or composed, blanks too, and a text is read as it is and as JSON that was written into JSON.
 */
export function spilledWords(words: string): SearchTerms {
  return { forms: [asSaid(words).trim()], readingsOf: readings };
}

/**
 * A fact goes with the objects that hold exactly its text, and no other goes with it: as it is, and as JSON within a text writes
 * it. What somebody uploads has its members in any order, and may lack some: there its id tells.
 */
export function exactTexts(texts: readonly string[], id: string): SearchTerms {
  return { forms: texts.flatMap(formsOf), readingsOf: (text) => [text], inUploads: JSON.stringify(id) };
}

/** The fewest letters that are words, and not in every item. */
const FEWEST = 4;

export function areWords(text: string): boolean {
  return asSaid(text).trim().length >= FEWEST;
}

/** JSON in a text of JSON, of which somebody has written escapes: no deeper. */
const DEEPEST = 4;

function* readings(text: string): Iterable<string> {
  let at = text;
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    yield asSaid(at);
    if (!at.includes('\\')) return;
    at = unescaped(at);
  }
}

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** As JSON reads it, in one pass; what is no escape of JSON loses its backslash. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-f]{4})|([\s\S]))/gi,
    (_escape, code: string | undefined, letter: string) =>
      code === undefined ? (CONTROLS[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Unlike small letters, capitals depend on no letter beside them; letters of full width and the like are those that they stand for. */
function asSaid(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').toUpperCase().normalize('NFC');
}

function formsOf(words: string): readonly string[] {
  const once = JSON.stringify(words).slice(1, -1);
  return [...new Set([words, once, JSON.stringify(once).slice(1, -1)])];
}
