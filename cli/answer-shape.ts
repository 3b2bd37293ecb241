/** The answer in a reply: believed by the client's own check, and read as far as the commands print it. */
import type { Command } from 'commander';
import * as z from 'zod/mini';
import { judge } from '../client/answer.ts';
import { DEFAULT_LEASE, DEFAULT_SKEW, LONGEST_LEASE } from '../client/options.ts';
import type { SentQuestion } from '../client/question.ts';
import type { ExplainedAnswer } from '../functions/explain/explain.ts';
import { EXIT } from './exit.ts';
import type { HeardReply } from './heard.ts';
import { NoAnswerError, noAnswerFor } from './no-answer.ts';
import { UsageError } from './usage-error.ts';

// What the commands print, and no more: a guard newer than this command may say more.
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
  obligations: z.array(z.looseObject({ type: text, id: z.optional(text) })),
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
  exemptions: z.optional(texts),
  waivers: z.optional(texts),
  registry: z.optional(z.looseObject({ version: z.int(), digest: text })),
  at: z.optional(text),
  validUntil: z.optional(text),
  useBy: z.optional(text),
  explanation: z.optional(explanation),
});

/** What the person at the terminal accepts. */
export interface AcceptanceOptions {
  /** Obligation types that person discharges. */
  readonly supports: readonly string[];
  /** The longest lease, in seconds. */
  readonly maxLease?: number;
}

export function withLeaseOption(command: Command): Command {
  return command.option(
    '--max-lease <seconds>',
    `the longest lease you accept, up to ${LONGEST_LEASE} seconds (default ${DEFAULT_LEASE})`,
    (given) => {
      const seconds = /^\d{1,3}$/.test(given) ? Number(given) : 0;
      if (!(seconds >= 1 && seconds <= LONGEST_LEASE))
        throw new UsageError(`--max-lease takes seconds, from 1 to ${LONGEST_LEASE}`);
      return seconds;
    },
  );
}

/**
 * The answer to a question in what a guard sent: a permit that the client would act on, or a denial.
 *
 * @throws NoAnswerError for anything else: it is not a decision
 */
export function answerIn(
  asked: SentQuestion,
  heard: HeardReply,
  { supports, maxLease = DEFAULT_LEASE }: AcceptanceOptions,
): ExplainedAnswer {
  const { reply, ...times } = heard;
  const judged = judge(reply, {
    asked,
    ...times,
    skew: DEFAULT_SKEW,
    maxLease: maxLease * 1_000,
    // What the person says they can do is theirs to do, and is printed.
    handlers: Object.fromEntries(supports.map((type) => [type, () => true])),
    // A command asks once.
    seen: () => false,
  });
  if (!judged.ok && judged.cause !== 'denied') throw noAnswerFor(judged.cause, { retry: judged.retry });
  // Judged, so it is a JSON object that names no member twice.
  const body: unknown = reply.kind === 'answered' ? JSON.parse(reply.text) : undefined;
  const read = answer.safeParse(body);
  if (!read.success || read.data.enforceable !== (read.data.hypothetical === undefined))
    throw new NoAnswerError('the guard did not answer with a decision', {
      exit: EXIT.refused,
      retry: 'never',
    });
  return body as ExplainedAnswer;
}
