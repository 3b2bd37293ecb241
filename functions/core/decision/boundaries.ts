/** The next instant at which an answer may change: a permit never outlives the law and the facts it stands on. */
import { intervalOf } from '../facts/moment.ts';
import type { Sound } from '../facts/sound.ts';
import { responsibleOwners } from '../marking/label.ts';
import type { DecisionInput } from '../registry/input.ts';
import { serviceBoundaries } from '../rules/selection.ts';

/** The part of every fact that says where it comes from. */
export type Cited = { readonly sources: readonly { readonly verified: boolean }[] };

/** Every fact that was looked at on the way, whichever basis: what an answer may rest on. */
export function examined(input: DecisionInput): readonly Sound<Cited>[] {
  const { law, path, vendors, protection, label } = input;
  const owners = responsibleOwners(label);
  const networks = path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
  return [
    ...law.mandates.filter((m) => owners.includes(m.fact.owner)),
    ...law.authorities.filter((a) => a.fact.speaksFor.some((o) => owners.includes(o))),
    ...law.equivalences.filter((e) => e.fact.from.frame === label.frame),
    ...law.criteriaSets,
    ...law.holds,
    ...(path.known && path.route !== undefined ? [path.route] : []),
    ...networks.flatMap((n) => [n.network, ...n.accreditations, ...n.assessments, ...n.waivers]),
    ...[...vendors.values()].flatMap(({ evidence: v }) => [
      v.vendor,
      ...v.owners.values(),
      ...v.designations,
      ...v.assessments,
    ]),
    ...(protection === undefined ? [] : [protection.protection, ...protection.accreditations]),
  ];
}

/**
 * Facts whose start or end may change what any standard says. Designations and assessments are not among them: a
 * rule reports those it counts, so that an answer does not end with an instrument nobody adopted.
 */
export function datedForStandards(input: DecisionInput): readonly Sound<Cited>[] {
  const { law, path, vendors, protection } = input;
  const networks = path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
  return [
    ...law.holds,
    ...networks.flatMap((n) => [n.network, ...n.waivers]),
    ...[...vendors.values()].flatMap(({ evidence: v }) => [v.vendor, ...v.owners.values()]),
    ...(protection === undefined ? [] : [protection.protection]),
  ];
}

/** The same for a whole decision: mandates, who may set them, and dominance count as well. */
export function datedForDecision(input: DecisionInput): readonly Sound<Cited>[] {
  const { law, path, protection, label } = input;
  const owners = responsibleOwners(label);
  const networks = path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
  return [
    ...datedForStandards(input),
    ...law.mandates.filter((m) => owners.includes(m.fact.owner)),
    ...law.authorities.filter((a) => a.fact.speaksFor.some((o) => owners.includes(o))),
    ...law.equivalences.filter((e) => e.fact.from.frame === label.frame),
    ...networks.flatMap((n) => n.accreditations),
    ...(protection === undefined ? [] : protection.accreditations),
  ];
}

function ownershipBoundaries(input: DecisionInput): readonly number[] {
  return [...input.vendors.values()].flatMap(({ evidence: v }) =>
    [v.vendor, ...v.owners.values()].flatMap((o) =>
      o.fact.ownedBy.flatMap((l) => {
        const { from, to } = intervalOf(l.valid);
        return [from, to];
      }),
    ),
  );
}

export function nextBoundary(
  input: DecisionInput,
  facts: readonly Sound<Cited>[],
  extra: readonly number[],
): number | null {
  const networks = input.path.known ? input.path.hops.flatMap((h) => h.networks ?? []) : [];
  const instants = [
    ...facts.flatMap((f) => [f.interval.from, f.interval.to]),
    ...input.path.boundaries,
    ...(input.labelUntil === null ? [] : [input.labelUntil]),
    ...networks.flatMap((n) => serviceBoundaries(n.network.fact)),
    ...ownershipBoundaries(input),
    ...extra,
  ].filter((t) => t > input.at && Number.isFinite(t));
  return instants.length === 0 ? null : instants.reduce((a, b) => Math.min(a, b));
}
