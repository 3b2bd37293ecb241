/**
 * What the standard that somebody names says. One that was replaced is asked together with what replaced it, for whom that
 * binds: whoever still names it learns so, and gets no permit that the law of the day would not give.
 */
import { holdsAt } from '../facts/moment.ts';
import type { Sound } from '../facts/sound.ts';
import { isIncomplete, type Standard } from '../facts/standard.ts';
import type { Law } from '../registry/evidence.ts';
import { type Outcome, worst } from './outcome.ts';
import type { Reason } from './reasons.ts';
import { evaluateStandard, isInForce, type StandardResult, type StandardTerms } from './standards.ts';

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
  }
  return [...found.values()];
}

/** A standard nobody can read may be the one that took its place. */
function mayBeReplaced({ fact }: Sound<Standard>, { taints }: Law): boolean {
  return taints.some(
    (t) =>
      t.kind === 'standard' &&
      (t.owner === undefined || t.owner === fact.owner) &&
      (t.replaces === 'unreadable' || t.replaces.includes(fact.id)),
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

/** What a successor says where it binds: that it is not applicable elsewhere refuses nothing. */
function whereItBinds(result: StandardResult): StandardResult {
  const { outcome, reasons } = result;
  return {
    ...result,
    outcome: outcome === 'not-applicable' ? 'permit' : outcome,
    reasons: reasons.filter((r) => r.code !== 'STANDARD_NOT_APPLICABLE'),
  };
}

/** The standard as a mandate, a request or a scenario names it. */
export function askStandard(standard: Sound<Standard>, terms: StandardTerms): AskedStandard {
  const { fact, interval } = standard;
  const own = evaluateStandard(standard, terms);
  const successors = successorsOf(fact.id, fact.owner, terms.law.standards);
  // Where one does not bind, the older one stands, and nothing is said of it.
  const said = isInForce(standard, terms.at)
    ? successors
        .filter((s) => isInForce(s, terms.at))
        .map((s) => ({ id: s.fact.id, result: whereItBinds(evaluateStandard(s, terms)) }))
    : [];
  const all = [own, ...said.map(({ result }) => result)];
  const unread = holdsAt(interval, terms.at) && mayBeReplaced(standard, terms.law);
  const outcomes: readonly Outcome[] = [
    ...all.map((r) => r.outcome),
    ...(unread ? ['indeterminate' as const] : []),
  ];
  const asked = all.flatMap((r) => r.asked);
  const incomplete = [...new Set(asked.filter((s) => isIncomplete(s.fact)).map((s) => s.fact.id))];
  const ofSuccessors = (of: (r: StandardResult) => readonly Reason[]) =>
    said.flatMap(({ result }) => of(result).map((r) => saidFor(fact, r)));
  return {
    outcome: worst(outcomes),
    reasons: [
      ...own.reasons,
      ...ofSuccessors((r) => r.reasons),
      ...(unread ? [{ code: 'FACT_UNSOUND', standard: fact.id } as const] : []),
    ],
    notes: [
      ...own.notes,
      ...ofSuccessors((r) => r.notes),
      ...said
        .filter(({ result }) => result.asked.length > 0)
        .map(({ id }): Reason => ({ code: 'STANDARD_REPLACED', standard: fact.id, statedIn: id })),
      ...incomplete.map((id): Reason => incompleteness(fact.id, id)),
    ],
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

/** That a standard lacks requirements, as a note or, of a mandate that has not accepted it, a reason. */
export function incompleteness(asked: string, id: string): Reason {
  return { code: 'STANDARD_INCOMPLETE', standard: asked, ...(id !== asked && { statedIn: id }) };
}
