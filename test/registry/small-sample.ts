import { member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { acceptingAssumed } from '../accepting-assumed.ts';

/** The networks that are kept, and all that is said about them. */
const NETWORKS: ReadonlySet<unknown> = new Set(['gb-b', 'us-a']);
const STANDARDS: ReadonlySet<unknown> = new Set(['US-STATE-TRUST', 'UK-HRV-2020-01']);
const OWNERS: ReadonlySet<unknown> = new Set(['USA', 'GBR']);

/**
 * The sample registry cut down to two networks and two nations, because a simulation asks about everything: what is tested
 * here is change control, and the simulation itself has tests of its own.
 */
export function smallSample(): ReadonlyMap<string, RawFact> {
  return acceptingAssumed(new Map([...readSampleRegistry()].filter(([, fact]) => isKept(fact))));
}

function isKept(fact: RawFact): boolean {
  const network = member(member(fact, 'subject'), 'network');
  switch (fact['kind']) {
    case 'network':
      return NETWORKS.has(fact['id']);
    case 'standard':
      return STANDARDS.has(fact['id']);
    case 'mandate':
      return OWNERS.has(fact['owner']) && fact['basis'] === 'trusted-transport' && namesOnly(fact, STANDARDS);
    case 'route':
    case 'protection':
    case 'waiver':
    case 'equivalence':
      return false;
    default:
      return member(fact, 'subject') === undefined || network === undefined
        ? member(member(fact, 'subject'), 'protection') === undefined
        : NETWORKS.has(network);
  }
}

function namesOnly(mandate: RawFact, standards: ReadonlySet<unknown>): boolean {
  const named = mandate['standards'];
  return Array.isArray(named) && named.every((id) => standards.has(id));
}
