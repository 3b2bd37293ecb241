/**
 * What an AuthZEN question means here: the subject is a message, the action is to route it, the resource is a
 * network, a route or a path. Context and properties are ours and strict: a mistyped member would ask another question.
 */
import type { EvaluationRequest } from '../authzen/requests.ts';

export const ACTION = 'route';

/** The members of each part of a question that are read. */
const MEMBERS = {
  message: ['marking', 'markingFormat', 'originator', 'digest', 'protection', 'flow'],
  action: ['protection'],
  network: [],
  route: [],
  path: ['hops'],
  context: ['nonce', 'at', 'registry', 'standards', 'explain', 'supported_obligations'],
} as const;

/** Those that change what is asked, for whoever looks for what stands elsewhere by mistake: a nonce that does not come back says so itself. */
export const OWN_MEMBERS: readonly string[] = [...new Set(Object.values(MEMBERS).flat())].filter(
  (name) => name !== 'nonce',
);

/** Why a question is none of ours. */
export type Misfit =
  | 'SUBJECT_TYPE_UNKNOWN'
  | 'ACTION_UNKNOWN'
  | 'RESOURCE_TYPE_UNKNOWN'
  | 'CONTEXT_MEMBER_UNKNOWN'
  | 'PROPERTY_UNKNOWN';

export type MappedRequest =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly misfit: Misfit };

type Parts = {
  readonly message: Record<string, unknown>;
  readonly rest: Record<string, unknown>;
};
type PartsReading =
  | { readonly ok: true; readonly parts: Parts }
  | { readonly ok: false; readonly misfit: Misfit };

/** True where each member is one of those: what is left out of a question must not have been meant. */
function hasOnly(of: keyof typeof MEMBERS, members: object | undefined): boolean {
  const known: readonly string[] = MEMBERS[of];
  return Object.keys(members ?? {}).every((name) => known.includes(name));
}

/** Everything but the path. A protection the action asks for stands in for the message's own. */
function partsOf(request: Pick<EvaluationRequest, 'subject' | 'action' | 'context'>): PartsReading {
  if (request.subject.type !== 'message') return { ok: false, misfit: 'SUBJECT_TYPE_UNKNOWN' };
  if (request.action.name !== ACTION) return { ok: false, misfit: 'ACTION_UNKNOWN' };
  const { subject, action } = request;
  if (!hasOnly('context', request.context)) return { ok: false, misfit: 'CONTEXT_MEMBER_UNKNOWN' };
  if (!hasOnly('message', subject.properties) || !hasOnly('action', action.properties))
    return { ok: false, misfit: 'PROPERTY_UNKNOWN' };
  const { supported_obligations, ...rest } = request.context ?? {};
  return {
    ok: true,
    parts: {
      message: {
        ...subject.properties,
        id: subject.id,
        ...action.properties,
      },
      rest: {
        ...rest,
        ...(supported_obligations !== undefined && { supportedObligations: supported_obligations }),
      },
    },
  };
}

/** The request `decide` would be asked, still unchecked: its schema has the last word. */
export function requestFor(evaluation: EvaluationRequest): MappedRequest {
  const read = partsOf(evaluation);
  if (!read.ok) return read;
  const { message, rest } = read.parts;
  const { resource } = evaluation;
  const { type, id, properties } = resource;
  if (type !== 'network' && type !== 'route' && type !== 'path')
    return { ok: false, misfit: 'RESOURCE_TYPE_UNKNOWN' };
  if (!hasOnly(type, properties)) return { ok: false, misfit: 'PROPERTY_UNKNOWN' };
  return { ok: true, value: { message, ...rest, path: pathOf(type, id, properties) } };
}

function pathOf(
  type: 'network' | 'route' | 'path',
  id: string,
  properties: EvaluationRequest['resource']['properties'],
): unknown {
  switch (type) {
    case 'network':
      return { hops: [{ network: id }] };
    case 'route':
      return { route: id };
    case 'path':
      return { hops: properties?.['hops'] };
    default:
      return type satisfies never;
  }
}
