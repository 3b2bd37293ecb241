/** The facts an answer may rest on, and which of them have a date of their own at the instant it changes. */
import { successorsOf } from '../decision/asked-standard.ts';
import type { CoreDecision } from '../decision/decide.ts';
import { factsOfKind, networksOn } from '../decision/relied-on.ts';
import { FACT_KINDS } from '../facts/fact.ts';
import { type Interval, intervalOf, startOfDay } from '../facts/moment.ts';
import type { Network } from '../facts/network.ts';
import type { Vendor } from '../facts/vendor.ts';
import type { Label } from '../marking/label.ts';
import type { Approach } from '../registry/input.ts';
import type { DenialCause } from './simulation.ts';

/** Anything registered that holds from one instant to another. */
interface Dated {
  readonly key: string;
  readonly interval: Interval;
}

/** Facts the answer to this label may rest on: of the law, only what its owners and the standards asked bring in. */
export function factsInSight(from: Approach, label: Label, standards: ReadonlySet<string>): readonly Dated[] {
  const asked = { ...from, label };
  const speaking = new Set(factsOfKind('mandate', asked).map((m) => m.fact.authority));
  return FACT_KINDS.flatMap((kind): readonly Dated[] => {
    switch (kind) {
      case 'authority':
        return from.law.authorities.filter((a) => speaking.has(a.fact.id));
      case 'standard':
        return factsOfKind(kind, asked).filter((s) => standards.has(s.fact.id));
      default:
        return factsOfKind(kind, asked);
    }
  });
}

function deploymentChangesAt(n: Network, instant: number): boolean {
  return n.inventory.deployments.some((d) =>
    [d.installed, d.removed].some((day) => day !== null && startOfDay(day, n.valid.zone) === instant),
  );
}

function ownershipChangesAt(v: Vendor, instant: number): boolean {
  return v.ownedBy.some((link) => {
    const { from, to } = intervalOf(link.valid);
    return from === instant || to === instant;
  });
}

/** The standards that are named, and those that take the place of one of them. */
export function askedStandards(
  sides: readonly Approach[],
  { standards }: Pick<CoreDecision, 'standards'>,
): ReadonlySet<string> {
  const named = standards.map((s) => s.id);
  const successors = sides.flatMap(({ law }) =>
    named.flatMap((id) => {
      const owner = law.standards.get(id)?.fact.owner;
      return owner === undefined ? [] : successorsOf(id, owner, law.standards);
    }),
  );
  return new Set([...named, ...successors.map((s) => s.fact.id)]);
}

/**
 * What ends, begins or changes at `instant` among the facts in sight just before it and at it.
 *
 * @param sides the approach just before the instant, and at it
 * @param after the answer at it, which no longer permits
 */
export function causesAt(
  instant: number,
  sides: readonly Approach[],
  label: Label,
  after: CoreDecision,
): readonly DenialCause[] {
  const asked = askedStandards(sides, after);
  const causes = new Map<string, DenialCause>();
  const found = (key: string, what: DenialCause['what']) => causes.set(`${key} ${what}`, { key, what });
  for (const side of sides) {
    for (const { key, interval } of factsInSight(side, label, asked)) {
      if (interval.to === instant) found(key, 'ends');
      if (interval.from === instant) found(key, 'begins');
    }
    for (const { network } of networksOn(side))
      if (deploymentChangesAt(network.fact, instant)) found(network.key, 'changes');
    for (const { evidence } of side.vendors.values())
      for (const v of [evidence.vendor, ...evidence.owners.values()])
        if (ownershipChangesAt(v.fact, instant)) found(v.key, 'changes');
  }
  // With no date of a fact's own, the date is a rule's: the standards that now refuse say which.
  if (causes.size === 0)
    for (const { standard, statedIn = standard } of after.reasons)
      if (statedIn !== undefined) found(`standard/${statedIn}`, 'deadline');
  return [...causes.values()].sort((a, b) => (`${a.key} ${a.what}` < `${b.key} ${b.what}` ? -1 : 1));
}
