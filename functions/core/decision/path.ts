/** From the path a request names to the networks the registry knows. */
import type { Json } from '../facts/canonical.ts';
import { holdsAt, type Interval } from '../facts/moment.ts';
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

/** `boundaries`: when a registered network, route or protection on it starts or ends, in force now or not. */
export type ResolvedPath =
  | {
      readonly known: true;
      readonly hops: readonly PathHop[];
      readonly assurance: PathAssurance;
      readonly route?: Sound<{ readonly id: string }>;
      readonly boundaries: readonly number[];
    }
  | { readonly known: false; readonly boundaries: readonly number[] };

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

type Dated = { readonly interval: Interval };

/** Instants at which some facts start or end. What is not in force yet changes the answer on the day it is. */
function edges(facts: readonly Dated[]): readonly number[] {
  return facts.flatMap(({ interval }) => [interval.from, interval.to]);
}

function protectionEdges(request: DecisionRequest, entries: Entries): readonly number[] {
  const claim = request.message.protection;
  if (claim === undefined || !('registration' in claim)) return [];
  const found = protectionOf(entries.get(`protection/${claim.registration}`) as ProtectionDoc | undefined);
  return found === undefined ? [] : edges([found.protection]);
}

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
  const protection = protectionEdges(request, entries);
  if ('route' in path) {
    const found = routeOf(entries.get(`route/${path.route}`) as RouteDoc | undefined);
    if (found === undefined) return { known: false, boundaries: protection };
    const { route } = found;
    if (!holdsAt(route.interval, at)) return { known: false, boundaries: [...protection, ...edges([route])] };
    const chains = [...route.fact.hops, ...route.fact.alternates].map((id) =>
      networksOf(Object.hasOwn(found.networks, id) ? found.networks[id] : undefined),
    );
    return {
      known: true,
      hops: chains.map((networks, index) => ({ index, networks: inForce(networks, at) })),
      assurance: route.fact.assurance,
      route,
      boundaries: [...protection, ...edges([route, ...networksIn(chains)])],
    };
  }
  const chains = path.hops.map((h) => networksOf(entries.get(hopKey(h)) as NetworkDoc | undefined));
  return {
    known: true,
    hops: chains.map((networks, index) => ({ index, networks: inForce(networks, at) })),
    assurance: path.assurance ?? 'assumed',
    boundaries: [...protection, ...edges(networksIn(chains))],
  };
}

function networksIn(chains: readonly (readonly NetworkEvidence[] | undefined)[]): readonly Dated[] {
  return chains.flatMap((chain) => (chain ?? []).map((n) => n.network));
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
