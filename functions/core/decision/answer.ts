/** The answer on the wire. One boolean to act on; everything else explains it. INVARIANT: it is true only where it may be acted on. */
import type { Digest } from '../facts/canonical.ts';
import type { Basis } from '../facts/mandate.ts';
import { iso } from '../facts/moment.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Label } from '../marking/label.ts';
import type { Obligation } from '../obligation.ts';
import type { Explain } from '../request.ts';
import type { CoreDecision, StandardVerdict } from './decide.ts';
import { setApart } from './hypothetical.ts';
import { type Outcome, worst } from './outcome.ts';
import type { QuestionBinding } from './question-binding.ts';
import { classOfReason, type Reason, sentenceOf } from './reasons.ts';
import { withoutEquipment } from './requested.ts';

/** A reason as it goes out: with its sentence and the member at fault. */
export interface AnswerReason extends Reason {
  /** The fixed sentence of the code. */
  readonly text: string;
  /** JSON Pointer to the member of the request at fault. */
  readonly field?: string;
}

/** What was decided, and what a permit asks of whoever acts on it. */
export interface Result {
  /** True exactly where `outcome` is `permit`. */
  readonly decision: boolean;
  readonly outcome: Outcome;
  readonly obligations: readonly (Obligation & { readonly id: string })[];
}

/** What stands in place of a result that is not about now. */
const NOTHING_ABOUT_NOW: Result = { decision: false, outcome: 'indeterminate', obligations: [] };

/** What whoever asked is told. `decision` is the only thing an enforcement point may act on. */
export interface Answer extends Result {
  /** Which question this answers: whoever asked another one acts on nothing here. */
  readonly question: QuestionBinding;
  /** False for any hypothetical answer: one about another time or an exact version of the registry. */
  readonly enforceable: boolean;
  /** The result of a hypothetical answer, for people; there exactly where `enforceable` is false. */
  readonly hypothetical?: Result;
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
  readonly basis?: Basis;
  /**
   * How well the path is known: a registered route's own assurance, and `assumed` for hops that a caller names. A
   * permit that says `assumed` rests on mandates that accept it.
   */
  readonly pathAssurance?: PathAssurance;
  readonly mandates?: readonly string[];
  /** Keys of the exemptions without which a hold would stop this; left out where there is none. */
  readonly exemptions?: readonly string[];
  readonly waivers?: readonly string[];
  /**
   * How many facts relied on carry a citation nobody verified. Those about vendors and assessments are counted, and all
   * are named, only in a full explanation.
   */
  readonly unverifiedCitations?: number;
  readonly unverified?: readonly string[];
  /** The next instant at which any fact examined starts or ends. */
  readonly validUntil?: string;
  /** The lease: act before this. Permits only, never on a hypothetical answer. */
  readonly useBy?: string;
}

/** What every answer carries, whether or not there was a decision. */
export interface Envelope {
  readonly question: QuestionBinding;
  readonly evaluationId: string;
  readonly evaluatedAt: number;
  readonly build: string;
  readonly explain: Explain;
  /** True where the question is about another time or an exact version. */
  readonly hypothetical: boolean;
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

/** Why a decision is none that came too late. */
export const OUT_OF_TIME: Reason = { code: 'BUDGET_EXHAUSTED' };

/** An answer where no decision was reached. It never permits, whatever the reasons say. */
export function refusingAnswer(envelope: Envelope, reasons: readonly Located[], label?: Label): Answer {
  const classes = reasons.map((r) => classOfReason(r.code));
  const outcome = worst(classes.map((c) => OUTCOME_BY_CLASS[c]));
  const refused = {
    decision: false,
    outcome: outcome === 'permit' ? 'deny' : outcome,
    obligations: [],
  } as const;
  return {
    ...setApart<Result>(envelope.hypothetical, refused, NOTHING_ABOUT_NOW),
    question: envelope.question,
    enforceable: !envelope.hypothetical,
    retry: classes.includes('unavailable') ? 'after' : 'never',
    evaluationId: envelope.evaluationId,
    evaluatedAt: iso(envelope.evaluatedAt),
    build: envelope.build,
    ...(label !== undefined && { label }),
    dominance: 'not-evaluated',
    standards: [],
    reasons: presentAll(reasons, envelope.explain),
  };
}

/** A decision and everything else that an answer is written from. */
export interface DecisionInContext {
  readonly decision: CoreDecision;
  readonly label: Label;
  readonly at: number;
  readonly registry: { readonly version: number; readonly digest: Digest };
  /** Epoch ms: clock read before HEAD was read, plus the longest lease. */
  readonly leaseEnds: number;
}

/** The end of a permit's lease, epoch ms: nothing is acted on after something that it rests on has changed. */
function useByOf({ decision, leaseEnds }: DecisionInContext): number {
  return Math.min(leaseEnds, decision.validUntil ?? Number.POSITIVE_INFINITY);
}

/** True of a permit that is over when its answer is made: deciding took longer than what it rests on lasts, or its lease. */
export function isOver({ evaluatedAt, hypothetical }: Envelope, decided: DecisionInContext): boolean {
  return decided.decision.outcome === 'permit' && !hypothetical && !(evaluatedAt < useByOf(decided));
}

/**
 * The answer to a decision. INVARIANT: `decision` is true only where the outcome is exactly `permit`, about now, and not
 * over when the answer is made.
 */
export function answerOf(envelope: Envelope, decided: DecisionInContext): Answer {
  const { decision: core } = decided;
  if (isOver(envelope, decided)) return refusingAnswer(envelope, [OUT_OF_TIME], decided.label);
  const { explain, hypothetical } = envelope;
  const permit = core.outcome === 'permit';
  const full = explain === 'full';
  const told = full ? core : withoutEquipment(core);
  const result: Result = {
    decision: permit,
    outcome: core.outcome,
    obligations: permit
      ? core.obligations.map((o) => ({ id: o.ref === undefined ? o.type : `${o.type}:${o.ref}`, ...o }))
      : [],
  };
  return {
    ...setApart(hypothetical, result, NOTHING_ABOUT_NOW),
    question: envelope.question,
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
    reasons: presentAll(told.reasons, explain),
    ...(explain !== 'none' && { notes: presentAll(told.notes, explain) }),
    basis: core.basis,
    ...(core.pathAssurance !== undefined && { pathAssurance: core.pathAssurance }),
    mandates: core.mandates,
    ...(core.exemptions.length > 0 && { exemptions: core.exemptions }),
    waivers: told.waivers,
    unverifiedCitations: told.unverified.length,
    ...(full && { unverified: core.unverified }),
    ...(told.validUntil !== null && { validUntil: iso(told.validUntil) }),
    ...(permit && !hypothetical && { useBy: iso(useByOf(decided)) }),
  };
}
