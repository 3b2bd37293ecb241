/** From untrusted JSON to a request, or to the one code that says why not. Nothing of the input is repeated. */
import type * as z from 'zod/mini';
import type { Reason } from './reasons.ts';
import { type DecisionRequest, decisionRequest } from './request.ts';

export type RequestReading =
  | { readonly ok: true; readonly request: DecisionRequest }
  | { readonly ok: false; readonly reasons: readonly (Reason & { readonly field?: string })[] };

/** A JSON Pointer of members the schema itself names, so that it cannot carry a caller's text. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((p) => `/${String(p)}`).join('');
}

function invalidAt(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Reason & { field?: string } {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') return { code: 'REQUEST_UNKNOWN_FIELD', field: pointer(path) };
  // The branch that got furthest is the one the caller meant.
  if (issue.code === 'invalid_union') {
    const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(0, ...branch.map((i) => i.path.length));
    const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0]?.[0];
    if (nearest !== undefined && nearest.path.length > 0) return invalidAt(nearest, path);
  }
  const field = pointer(path);
  if (field === '/path/hops' && issue.code === 'too_small') return { code: 'PATH_EMPTY', field };
  if (field === '/path/hops' && issue.code === 'too_big') return { code: 'PATH_TOO_LONG', field };
  if (field === '/at') return { code: 'INSTANT_INVALID', field };
  return { code: 'REQUEST_INVALID', field };
}

/** Checks a parsed JSON value against the request's schema. Never throws. */
export function readRequest(value: unknown): RequestReading {
  const parsed = decisionRequest.safeParse(value);
  if (parsed.success) return { ok: true, request: parsed.data };
  return { ok: false, reasons: parsed.error.issues.slice(0, 16).map((issue) => invalidAt(issue)) };
}
