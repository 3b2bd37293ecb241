/** From the path a request names to the networks the registry knows. */
import type { Json } from '../facts/canonical.ts';
import { holdsAt } from '../facts/moment.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { NetworkDoc, ProtectionDoc, RouteDoc } from '../facts/view.ts';
import type { Sound } from '../rules/context.ts';
import {
  type NetworkEvidence,
  networksOf,
  type ProtectionEvidence,
  protectionOf,
  routeOf,
} from './evidence.ts';
import { type DecisionRequest, hopKey } from './request.ts';

/** One position of the path. Alternates of a route follow its hops, with indices that go on counting. */
export interface PathHop {
  readonly index: number;
  /** The network and its hosts, or `undefined` where the registry knows none in force. */
  readonly networks: readonly NetworkEvidence[] | undefined;
}

export type ResolvedPath =
  | {
      readonly known: true;
      readonly hops: readonly PathHop[];
      readonly assurance: PathAssurance;
      readonly route?: Sound<{ readonly id: string }>;
    }
  | { readonly known: false };

/** The registry entries a request needs before anything else. */
export function keysOf(request: DecisionRequest): readonly string[] {
  const { path, message } = request;
  const places = 'route' in path ? [`route/${path.route}`] : path.hops.map(hopKey);
  const { protection } = message;
  if (protection !== undefined && 'registration' in protection)
    places.push(`protection/${protection.registration}`);
  return [...new Set(places)];
}

type Entries = ReadonlyMap<string, Json>;

function inForce(
  networks: readonly NetworkEvidence[] | undefined,
  at: number,
): readonly NetworkEvidence[] | undefined {
  return networks?.every((n) => holdsAt(n.network.interval, at)) ? networks : undefined;
}

/**
 * Resolves the path at an instant.
 *
 * @param entries what the store found under `keysOf(request)`; an absent key is a network nobody registered.
 */
export function pathOf(request: DecisionRequest, entries: Entries, at: number): ResolvedPath {
  const { path } = request;
  if ('route' in path) {
    const found = routeOf(entries.get(`route/${path.route}`) as RouteDoc | undefined);
    if (found === undefined || !holdsAt(found.route.interval, at)) return { known: false };
    const { route } = found;
    const hops = [...route.fact.hops, ...route.fact.alternates].map((id, index) => ({
      index,
      networks: inForce(networksOf(Object.hasOwn(found.networks, id) ? found.networks[id] : undefined), at),
    }));
    return { known: true, hops, assurance: route.fact.assurance, route };
  }
  const hops = path.hops.map((h, index) => ({
    index,
    networks: inForce(networksOf(entries.get(hopKey(h)) as NetworkDoc | undefined), at),
  }));
  return { known: true, hops, assurance: path.assurance ?? 'assumed' };
}

/** The vendors and operators whose documents the decision needs next. */
export function vendorIdsOf(path: ResolvedPath): readonly string[] {
  if (!path.known) return [];
  const ids = path.hops.flatMap((h) =>
    (h.networks ?? []).flatMap(({ network: { fact } }) => [
      fact.operator,
      ...fact.inventory.deployments.map((d) => d.vendor),
    ]),
  );
  return [...new Set(ids)].sort();
}

/** The protection the message claims, where it is registered under that scheme and in force. */
export function claimedProtection(
  request: DecisionRequest,
  entries: Entries,
  at: number,
): ProtectionEvidence | undefined {
  const claim = request.message.protection;
  if (claim === undefined || !('registration' in claim)) return undefined;
  const found = protectionOf(entries.get(`protection/${claim.registration}`) as ProtectionDoc | undefined);
  const sound =
    found !== undefined &&
    found.protection.fact.scheme === claim.scheme &&
    holdsAt(found.protection.interval, at);
  return sound ? found : undefined;
}
