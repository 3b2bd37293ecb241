/** The bodies the registry takes. All are strict: a member nobody knows is refused, one that names a person included. */
import * as z from 'zod/mini';
import { salt, signed } from '../core/administration/statement.ts';
import { keyOfFact } from '../core/facts/fact-key.ts';
import { cause, holdScope } from '../core/facts/hold.ts';
import { day, instant } from '../core/facts/moment.ts';
import { digest, id, text } from '../core/facts/primitives.ts';
import { problemsOf } from '../core/facts/problem-words.ts';
import { sources } from '../core/facts/provenance.ts';
import { MAX_PROPOSAL_BYTES } from './limits.ts';
import { Refusal } from './refusal.ts';

const count = (least: number, most: number) =>
  z
    .number()
    .check(
      z.refine(
        (n) => Number.isInteger(n) && n >= least && n <= most,
        `a whole number from ${least} to ${most}`,
      ),
    );
export const versionNumber = count(1, 0x7fff_ffff);
const reason = text;
/** What makes a body's content unguessable once it is purged, and the signature over it: see `statement.ts`. */
export const attested = {
  salt,
  signed,
};

const MAX_CHUNKS = 64;

/** `base` is the version it was written against; null says that there is no registry yet. */
const base = z.optional(z.nullable(versionNumber));

export const proposeBody = z.union([
  z.strictObject({ reason, base, changes: z.array(z.unknown()), ...attested }),
  z.strictObject({
    reason,
    base,
    ...attested,
    upload: z.strictObject({
      chunks: count(1, MAX_CHUNKS),
      bytes: count(2, MAX_PROPOSAL_BYTES),
      /** Of the whole text, all chunks together, in UTF-8. */
      digest,
    }),
  }),
]);

export const chunkBody = z.strictObject({ text: z.string().check(z.minLength(1)) });

/** Recent decision requests to be asked again against the change. */
export const simulateBody = z.strictObject({
  recent: z.optional(z.array(z.unknown()).check(z.maxLength(10_000))),
});

/** The proposal, its base and what flips are in what was signed. */
export const approveBody = z.strictObject({
  /** Numbers of the answers that become permit, each acknowledged. */
  permits: z.array(count(1, 1_000_000)).check(
    z.maxLength(100_000),
    z.refine((numbers) => new Set(numbers).size === numbers.length, 'each number is given once'),
  ),
  /** The groups that were read by name; where there are many, every one of them is. */
  groups: z.optional(
    z.array(z.string().check(z.regex(/^[a-z][a-z-]*-[0-9a-f]{4,64}$/, 'the name of a group'))).check(
      z.maxLength(10_000),
      z.refine((names) => new Set(names).size === names.length, 'each group is given once'),
    ),
  ),
  signed,
});

/** The author's word for what the proposal comes to, on the version it was simulated on. */
export const signBody = z.strictObject({ signed });

export const rejectBody = z.strictObject({ reason });

/** Says what would be stopped, and stops nothing. */
const dryRun = z.optional(z.literal(true));

export const holdBody = z.strictObject({
  id,
  authority: id,
  scope: holdScope,
  cause,
  reason,
  /** When it ends by itself. */
  until: z.optional(instant),
  dryRun,
});

export const revokeBody = z.strictObject({
  facts: z.array(keyOfFact).check(z.minLength(1), z.maxLength(100)),
  reason,
  /** Laid in every fact that ends: few, because one person does it alone, and stops need the room. */
  sources: z.optional(sources.check(z.maxLength(4, 'at most four sources'))),
  dryRun,
});

export const liftBody = z.strictObject({ hold: id, reason, sources: z.optional(sources), ...attested });

export const rollbackBody = z.strictObject({
  version: versionNumber,
  /** Whose part of the way back this is, as `GET rollback/{v}` names it. */
  by: z.string().check(z.regex(/^[a-z0-9._-]{1,64}(?:[|+][a-z0-9._-]{1,64}){0,15}$/, 'whose part it is')),
  /** Keys of what goes although it stands against somebody. */
  also: z.array(keyOfFact).check(z.maxLength(100)),
  reason,
  ...attested,
});

/** The version a restored registry stands at, as people know it from before. */
export const confirmBody = z.strictObject({ version: versionNumber, digest, reason, ...attested });

/** A year that has one day more. */
export const MOST_FORECAST_DAYS = 366;

export const forecastBody = z.strictObject({
  days: z.optional(count(1, MOST_FORECAST_DAYS)),
  from: z.optional(z.union([day, instant])),
});

export const emptyBody = z.strictObject({});

/**
 * Reads a body.
 *
 * @throws Refusal REQUEST_INVALID with every problem at once
 */
export function readBody<T extends z.core.$ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error.issues);
  throw new Refusal('REQUEST_INVALID', problems[0]?.message ?? 'not the body this takes', {
    path: problems[0]?.path ?? '',
    problems,
  });
}
