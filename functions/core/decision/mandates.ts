/** Which mandates speak for an owner about a label on a basis. */

import type { Basis, Mandate } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Label } from '../marking/label.ts';
import { levelRank } from '../marking/order.ts';
import type { Sound } from '../rules/context.ts';
import type { Law } from './evidence.ts';
import type { Reason } from './reasons.ts';

export interface OwnerMandates {
  readonly owner: string;
  /** All of these must be satisfied; empty means the owner has none. */
  readonly mandates: readonly Sound<Mandate>[];
  readonly reasons: readonly Reason[];
}

function coversLabel(m: Mandate, label: Label): boolean {
  const rank = levelRank(label.frame, label.level);
  return m.from.some((f) => {
    const least = f.frame === label.frame ? levelRank(f.frame, f.level) : undefined;
    return rank !== undefined && least !== undefined && rank >= least;
  });
}

/** True where the authority that set the mandate speaks for the owner, at that instant. */
function isSetByOwner(m: Mandate, law: Law, at: number): boolean {
  return law.authorities.some(
    (a) => a.fact.id === m.authority && holdsAt(a.interval, at) && a.fact.speaksFor.includes(m.owner),
  );
}

/** The mandates of one owner in force at `at`. */
export function mandatesOf(owner: string, label: Label, basis: Basis, law: Law, at: number): OwnerMandates {
  const mandates = law.mandates.filter(
    ({ fact: m, interval }) =>
      m.owner === owner && m.basis === basis && holdsAt(interval, at) && coversLabel(m, label),
  );
  const reasons: Reason[] = [];
  // An unreadable mandate may be the stricter one of two: it cannot be left out of the sum.
  const unread = law.taints.some((t) => t.kind === 'mandate' && (t.owner === owner || t.owner === undefined));
  if (unread || !mandates.every(({ fact }) => isSetByOwner(fact, law, at)))
    reasons.push({ code: 'MANDATE_UNSOUND', owner });
  if (mandates.length === 0) reasons.push({ code: 'OWNER_WITHOUT_MANDATE', owner });
  return { owner, mandates, reasons };
}
