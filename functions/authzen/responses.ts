/** The answers of the AuthZEN Authorization API 1.0: read from callbacks before they go out, and documented. */
import * as z from 'zod/mini';

const context = z.record(z.string(), z.unknown());
const properties = z.record(z.string(), z.unknown());

export const decision = z.object({
  /** True: the action may be done. False: it must not. */
  decision: z.boolean(),
  context: z.optional(context),
});

export const evaluationsResponse = z.object({ evaluations: z.array(decision) });

const pageResponse = z.object({
  /** Empty on the last page. */
  next_token: z.string(),
  /** Results in this page. */
  count: z.optional(z.int()),
  /** Results in all pages, where it is known. */
  total: z.optional(z.int()),
});

export const entityResult = z.object({
  type: z.string(),
  id: z.string(),
  properties: z.optional(properties),
});
export const actionResult = z.object({ name: z.string(), properties: z.optional(properties) });

export const entitySearchResponse = z.object({
  page: z.optional(pageResponse),
  results: z.array(entityResult),
});
export const actionSearchResponse = z.object({
  page: z.optional(pageResponse),
  results: z.array(actionResult),
});

export const metadataResponse = z.object({
  policy_decision_point: z.string(),
  access_evaluation_endpoint: z.string(),
  access_evaluations_endpoint: z.optional(z.string()),
  search_subject_endpoint: z.optional(z.string()),
  search_resource_endpoint: z.optional(z.string()),
  search_action_endpoint: z.optional(z.string()),
  capabilities: z.optional(z.array(z.string())),
});

/** The body of every error. */
export const errorMessage = z.string();

export type Decision = z.infer<typeof decision>;
export type EntityResult = z.infer<typeof entityResult>;
export type ActionResult = z.infer<typeof actionResult>;
export type PageResponse = z.infer<typeof pageResponse>;
export type Metadata = z.infer<typeof metadataResponse>;
