/**
 * The sample cut down to what one American message over one route rests on: two networks, what is in them and was said of
 * it, and two nations' people. For what a forger gets believed, in which the rest of the sample has no part.
 */
import { member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { OPEN_SAMPLE } from '../decide/rig.ts';

const NETWORKS: ReadonlySet<unknown> = new Set(['gb-b', 'us-b']);
const KEPT: ReadonlySet<string> = new Set([
  'route/sms-gb-primary',
  'mandate/usa-trusted-transport',
  'standard/US-STATE-TRUST',
  'criteria-set/STATE-TRUST-2019-12',
  // Whoever owns the maker of one of the parts.
  'vendor/hewlett-packard-enterprise',
  ...['registrar', 'us-state', 'us-accreditor', 'uk-ncsc', 'uk-accreditor'].map((id) => `authority/${id}`),
]);

export function oneRoute(): ReadonlyMap<string, RawFact> {
  const networks = [...OPEN_SAMPLE].filter(([, { kind, id }]) => kind === 'network' && NETWORKS.has(id));
  const vendors = new Set(networks.flatMap(([, network]) => vendorsOf(network)));
  const isAbout = ({ kind, id, subject }: RawFact) =>
    (kind === 'network' && NETWORKS.has(id)) ||
    (kind === 'vendor' && vendors.has(id)) ||
    NETWORKS.has(member(subject, 'network')) ||
    vendors.has(member(subject, 'vendor'));
  return new Map([...OPEN_SAMPLE].filter(([key, fact]) => KEPT.has(key) || isAbout(fact)));
}

/** Whoever operates a network, and made what is in it. */
function vendorsOf(network: RawFact): unknown[] {
  const deployments = member(network['inventory'], 'deployments');
  return [
    network['operator'],
    ...(Array.isArray(deployments) ? deployments.map((deployment) => member(deployment, 'vendor')) : []),
  ];
}
