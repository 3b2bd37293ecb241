/** From the path a request names to the networks the registry knows. */
import { holdsAt, type Interval } from '../facts/moment.ts';
import type { Network } from '../facts/network.ts';
import { identifierKey } from '../facts/network-identifier.ts';
import type { PathAssurance, Route } from '../facts/route.ts';
import type { Sound } from '../facts/sound.ts';
import { type DecisionRequest, type Hop, hopKey } from '../request.ts';
import type { NetworkEvidence, ProtectionEvidence } from './evidence.ts';
import type { Registry } from './registry.ts';

/** One position of the path. Alternates of a route follow its hops, with indices that go on counting. */
export interface PathHop {
  readonly index: number;
  /** The network and its hosts, or `undefined` where the registry knows none in force. */
  readonly networks: readonly NetworkEvidence[] | undefined;
}

/** A path as the registry knows it. `boundaries`: when a registered network, route or protection on it starts or ends, in force now or not. */
export type ResolvedPath =
  | {
      readonly known: true;
      readonly hops: readonly PathHop[];
      readonly assurance: PathAssurance;
      readonly route?: Sound<Route>;
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

type Places = Pick<Registry, 'networks' | 'route' | 'protection'>;

/** The networks of a hop, where what was found is about the network that was looked for. */
function found(
  networks: readonly NetworkEvidence[] | undefined,
  isNamed: (network: Network) => boolean,
): readonly NetworkEvidence[] | undefined {
  const [named] = networks ?? [];
  return named !== undefined && isNamed(named.network.fact) ? networks : undefined;
}

function isNamedBy(h: Hop): (network: Network) => boolean {
  const key = hopKey(h);
  return (n) =>
    key === `network/${n.id}` || n.identifiers.some((x) => key === `identifier/${identifierKey(x)}`);
}

type Dated = { readonly interval: Interval };

/** Instants at which some facts start or end. What is not in force yet changes the answer on the day it is. */
function edges(facts: readonly Dated[]): readonly number[] {
  return facts.flatMap(({ interval }) => [interval.from, interval.to]);
}

function protectionEdges(request: DecisionRequest, places: Places): readonly number[] {
  const claim = request.message.protection;
  if (claim === undefined || !('registration' in claim)) return [];
  const registered = places.protection(claim.registration);
  return registered === undefined ? [] : edges([registered.protection]);
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
 * @param places what there is under `keysOf(request)`; an absent key is a network nobody registered.
 */
export function pathOf(request: DecisionRequest, places: Places, at: number): ResolvedPath {
  const { path } = request;
  const protection = protectionEdges(request, places);
  if ('route' in path) {
    const registered = places.route(path.route);
    if (registered?.route.fact.id !== path.route) return { known: false, boundaries: protection };
    const { route, networks } = registered;
    if (!holdsAt(route.interval, at)) return { known: false, boundaries: [...protection, ...edges([route])] };
    const chains = [...route.fact.hops, ...route.fact.alternates].map((id) =>
      found(networks.get(id), (n) => n.id === id),
    );
    return {
      known: true,
      hops: chains.map((chain, index) => ({ index, networks: inForce(chain, at) })),
      assurance: route.fact.assurance,
      route,
      boundaries: [...protection, ...edges([route, ...networksIn(chains)])],
    };
  }
  const chains = path.hops.map((h) => found(places.networks(hopKey(h)), isNamedBy(h)));
  return {
    known: true,
    hops: chains.map((networks, index) => ({ index, networks: inForce(networks, at) })),
    assurance: 'assumed',
    boundaries: [...protection, ...edges(networksIn(chains))],
  };
}

/**
 * The path as a registered route over the same hops would have it known: for drawings, scenarios and simulations, which
 * ask what a network could carry. No request can ask for it, and nothing routes on it.
 */
export function asRoute(path: ResolvedPath, assurance: PathAssurance): ResolvedPath {
  return path.known && path.route === undefined ? { ...path, assurance } : path;
}

function networksIn(chains: readonly (readonly NetworkEvidence[] | undefined)[]): readonly Dated[] {
  return chains.flatMap((chain) => (chain ?? []).map((n) => n.network));
}

/**
 * The vendors and operators whose documents the decision needs next: those of the path, and the makers of the layers of
 * what the message travels in.
 */
export function vendorIdsOf(
  path: ResolvedPath,
  protection: ProtectionEvidence | undefined,
): readonly string[] {
  const networks = path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
  const ids = networks.flatMap(({ network: { fact } }) => [
    fact.operator,
    ...fact.inventory.deployments.map((d) => d.vendor),
  ]);
  const makers = protection?.protection.fact.layers.map((l) => l.vendor) ?? [];
  return [...new Set([...ids, ...makers])].sort();
}

/** The protection the message claims, where it is registered under that scheme and in force. */
export function claimedProtection(
  request: DecisionRequest,
  places: Places,
  at: number,
): ProtectionEvidence | undefined {
  const claim = request.message.protection;
  if (claim === undefined || !('registration' in claim)) return undefined;
  const registered = places.protection(claim.registration);
  const sound =
    registered !== undefined &&
    registered.protection.fact.id === claim.registration &&
    registered.protection.fact.scheme === claim.scheme &&
    holdsAt(registered.protection.interval, at);
  return sound ? registered : undefined;
}
