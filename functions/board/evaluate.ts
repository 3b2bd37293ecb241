/** What would be decided about a subject (a network or a registered route) and a marking profile at an instant. */
import type { CoreDecision } from '../core/decision/decide.ts';
import { decide } from '../core/decision/decide.ts';
import { evidenceIn } from '../core/decision/evidence-in.ts';
import type { DecisionRequest } from '../core/decision/request.ts';
import type { Label } from '../core/marking/label.ts';
import { OBLIGATION_TYPES, type ObligationType } from '../core/rules/finding.ts';
import type { Profile } from './profiles.ts';
import type { WholeRegistry } from './whole-registry.ts';

export type Subject = { readonly network: string } | { readonly route: string };

/** Every obligation: a view shows what could be permitted, not what one caller can discharge. */
const ALL_OBLIGATIONS = Object.keys(OBLIGATION_TYPES) as ObligationType[];

/** A label as the structured marking that reads as it. */
function markingOf({ frame, level, owners, markedBy, audience }: Label): Record<string, unknown> {
  const who = audience === null ? { unrestricted: true } : { releasableTo: audience };
  return { frame, level, owners, markedBy, ...who };
}

/** The request itself, as any caller could ask it. */
export function evaluateRequest(subject: Subject, profile: Profile): DecisionRequest {
  return {
    message: { id: 'board', marking: markingOf(profile.label), markingFormat: 'label' },
    path: 'route' in subject ? { route: subject.route } : { hops: [{ network: subject.network }] },
    supportedObligations: ALL_OBLIGATIONS,
  };
}

/** A network is judged as the one hop of a pinned route, were it registered; a route has its own assurance. */
export function evaluate(
  registry: WholeRegistry,
  subject: Subject,
  profile: Profile,
  at: number,
): CoreDecision {
  const request = evaluateRequest(subject, profile);
  const { signed } = registry;
  return decide({
    request,
    label: profile.label,
    labelUntil: null,
    at,
    ...evidenceIn(registry, request, at, 'pinned'),
    ...(signed !== undefined && { signed: evidenceIn(signed, request, at, 'pinned') }),
  });
}

function idsOf(registry: WholeRegistry, prefix: string): readonly string[] {
  return [...registry.entries.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort();
}

export function networkIds(registry: WholeRegistry): readonly string[] {
  return idsOf(registry, 'network/');
}

export function routeIds(registry: WholeRegistry): readonly string[] {
  return idsOf(registry, 'route/');
}
