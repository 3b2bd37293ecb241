/**
 * What the standard that somebody names says. One that was replaced is asked together with what replaced it, for whom that
 * binds: whoever still names it learns so, and gets no permit that the law of the day would not give.
 */
import { holdsAt } from '../facts/moment.ts';
import { owner as ownerCode } from '../facts/primitives.ts';
import type { Sound } from '../facts/sound.ts';
import type { Standard } from '../facts/standard.ts';
import { perObject } from '../per-object.ts';
import type { Law } from '../registry/evidence.ts';
import { type Outcome, worst } from './outcome.ts';
import { once, type Reason, type ReasonCode } from './reasons.ts';
import type { StandardTerms } from './standard-terms.ts';
import { evaluateStandard, isInForce, type StandardResult } from './standards.ts';

/** What a standard that somebody names says, together with what replaced it for whom that binds. */
export interface AskedStandard extends StandardResult {
  /** Ids of the standards that were asked and lack requirements of their instruments. */
  readonly incomplete: readonly string[];
}

/**
 * The standards that take the place of one, and of those that did, whenever they are in force. Nobody replaces what is
 * another owner's, and nothing does that is only proposed.
 */
export function successorsOf<S extends Sound<Standard>>(
  named: string,
  owner: string,
  standards: ReadonlyMap<string, S>,
): readonly S[] {
  const found = new Map<string, S>();
  const replaced = [named];
  for (let id = replaced.pop(); id !== undefined; id = replaced.pop()) {
    for (const s of standards.values()) {
      const { id: by, replaces = [], status } = s.fact;
      if (s.fact.owner !== owner || status === 'proposed' || !replaces.includes(id)) continue;
      if (by === named || found.has(by)) continue;
      found.set(by, s);
      replaced.push(by);
    }
    // More are too much to ask.
    if (found.size > MOST_SUCCESSORS) break;
  }
  return [...found.values()];
}

/** The same of a law's standards, found once. */
const successorsIn = perObject((standards: Law['standards']) =>
  perObject(({ fact }: Sound<Standard>) => successorsOf(fact.id, fact.owner, standards)),
);

/** A standard of that owner that nobody can read may be the one that took its place; so may one of an owner not told. */
function mayBeReplaced({ fact }: Sound<Standard>, { taints }: Law): boolean {
  return taints.some(
    (t) => t.kind === 'standard' && (t.owner === fact.owner || !ownerCode.safeParse(t.owner).success),
  );
}

/** Reasons of another standard, as said by the one that was asked. */
function saidFor(asked: Standard, { standard, ...reason }: Reason): Reason {
  return {
    ...reason,
    standard: asked.id,
    ...(standard !== undefined && { statedIn: reason.statedIn ?? standard }),
  };
}

const NOT_BINDING: readonly ReasonCode[] = ['STANDARD_NOT_APPLICABLE', 'STANDARD_NOT_ABOUT_CARRIAGE'];

/** What a successor says where it binds: that it is not applicable elsewhere refuses nothing. */
function whereItBinds(result: StandardResult): StandardResult {
  const { outcome, reasons } = result;
  return {
    ...result,
    outcome: outcome === 'not-applicable' ? 'permit' : outcome,
    reasons: reasons.filter((r) => !NOT_BINDING.includes(r.code)),
  };
}

/** More that took the place of one another are too much to ask. */
export const MOST_SUCCESSORS = 16;

/** The standard as a mandate, a request or a scenario names it. */
export function askStandard(standard: Sound<Standard>, terms: StandardTerms): AskedStandard {
  const { fact, interval } = standard;
  const own = evaluateStandard(standard, terms);
  const successors = successorsIn(terms.law.standards)(standard);
  // Where one does not bind, the older one stands, and nothing is said of it.
  const said = isInForce(standard, terms.at)
    ? successors
        .slice(0, MOST_SUCCESSORS)
        .filter((s) => isInForce(s, terms.at))
        .map((s) => ({ id: s.fact.id, result: whereItBinds(evaluateStandard(s, terms)) }))
    : [];
  const all = [own, ...said.map(({ result }) => result)];
  const unread =
    holdsAt(interval, terms.at) &&
    (mayBeReplaced(standard, terms.law) || successors.length > MOST_SUCCESSORS);
  const outcomes: readonly Outcome[] = [
    ...all.map((r) => r.outcome),
    ...(unread ? ['indeterminate' as const] : []),
  ];
  const asked = all.flatMap((r) => r.asked);
  const incomplete = [...new Set(asked.filter((a) => a.incomplete).map((a) => a.standard.fact.id))];
  const ofSuccessors = (of: (r: StandardResult) => readonly Reason[]) =>
    said.flatMap(({ result }) => of(result).map((r) => saidFor(fact, r)));
  return {
    outcome: worst(outcomes),
    reasons: [
      ...own.reasons,
      ...ofSuccessors((r) => r.reasons),
      ...(unread ? [{ code: 'FACT_UNSOUND', standard: fact.id } as const] : []),
    ],
    notes: once([
      ...own.notes,
      ...ofSuccessors((r) => r.notes),
      ...said
        .filter(({ result }) => result.asked.length > 0)
        .map(({ id }): Reason => ({ code: 'STANDARD_REPLACED', standard: fact.id, statedIn: id })),
      ...incomplete.map((id): Reason => lacking('STANDARD_INCOMPLETE', fact.id, id)),
    ]),
    obligations: all.flatMap((r) => r.obligations),
    waivers: [...new Set(all.flatMap((r) => r.waivers))].sort(),
    boundaries: [
      ...all.flatMap((r) => r.boundaries),
      ...[standard, ...successors].flatMap((s) => [s.interval.from, s.interval.to]),
    ],
    asked,
    incomplete,
  };
}

/** That a standard, asked for itself or because of the one that is named, lacks requirements. */
export function lacking(
  code: 'STANDARD_INCOMPLETE' | 'INCOMPLETE_NOT_ACCEPTED',
  asked: string,
  id: string,
): Reason {
  return { code, standard: asked, ...(id !== asked && { statedIn: id }) };
}
