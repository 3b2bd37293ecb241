/** From a registry held in memory to what it says about one request: the same way for every screen, search and simulation. */
import type { Json } from '../facts/canonical.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Law, VendorReading } from './evidence.ts';
import type { RegistryEvidence } from './input.ts';
import { asRoute, claimedProtection, pathOf, vendorIdsOf } from './path.ts';
import type { DecisionRequest } from './request.ts';

/** A registry as far as decisions read it. */
export interface HeldRegistry {
  readonly law: Law;
  /** Documents of the view by key; more than a request needs does no harm. */
  readonly entries: ReadonlyMap<string, Json>;
  vendor(id: string): VendorReading | undefined;
}

/**
 * What `decide` would have loaded, and no more: an answer's validity depends on every vendor it is given.
 *
 * @param at the instant the answer is for, epoch ms
 * @param assurance of a route over the hops the request gives, where one is supposed; see `asRoute`
 */
export function evidenceIn(
  registry: HeldRegistry,
  request: DecisionRequest,
  at: number,
  assurance: PathAssurance = 'assumed',
): RegistryEvidence {
  const { law, entries } = registry;
  const path = asRoute(pathOf(request, entries, at), assurance);
  const protection = claimedProtection(request, entries, at);
  const vendors = new Map(
    vendorIdsOf(path, protection).flatMap((id) => {
      const reading = registry.vendor(id);
      return reading === undefined ? [] : [[id, reading] as const];
    }),
  );
  return { law, path, vendors, protection };
}
