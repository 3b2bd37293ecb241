/** What a message may be part of. The guard refuses any other word. */
export type Flow =
  | 'us-diplomatic-facility'
  | 'us-diplomatic-facility-2g'
  | 'us-diplomatic-facility-3g'
  | 'us-diplomatic-facility-4g'
  | 'us-diplomatic-facility-5g'
  | 'us-diplomatic-facility-fixed'
  | 'federal-contract-service'
  | 'federal-contractor-own-use'
  | 'agency-internal'
  | 'private'
  | 'other';

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
  readonly flow?: Flow;
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

export type RequestMembers =
  | {
      readonly ok: true;
      readonly members: { readonly message: object; readonly supportedObligations: readonly string[] };
    }
  /** One sentence that names the place, and nothing of the message. */
  | { readonly ok: false; readonly sentence: string };

const UNKNOWN = 'is a member nobody knows';
const UNSAYABLE = 'is something that JSON cannot say';

/** Why a request cannot be sent, as the end of a sentence. */
class UnsayableError extends Error {
  override readonly name = 'UnsayableError';
}

/**
 * The members that travel. They say all that the caller wrote, or there are none: a member that is dropped, because nobody
 * knows it or JSON cannot say it, would ask a weaker question than the caller's.
 */
export function requestMembers(
  request: RouteRequest,
  supportedObligations: readonly string[],
): RequestMembers {
  try {
    // What is looked at is what is sent: nothing that an object says of itself comes between.
    const said = copied(request, '') as Record<string, unknown>;
    const { message, path, registry } = said;
    if (!isObject(message)) return unusable('message must be an object');
    if (!isObject(path)) return unusable('path must be an object');
    if (registry !== undefined && !Number.isSafeInteger(Object(registry).atLeast))
      return unusable('registry.atLeast must be a version, a whole number');
    return { ok: true, members: { ...said, message, supportedObligations } };
  } catch (error) {
    // A cycle, a getter that throws, a value deeper than the stack: nobody may act on what nobody can read.
    return unusable(error instanceof UnsayableError ? error.message : 'it cannot be written as JSON');
  }
}

/** @param problem the end of a sentence */
export function unusable(problem: string): Extract<RequestMembers, { readonly ok: false }> {
  return { ok: false, sentence: `The request cannot be sent: ${problem}.` };
}

/** @throws UnsayableError where JSON would drop or change something in it, or has a member nobody knows */
function copied(value: unknown, at: string): unknown {
  const here = at === '' ? 'the request' : at;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value;
      throw new UnsayableError(`${here} is a number that JSON cannot say`);
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? copiedList(value, at) : copiedObject(value, at, here);
    default:
      throw new UnsayableError(`${here} ${UNSAYABLE}`);
  }
}

/** A list of a class, or with members of its own, says something that JSON does not. */
function copiedList(list: readonly unknown[], at: string): readonly unknown[] {
  // The prototype of lists is a list itself, in every realm; that of a class is none.
  const prototype: unknown = Object.getPrototypeOf(list);
  if (!Array.isArray(prototype)) throw new UnsayableError(`${at} is no plain list`);
  const items = Array.from({ length: list.length }, (_, index) => {
    const place = `${at}[${index}]`;
    return copied(memberOf(list, String(index), place), place);
  });
  const more = Reflect.ownKeys(list).find((key) => key !== 'length' && !isIndex(key, items.length));
  if (more !== undefined) throw new UnsayableError(`${at}.${nameOf(more)} ${UNKNOWN}`);
  return items;
}

function isIndex(key: string | symbol, length: number): boolean {
  return typeof key === 'string' && String(Number(key)) === key && Number(key) < length;
}

function copiedObject(value: object, at: string, here: string): object {
  if (!isPlain(Object.getPrototypeOf(value))) throw new UnsayableError(`${here} is no plain object`);
  const known = KNOWN.get(at);
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Reflect.ownKeys(value)) {
    const name = nameOf(key);
    const place = at === '' ? name : `${at}.${name}`;
    if (typeof key === 'symbol') throw new UnsayableError(`${place} ${UNKNOWN}`);
    if (known !== undefined && !Object.hasOwn(known, key))
      throw new UnsayableError(`${place} ${UNKNOWN}; ${here} takes ${Object.keys(known).join(', ')}`);
    const member = memberOf(value, key, place);
    // An optional member that is there without a value is absent.
    if (member !== undefined) copy[key] = copied(member, place);
  }
  return copy;
}

/** The value that stands there, without asking a getter. */
function memberOf(holder: object, key: string, place: string): unknown {
  const member = Object.getOwnPropertyDescriptor(holder, key);
  if (member?.enumerable === true && 'value' in member) return member.value;
  throw new UnsayableError(`${place} ${UNSAYABLE}`);
}

/**
 * An object of a class says with getters, members it shares and `toJSON` what JSON does not see. Plain objects have no
 * prototype, or that of some realm, which has no members but those it has in this one.
 */
function isPlain(prototype: object | null): boolean {
  if (prototype === null) return true;
  return (
    Object.getPrototypeOf(prototype) === null &&
    Reflect.ownKeys(prototype).every((key) => Object.hasOwn(Object.prototype, key))
  );
}

/** A member's name where it looks like one: a caller that copies what it was sent must not log it by our sentence. */
function nameOf(key: string | symbol): string {
  return typeof key === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(key) ? key : '(a strange name)';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
