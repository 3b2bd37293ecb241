import { hash } from 'node:crypto';

/** JSON as facts may use it: no floating point, so that one value has one spelling. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What may have a canonical form: an object's members are looked at as they are written, whatever their type calls them. */
export type Writable = null | boolean | number | string | object;

/** `sha256:` and 64 lower-case hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** Thrown for a value that has no canonical form: a fraction, `-0`, `undefined`, a lone surrogate, a class instance. */
export class NotCanonicalError extends Error {
  override readonly name = 'NotCanonicalError';
}

/**
 * The canonical text of a value: RFC 8785 (JSON Canonicalization Scheme) narrowed to safe integers, so that the
 * same facts give the same digest on every machine. Members are sorted by UTF-16 code units, no white space.
 */
export function canonicalText(value: Writable): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new NotCanonicalError('only safe integers');
    return String(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new NotCanonicalError('lone surrogate in a string');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new NotCanonicalError('not a JSON value');
  }
  const members = value as { readonly [key: string]: Writable };
  return `{${Object.keys(members)
    .sort()
    .map((key) => `${canonicalText(key)}:${canonicalText(members[key] as Writable)}`)
    .join(',')}}`;
}

/** Canonical, uncompressed bytes: what every digest in the registry is taken over. */
export function canonicalBytes(value: Writable): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

/** The SHA-256 of some bytes, as the registry writes digests. */
export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}

/**
 * The digest of a fact as it is registered, whole: by it a change says which state of a fact it was written against,
 * and a judgement what it judged.
 */
export function factDigest(fact: Writable): Digest {
  return digestOf(canonicalBytes(fact));
}
