/**
 * A registry as far as decisions read it, whoever holds it: what one request needs, or all of a version. Facts are found
 * sound or not where their document is first read, and that stays with the document.
 */
import type { Json } from '../facts/canonical.ts';
import { type RawFact, viewOf } from '../facts/view.ts';
import {
  type Law,
  lawOf,
  type NetworkEvidence,
  networksOf,
  type ProtectionEvidence,
  protectionOf,
  type RouteEvidence,
  routeOf,
  type VendorReading,
  vendorOf,
} from './evidence.ts';

/** What a decision reads of a registry, whoever holds it. */
export interface Registry {
  readonly law: Law;
  /** Under `network/…` or `identifier/…`: the network and, link by link, those that host it. */
  networks(key: string): readonly NetworkEvidence[] | undefined;
  route(id: string): RouteEvidence | undefined;
  protection(id: string): ProtectionEvidence | undefined;
  vendor(id: string): VendorReading | undefined;
  /** What people signed, where one person has stopped something since: a permit needs both. */
  readonly signed?: Registry | undefined;
}

/** Documents as `viewOf` lays them out and the store keeps them: all of them, or as many as are asked about. */
export interface Documents {
  readonly law: Json;
  readonly entries: ReadonlyMap<string, Json>;
  readonly vendors: ReadonlyMap<string, Json>;
}

/** @throws TypeError where the law has no shape of one */
export function registryOf({ law, entries, vendors }: Documents): Registry {
  return {
    law: lawOf(law),
    networks: (key) => networksOf(entries.get(key)),
    route: (id) => routeOf(entries.get(`route/${id}`)),
    protection: (id) => protectionOf(entries.get(`protection/${id}`)),
    vendor: (id) => vendorOf(vendors.get(id)),
  };
}

/** All of a set of facts, laid out the way decisions read them. */
export function registryFrom(facts: Iterable<RawFact>): Registry {
  return registryOf(viewOf([...facts]));
}
