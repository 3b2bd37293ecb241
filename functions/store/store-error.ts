import type { Digest } from '../core/facts/canonical.ts';

/**
 * Everything that can go wrong in the store, and whether the same call may succeed later without anybody repairing
 * anything. A caller that decides treats every one of them as deny.
 */
const CODES = {
  STORE_UNAVAILABLE: { retryable: true, text: 'the database did not answer, or not completely, in time' },
  STORE_REFUSED: { retryable: false, text: 'the database refused the call' },
  HEAD_MISSING: { retryable: false, text: 'no registry has been published' },
  HEAD_MALFORMED: { retryable: false, text: 'the HEAD item does not have its form' },
  SIGNATURE_INVALID: { retryable: false, text: 'no configured key has signed this commit' },
  APPROVAL_INVALID: {
    retryable: false,
    text: 'nobody who may has signed what this version comes to, judged from the founders on',
  },
  DIGEST_MISMATCH: { retryable: false, text: 'stored bytes do not have the digest they are filed under' },
  OBJECT_MISSING: { retryable: false, text: 'an object the registry refers to is not there' },
  OBJECT_MALFORMED: { retryable: false, text: 'an object does not have the form its place requires' },
  FORMAT_UNKNOWN: {
    retryable: false,
    text: 'the registry says something this build does not know how to read: it needs a newer one',
  },
  OBJECT_PURGED: { retryable: false, text: 'the object was purged; only its tombstone is left' },
  VERSION_PURGED: {
    retryable: false,
    text: 'something of this version was purged for good: nothing can be worked out from it any more',
  },
  VERSION_REGRESSION: { retryable: false, text: 'HEAD is older than one this process has already seen' },
  HISTORY_FORKED: { retryable: false, text: 'HEAD does not descend from one this process has already seen' },
  LINEAGE_CHANGED: {
    retryable: true,
    text: 'the registry was restored and two people have not confirmed it',
  },
  HEAD_BELOW_FLOOR: {
    retryable: true,
    text: 'HEAD is older than what was acknowledged, or another history: two people have to confirm it',
  },
  HEAD_UNACKNOWLEDGED: {
    retryable: true,
    text: 'HEAD is newer than what was acknowledged: whoever published it has to finish, or to send the same request again',
  },
  FLOOR_MISSING: {
    retryable: true,
    text: 'nothing says in this floor table how far the registry had come: two people have to confirm it',
  },
  FLOOR_CONTRADICTED: {
    retryable: false,
    text: 'the floor has another version on the way to what was acknowledged last, or one was left out of that way',
  },
  FLOOR_MALFORMED: {
    retryable: false,
    text: 'a row of the floor does not have its form, or is of what was never acknowledged',
  },
  REGISTRY_BEHIND: { retryable: true, text: 'the registry has not reached the version asked for' },
  VERSION_UNKNOWN: { retryable: false, text: 'there is no such version' },
  HOME_USED: {
    retryable: false,
    text: 'this registry was once in a state table of this name: a copy of it needs tables of a new one',
  },
  CONFLICT: { retryable: true, text: 'another publication moved HEAD first' },
  TOO_LARGE: { retryable: false, text: 'a document or object exceeds what one item may hold' },
  NOT_OPENABLE: {
    retryable: false,
    text: 'what was to be published would open for nobody; HEAD has not moved',
  },
  NOT_STORABLE: { retryable: false, text: 'a key, document or commit field has no canonical form here' },
} as const;

export type StoreErrorCode = keyof typeof CODES;

/** What an error may carry besides its code: only values the store made itself, never a stored document's text. */
export interface StoreErrorContext {
  readonly digest?: Digest;
  readonly version?: number;
  readonly cause?: unknown;
}

/** The only error the store throws. `message` is fixed per code; `cause` is for the operator's debugger, not for logs. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** True where the same call may succeed later by itself. */
  readonly retryable: boolean;
  readonly digest: Digest | undefined;
  readonly version: number | undefined;

  constructor(code: StoreErrorCode, context: StoreErrorContext = {}) {
    super(`${code}: ${CODES[code].text}`, context.cause === undefined ? undefined : { cause: context.cause });
    this.code = code;
    this.retryable = CODES[code].retryable;
    this.digest = context.digest;
    this.version = context.version;
  }
}

/**
 * True where HEAD is not what was acknowledged last, or is gone: everybody denies, and says that it is held, until people
 * confirm what there is.
 */
export function isHeld(code: StoreErrorCode): boolean {
  return (
    code === 'HEAD_BELOW_FLOOR' ||
    code === 'HEAD_UNACKNOWLEDGED' ||
    code === 'FLOOR_MISSING' ||
    code === 'LINEAGE_CHANGED'
  );
}

/** What is asked for; `gone` where something of it was purged. Anything else that goes wrong is thrown. */
export async function orIfPurged<T, G>(ask: () => Promise<T>, gone: G): Promise<T | G> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'OBJECT_PURGED') return gone;
    throw error;
  }
}

/** Null where it is in no table, was purged, or its table is gone; what the database does not answer is thrown. */
export async function orMissing<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'STORE_UNAVAILABLE') return null;
    throw error;
  }
}

/** What has no row's form, and what is not read any more because there are too many. */
export async function orMalformed<T>(asked: Promise<T>): Promise<T | 'malformed'> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'FLOOR_MALFORMED') return 'malformed';
    throw error;
  }
}
