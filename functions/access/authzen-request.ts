/**
 * What an AuthZEN question means here: the subject is a message, the action is to route it, the resource is a
 * network, a route or a path. Members of the subject and resource that we do not know are ignored, as that
 * specification demands; our part of the context is strict, because a mistyped member there could widen an answer.
 */
import * as z from 'zod/mini';
import type { EvaluationRequest, ResourceSearchRequest } from '../authzen/requests.ts';
import { type DecisionRequest, decisionRequest } from '../core/request.ts';

export const ACTION = 'route';

const context = z.strictObject({
  at: z.optional(z.unknown()),
  registry: z.optional(z.unknown()),
  standards: z.optional(z.unknown()),
  explain: z.optional(z.unknown()),
  supported_obligations: z.optional(z.unknown()),
});

/** Why a question is none of ours, or has the wrong form. */
export type Misfit =
  | 'SUBJECT_TYPE_UNKNOWN'
  | 'ACTION_UNKNOWN'
  | 'RESOURCE_TYPE_UNKNOWN'
  | 'CONTEXT_MEMBER_UNKNOWN'
  | 'QUESTION_INVALID';

export type Understood =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly misfit: Misfit };

type Parts = {
  readonly message: Record<string, unknown>;
  readonly rest: Record<string, unknown>;
};
type PartsReading =
  | { readonly ok: true; readonly parts: Parts }
  | { readonly ok: false; readonly misfit: Misfit };

/** Members of a message's properties that are ours; others are somebody else's. */
const MESSAGE_MEMBERS = ['marking', 'markingFormat', 'originator', 'digest', 'protection', 'flow'] as const;

function pick(source: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((n) => Object.hasOwn(source, n)).map((n) => [n, source[n]]));
}

/** Everything but the path. A protection the action asks for stands in for the message's own. */
function partsOf(request: Pick<EvaluationRequest, 'subject' | 'action' | 'context'>): PartsReading {
  if (request.subject.type !== 'message') return { ok: false, misfit: 'SUBJECT_TYPE_UNKNOWN' };
  if (request.action.name !== ACTION) return { ok: false, misfit: 'ACTION_UNKNOWN' };
  const read = context.safeParse(request.context ?? {});
  if (!read.success) {
    const unknown = read.error.issues.some((i) => i.code === 'unrecognized_keys');
    return { ok: false, misfit: unknown ? 'CONTEXT_MEMBER_UNKNOWN' : 'QUESTION_INVALID' };
  }
  const { supported_obligations, ...rest } = read.data;
  return {
    ok: true,
    parts: {
      message: {
        id: request.subject.id,
        ...pick(request.subject.properties ?? {}, MESSAGE_MEMBERS),
        ...pick(request.action.properties ?? {}, ['protection']),
      },
      rest: {
        ...rest,
        ...(supported_obligations !== undefined && { supportedObligations: supported_obligations }),
      },
    },
  };
}

/** The request `decide` would be asked, still unchecked: its schema has the last word. */
export function requestFor(evaluation: EvaluationRequest): Understood {
  const read = partsOf(evaluation);
  if (!read.ok) return read;
  const { message, rest } = read.parts;
  const { resource } = evaluation;
  switch (resource.type) {
    case 'network':
      return {
        ok: true,
        value: { message, ...rest, path: { hops: [{ network: resource.id }] } },
      };
    case 'route':
      return { ok: true, value: { message, ...rest, path: { route: resource.id } } };
    case 'path':
      return {
        ok: true,
        value: { message, ...rest, path: { hops: resource.properties?.['hops'] } },
      };
    default:
      return { ok: false, misfit: 'RESOURCE_TYPE_UNKNOWN' };
  }
}

export type OpenRequest =
  | { readonly ok: true; readonly request: Omit<DecisionRequest, 'path'> }
  | { readonly ok: false; readonly misfit: Misfit };

/** A placeholder path, so that a question whose path is searched for passes the same schema as any other. */
const SOME_PATH = { route: 'any' } as const;

/** A question whose path is what is searched for. */
export function openRequestFor(
  search: Pick<ResourceSearchRequest, 'subject' | 'action' | 'context'>,
): OpenRequest {
  const read = partsOf(search);
  if (!read.ok) return read;
  const { message, rest } = read.parts;
  const parsed = decisionRequest.safeParse({ message, ...rest, path: SOME_PATH });
  if (!parsed.success) return { ok: false, misfit: 'QUESTION_INVALID' };
  const { path: _path, ...request } = parsed.data;
  return { ok: true, request };
}
