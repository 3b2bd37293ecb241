/**
 * What a change can reach: the documents that hold a changed fact, and the answers that could depend on one. Both
 * sides count, the registry as it was and as it becomes: a network that loses its host is reached through the old one.
 */
import { kindOf, member } from '../facts/fact.ts';
import { PLACE_OF_KIND } from '../facts/place-of-kind.ts';
import { readingOf } from '../facts/reading.ts';
import { type RawFact, subjectKey } from '../facts/view.ts';
import { standsInLaw } from './law-facts.ts';
import { identifiersOf, type RegistryIndex } from './registry-index.ts';

/** What a change can reach. Ids, except for identifiers, which are `scheme:value`. */
export interface Reach {
  readonly networks: ReadonlySet<string>;
  readonly routes: ReadonlySet<string>;
  readonly protections: ReadonlySet<string>;
  readonly vendors: ReadonlySet<string>;
  readonly identifiers: ReadonlySet<string>;
  /** True where the law itself changes: then every answer may. */
  readonly law: boolean;
}

function placesOf(key: string, raw: RawFact): readonly string[] {
  const kind = kindOf(raw);
  // Whatever cannot be read stands in the law, which reaches everything.
  if (kind === undefined) return [];
  const place = PLACE_OF_KIND[kind];
  switch (place) {
    case 'own':
      return [key];
    case 'subject':
      return [subjectKey(raw) ?? ''].filter((subject) => /^(?:network|protection|vendor)\//.test(subject));
    case 'network': {
      const network = member(raw, 'network');
      return typeof network === 'string' ? [`network/${network}`] : [];
    }
    case 'law': {
      const network = heldNetwork(raw);
      return network === undefined ? [] : [`network/${network}`];
    }
    default:
      return place satisfies never;
  }
}

/**
 * The one network a hold stops. Its citations count for every answer (a mandate may refuse what nobody verified), so
 * one that is not verified, or cannot be read, reaches them all.
 */
function heldNetwork(raw: RawFact): string | undefined {
  const reading = readingOf(raw);
  if (!reading.sound || reading.fact.kind !== 'hold' || !('network' in reading.fact.scope)) return undefined;
  return reading.fact.sources.every((s) => s.verified) ? reading.fact.scope.network : undefined;
}

function reachesAll(raw: RawFact): boolean {
  return standsInLaw(raw) && heldNetwork(raw) === undefined;
}

function split(key: string): readonly [kind: string, id: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

/**
 * Follows what holds a document of a place: hosted networks and routes, and the vendors somebody owns. Who names a
 * place on one side alone is itself touched, and so a place of its own: one index will do.
 */
function spread(index: RegistryIndex, places: Iterable<string>, also: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...places];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    const [kind] = split(next);
    const follow = kind === 'network' ? ['network', 'route'] : kind === 'vendor' ? ['vendor', ...also] : [];
    for (const referrer of index.referrers(next))
      if (follow.includes(split(referrer)[0])) waiting.push(referrer);
  }
  return reached;
}

function reachOf(
  before: RegistryIndex,
  after: RegistryIndex,
  touched: readonly string[],
  terms: {
    /** Kinds that are reached through a vendor besides the vendors it owns: what it makes stands in them. */
    readonly throughVendors: readonly string[];
    /** Whether a fact reaches every answer. */
    readonly reachesAll: (raw: RawFact) => boolean;
  },
): Reach {
  const sides = [before, after];
  let law = false;
  const places = new Set<string>();
  for (const key of touched) {
    for (const { facts } of sides) {
      const raw = facts.get(key);
      if (raw === undefined) continue;
      law ||= terms.reachesAll(raw);
      for (const place of placesOf(key, raw)) places.add(place);
    }
  }
  const reached = spread(after, places, terms.throughVendors);
  const of = (kind: string) =>
    new Set([...reached].map(split).flatMap(([k, id]) => (k === kind ? [id] : [])));
  const networks = of('network');
  const identifiers = new Set(
    [...networks].flatMap((id) => sides.flatMap(({ facts }) => identifiersOf(facts.get(`network/${id}`)))),
  );
  return {
    networks,
    routes: of('route'),
    protections: of('protection'),
    vendors: of('vendor'),
    identifiers,
    law,
  };
}

/** The documents of the view that a change rewrites. */
export function documentsReached(
  before: RegistryIndex,
  after: RegistryIndex,
  touched: readonly string[],
): Reach {
  return reachOf(before, after, touched, { throughVendors: [], reachesAll: standsInLaw });
}

/** The networks, routes and tunnels whose answers a change may alter: also those with a vendor that is reached. */
export function answersReached(
  before: RegistryIndex,
  after: RegistryIndex,
  touched: readonly string[],
): Reach {
  return reachOf(before, after, touched, { throughVendors: ['network', 'protection'], reachesAll });
}
