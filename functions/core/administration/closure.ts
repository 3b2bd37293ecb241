/**
 * The smallest set of facts from which some documents of the view can be laid out: laying out these gives, for those
 * documents, what laying out the whole registry gives.
 */
import { FACT_KINDS, kindOfKey, member } from '../facts/fact.ts';
import { PLACE_OF_KIND } from '../facts/place-of-kind.ts';
import type { RawFact } from '../facts/view.ts';
import type { Reach } from './affected.ts';
import { referencesOf } from './references.ts';
import type { RegistryIndex } from './registry-index.ts';

/** Laid beside what they are about. */
const ABOUT: ReadonlySet<unknown> = new Set(
  FACT_KINDS.filter((kind) => ['subject', 'network'].includes(PLACE_OF_KIND[kind])),
);

/** What a document of this place holds besides itself: its host, its hops, its owners. */
function heldIn(raw: RawFact, withVendors: boolean): readonly string[] {
  const kind = member(raw, 'kind');
  return referencesOf(raw).flatMap(({ key }) => {
    const named = kindOfKey(key);
    if (named === 'network') return [key];
    if (named === 'vendor' && (withVendors || kind === 'vendor')) return [key];
    return [];
  });
}

/** What of a registry has to be laid out to ask the questions that a change can reach. */
export interface ClosureDemand
  extends Pick<Reach, 'networks' | 'routes' | 'protections' | 'vendors' | 'identifiers'> {
  readonly law: boolean;
  /** Also the vendors of every network, as a decision about it needs them. */
  readonly withVendors: boolean;
}

export function factsFor(index: RegistryIndex, wanted: ClosureDemand): readonly RawFact[] {
  const found = new Map<string, RawFact>();
  const waiting = [
    ...[...wanted.networks].map((id) => `network/${id}`),
    ...[...wanted.identifiers].flatMap((i) => index.claimants(i).map((id) => `network/${id}`)),
    ...[...wanted.routes].map((id) => `route/${id}`),
    ...[...wanted.protections].map((id) => `protection/${id}`),
    ...[...wanted.vendors].map((id) => `vendor/${id}`),
  ];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const raw = index.facts.get(key);
    if (raw === undefined || found.has(key)) continue;
    found.set(key, raw);
    for (const referrer of index.referrers(key)) {
      const about = index.facts.get(referrer);
      if (about !== undefined && ABOUT.has(kindOfKey(referrer))) found.set(referrer, about);
    }
    waiting.push(...heldIn(raw, wanted.withVendors));
  }
  for (const key of wanted.law ? index.lawKeys() : []) {
    const raw = index.facts.get(key);
    if (raw !== undefined) found.set(key, raw);
  }
  return [...found.values()];
}
