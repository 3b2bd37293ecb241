/** The full explanation as a schema; see `explanation.ts`. */
import * as z from 'zod/mini';
import { ANSWER_MEMBERS } from '../core/decision/answer-schema.ts';
import { REASON_CODES } from '../core/decision/reasons.ts';
import { REPAIRS } from '../core/decision/repair-table.ts';
import type { Explanation } from './explanation.ts';

const text = z.string();
const texts = z.array(z.string());

const repair = z.strictObject({
  repair: z.enum(Object.keys(REPAIRS) as [string, ...string[]]),
  text,
  owner: z.optional(text),
  standard: z.optional(text),
  network: z.optional(text),
  protection: z.optional(text),
  vendor: z.optional(text),
  fact: z.optional(text),
  hops: z.array(z.int()),
  codes: z.array(z.enum(REASON_CODES as [string, ...string[]])),
});

const change = z.nullable(
  z.strictObject({ at: text, outcome: z.enum(['permit', 'deny', 'indeterminate', 'not-applicable']) }),
);

const MEMBERS = {
  repairs: z.array(repair),
  repairsComplete: z.boolean(),
  highest: z.array(
    z.strictObject({
      owner: text,
      frame: text,
      level: z.nullable(text),
      compartments: texts,
      controls: texts,
      audience: z.nullable(texts),
    }),
  ),
  nextChange: change,
  nextFlip: change,
  lookedUntil: z.optional(text),
  unverified: texts,
  missing: z.array(
    z.strictObject({
      standard: text,
      paragraph: z.optional(text),
      says: z.optional(text),
      missing: text,
    }),
  ),
  missingMore: z.optional(z.int()),
} as const satisfies Readonly<Record<keyof Explanation, z.ZodMiniType>>;

export const explainedAnswer = z.strictObject({
  ...ANSWER_MEMBERS,
  explanation: z.optional(z.strictObject(MEMBERS)),
});
