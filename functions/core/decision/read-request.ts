/** From untrusted JSON to a request, or to the one code that says why not. Nothing of the input is repeated. */
import type * as z from 'zod/mini';
import { type DecisionRequest, decisionRequest } from '../request.ts';
import type { Reason } from './reasons.ts';

/** A request that was read, or every reason why it was not. */
export type RequestReading =
  | { readonly ok: true; readonly request: DecisionRequest }
  | { readonly ok: false; readonly reasons: readonly (Reason & { readonly field?: string })[] };

/** A JSON Pointer of members the schema itself names, so that it cannot carry a caller's text. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((p) => `/${String(p)}`).join('');
}

/** How far a branch of a union is from what the caller wrote: the nearest is the one that was meant. */
function distance(branch: readonly z.core.$ZodIssue[]): number {
  const unknown = branch.flatMap((i) =>
    i.code === 'unrecognized_keys' && i.path.length === 0 ? i.keys : [],
  );
  return unknown.length * 100 - Math.max(0, ...branch.map((i) => i.path.length));
}

/** True where the caller says how well it knows its path: the one unknown member that older callers send. */
function statesAssurance(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys' && issue.keys.includes('assurance');
}

function invalidAt(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Reason & { field?: string } {
  const path = [...above, ...issue.path];
  if (statesAssurance(issue))
    return { code: 'PATH_ASSURANCE_STATED', field: pointer([...path, 'assurance']) };
  if (issue.code === 'unrecognized_keys') return { code: 'REQUEST_UNKNOWN_FIELD', field: pointer(path) };
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => distance(a) - distance(b))[0] ?? [];
    const meant = nearest.find(statesAssurance) ?? nearest[0];
    if (meant !== undefined && (statesAssurance(meant) || meant.path.length > 0))
      return invalidAt(meant, path);
  }
  const field = pointer(path);
  if (field === '/path/hops' && issue.code === 'too_small') return { code: 'PATH_EMPTY', field };
  if (field === '/path/hops' && issue.code === 'too_big') return { code: 'PATH_TOO_LONG', field };
  if (field === '/at') return { code: 'INSTANT_INVALID', field };
  if (field === '/message/flow') return { code: 'FLOW_INVALID', field };
  return { code: 'REQUEST_INVALID', field };
}

/** At most 16 reasons for a value that does not have a schema's shape. */
export function invalidReasons(
  issues: readonly z.core.$ZodIssue[],
): readonly (Reason & { readonly field?: string })[] {
  return issues.slice(0, 16).map((issue) => invalidAt(issue));
}

/** Checks a parsed JSON value against the request's schema. Never throws. */
export function readRequest(value: unknown): RequestReading {
  const parsed = decisionRequest.safeParse(value);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, reasons: invalidReasons(parsed.error.issues) };
}
