/**
 * Dominance: may this network, or this tunnel, carry this label? One accreditation by a recognised accreditor must
 * accept the label in every respect by itself; two halves never add up.
 *
 * Accreditation A dominates label L iff A's frame is L's (or an agreed equivalence translates the level), level ≤,
 * compartments ⊆ exactly, controls ⊆ honoured, and audience ⊆ the release list, where the audience includes every
 * country that can reach what is carried: an empty set is inside everything, the classic fail-open.
 */
import type { Accreditation } from '../facts/accreditation.ts';
import type { Equivalence } from '../facts/equivalence.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Sound } from '../facts/sound.ts';
import type { Label } from '../marking/label.ts';
import { levelRank } from '../marking/ladders.ts';
import type { ReasonCode } from './reasons.ts';

/** A network or a tunnel, as dominance sees it: what it may carry and who can reach that. */
export interface Carrier {
  readonly accreditations: readonly Sound<Accreditation>[];
  /** Countries whose law or hands can reach what is carried. */
  readonly reach: readonly string[];
}

/** What a carrier is held against: the label, and whose word its owner takes. */
export interface DominanceTerms {
  readonly label: Label;
  /** Accreditors the owner's mandate recognises. */
  readonly accreditors: readonly string[];
  /** Translations that count for the owner's mandate. */
  readonly equivalences: readonly Sound<Equivalence>[];
  readonly at: number;
}

type Carries = Accreditation['carries'][number];

function within(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((x) => whole.includes(x));
}

/** True only where both levels are on the frame's ladder and the first is not above the second. */
function levelWithin(frame: string, level: string, most: string): boolean {
  const rank = levelRank(frame, level);
  const limit = levelRank(frame, most);
  return rank !== undefined && limit !== undefined && rank <= limit;
}

/** The entries that speak of the label's frame, each with the label's level as it counts there. */
function entriesFor(
  a: Accreditation,
  terms: DominanceTerms,
): readonly { readonly entry: Carries; readonly level: string }[] {
  const { label, equivalences, at } = terms;
  const own = a.carries.find((c) => c.frame === label.frame);
  // What the accreditor says of the frame itself outweighs every translation.
  if (own !== undefined) return [{ entry: own, level: label.level }];
  return equivalences
    .filter((e) => holdsAt(e.interval, at) && e.fact.from.frame === label.frame)
    .filter((e) => e.fact.from.level === label.level)
    .flatMap(({ fact: e }) =>
      a.carries.filter((c) => c.frame === e.to.frame).map((entry) => ({ entry, level: e.to.level })),
    );
}

/** A level can be translated, a read-in cannot: in another system NATO information is under a compartment of its own. */
function compartmentsIn({ frame, compartments }: Label, as: string): readonly string[] {
  return frame === 'NATO' && as !== 'NATO' ? [...compartments, 'NATO'] : compartments;
}

function entryShortcomings(label: Label, entry: Carries, level: string): readonly ReasonCode[] {
  const codes: ReasonCode[] = [];
  if (!levelWithin(entry.frame, level, entry.level)) codes.push('LEVEL_NOT_ACCREDITED');
  if (!within(compartmentsIn(label, entry.frame), entry.compartments))
    codes.push('COMPARTMENT_NOT_ACCREDITED');
  if (!within(label.controls, entry.controls)) codes.push('CONTROL_NOT_HONOURED');
  return codes;
}

/** What keeps one accreditation from dominating; empty where it does. */
function shortcomings(
  a: Sound<Accreditation>,
  carrier: Carrier,
  terms: DominanceTerms,
): readonly ReasonCode[] {
  const { label, at } = terms;
  const codes: ReasonCode[] = [];
  if (!holdsAt(a.interval, at)) codes.push('ACCREDITATION_EXPIRED');
  // Several translations may apply: one that serves is enough, so that ending another never permits.
  const [nearest = ['FRAME_NOT_ACCREDITED']] = entriesFor(a.fact, terms)
    .map(({ entry, level }) => entryShortcomings(label, entry, level))
    .toSorted((x, y) => x.length - y.length);
  codes.push(...nearest);
  const { audience } = a.fact;
  if (!(audience.length > 0 && carrier.reach.length > 0 && within(carrier.reach, audience)))
    codes.push('AUDIENCE_INCOMPLETE');
  if (!(label.audience === null || within(audience, label.audience))) codes.push('AUDIENCE_NOT_RELEASABLE');
  return codes;
}

/** What is missing for a carrier to take a label. */
export interface DominanceShortfall {
  readonly codes: readonly ReasonCode[];
  /** The accreditation that comes nearest, where there is one. */
  readonly fact?: string;
}

/** `undefined` where some recognised accreditation dominates; otherwise what the nearest one lacks. */
export function dominanceShortfall(carrier: Carrier, terms: DominanceTerms): DominanceShortfall | undefined {
  let nearest: DominanceShortfall = { codes: ['NOT_ACCREDITED'] };
  let fewest = Number.POSITIVE_INFINITY;
  for (const a of carrier.accreditations) {
    // One that is not yet in force, or not recognised, is no shortfall to repair: it is not there.
    if (!terms.accreditors.includes(a.fact.authority) || terms.at < a.interval.from) continue;
    const codes = shortcomings(a, carrier, terms);
    if (codes.length === 0) return undefined;
    if (codes.length < fewest) {
      fewest = codes.length;
      nearest = { codes, fact: a.key };
    }
  }
  return nearest;
}
