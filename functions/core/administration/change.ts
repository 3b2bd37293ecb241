/**
 * A change to the registry: a list of operations, each on one fact.
 *
 * - `add` records a fact that was not there.
 * - `replace` corrects a recorded error. It names the digest of what it corrects.
 * - `end` records that the world changed: the fact holds until `on`, inclusive where that is a day in the fact's own
 *   time zone, and no longer. It never prolongs. A fact that would end before it begins leaves the registry; history
 *   keeps it.
 */
import * as z from 'zod/mini';
import { canonicalBytes, type Digest, digestOf } from '../facts/canonical.ts';
import { day, instant } from '../facts/moment.ts';
import { sources } from '../facts/provenance.ts';
import type { RawFact } from '../facts/view.ts';

/** Most operations in one change. */
export const MAX_OPERATIONS = 100_000;

const digest = z
  .string()
  .check(z.regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 lower-case hexadecimal digits'));
const key = z
  .string()
  .check(z.regex(/^[a-z-]{1,32}\/[A-Za-z0-9._-]{1,64}$/, 'the key of a fact: kind, slash, id'));
/** Judged as a fact by validation, which names every problem in it at once. */
const rawFact = z.record(z.string(), z.unknown());

export const operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), fact: rawFact }),
  z.strictObject({ op: z.literal('replace'), fact: rawFact, was: digest }),
  z.strictObject({ op: z.literal('end'), key, on: z.union([day, instant]), ending: sources, was: digest }),
]);

export const changeSet = z
  .array(operation)
  .check(z.minLength(1, 'a change has at least one operation'), z.maxLength(MAX_OPERATIONS));

export type Operation =
  | { readonly op: 'add'; readonly fact: RawFact }
  | { readonly op: 'replace'; readonly fact: RawFact; readonly was: Digest }
  | {
      readonly op: 'end';
      readonly key: string;
      readonly on: string;
      readonly ending: readonly Source[];
      readonly was: Digest;
    };

type Source = z.infer<typeof sources>[number];

/** The digest by which a change says which state of a fact it was written against. */
export function factDigest(fact: RawFact): Digest {
  return digestOf(canonicalBytes(fact));
}
