/** The answer on the wire. One boolean to act on; everything else explains it. */
import type { Digest } from '../facts/canonical.ts';
import type { Basis } from '../facts/mandate.ts';
import type { Label } from '../marking/label.ts';
import type { Obligation } from '../rules/finding.ts';
import type { CoreDecision, StandardVerdict } from './decide.ts';
import { type Outcome, worst } from './outcome.ts';
import { classOfReason, type Reason, sentenceOf } from './reasons.ts';
import type { Explain } from './request.ts';

export interface AnswerReason extends Reason {
  /** The fixed sentence of the code. */
  readonly text: string;
  /** JSON Pointer to the member of the request at fault. */
  readonly field?: string;
}

export interface Answer {
  /** The only thing an enforcement point may act on. True exactly where `outcome` is `permit`. */
  readonly decision: boolean;
  readonly outcome: Outcome;
  /** False for any hypothetical answer: one about another time or an exact version of the registry. */
  readonly enforceable: boolean;
  /** `after`: something unavailable passed, asking again can help. */
  readonly retry: 'never' | 'after';
  readonly evaluationId: string;
  /** ISO 8601, UTC. */
  readonly evaluatedAt: string;
  /** The instant the answer is for. */
  readonly at?: string;
  readonly registry?: { readonly version: number; readonly digest: Digest };
  readonly build: string;
  readonly label?: Label;
  readonly dominance: CoreDecision['dominance'];
  readonly standards: readonly StandardVerdict[];
  readonly reasons: readonly AnswerReason[];
  readonly notes?: readonly AnswerReason[];
  readonly obligations: readonly (Obligation & { readonly id: string })[];
  readonly basis?: Basis;
  readonly mandates?: readonly string[];
  readonly waivers?: readonly string[];
  /** How many facts relied on carry a citation nobody verified; their keys only in a full explanation. */
  readonly unverifiedCitations?: number;
  readonly unverified?: readonly string[];
  /** The next instant at which any fact examined starts or ends. */
  readonly validUntil?: string;
  /** The lease: act before this. Permits only, never on a hypothetical answer. */
  readonly useBy?: string;
}

/** What every answer carries, whether or not there was a decision. */
export interface Envelope {
  readonly evaluationId: string;
  readonly evaluatedAt: number;
  readonly build: string;
  readonly explain: Explain;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

type Located = Reason & { readonly field?: string };

/** Vendors, facts and figures reveal the policy: only a full explanation names them. */
function present(reason: Located, explain: Explain): AnswerReason {
  const { vendor: _vendor, fact: _fact, share: _share, ownedShare: _ownedShare, ...rest } = reason;
  return { ...(explain === 'full' ? reason : rest), text: sentenceOf(reason.code) };
}

function presentAll(reasons: readonly Located[], explain: Explain): readonly AnswerReason[] {
  if (explain === 'none') return [];
  const shown = reasons.map((r) => present(r, explain));
  // Two reasons that differ only in what is not shown are one.
  return [...new Map(shown.map((r) => [JSON.stringify(r), r])).values()];
}

const OUTCOME_BY_CLASS = {
  policy: 'deny',
  invalid: 'indeterminate',
  unavailable: 'indeterminate',
  integrity: 'indeterminate',
  hold: 'deny',
} as const satisfies Record<ReturnType<typeof classOfReason>, Outcome>;

/** An answer where no decision was reached. It never permits, whatever the reasons say. */
export function refusal(envelope: Envelope, reasons: readonly Located[], label?: Label): Answer {
  const classes = reasons.map((r) => classOfReason(r.code));
  const outcome = worst(classes.map((c) => OUTCOME_BY_CLASS[c]));
  return {
    decision: false,
    outcome: outcome === 'permit' ? 'deny' : outcome,
    enforceable: true,
    retry: classes.includes('unavailable') ? 'after' : 'never',
    evaluationId: envelope.evaluationId,
    evaluatedAt: iso(envelope.evaluatedAt),
    build: envelope.build,
    ...(label !== undefined && { label }),
    dominance: 'not-evaluated',
    standards: [],
    reasons: presentAll(reasons, envelope.explain),
    obligations: [],
  };
}

export interface Decided {
  readonly decision: CoreDecision;
  readonly label: Label;
  readonly at: number;
  readonly registry: { readonly version: number; readonly digest: Digest };
  readonly hypothetical: boolean;
  /** Epoch ms: clock read before HEAD was read, plus the longest lease. */
  readonly leaseEnds: number;
}

/** The answer to a decision. INVARIANT: `decision` is true only where the outcome is exactly `permit`. */
export function answerOf(envelope: Envelope, decided: Decided): Answer {
  const { decision: core, hypothetical } = decided;
  const permit = core.outcome === 'permit';
  const useBy = Math.min(decided.leaseEnds, core.validUntil ?? Number.POSITIVE_INFINITY);
  const full = envelope.explain === 'full';
  return {
    decision: permit,
    outcome: core.outcome,
    enforceable: !hypothetical,
    retry: 'never',
    evaluationId: envelope.evaluationId,
    evaluatedAt: iso(envelope.evaluatedAt),
    at: iso(decided.at),
    registry: decided.registry,
    build: envelope.build,
    label: decided.label,
    dominance: core.dominance,
    standards: core.standards,
    reasons: presentAll(core.reasons, envelope.explain),
    ...(envelope.explain !== 'none' && { notes: presentAll(core.notes, envelope.explain) }),
    obligations: permit
      ? core.obligations.map((o) => ({ id: o.ref === undefined ? o.type : `${o.type}:${o.ref}`, ...o }))
      : [],
    basis: core.basis,
    mandates: core.mandates,
    waivers: core.waivers,
    unverifiedCitations: core.unverified.length,
    ...(full && { unverified: core.unverified }),
    ...(core.validUntil !== null && { validUntil: iso(core.validUntil) }),
    ...(permit && !hypothetical && { useBy: iso(useBy) }),
  };
}
