/**
 * Labels that no answer about a subject can tell apart. A decision looks at a label's level, its owners, and how its
 * compartments, controls and audience compare with the accreditations on the way, and at nothing else: two labels
 * that compare alike with every one of them are asked about once. A test asks about every label and compares.
 */
import { keysOf } from '../decision/path.ts';
import type { DecisionRequest } from '../decision/request.ts';
import { canonicalText } from '../facts/canonical.ts';
import { member } from '../facts/fact.ts';
import type { NetworkDoc, ProtectionDoc, RawFact, RouteDoc } from '../facts/view.ts';
import type { Label } from '../marking/label.ts';
import type { MarkingProfile } from './marking-profiles.ts';
import type { World } from './world.ts';

function ofNetwork(doc: NetworkDoc | null | undefined): readonly RawFact[] {
  return doc === null || doc === undefined ? [] : [...doc.accreditations, ...ofNetwork(doc.host)];
}

/** Every accreditation in the documents a request is answered from, in force or not. */
function accreditationsFor(world: World, request: DecisionRequest): readonly RawFact[] {
  return keysOf(request).flatMap((key) => {
    const doc = world.entries.get(key);
    if (doc === undefined) return [];
    if (key.startsWith('route/'))
      return Object.values((doc as unknown as RouteDoc).networks).flatMap(ofNetwork);
    if (key.startsWith('protection/')) return (doc as unknown as ProtectionDoc).accreditations;
    return ofNetwork(doc as unknown as NetworkDoc);
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((x): x is string => typeof x === 'string') : [];
}

interface Limits {
  /** Distinct audiences, and distinct sets of categories carried. */
  readonly audiences: readonly (readonly string[])[];
  readonly compartments: readonly (readonly string[])[];
  readonly controls: readonly (readonly string[])[];
}

function distinct(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(sets.map((s) => [canonicalText([...s].sort()), s])).values()];
}

function limitsOf(accreditations: readonly RawFact[]): Limits {
  const carried = accreditations.flatMap((a): readonly unknown[] => {
    const list = member(a, 'carries');
    return Array.isArray(list) ? list : [];
  });
  return {
    audiences: distinct(accreditations.map((a) => texts(member(a, 'audience')))),
    compartments: distinct(carried.map((c) => texts(member(c, 'compartments')))),
    controls: distinct(carried.map((c) => texts(member(c, 'controls')))),
  };
}

function within(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((x) => whole.includes(x));
}

function signature(label: Label, limits: Limits): string {
  const { audience } = label;
  return canonicalText([
    [label.frame, label.level, label.markedBy, label.owners],
    limits.audiences.map((a) => audience === null || within(a, audience)),
    limits.compartments.map((c) => within(label.compartments, c)),
    limits.controls.map((c) => within(label.controls, c)),
  ]);
}

/** Groups markings by what the answers to a request, in these worlds, could depend on. No group is empty. */
export function labelClasses(
  markings: readonly MarkingProfile[],
  worlds: readonly World[],
  request: DecisionRequest,
): readonly (readonly MarkingProfile[])[] {
  const limits = limitsOf(worlds.flatMap((w) => accreditationsFor(w, request)));
  return [...Map.groupBy(markings, ({ label }) => signature(label, limits)).values()];
}
