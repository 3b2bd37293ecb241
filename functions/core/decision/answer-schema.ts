/** The answer on the wire as a schema: for the API's document, and to hold real answers against. */
import * as z from 'zod/mini';
import { ASSURANCES } from '../facts/route.ts';
import { OBLIGATION_TYPES } from '../obligation.ts';
import type { Answer } from './answer.ts';
import { REASON_CODES } from './reasons.ts';

const outcome = z.enum(['permit', 'deny', 'indeterminate', 'not-applicable']);
const text = z.string();
const texts = z.array(z.string());

/** One reason. Every member is a closed code, a fixed sentence, a registry id or a number; a hop is its index. */
const reason = z.strictObject({
  code: z.enum(REASON_CODES as [string, ...string[]]),
  text,
  field: z.optional(text),
  owner: z.optional(text),
  standard: z.optional(text),
  rule: z.optional(text),
  statedIn: z.optional(text),
  hop: z.optional(z.int()),
  segment: z.optional(text),
  function: z.optional(text),
  basis: z.optional(text),
  ownedShare: z.optional(z.int()),
  marking: z.optional(text),
  position: z.optional(z.int()),
  /** In full explanations only, like `fact` and `share`. */
  vendor: z.optional(text),
  fact: z.optional(text),
  share: z.optional(z.int()),
});

const label = z.strictObject({
  frame: text,
  level: text,
  compartments: texts,
  controls: texts,
  owners: texts,
  markedBy: text,
  fgi: texts,
  audience: z.nullable(texts),
  displayOnly: texts,
});

const obligation = z.strictObject({
  id: text,
  type: z.enum(Object.keys(OBLIGATION_TYPES) as [string, ...string[]]),
  ref: z.optional(text),
  withinHours: z.optional(z.int()),
});

const RESULT = { decision: z.boolean(), outcome, obligations: z.array(obligation) } as const;

/** The members of every answer. `decision` is the only one an enforcement point may act on. */
export const ANSWER_MEMBERS = {
  ...RESULT,
  /** Which question this answers. */
  question: z.strictObject({
    digest: z.optional(text),
    nonce: z.optional(text),
    message: z.optional(text),
  }),
  enforceable: z.boolean(),
  /** There exactly where `enforceable` is false: nothing in it may be acted on. */
  hypothetical: z.optional(z.strictObject(RESULT)),
  retry: z.enum(['never', 'after']),
  evaluationId: text,
  evaluatedAt: text,
  at: z.optional(text),
  registry: z.optional(z.strictObject({ version: z.int(), digest: text })),
  build: text,
  label: z.optional(label),
  dominance: z.enum(['satisfied', 'not-satisfied', 'not-evaluated']),
  standards: z.array(z.strictObject({ id: text, by: z.enum(['mandate', 'request']), outcome })),
  reasons: z.array(reason),
  notes: z.optional(z.array(reason)),
  basis: z.optional(z.enum(['trusted-transport', 'encrypted-transport'])),
  pathAssurance: z.optional(z.enum(ASSURANCES)),
  mandates: z.optional(texts),
  exemptions: z.optional(texts),
  waivers: z.optional(texts),
  unverifiedCitations: z.optional(z.int()),
  unverified: z.optional(texts),
  validUntil: z.optional(text),
  useBy: z.optional(text),
} as const satisfies Readonly<Record<keyof Answer, z.ZodMiniType>>;

export const answer = z.strictObject(ANSWER_MEMBERS);
