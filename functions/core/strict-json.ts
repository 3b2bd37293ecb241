/**
 * JSON as a guard must read it: one meaning per text. `JSON.parse` keeps the last of two equal members and makes an
 * own member of `__proto__`; here both are refused, and size and depth are bounded before anything is built.
 */
import { visit } from 'jsonc-parser';

export type StrictJsonCode =
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'DUPLICATE_KEY'
  | 'FORBIDDEN_KEY'
  | 'NOT_WELL_FORMED'
  | 'SYNTAX';

export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: StrictJsonCode /** UTF-16 index in the text. */;
      readonly at: number;
    };

export interface StrictJsonLimits {
  /** Of the text as UTF-8. */
  readonly maxBytes: number;
  /** Nested arrays and objects. */
  readonly maxDepth: number;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Nesting can only be as deep as brackets open outside strings: counted first, so that no parser recurses unbounded. */
function tooDeepAt(text: string, maxDepth: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (inString) {
      if (c === '\\') i += 1;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') {
      depth += 1;
      if (depth > maxDepth) return i;
    } else if (c === '}' || c === ']') depth -= 1;
  }
  return undefined;
}

type Failure = Extract<StrictJson, { ok: false }>;

function memberFailure(text: string): Failure | undefined {
  const open: Set<string>[] = [];
  let failure: Failure | undefined;
  visit(
    text,
    {
      onObjectBegin: () => {
        open.push(new Set());
      },
      onObjectEnd: () => {
        open.pop();
      },
      onObjectProperty: (name, at) => {
        const names = open.at(-1);
        if (failure !== undefined || names === undefined) return;
        if (name === '__proto__') failure = { ok: false, code: 'FORBIDDEN_KEY', at };
        else if (names.has(name)) failure = { ok: false, code: 'DUPLICATE_KEY', at };
        names.add(name);
      },
    },
    { disallowComments: true },
  );
  return failure;
}

/** Parses one JSON text. Never throws; an error names a code and a position, never the text. */
export function parseStrictJson(text: string, limits: StrictJsonLimits): StrictJson {
  // A UTF-16 unit is at least one byte, so a text this long is too large without being encoded first.
  if (text.length > limits.maxBytes || Buffer.byteLength(text, 'utf8') > limits.maxBytes) {
    return { ok: false, code: 'TOO_LARGE', at: 0 };
  }
  if (text.startsWith(BYTE_ORDER_MARK)) return { ok: false, code: 'SYNTAX', at: 0 };
  if (!text.isWellFormed()) return { ok: false, code: 'NOT_WELL_FORMED', at: 0 };
  const deep = tooDeepAt(text, limits.maxDepth);
  if (deep !== undefined) return { ok: false, code: 'TOO_DEEP', at: deep };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: 'SYNTAX', at: 0 };
  }
  return memberFailure(text) ?? { ok: true, value };
}
