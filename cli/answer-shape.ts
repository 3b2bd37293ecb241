/** What the commands rely on in an answer, and no more: a guard newer than this command may say more. */
import * as z from 'zod/mini';
import type { ExplainedAnswer } from '../functions/explain/explain.ts';
import { GuardUnreachableError } from './guard-connection.ts';

const text = z.string();
const texts = z.array(text);
const reasons = z.array(z.looseObject({ code: text, text }));
const change = z.nullable(z.looseObject({ at: text, outcome: text }));

const explanation = z.looseObject({
  repairs: z.array(z.looseObject({ repair: text, text, hops: z.array(z.int()), codes: texts })),
  repairsComplete: z.boolean(),
  highest: z.array(
    z.looseObject({
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
  unverified: texts,
});

const result = {
  decision: z.boolean(),
  outcome: z.enum(['permit', 'deny', 'not-applicable', 'indeterminate']),
  obligations: z.array(z.looseObject({ id: text })),
} as const;

const answer = z.looseObject({
  ...result,
  enforceable: z.boolean(),
  hypothetical: z.optional(z.looseObject(result)),
  dominance: text,
  reasons,
  notes: z.optional(reasons),
  standards: z.array(z.looseObject({ id: text, by: text, outcome: text })),
  mandates: z.optional(texts),
  waivers: z.optional(texts),
  registry: z.optional(z.looseObject({ version: z.int(), digest: text })),
  at: z.optional(text),
  validUntil: z.optional(text),
  useBy: z.optional(text),
  explanation: z.optional(explanation),
});

/**
 * The answer in what a guard sent.
 *
 * @throws GuardUnreachableError for anything else, and for a permit that contradicts itself: neither is a decision
 */
export function answerIn(body: unknown): ExplainedAnswer {
  const read = answer.safeParse(body);
  if (!read.success) throw new GuardUnreachableError('the guard did not answer with a decision');
  const { decision, outcome, enforceable, hypothetical } = read.data;
  const isSound =
    enforceable === (hypothetical === undefined) && (!decision || (outcome === 'permit' && enforceable));
  if (!isSound) throw new GuardUnreachableError('the guard contradicts itself, so this is no permit');
  return body as ExplainedAnswer;
}
