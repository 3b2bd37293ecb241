import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { isLetters } from '../text.ts';
import { ESS_FRAME, ESS_LADDER } from './ess-ladder.ts';

/**
 * ESS security labels (RFC 2634 §3.2; RFC 7444): a SET of a policy identifier and a classification from 0 to 5.
 * Only these two parts are read. Privacy marks and categories need the policy's own file, which is not pinned
 * here, so a label that has them is refused; and the frame is the policy, which no ladder of another equals.
 */
const MAX_ENCODED = 128;

interface EssLabel {
  readonly policy: string;
  readonly classification: number;
}

/** Reads base64 of a DER or BER SET with definite lengths. */
function readEss(encoded: string): EssLabel | undefined {
  const bytes = decodeBase64(encoded);
  if (bytes === undefined || bytes[0] !== 0x31 || bytes[1] !== bytes.length - 2) return undefined;
  let policy: string | undefined;
  let classification: number | undefined;
  let at = 2;
  while (at < bytes.length) {
    const [tag, length = 0] = bytes.subarray(at, at + 2);
    const value = bytes.subarray(at + 2, at + 2 + length);
    if (length === 0 || length > 0x7f || value.length !== length) return undefined;
    if (tag === 0x06 && policy === undefined) policy = readOid(value);
    else if (tag === 0x02 && classification === undefined && length === 1) classification = value[0];
    else return undefined;
    at += 2 + length;
  }
  if (policy === undefined || classification === undefined) return undefined;
  // 0 is "unmarked": no statement at all, which is not a label.
  return classification >= 1 && classification <= 5 ? { policy, classification } : undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(encoded: string): Uint8Array | undefined {
  if (encoded.length === 0 || encoded.length > MAX_ENCODED || encoded.length % 4 !== 0) return undefined;
  const body = encoded.replace(/={1,2}$/, '');
  if (![...body].every((letter) => ALPHABET.includes(letter))) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  // One spelling per value: unused bits are zero.
  return bytes.toString('base64') === encoded ? bytes : undefined;
}

function readOid(bytes: Uint8Array): string | undefined {
  const arcs: number[] = [];
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value = value * 128 + (byte & 0x7f);
    if (value > 0xffff_ffff) return undefined;
    if ((byte & 0x80) !== 0) {
      if (index === bytes.length - 1) return undefined;
      continue;
    }
    if (arcs.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      arcs.push(first, value - first * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

/**
 * A display marking says the label's own level, alone or after one word that names the policy, as RFC 7444 writes
 * `EXAMPLE CONFIDENTIAL`. Anything beside it would say more than an ESS classification does.
 */
function displayAgrees(display: string, level: string): boolean {
  const ladder: readonly string[] = ESS_LADDER;
  if (display === level) return true;
  if (ladder.includes(display) || !display.endsWith(` ${level}`)) return false;
  const policy = display.slice(0, -level.length - 1);
  return isLetters(policy, 2, 16) && !ladder.includes(policy);
}

function compileEss(label: EssLabel): Omit<ReadMarking, 'canonical'> {
  const frame = `${ESS_FRAME}${label.policy}`;
  return {
    label: {
      frame,
      level: ESS_LADDER[label.classification] ?? '',
      compartments: [],
      controls: [],
      owners: [],
      markedBy: frame,
      fgi: [],
      // The label says nothing about release and its policy is unknown: it admits nobody.
      audience: [],
      displayOnly: [],
    },
    parts: { ess: label.classification, policy: label.policy },
  };
}

export function readEssChecked(
  encoded: string,
  display: string | undefined,
  report: Report,
): Omit<ReadMarking, 'canonical'> | undefined {
  const label = readEss(encoded);
  if (label === undefined) return report('MALFORMED_LABEL', 0);
  const compiled = compileEss(label);
  if (display !== undefined && !displayAgrees(display, compiled.label.level))
    return report('DISPLAY_MISMATCH', 0);
  return compiled;
}
