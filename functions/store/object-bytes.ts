import { StoreError } from './store-error.ts';

/** The types of immutable object. */
export const OBJECT_TYPES = ['leaf', 'node', 'root', 'law', 'commit', 'note', 'approval', 'keyring'] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

/**
 * The largest framed object of each type, in bytes uncompressed. Compressed, every one must still fit DynamoDB's
 * 400 KB item; what cannot be shown to fit from this bound alone (law, keyring) is checked when it is written.
 */
export const MAX_OBJECT_BYTES: Readonly<Record<ObjectType, number>> = {
  leaf: 264 * 1024,
  node: 16 * 1024,
  root: 4 * 1024,
  law: 4 * 1024 * 1024,
  commit: 4 * 1024,
  note: 64 * 1024,
  approval: 300 * 1024,
  keyring: 1024 * 1024,
};

const HEADERS: Readonly<Record<ObjectType, Buffer>> = {
  leaf: header('leaf'),
  node: header('node'),
  root: header('root'),
  law: header('law'),
  commit: header('commit'),
  note: header('note'),
  approval: header('approval'),
  keyring: header('keyring'),
};

/** Of an object of any form. */
const HEADER = /^routeguard ([a-z]+) ([1-9]\d{0,4})\n/;
const MAX_HEADER = 32;

/** The type is part of what is digested, so an object of one type can never be replayed in the place of another. */
function header(type: ObjectType): Buffer {
  return Buffer.from(`routeguard ${type} 1\n`, 'ascii');
}

/** An object's canonical bytes: its type's header, then its body. */
export function framed(type: ObjectType, body: Uint8Array): Uint8Array {
  const bytes = Buffer.concat([HEADERS[type], body]);
  if (bytes.length > MAX_OBJECT_BYTES[type]) throw new StoreError('TOO_LARGE');
  return bytes;
}

/**
 * The type and body of an object's bytes.
 *
 * @throws StoreError OBJECT_MALFORMED unless the type is one of those allowed here, FORMAT_UNKNOWN where it is in a form that
 *   a newer build gave it
 */
export function unframe<T extends ObjectType>(
  bytes: Uint8Array,
  allowed: readonly T[],
): { readonly type: T; readonly body: Buffer } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const type of allowed) {
    const expected = HEADERS[type];
    if (view.length <= MAX_OBJECT_BYTES[type] && view.subarray(0, expected.length).equals(expected)) {
      return { type, body: view.subarray(expected.length) };
    }
  }
  const [, type, form] = HEADER.exec(view.subarray(0, MAX_HEADER).toString('latin1')) ?? [];
  const isNewer = form !== undefined && Number(form) > 1 && allowed.some((each) => each === type);
  throw new StoreError(isNewer ? 'FORMAT_UNKNOWN' : 'OBJECT_MALFORMED');
}
