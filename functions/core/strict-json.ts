import { type JSONVisitor, visit } from 'jsonc-parser';

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
  // Depth is measured before any recursive reader sees the text: its stack must not be the caller's to exhaust.
  const deep = tooDeepAt(text, maxDepth);
  if (deep >= 0) return { ok: false, code: 'TOO_DEEP', at: deep };

  const problem = findProblem(text);
  if (problem !== undefined) return { ok: false, ...problem };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // The visitor accepted what JSON.parse refuses: the stricter of the two decides.
    return { ok: false, code: 'SYNTAX', at: 0 };
  }
}

type Problem = { readonly code: StrictJsonErrorCode; readonly at: number };

/** Walks the text once with the visitor, which sees every member, the repeated ones too. */
function findProblem(text: string): Problem | undefined {
  let first: Problem | undefined;
  const members: Set<string>[] = [];
  const note = (code: StrictJsonErrorCode, at: number): void => {
    first ??= { code, at };
  };
  const visitor: JSONVisitor = {
    onObjectBegin: () => {
      members.push(new Set());
    },
    onObjectEnd: () => {
      members.pop();
    },
    onObjectProperty: (name, at) => {
      if (FORBIDDEN_KEYS.has(name)) note('FORBIDDEN_KEY', at);
      if (!name.isWellFormed()) note('LONE_SURROGATE', at);
      const seen = members.at(-1);
      if (seen?.has(name)) note('DUPLICATE_KEY', at);
      seen?.add(name);
    },
    onLiteralValue: (value, at) => {
      if (typeof value === 'number' && !Number.isFinite(value)) note('NUMBER_OUT_OF_RANGE', at);
      if (typeof value === 'string' && !value.isWellFormed()) note('LONE_SURROGATE', at);
    },
    onComment: (at) => note('SYNTAX', at),
    onError: (_error, at) => note('SYNTAX', at),
  };
  visit(text, visitor, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return first;
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
