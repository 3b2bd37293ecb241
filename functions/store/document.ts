/** What the store takes as a document and gives back as one: bounded, canonical, frozen; what it means is the core’s. */
import { canonicalText, type Json } from '../core/facts/canonical.ts';
import { StoreError } from './store-error.ts';

/** Deeper documents are refused, on the way in and on the way out: readers may recurse over what they are given. */
const MAX_DEPTH = 64;

const KEY_PATTERN = /^[\x20-\x7e]{1,256}$/;

/** True for a key entries may be filed under: 1 to 256 printable ASCII characters, without quotes and backslashes. */
export function isStorableKey(key: string): boolean {
  return KEY_PATTERN.test(key) && !key.includes('"') && !key.includes('\\') && key !== '__proto__';
}

/** A document's canonical text. Throws NOT_STORABLE where there is none. */
export function documentText(document: Json): string {
  try {
    inspect(document, 0, false);
    return canonicalText(document);
  } catch (cause) {
    throw new StoreError('NOT_STORABLE', { cause });
  }
}

/** Parses a stored document and freezes it throughout, because it is shared by every request of the process. */
export function parseStored(text: string): Json {
  try {
    const document = JSON.parse(text) as Json;
    inspect(document, 0, true);
    return document;
  } catch (cause) {
    throw new StoreError('OBJECT_MALFORMED', { cause });
  }
}

function inspect(value: Json, depth: number, freeze: boolean): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  if (Object.hasOwn(value, '__proto__')) throw new TypeError('a member named __proto__');
  for (const member of Object.values(value)) inspect(member, depth + 1, freeze);
  if (freeze) Object.freeze(value);
}
