/** What of a registry a request may be answered from, whenever it is asked. */
import type { DecisionRequest } from '../request.ts';
import type { NetworkEvidence } from './evidence.ts';
import { keysOf } from './path.ts';
import type { Registry } from './registry.ts';

/** Every network that a request names, itself or by its route, and every one that hosts one of them; in force or not. */
export function networksInSight(registry: Registry, request: DecisionRequest): readonly NetworkEvidence[] {
  const { path } = request;
  if ('route' in path) return [...(registry.route(path.route)?.networks.values() ?? [])].flat();
  return keysOf(request).flatMap((key) => registry.networks(key) ?? []);
}

function withHoldsOn(registry: Registry, request: DecisionRequest): Registry {
  const networks = new Set(networksInSight(registry, request).map(({ network }) => network.fact.id));
  const holds = registry.law.holds.filter(
    ({ fact: { scope } }) => !('network' in scope) || networks.has(scope.network),
  );
  const named = new Set(holds.map(({ fact }) => fact.id));
  const exemptions = registry.law.exemptions.filter(({ fact }) => named.has(fact.hold));
  return { ...registry, law: { ...registry.law, holds, exemptions } };
}

/** A registry without the stops of networks that a request cannot be answered from: they are no dates to look at. */
export function inSightOf(registry: Registry, request: DecisionRequest): Registry {
  const { signed } = registry;
  return { ...withHoldsOn(registry, request), signed: signed && withHoldsOn(signed, request) };
}
