/**
 * The requests of the AuthZEN Authorization API 1.0, a work of the OpenID Foundation. Unknown members are ignored, as that
 * specification demands: none of these objects is strict, and what was meant to be read is for `slips.ts`. What the members of
 * `context` and `properties` mean is for whoever decides.
 */
import * as z from 'zod/mini';

const properties = z.record(z.string(), z.unknown());

/** Who or what acts. */
const subject = z.object({ type: z.string(), id: z.string(), properties: z.optional(properties) });
const action = z.object({ name: z.string(), properties: z.optional(properties) });
/** What is acted on. */
const resource = z.object({ type: z.string(), id: z.string(), properties: z.optional(properties) });
const context = z.record(z.string(), z.unknown());

export const evaluationRequest = z.object({ subject, action, resource, context: z.optional(context) });

/** `execute_all` answers every item; the other two stop after the first deny, or the first permit. */
const SEMANTICS = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const;

/** A default may be incomplete: an item that brings its own replaces it wholly. So may an item: it fails alone. */
const incomplete = z.record(z.string(), z.unknown());

export const evaluationsRequest = z.object({
  subject: z.optional(incomplete),
  action: z.optional(incomplete),
  resource: z.optional(incomplete),
  context: z.optional(context),
  evaluations: z.array(z.unknown()),
  options: z.optional(z.object({ evaluations_semantic: z.optional(z.enum(SEMANTICS)) })),
});

export const page = z.object({
  /** The `next_token` of the page before. */
  token: z.optional(z.string()),
  /** Largest number of results in one page. */
  limit: z.optional(z.int().check(z.nonnegative())),
  properties: z.optional(properties),
});

/** An `id` of what is searched for is ignored, so it is not read at all. */
const searched = z.object({ type: z.string(), properties: z.optional(properties) });

export const subjectSearchRequest = z.object({
  subject: searched,
  action,
  resource,
  context: z.optional(context),
  page: z.optional(page),
});

export const resourceSearchRequest = z.object({
  subject,
  action,
  resource: searched,
  context: z.optional(context),
  page: z.optional(page),
});

/** There is no `action`: the actions are what is searched for. */
export const actionSearchRequest = z.object({
  subject,
  resource,
  context: z.optional(context),
  page: z.optional(page),
});

export type EvaluationRequest = z.infer<typeof evaluationRequest>;
export type EvaluationsRequest = z.infer<typeof evaluationsRequest>;
export type Semantic = (typeof SEMANTICS)[number];
export type SubjectSearchRequest = Omit<z.infer<typeof subjectSearchRequest>, 'page'>;
export type ResourceSearchRequest = Omit<z.infer<typeof resourceSearchRequest>, 'page'>;
export type ActionSearchRequest = Omit<z.infer<typeof actionSearchRequest>, 'page'>;
export type PageRequest = z.infer<typeof page>;
