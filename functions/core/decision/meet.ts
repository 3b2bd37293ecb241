/** Two answers to one question as one: a permit where both permit, and then under what both ask for. */
import type { CoreDecision } from './core-decision.ts';

/** @param own what the registry says now, @param signed what it said when two people last signed it */
export function meetDecisions(own: CoreDecision, signed: CoreDecision): CoreDecision {
  const refusing = [own, signed].find(({ outcome }) => outcome !== 'permit');
  const until = [own.validUntil, signed.validUntil].filter((at) => at !== null);
  const validUntil = until.length === 0 ? null : Math.min(...until);
  if (refusing !== undefined) return { ...refusing, validUntil };
  return {
    ...own,
    obligations: union(own.obligations, signed.obligations),
    mandates: union(own.mandates, signed.mandates),
    exemptions: union(own.exemptions, signed.exemptions),
    waivers: union(own.waivers, signed.waivers),
    unverified: union(own.unverified, signed.unverified),
    notes: union(own.notes, signed.notes),
    validUntil,
  };
}

function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  const known = new Set(a.map((each) => JSON.stringify(each)));
  return [...a, ...b.filter((each) => !known.has(JSON.stringify(each)))];
}
