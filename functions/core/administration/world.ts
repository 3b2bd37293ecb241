/** A registry laid out for asking many questions: the same documents and the same fold as a decision, kept in memory. */
import { type CoreDecision, decide } from '../decision/decide.ts';
import { lawOf, type VendorReading, vendorOf } from '../decision/evidence.ts';
import { evidenceIn, type HeldRegistry } from '../decision/evidence-in.ts';
import type { DecisionInput } from '../decision/input.ts';
import { keysOf } from '../decision/path.ts';
import type { DecisionRequest } from '../decision/request.ts';
import { member } from '../facts/fact.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { NetworkDoc, RawFact, RouteDoc, VendorDoc } from '../facts/view.ts';
import { viewOf } from '../facts/view.ts';
import type { Label } from '../marking/label.ts';

export interface World extends HeldRegistry {
  /** What people signed, where one person has stopped something since: a permit needs both. */
  readonly signed?: HeldRegistry | undefined;
}

export function worldOf(facts: Iterable<RawFact>): HeldRegistry {
  const view = viewOf([...facts]);
  const readings = new Map<string, VendorReading | undefined>();
  return {
    law: lawOf(view.law),
    entries: view.entries,
    vendor(id) {
      if (!readings.has(id)) readings.set(id, vendorOf(view.vendors.get(id) as VendorDoc | undefined));
      return readings.get(id);
    },
  };
}

function withHosts(doc: NetworkDoc | null | undefined): readonly NetworkDoc[] {
  return doc === null || doc === undefined ? [] : [doc, ...withHosts(doc.host)];
}

/** The documents of every network that a request may be answered from, hosts included. */
export function networkDocsFor(world: HeldRegistry, request: DecisionRequest): readonly NetworkDoc[] {
  return keysOf(request).flatMap((key) => {
    const doc = world.entries.get(key);
    if (doc === undefined || key.startsWith('protection/')) return [];
    if (!key.startsWith('route/')) return withHosts(doc as unknown as NetworkDoc);
    return Object.values((doc as unknown as RouteDoc).networks).flatMap(withHosts);
  });
}

function withHoldsOn(registry: HeldRegistry, request: DecisionRequest): HeldRegistry {
  const networks = new Set(networkDocsFor(registry, request).map((doc) => member(doc.network, 'id')));
  const holds = registry.law.holds.filter(
    ({ fact: { scope } }) => !('network' in scope) || networks.has(scope.network),
  );
  return { ...registry, law: { ...registry.law, holds } };
}

/** A world without the stops of networks that stand in none of a request's documents: they are no dates to look at. */
export function inSightOf(world: World, request: DecisionRequest): World {
  const { signed } = world;
  return { ...withHoldsOn(world, request), signed: signed && withHoldsOn(signed, request) };
}

/** Everything a decision needs but the label; made once and asked about many. */
export type Approach = Omit<DecisionInput, 'label' | 'labelUntil'>;

/** @param assurance of a route over the hops the request gives, where one is supposed; see `asRoute` */
export function approach(
  world: World,
  request: DecisionRequest,
  at: number,
  assurance: PathAssurance = 'assumed',
): Approach {
  const { signed } = world;
  return {
    request,
    at,
    ...evidenceIn(world, request, at, assurance),
    ...(signed !== undefined && { signed: evidenceIn(signed, request, at, assurance) }),
  };
}

/** @param labelUntil when the marking reads otherwise; left out for a label that was made and not read */
export function ask(from: Approach, label: Label, labelUntil: number | null = null): CoreDecision {
  return decide({ ...from, label, labelUntil });
}
