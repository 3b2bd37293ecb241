/** From the text of a request to a JSON value, or to the one reason why not. */
import type { ReasonCode } from '../core/decision/reasons.ts';
import { MAX_REQUEST_BYTES, MAX_REQUEST_DEPTH } from '../core/request.ts';
import { parseStrictJson, type StrictJsonErrorCode } from '../core/strict-json.ts';

export type TextReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ReasonCode };

function codeOf(code: StrictJsonErrorCode): ReasonCode {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'REQUEST_DUPLICATE_KEY';
    case 'TOO_LARGE':
      return 'REQUEST_TOO_LARGE';
    case 'TOO_DEEP':
      return 'REQUEST_TOO_DEEP';
    default:
      return 'REQUEST_UNPARSABLE';
  }
}

/** Strict JSON within the guard's limits. Never throws. */
export function parseRequestText(text: string): TextReading {
  const parsed = parseStrictJson(text, { maxBytes: MAX_REQUEST_BYTES, maxDepth: MAX_REQUEST_DEPTH });
  return parsed.ok ? parsed : { ok: false, code: codeOf(parsed.code) };
}
