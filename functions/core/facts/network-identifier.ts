/**
 * The names other systems know a network by. Typed, and compared as text: an MNC is a string (`01` is not `001`),
 * a PLMN is not a jurisdiction, and an ASN is written without leading zeros.
 */
import * as z from 'zod/mini';

const SHAPES = {
  /** 3GPP TS 23.003: three-digit MCC, two- or three-digit MNC. */
  plmn: /^\d{3}-\d{2,3}$/,
  /** PLMN and the network identifier of a stand-alone non-public network (TS 23.003, eleven hexadecimal digits). */
  'plmn-nid': /^\d{3}-\d{2,3}-[0-9A-F]{11}$/,
  asn: /^(?:[1-9]\d{0,9})$/,
  /** ISO 17442: 18 characters and two check digits. */
  lei: /^[0-9A-Z]{18}\d{2}$/,
  /** GSMA TD.13: three letters of country and two characters. */
  tadig: /^[A-Z]{3}[0-9A-Z]{2}$/,
  /** ITU-T M.1400: country and carrier code of up to six characters. */
  'itu-icc': /^[A-Z]{3}-[0-9A-Z]{1,6}$/,
  ocn: /^[0-9A-Z]{4}$/,
  spid: /^[0-9A-Z]{4}$/,
  'scion-as': /^\d{1,5}-(?:\d{1,10}|[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4})$/,
} as const;

/** A scheme by which networks are named: `plmn`, `asn`, `lei` and others. */
export type IdentifierScheme = keyof typeof SHAPES;

export const IDENTIFIER_SCHEMES = Object.keys(SHAPES) as readonly IdentifierScheme[];

/** ISO 7064 mod 97-10 over the letters read as two-digit numbers: an LEI with a mistyped character is refused. */
function leiCheckDigitsHold(lei: string): boolean {
  let remainder = 0;
  for (const character of lei) {
    for (const digit of String(Number.parseInt(character, 36)))
      remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1;
}

/** True when `value` is a well-formed identifier of `scheme`. */
export function isIdentifier(scheme: IdentifierScheme, value: string): boolean {
  if (!SHAPES[scheme].test(value)) return false;
  if (scheme === 'asn') return Number(value) <= 4_294_967_295;
  if (scheme === 'lei') return leiCheckDigitsHold(value);
  return true;
}

export const networkIdentifier = z
  .strictObject({ scheme: z.enum(IDENTIFIER_SCHEMES), value: z.string() })
  .check(z.refine((x) => isIdentifier(x.scheme, x.value), 'the value does not have the form of its scheme'));

/** A network’s name in one scheme. */
export type NetworkIdentifier = z.infer<typeof networkIdentifier>;

/** The key an identifier is found under. */
export function identifierKey(x: NetworkIdentifier): string {
  return `${x.scheme}:${x.value}`;
}
