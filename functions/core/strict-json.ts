/** Why a text is not strict JSON. */
export type StrictJsonErrorCode =
  | 'NOT_TEXT'
  | 'TOO_LARGE'
  | 'BYTE_ORDER_MARK'
  | 'LONE_SURROGATE'
  | 'TOO_DEEP'
  | 'DUPLICATE_KEY'
  | 'FORBIDDEN_KEY'
  | 'NUMBER_OUT_OF_RANGE'
  | 'SYNTAX';

/** The value of a JSON text, or what is wrong with it and where. */
export type StrictJsonResult =
  | { readonly ok: true; readonly value: unknown }
  /** `at` is an index into the text, in UTF-16 code units. */
  | { readonly ok: false; readonly code: StrictJsonErrorCode; readonly at: number };

/** How long and how deep a JSON text may be. */
export interface StrictJsonLimits {
  /** Longest text, in bytes of UTF-8. @default 65536 */
  readonly maxBytes?: number;
  /** Deepest nesting of objects and lists. @default 16 */
  readonly maxDepth?: number;
}

/** Members that would reach a prototype. `JSON.parse` keeps the first as an own key, a later merge may not. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads one JSON text exactly: RFC 8259 without comments and trailing commas, and without what `JSON.parse`
 * lets pass silently. It keeps the last of two equal members, so that a reader before it may have seen the
 * first; such a text is refused, with the position of the second.
 *
 * Never throws. Time and memory are linear in the text, and a text over the limit is not read.
 *
 * @example
 * parseStrictJson('{"cls":"SECRET","cls":"UNCLASSIFIED"}'); // { ok: false, code: 'DUPLICATE_KEY', at: 16 }
 */
export function parseStrictJson(text: unknown, limits: StrictJsonLimits = {}): StrictJsonResult {
  const { maxBytes = 65_536, maxDepth = 16 } = limits;
  if (typeof text !== 'string') return { ok: false, code: 'NOT_TEXT', at: 0 };
  // A code unit is at least one byte and at most three, so most texts are settled without encoding them.
  const tooLarge = text.length > maxBytes || (text.length * 3 > maxBytes && byteLength(text) > maxBytes);
  if (tooLarge) return { ok: false, code: 'TOO_LARGE', at: 0 };
  if (text.charCodeAt(0) === 0xfeff) return { ok: false, code: 'BYTE_ORDER_MARK', at: 0 };
  const surrogate = loneSurrogate(text);
  if (surrogate >= 0) return { ok: false, code: 'LONE_SURROGATE', at: surrogate };
  try {
    return { ok: true, value: new Reader(text, maxDepth).whole() };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    // A text that is too deep is that, whatever else is wrong with it before.
    const deep = tooDeepAt(text, maxDepth);
    if (deep >= 0) return { ok: false, code: 'TOO_DEEP', at: deep };
    return { ok: false, code: problem.code, at: problem.at };
  }
}

/** What is wrong first. Not an Error: its stack would cost more than the reading, and it goes nowhere. */
class Problem {
  readonly code: StrictJsonErrorCode;
  readonly at: number;
  constructor(code: StrictJsonErrorCode, at: number) {
    this.code = code;
    this.at = at;
  }
}

const [TAB, LINE_FEED, RETURN, SPACE, QUOTE, COMMA, MINUS, POINT, ZERO, COLON, OPEN, BACKSLASH, CLOSE] = [
  9, 10, 13, 32, 34, 44, 45, 46, 48, 58, 91, 92, 93,
] as const;
const [BRACE, END_BRACE] = [123, 125] as const;

const isDigit = (unit: number): boolean => unit >= ZERO && unit <= 57;
const isE = (unit: number): boolean => (unit | 32) === 101;

/** Ends a word such as `true`; whatever else follows one is part of it, and it is no word that JSON has. */
const ENDS_WORD: ReadonlySet<string> = new Set([
  '',
  ' ',
  '\t',
  '\n',
  '\r',
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '/',
]);

/**
 * Checks and reads at once, each letter a bounded number of times. Past the end `charCodeAt` is NaN, which is equal to
 * nothing, and no more than, or less than, anything: a text that ends too soon fails the next comparison.
 */
class Reader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;
  #depth = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  whole(): unknown {
    this.#skip();
    const value = this.#value();
    this.#skip();
    if (this.#at < this.#text.length) throw new Problem('SYNTAX', this.#at);
    return value;
  }

  #skip(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== SPACE && unit !== LINE_FEED && unit !== RETURN && unit !== TAB) return;
      this.#at += 1;
    }
  }

  #value(): unknown {
    const unit = this.#text.charCodeAt(this.#at);
    if (unit === QUOTE) return this.#string();
    if (unit === BRACE) return this.#object();
    if (unit === OPEN) return this.#list();
    if (unit === MINUS || isDigit(unit)) return this.#number();
    if (this.#isWord('true')) return true;
    if (this.#isWord('false')) return false;
    if (this.#isWord('null')) return null;
    throw new Problem('SYNTAX', this.#at);
  }

  #isWord(word: string): boolean {
    const end = this.#at + word.length;
    if (!this.#text.startsWith(word, this.#at) || !ENDS_WORD.has(this.#text.charAt(end))) return false;
    this.#at = end;
    return true;
  }

  /** Its stack must not be the caller's to exhaust. */
  #enter(): void {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) throw new Problem('TOO_DEEP', this.#at);
    this.#at += 1;
    this.#skip();
  }

  /** Past a comma, or past the end; true where there is more. */
  #goesOn(end: number): boolean {
    this.#skip();
    const unit = this.#text.charCodeAt(this.#at);
    if (unit !== COMMA && unit !== end) throw new Problem('SYNTAX', this.#at);
    this.#at += 1;
    if (unit === COMMA) this.#skip();
    else this.#depth -= 1;
    return unit === COMMA;
  }

  #isEmpty(end: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== end) return false;
    this.#at += 1;
    this.#depth -= 1;
    return true;
  }

  #list(): unknown[] {
    this.#enter();
    const list: unknown[] = [];
    if (this.#isEmpty(CLOSE)) return list;
    do list.push(this.#value());
    while (this.#goesOn(CLOSE));
    return list;
  }

  #object(): Record<string, unknown> {
    this.#enter();
    const object: Record<string, unknown> = {};
    if (this.#isEmpty(END_BRACE)) return object;
    do {
      const at = this.#at;
      if (this.#text.charCodeAt(at) !== QUOTE) throw new Problem('SYNTAX', at);
      const name = this.#string();
      if (FORBIDDEN_KEYS.has(name)) throw new Problem('FORBIDDEN_KEY', at);
      if (Object.hasOwn(object, name)) throw new Problem('DUPLICATE_KEY', at);
      this.#skip();
      if (this.#text.charCodeAt(this.#at) !== COLON) throw new Problem('SYNTAX', this.#at);
      this.#at += 1;
      this.#skip();
      object[name] = this.#value();
    } while (this.#goesOn(END_BRACE));
    return object;
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    let isEscaping = false;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) break;
      if (!(unit >= SPACE)) throw new Problem('SYNTAX', start);
      if (unit === BACKSLASH) {
        isEscaping = true;
        at += 1;
      }
      at += 1;
    }
    this.#at = at + 1;
    return isEscaping ? unescaped(text.slice(start, at + 1), start) : copied(text.slice(start + 1, at));
  }

  #number(): number {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    const digits = (): void => {
      if (!isDigit(text.charCodeAt(at))) throw new Problem('SYNTAX', start);
      while (isDigit(text.charCodeAt(at))) at += 1;
    };
    if (text.charCodeAt(at) === MINUS) at += 1;
    if (text.charCodeAt(at) === ZERO) at += 1;
    else digits();
    if (text.charCodeAt(at) === POINT) {
      at += 1;
      digits();
    }
    if (isE(text.charCodeAt(at))) {
      at += 1;
      const sign = text.charAt(at);
      if (sign === '+' || sign === '-') at += 1;
      digits();
    }
    this.#at = at;
    const value = Number(text.slice(start, at));
    if (!Number.isFinite(value)) throw new Problem('NUMBER_OUT_OF_RANGE', start);
    return value;
  }
}

/**
 * What is cut out of a text is, to the engine, a view of all of it: whoever keeps a name would keep the whole request. One letter
 * before it makes a text of its own, of which the view is as good as all.
 */
function copied(part: string): string {
  return ` ${part}`.slice(1);
}

/** An escape can spell half a pair of surrogates, which is no letter. */
function unescaped(quoted: string, at: number): string {
  let value: string;
  try {
    value = JSON.parse(quoted) as string;
  } catch {
    throw new Problem('SYNTAX', at);
  }
  if (!value.isWellFormed()) throw new Problem('LONE_SURROGATE', at);
  return value;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Index of a surrogate without its partner, or -1. */
function loneSurrogate(text: string): number {
  if (text.isWellFormed()) return -1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) at += 1;
    else if (unit >= 0xd800 && unit <= 0xdfff) return at;
  }
  return -1;
}

/** Index of the bracket that opens one level too many, or -1. Brackets inside strings do not count. */
function tooDeepAt(text: string, maxDepth: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
      continue;
    }
    if (letter === '"') quoted = true;
    else if (letter === '{' || letter === '[') {
      depth += 1;
      if (depth > maxDepth) return at;
    } else if (letter === '}' || letter === ']') depth -= 1;
  }
  return -1;
}
