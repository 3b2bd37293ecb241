/** What the fold comes to, before it is put on the wire. */
import type { Basis } from '../facts/mandate.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Obligation } from '../obligation.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './reasons.ts';

/** What one standard says, and whether an owner or the caller asked it. */
export interface StandardVerdict {
  readonly id: string;
  readonly by: 'mandate' | 'request';
  readonly outcome: Outcome;
}

/** The decision as the core makes it: of codes, ids and numbers alone. */
export interface CoreDecision {
  readonly outcome: Outcome;
  readonly basis: Basis;
  /** How well the path is known; absent where it is not known at all. */
  readonly pathAssurance?: PathAssurance;
  readonly dominance: 'satisfied' | 'not-satisfied' | 'not-evaluated';
  readonly standards: readonly StandardVerdict[];
  readonly reasons: readonly Reason[];
  /** Findings that refuse nothing: shares within a cap, findings a waiver set aside. */
  readonly notes: readonly Reason[];
  readonly obligations: readonly Obligation[];
  /** Keys of the mandates that were asked, and of the exemptions and waivers that were used. */
  readonly mandates: readonly string[];
  readonly exemptions: readonly string[];
  readonly waivers: readonly string[];
  /** Those of the waivers that only a standard the request adds has used. */
  readonly waiversByRequest: readonly string[];
  /** Keys of facts relied on that carry a citation nobody verified. */
  readonly unverified: readonly string[];
  /** The next instant (epoch ms) at which any fact examined starts or ends; `null` where none is known. */
  readonly validUntil: number | null;
}
