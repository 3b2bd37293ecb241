/** What is to be routed. The guard's own reader decides whether it is acceptable; these are the shapes it knows. */
export interface MessageDescription {
  /** `[A-Za-z0-9._-]{1,64}`, chosen by the caller. */
  readonly id: string;
  /** The marking as text, or a structured label or portions as an object. */
  readonly marking: string | { readonly [member: string]: unknown };
  /** The marking's grammar, e.g. `us-banner`; without it the guard accepts only an unambiguous marking. */
  readonly markingFormat?: string;
  /** The marking nation, where the format does not say it. */
  readonly originator?: string;
  /** `sha384:` and hexadecimal digits; see `digestOfMessage`. */
  readonly digest?: string;
  /** A registered protection, or `{ scheme: 'none' }`. */
  readonly protection?: { readonly scheme: string; readonly registration?: string };
  /** What the message is part of, for standards that ask. */
  readonly flow?: string;
}

/**
 * Where it is to go: a registered route, or the hops in order. Hops count as `assumed`: only a registered route can be
 * known better, and most owners accept nothing less.
 */
export type PathDescription =
  | { readonly route: string }
  | {
      /** Each hop by one identifier: `{ network: 'gb-a' }`, `{ plmn: '234-15' }` … At most 64. */
      readonly hops: readonly { readonly [scheme: string]: string }[];
    };

/**
 * What an enforcement point may ask. The members that make an answer hypothetical (`at`, `registry.exact`) are
 * absent on purpose: nobody can act on such an answer.
 */
export interface RouteRequest {
  readonly message: MessageDescription;
  readonly path: PathDescription;
  /** Refuse a registry older than this version. */
  readonly registry?: { readonly atLeast: number };
  /** Further standards that must permit; a request can never remove one. */
  readonly standards?: readonly string[];
  readonly explain?: 'none' | 'codes';
}

/**
 * The request as the text that travels, or `null` where there is none. Known members are copied one by one, so
 * that a caller without types cannot ask a hypothetical question by accident.
 */
export function requestText(request: RouteRequest, supportedObligations: readonly string[]): string | null {
  try {
    const { message, path, registry, standards, explain } = request;
    if (!isObject(message) || !isObject(path)) return null;
    if (registry !== undefined && !Number.isSafeInteger(registry.atLeast)) return null;
    return JSON.stringify({
      message,
      path,
      registry: registry === undefined ? undefined : { atLeast: registry.atLeast },
      standards,
      explain,
      supportedObligations,
    });
  } catch {
    // A cycle, a bigint, a getter that throws: a request nobody can read is one nobody may act on.
    return null;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
