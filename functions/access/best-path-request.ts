/** The question and the answer of `POST /v1/best-path`. The question is strict, like that of a decision. */
import * as z from 'zod/mini';
import { decisionRequest } from '../core/request.ts';

/** Paths one question may give. */
const MAX_PATHS = 64;

export const bestPathRequest = z.extend(z.omit(decisionRequest, { path: true, explain: true, nonce: true }), {
  /** The paths to compare; left out, every registered route. */
  paths: z.optional(z.array(decisionRequest.shape.path).check(z.minLength(1), z.maxLength(MAX_PATHS))),
});

export type BestPathRequest = z.infer<typeof bestPathRequest>;

const outcome = z.enum(['permit', 'deny', 'indeterminate', 'not-applicable']);

const repair = z.object({
  /** What would help, as a closed word. */
  repair: z.string(),
  text: z.string(),
  /** Positions in the path that it is about. */
  hops: z.array(z.int()),
  codes: z.array(z.string()),
});

const judged = {
  permitted: z.boolean(),
  outcome,
  /** What an enforcement point would have to do. */
  obligations: z.array(z.string()),
} as const;

const comparedPath = z.object({
  /** The registered route, or the place of the path in the question, from 0. */
  path: z.union([z.object({ route: z.string() }), z.object({ index: z.int() })]),
  ...judged,
  /** The result for another time or an exact version; there exactly where `current` is false. */
  hypothetical: z.optional(z.object(judged)),
  /** Doing all of them would permit, where `repairsComplete`; leaving one out would not. */
  repairs: z.array(repair),
  repairsComplete: z.boolean(),
  /** The next instant at which any fact examined starts or ends. */
  validUntil: z.optional(z.string()),
});

const version = z.object({ version: z.int(), digest: z.string() });

/** Advice: nothing here is a permit. Ask `decide` about the path that is chosen. */
export const bestPathResponse = z.object({
  evaluatedAt: z.string(),
  at: z.string(),
  /** False for a question about another time or an exact version. */
  current: z.boolean(),
  registry: version,
  build: z.string(),
  /** Every path that was asked about: permitted ones first, then by how little is missing. */
  paths: z.array(comparedPath),
});

export const reasonsResponse = z.object({
  /** Why there is no answer. An incomplete one is never given. */
  reasons: z.array(
    z.object({
      code: z.string(),
      text: z.string(),
      field: z.optional(z.string()),
      /** Of a request that is too much work: the steps it asks for, and those it may. */
      asked: z.optional(z.int()),
      limit: z.optional(z.int()),
    }),
  ),
});

export type ComparedPath = z.infer<typeof comparedPath>;
export type BestPathResponse = z.infer<typeof bestPathResponse>;
