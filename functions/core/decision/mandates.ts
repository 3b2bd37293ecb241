/** Which mandates speak for an owner about a label on a basis. */

import type { Basis, Mandate } from '../facts/mandate.ts';
import { holdsAt } from '../facts/moment.ts';
import { owner } from '../facts/primitives.ts';
import type { Sound } from '../facts/sound.ts';
import type { Label } from '../marking/label.ts';
import { levelRank } from '../marking/ladders.ts';
import type { Law } from '../registry/evidence.ts';
import type { Reason } from './reasons.ts';

/** The mandates of one responsible owner that are in force for a label. */
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

/** True where a level it names for the label's frame is not on that ladder: it may be meant to cover the label. */
function coverageUnknown(m: Mandate, label: Label): boolean {
  return m.from.some((f) => f.frame === label.frame && levelRank(f.frame, f.level) === undefined);
}

function isOwner(text: string | undefined): boolean {
  return owner.safeParse(text).success;
}

/** True where the authority that set the mandate speaks for the owner, at that instant. */
function isSetByOwner(m: Mandate, law: Law, at: number): boolean {
  return law.authorities.some(
    (a) => a.fact.id === m.authority && holdsAt(a.interval, at) && a.fact.speaksFor.includes(m.owner),
  );
}

/** The mandates of one owner in force at `at`. */
export function mandatesOf(
  ownerCode: string,
  label: Label,
  basis: Basis,
  law: Law,
  at: number,
): OwnerMandates {
  const inForce = law.mandates.filter(
    ({ fact: m, interval }) => m.owner === ownerCode && m.basis === basis && holdsAt(interval, at),
  );
  const mandates = inForce.filter(({ fact }) => coversLabel(fact, label));
  const reasons: Reason[] = [];
  // An unreadable mandate may be the stricter one of two: it cannot be left out of the sum.
  const unread =
    inForce.some(({ fact }) => coverageUnknown(fact, label)) ||
    law.taints.some((t) => t.kind === 'mandate' && (t.owner === ownerCode || !isOwner(t.owner)));
  if (unread || !mandates.every(({ fact }) => isSetByOwner(fact, law, at)))
    reasons.push({ code: 'MANDATE_UNSOUND', owner: ownerCode });
  if (mandates.length === 0) reasons.push({ code: 'OWNER_WITHOUT_MANDATE', owner: ownerCode });
  return { owner: ownerCode, mandates, reasons };
}
