/**
 * The highest label a path may carry at the instant of the input: for each owner with a mandate in force and each frame
 * its mandates cover, the highest level of that ladder that would be permitted, found by deciding a finite list of
 * labels from the top down.
 */
import { dayOf, holdsAt } from '../facts/moment.ts';
import { type Label, labelFrom, plainLabel } from '../marking/label.ts';
import { ladderOf } from '../marking/ladders.ts';
import { completeAmong } from '../marking/read-in.ts';
import { ownerAudience } from '../marking/scheme.ts';
import type { NetworkEvidence } from '../registry/evidence.ts';
import type { DecisionInput } from '../registry/input.ts';
import { decide } from './decide.ts';

/** A label that would be permitted; none of its frame and owner on the list with a higher level would be. */
export interface HighestLabel {
  readonly owner: string;
  readonly frame: string;
  /** `null` where not even the lowest level may be carried. */
  readonly level: string | null;
  readonly compartments: readonly string[];
  readonly controls: readonly string[];
  /** Nations it is released to; `null` for no restriction. */
  readonly audience: readonly string[] | null;
}

interface Extent {
  readonly compartments: readonly string[];
  readonly controls: readonly string[];
  readonly audience: readonly string[];
}

function common(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...rest] = lists;
  return first.filter((x) => rest.every((list) => list.includes(x)));
}

/** What accreditations of this frame in force allow on one network, taken together. */
function extentOf(n: Pick<NetworkEvidence, 'accreditations'>, frame: string, at: number): Extent {
  const inForce = n.accreditations.filter((a) => holdsAt(a.interval, at));
  const carries = inForce.flatMap((a) => a.fact.carries.filter((c) => c.frame === frame));
  const merge = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
  return {
    compartments: merge(carries.map((c) => c.compartments)),
    controls: merge(carries.map((c) => c.controls)),
    audience: merge(inForce.map((a) => a.fact.audience)),
  };
}

/**
 * Labels of one level, the most restricted first: with everything every hop is accredited for and released only to
 * those who can reach what the hops carry; the same without compartments and controls; released to the owner alone;
 * and without any restriction.
 */
function candidates(
  owner: string,
  frame: string,
  level: string,
  extents: readonly Extent[],
  on: string,
): readonly Label[] {
  const plain = plainLabel(owner, frame, level, null);
  const audience = [...new Set(extents.flatMap((e) => e.audience))].sort();
  const full = labelFrom({
    ...plain,
    compartments: completeAmong(frame, common(extents.map((e) => e.compartments))),
    controls: common(extents.map((e) => e.controls)),
  });
  const released = audience.length === 0 ? null : audience;
  const ownerOnly = ownerAudience(owner, on);
  return [
    { ...full, audience: ownerOnly },
    { ...full, audience: released },
    { ...full },
    { ...plain, audience: ownerOnly },
    { ...plain, audience: released },
    plain,
  ];
}

/** Owners with a mandate in force, and the frames those mandates cover. */
function covered({ law, at }: DecisionInput): readonly { readonly owner: string; readonly frame: string }[] {
  const pairs = law.mandates
    .filter((m) => holdsAt(m.interval, at))
    .flatMap(({ fact }) => fact.from.map(({ frame }) => ({ owner: fact.owner, frame })));
  const distinct = new Map(pairs.map((p) => [`${p.owner} ${p.frame}`, p]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

/** One entry for each owner and frame, in alphabetical order. */
export function highestLabels(input: DecisionInput): readonly HighestLabel[] {
  const networks = input.path.known ? input.path.hops.flatMap((h) => h.networks ?? []) : [];
  const on = dayOf(input.at, 'UTC');
  return covered(input).map(({ owner, frame }) => {
    const extents = networks.map((n) => extentOf(n, frame, input.at));
    for (const level of [...(ladderOf(frame) ?? [])].reverse()) {
      const label = candidates(owner, frame, level, extents, on).find(
        (each) => decide({ ...input, label: each }).outcome === 'permit',
      );
      if (label !== undefined) {
        const { compartments, controls, audience } = label;
        return { owner, frame, level, compartments, controls, audience };
      }
    }
    return { owner, frame, level: null, compartments: [], controls: [], audience: null };
  });
}
