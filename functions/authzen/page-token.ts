import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token carries from one page to the next. */
export interface PagePosition {
  /** The searcher's cursor; absent where the next page is still the first. */
  readonly cursor?: string;
  readonly limit: number;
}

/** Longest token that is looked at. */
const MAX_TOKEN = 8_192;

/**
 * Page tokens, bound by HMAC to everything else in the request, so that a token cannot be taken to another search
 * or another caller. They are opaque but not secret: the cursor names results the caller has seen.
 */
export class PageTokens {
  readonly #key: Uint8Array;

  /** @param key at least 32 bytes, the same in every process that serves the same callers */
  constructor(key: Uint8Array) {
    if (key.byteLength < 32) throw new RangeError('a page key has at least 32 bytes');
    this.#key = key;
  }

  /** @param bound text that stands for the caller and the rest of the request */
  issue(position: PagePosition, bound: string): string {
    const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
    return `${payload}.${this.#seal(payload, bound).toString('base64url')}`;
  }

  /** The position in a token of ours for this very request, or `null`. */
  open(token: string, bound: string): PagePosition | null {
    if (token.length > MAX_TOKEN) return null;
    const [payload, seal, ...rest] = token.split('.');
    if (payload === undefined || seal === undefined || rest.length > 0) return null;
    const expected = this.#seal(payload, bound);
    const given = Buffer.from(seal, 'base64url');
    if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return null;
    // Sealed by us, so written by us.
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as PagePosition;
  }

  #seal(payload: string, bound: string): Buffer {
    return createHmac('sha256', this.#key).update(`${payload}\n${bound}`).digest();
  }
}

/** JSON with sorted members, so that the same request has the same text in whatever order it came. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const members = inner as { readonly [member: string]: unknown };
    // Entries, not assignment: `__proto__` is a member like any other.
    return Object.fromEntries(
      Object.keys(members)
        .sort()
        .map((name) => [name, members[name]]),
    );
  });
}
