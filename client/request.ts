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

type Members<T> = { readonly [K in keyof Required<T>]: true };

const MESSAGE: Members<MessageDescription> = {
  id: true,
  marking: true,
  markingFormat: true,
  originator: true,
  digest: true,
  protection: true,
  flow: true,
};
const REQUEST: Members<RouteRequest> = {
  message: true,
  path: true,
  registry: true,
  standards: true,
  explain: true,
};

/** What each level of a request may say; the guard itself judges what stands below a marking and a hop. */
const KNOWN: ReadonlyMap<string, object> = new Map<string, object>([
  ['', REQUEST],
  ['message', MESSAGE],
  ['message.protection', { scheme: true, registration: true }],
  ['path', { route: true, hops: true }],
  ['registry', { atLeast: true }],
]);

export type RequestText =
  | { readonly ok: true; readonly text: string }
  /** One sentence that names the place, and nothing of the message. */
  | { readonly ok: false; readonly sentence: string };

/**
 * The request as the text that travels. It says all that the caller wrote, or there is none: a member that is dropped,
 * because nobody knows it or JSON cannot say it, would ask a weaker question than the caller's.
 */
export function requestText(request: RouteRequest, supportedObligations: readonly string[]): RequestText {
  try {
    const { message, path, registry } = request;
    if (!isObject(message)) return unusable('message must be an object');
    if (!isObject(path)) return unusable('path must be an object');
    if (registry !== undefined && !Number.isSafeInteger(registry.atLeast))
      return unusable('registry.atLeast must be a version, a whole number');
    const problem = problemOf(request, '');
    if (problem !== null) return unusable(problem);
    return { ok: true, text: JSON.stringify({ ...request, supportedObligations }) };
  } catch {
    // A cycle, a getter that throws, a value deeper than the stack: nobody may act on what nobody can read.
    return unusable('it cannot be written as JSON');
  }
}

function unusable(problem: string): RequestText {
  return { ok: false, sentence: `The request cannot be sent: ${problem}.` };
}

/** What JSON would drop or change in a value, or a member nobody knows there; `null` where there is neither. */
function problemOf(value: unknown, at: string): string | null {
  const here = at === '' ? 'the request' : at;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null;
    case 'number':
      return Number.isFinite(value) ? null : `${here} is a number that JSON cannot say`;
    case 'object':
      return value === null ? null : problemIn(value, at, here);
    default:
      return `${here} is something that JSON cannot say`;
  }
}

function problemIn(value: object, at: string, here: string): string | null {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return firstOf(items.keys(), (index) => problemOf(items[index], `${at}[${index}]`));
  }
  // An object of a class says with getters and `toJSON` what JSON does not see. Plain objects may be another realm's.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return `${here} is no plain object`;
  const known = KNOWN.get(at);
  return firstOf(Reflect.ownKeys(value), (key) => {
    const name = nameOf(key);
    const place = at === '' ? name : `${at}.${name}`;
    if (typeof key === 'symbol') return `${place} is a member nobody knows`;
    if (known !== undefined && !Object.hasOwn(known, key))
      return `${place} is a member nobody knows; ${here} takes ${Object.keys(known).join(', ')}`;
    const member = Object.getOwnPropertyDescriptor(value, key);
    if (member?.enumerable !== true || !('value' in member))
      return `${place} is something that JSON cannot say`;
    // An optional member that is there without a value is absent.
    return member.value === undefined ? null : problemOf(member.value, place);
  });
}

function firstOf<T>(items: Iterable<T>, problem: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = problem(item);
    if (found !== null) return found;
  }
  return null;
}

/** A member's name where it looks like one: a caller that copies what it was sent must not log it by our sentence. */
function nameOf(key: string | symbol): string {
  return typeof key === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(key) ? key : '(a strange name)';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
