/** A registry laid out for asking many questions: the same documents and the same fold as a decision, kept in memory. */
import { type CoreDecision, decide } from '../decision/decide.ts';
import { lawOf, type VendorReading, vendorOf } from '../decision/evidence.ts';
import { evidenceIn, type HeldRegistry } from '../decision/evidence-in.ts';
import type { DecisionInput } from '../decision/input.ts';
import type { DecisionRequest } from '../decision/request.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { RawFact, VendorDoc } from '../facts/view.ts';
import { viewOf } from '../facts/view.ts';
import type { Label } from '../marking/label.ts';

export type World = HeldRegistry;

export function worldOf(facts: Iterable<RawFact>): World {
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

/** Everything a decision needs but the label; made once and asked about many. */
export type Approach = Omit<DecisionInput, 'label' | 'labelUntil'>;

/** @param assurance of a route over the hops the request gives, where one is supposed; see `asRoute` */
export function approach(
  world: World,
  request: DecisionRequest,
  at: number,
  assurance: PathAssurance = 'assumed',
): Approach {
  return { request, at, ...evidenceIn(world, request, at, assurance) };
}

/** @param labelUntil when the marking reads otherwise; left out for a label that was made and not read */
export function ask(from: Approach, label: Label, labelUntil: number | null = null): CoreDecision {
  return decide({ ...from, label, labelUntil });
}
