/** The small types that facts are made of. */
import * as z from 'zod/mini';
import { firstUnseen, isVisible } from '../visible-text.ts';

/** Identifier of a fact, network, vendor, authority or list entry: lower-case kebab, 1 to 64 characters. */
export const id = z
  .string()
  .check(
    z.regex(
      /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/,
      'an id: lower-case letters, digits, dots and dashes, up to 64',
    ),
  );

/** A published instrument or standard keeps its published id: `UK-HRV-2020-01`. */
export const publishedId = z
  .string()
  .check(
    z.regex(
      /^[A-Z0-9](?:[A-Z0-9-]{0,62}[A-Z0-9])?$/,
      'a published id: capitals, digits and dashes, up to 64',
    ),
  );

/** ISO 3166-1 alpha-3, as markings write countries. Membership in the list is checked where a fact is proposed. */
export const country = z
  .string()
  .check(z.regex(/^[A-Z]{3}$/, 'a country: three capitals (ISO 3166-1 alpha-3)'));

/** A country, or an organisation that owns information in its own right (`NATO`, `EU`). */
export const owner = z
  .string()
  .check(z.regex(/^[A-Z]{2,5}$/, 'an owner: a country (three capitals) or an organisation code'));

/** A marking frame: `US`, `UK`, `NATO` … */
export const frame = z
  .string()
  .check(
    z.regex(/^[A-Z]{2,8}(?:-[A-Z]{1,16})?$/, 'a marking frame in capitals, such as US or CAN-PROTECTED'),
  );

/** A level on a frame's ladder, spelled as in the marking: `TOP SECRET`. */
export const level = z.string().check(
  z.regex(/^[\p{Lu}\p{L}][\p{L}0-9 :/-]{0,47}$/u, 'a level as the frame spells it, such as TOP SECRET'),
  // A filler is a letter, too.
  z.refine(isVisible, 'a level without invisible characters'),
);

/** Hundredths of a percent, 0 to 10,000: 35 % is 3,500. Integers, so that 35.1 % is not 35.099999. */
export const hundredths = z
  .number()
  .check(
    z.refine(
      (n) => Number.isInteger(n) && n >= 0 && n <= 10_000,
      'hundredths of a percent: a whole number from 0 to 10000',
    ),
  );

/** A category node of a label, written as in a label's `compartments` or `controls`. */
export const category = z
  .string()
  .check(z.regex(/^[A-Z0-9][A-Z0-9 :./_-]{0,95}$/, 'a compartment or control in capitals'));

/**
 * A person's public key: base64 of DER SubjectPublicKeyInfo, Ed25519 or ECDSA on P-384 (uncompressed). One key has one
 * spelling here, so that it can be compared as text.
 */
export const publicKey = z
  .string()
  .check(
    z.regex(
      /^(?:MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=|MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE[A-Za-z0-9+/]{128})$/,
      'a public key: base64 of DER (SPKI), Ed25519 or P-384',
    ),
  );

const PRINTABLE =
  'printable text on one line: no control, zero-width, direction-changing or other invisible characters, no blank but the space and no two of them, and marks only on letters';

/** Which character is not, and where; of a shape that is only described there is none. */
function unseenIn(input: unknown): readonly string[] {
  const found = typeof input === 'string' ? firstUnseen(input) : undefined;
  return found === undefined ? [] : [`character ${found.position} is ${found.written}`];
}

/** Characters that a text for people may have. */
export const MOST_TEXT = 600;

/** Text for people: one line, bounded, and read as it is: two people sign what a screen shows them. */
export const text = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(MOST_TEXT),
    z.refine(isVisible, { error: ({ input }) => [PRINTABLE, ...unseenIn(input)].join('; ') }),
  );

/** Entries that a list may have. */
export const MOST_ENTRIES = 512;

/** A list in which nothing occurs twice. */
export function set<T extends z.core.SomeType>(item: T, least = 0) {
  return z.array(item).check(
    z.minLength(least),
    z.maxLength(MOST_ENTRIES),
    z.refine(
      (list) => new Set(list.map((x) => JSON.stringify(x))).size === list.length,
      'no entry may occur twice',
    ),
  );
}

/** A digest as the registry writes it. */
export const digest = z.templateLiteral(
  ['sha256:', z.string().check(z.regex(/^[0-9a-f]{64}$/))],
  'sha256: and 64 lower-case hexadecimal digits',
);
