/** The request, as `decide` accepts it. Strict: a member that is not known is refused, so that a typo cannot widen anything. */
import * as z from 'zod/mini';
import { instant } from './facts/moment.ts';
import { IDENTIFIER_SCHEMES, isIdentifier } from './facts/network-identifier.ts';
import { id, owner, publishedId, set } from './facts/primitives.ts';
import { PROTECTION_SCHEMES } from './facts/protection.ts';
import { MAX_HOPS } from './facts/route.ts';
import { FLOW_WORDS } from './facts/scope-words.ts';
import { OBLIGATION_TYPES, type ObligationType } from './obligation.ts';

/** Bytes of JSON the guard reads; a larger request is refused before it is parsed. */
export const MAX_REQUEST_BYTES = 128 * 1024;
export const MAX_REQUEST_DEPTH = 16;
/** Standards one request may add. */
export const MAX_STANDARDS = 32;
/** What a caller may send to know its answer by: base64url, at least 96 bits of it. */
export const NONCE = /^[A-Za-z0-9_-]{16,128}$/;
/** The digest of a message's content. */
export const MESSAGE_DIGEST = /^sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96})$/;

/** A hop by its registered id or by one typed identifier: `{"network":"gb-a"}`, `{"plmn":"234-15"}`. */
const hop = z.union([
  z.strictObject({ network: id }),
  ...IDENTIFIER_SCHEMES.map((scheme) =>
    z.strictObject({
      [scheme]: z.string().check(z.refine((v) => isIdentifier(scheme, v), `not a well-formed ${scheme}`)),
    }),
  ),
]);

/** How well a path is known is never the caller's word: hops are `assumed`, and a registered route says it itself. */
const path = z.union([
  z.strictObject({ route: id }),
  z.strictObject({ hops: z.array(hop).check(z.minLength(1), z.maxLength(MAX_HOPS)) }),
]);

const protection = z.union([
  z.strictObject({ scheme: z.literal('none') }),
  z.strictObject({ scheme: z.enum(PROTECTION_SCHEMES), registration: id }),
]);

const message = z.strictObject({
  id: z
    .string()
    .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'letters, digits, dot, underscore and dash, 1 to 64')),
  /** A marking as text, a structured label, or portions with an optional banner; see `docs/markings.md`. */
  marking: z.union([z.string(), z.record(z.string(), z.unknown())]),
  markingFormat: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, 'a marking format id'))),
  /** The marking nation, where the format does not say. */
  originator: z.optional(owner),
  digest: z.optional(
    z.string().check(z.regex(MESSAGE_DIGEST, 'sha256: or sha384: and lower-case hexadecimal digits')),
  ),
  protection: z.optional(protection),
  /** What the message is part of, for standards that ask. A word nobody knows is in no standard's scope and out of none. */
  flow: z.optional(z.enum(FLOW_WORDS)),
});

const version = z
  .number()
  .check(z.refine((n) => Number.isSafeInteger(n) && n >= 1, 'a version: a whole number from 1'));

export const decisionRequest = z.strictObject({
  message,
  path,
  /** Made at random for each question; it comes back in the answer, and nothing depends on it here. */
  nonce: z.optional(z.string().check(z.regex(NONCE, 'letters, digits, dash and underscore, 16 to 128'))),
  /** Valid time; the answer is then hypothetical. */
  at: z.optional(instant),
  registry: z.optional(z.union([z.strictObject({ atLeast: version }), z.strictObject({ exact: version })])),
  /** Standards to apply besides those the owners mandate. It only ever adds. */
  standards: z.optional(set(publishedId).check(z.maxLength(MAX_STANDARDS))),
  explain: z.optional(z.enum(['none', 'codes', 'full'])),
  supportedObligations: z.optional(set(z.enum(Object.keys(OBLIGATION_TYPES) as ObligationType[]))),
});

/** A request for a decision, as it was read. */
export type DecisionRequest = z.infer<typeof decisionRequest>;
/** One network of a path, by its id or by one identifier. */
export type Hop = z.infer<typeof hop>;
/** How much of its reasons an answer gives. */
export type Explain = NonNullable<DecisionRequest['explain']>;

/** The registry key a hop is found under. */
export function hopKey(h: Hop): string {
  const [scheme, value] = Object.entries(h)[0] as [string, string];
  return scheme === 'network' ? `network/${value}` : `identifier/${scheme}:${value}`;
}
