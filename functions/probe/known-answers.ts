/**
 * Known questions with known answers, as data. What is asked is a request as any caller writes it; what is expected is
 * the boolean and, for a refusal, codes that must be among the reasons.
 */
import * as z from 'zod/mini';
import { isHypothetical } from '../core/decision/hypothetical.ts';
import { REASON_CODES } from '../core/decision/reasons.ts';
import { decisionRequest } from '../core/request.ts';

const knownAnswer = z
  .strictObject({
    id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'lower-case kebab')),
    request: decisionRequest,
    expect: z.strictObject({
      decision: z.boolean(),
      codes: z.optional(z.array(z.enum(REASON_CODES as [string, ...string[]])).check(z.maxLength(16))),
    }),
  })
  .check(
    z.refine(
      (k) => k.request.explain === undefined || k.expect.codes === undefined,
      'codes need the default explanation',
    ),
    z.refine((k) => !isHypothetical(k.request), 'a hypothetical question proves nothing about today'),
  );

const knownAnswers = z.array(knownAnswer).check(
  z.minLength(1),
  z.maxLength(32),
  z.refine((list) => list.some((k) => !k.expect.decision), 'at least one question that must be denied'),
  z.refine((list) => new Set(list.map((k) => k.id)).size === list.length, 'no id may occur twice'),
);

export type KnownAnswer = z.infer<typeof knownAnswer>;

/** @throws Error with the place of the first problem */
export function readKnownAnswers(text: string): readonly KnownAnswer[] {
  const parsed = knownAnswers.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `known answers: ${(issue?.path ?? []).map(String).join('/')}: ${issue?.message ?? 'malformed'}`,
  );
}

/**
 * Answers that hold in every registry, so that a guard is watched before anybody has written better ones: a hop nobody
 * registered, and a marking nobody can read, are never permitted.
 *
 * @example
 * return [...UNIVERSAL_ANSWERS, ...own];
 */
export const UNIVERSAL_ANSWERS: readonly KnownAnswer[] = [
  {
    id: 'unregistered-network',
    request: {
      message: { id: 'probe-1', marking: 'SECRET//NOFORN', markingFormat: 'us-banner' },
      path: { hops: [{ network: 'routeguard.unregistered' }] },
    },
    expect: { decision: false, codes: ['HOP_UNKNOWN'] },
  },
  {
    id: 'unreadable-marking',
    request: {
      message: { id: 'probe-2', marking: 'SECRET//////', markingFormat: 'us-banner' },
      path: { hops: [{ network: 'routeguard.unregistered' }] },
    },
    expect: { decision: false, codes: ['MARKING_INVALID'] },
  },
];
