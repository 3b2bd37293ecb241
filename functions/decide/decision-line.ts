/**
 * The schema of the one line per decision: audit record and metrics at once. Closed, and made member by member, so
 * that what a caller wrote (message ids, markings, hops, standards it invented) has no member here to be in.
 *
 * Two names are kept free: `chain` (links that make a gap or a change in the log evident) and `sealed` (the canonical
 * request, encrypted to an auditor). A line stays under `MAX_LINE_BYTES`, a quarter of what a log event may hold.
 */
import type { Answer } from '../core/decision/answer.ts';
import type { Reason } from '../core/decision/reasons.ts';
import {
  type CountedNames,
  type EmbeddedMetrics,
  embedded,
  type MetricValues,
  namesOf,
} from '../metrics/embedded.ts';
import { gatewayIdOf } from '../service/http.ts';
import { type DecisionClass, decisionClass } from './decision-class.ts';
import type { Trace } from './trace.ts';

const LINE_SCHEMA = 1;
export const MAX_LINE_BYTES = 64 * 1024;

/** Reasons kept in a line, and ids per list; `reasonCount` says how many there were. */
const MAX_LISTED = 32;

/** `access`: AuthZEN; `audit`: full explanations. */
export type Door = 'direct' | 'http' | 'access' | 'audit';

export interface DecisionContext {
  readonly service: string;
  readonly door: Door;
  /** The question came through the probe's alias: the answer is real, but nobody's traffic depends on it. */
  readonly probe: boolean;
  /** The identity as the door verified it, where it can. */
  readonly caller?: string | undefined;
  /** Lambda's or API Gateway's own id of the request, to find the rest of what is known about it. */
  readonly requestId?: string | undefined;
  /** Milliseconds from the event's arrival to the answer. */
  readonly totalMs: number;
}

type DecidingReason = Pick<Reason, 'code' | 'standard' | 'rule' | 'hop' | 'segment' | 'marking'>;

export interface DecisionLine extends EmbeddedMetrics, MetricValues {
  readonly event: 'decision';
  readonly schema: typeof LINE_SCHEMA;
  readonly Service: string;
  readonly Class: DecisionClass | 'probe';
  readonly door: Door;
  readonly probe: boolean;
  readonly caller?: string;
  readonly requestId?: string;
  readonly evaluationId: string;
  readonly evaluatedAt: string;
  readonly at?: string;
  readonly outcome: Answer['outcome'];
  readonly decision: boolean;
  readonly enforceable: boolean;
  /** What a hypothetical answer came to. */
  readonly hypothetical?: Pick<Answer, 'decision' | 'outcome'>;
  readonly retry: Answer['retry'];
  readonly registry?: { readonly version: number; readonly digest: string };
  readonly build: string;
  readonly basis?: Answer['basis'];
  readonly pathAssurance?: Answer['pathAssurance'];
  readonly dominance: Answer['dominance'];
  readonly standards: Answer['standards'];
  readonly mandates: readonly string[];
  readonly exemptions?: readonly string[];
  readonly waivers: readonly string[];
  readonly codes: readonly string[];
  readonly reasons: readonly DecidingReason[];
  readonly reasonCount: number;
  readonly useBy?: string;
  readonly batches?: number;
}

const PRINCIPAL = /^arn:aws[a-z-]{0,16}:(?:iam|sts)::\d{12}:[\w+=,.@/:-]{1,512}$/;

/** An ARN as AWS writes one, or the word for anything else: the member must not become a channel. */
export function principalOf(caller: string | undefined): string | undefined {
  if (caller === undefined) return undefined;
  return PRINCIPAL.test(caller) ? caller : 'unrecognised';
}

/** A standard that only the request names, and the registry does not know, is the caller's text. */
function unknownByRequest(answer: Answer, reasons: readonly Reason[]): ReadonlySet<string> {
  const unknown = new Set(reasons.flatMap((r) => (r.code === 'STANDARD_UNKNOWN' ? [r.standard] : [])));
  return new Set(answer.standards.filter((s) => s.by === 'request' && unknown.has(s.id)).map((s) => s.id));
}

function deciding(reason: Reason, hidden: ReadonlySet<string>): DecidingReason {
  const { code, standard, rule, hop, segment, marking } = reason;
  return {
    code,
    ...(standard !== undefined && !hidden.has(standard) && { standard }),
    ...(rule !== undefined && { rule }),
    ...(hop !== undefined && { hop }),
    ...(segment !== undefined && { segment }),
    ...(marking !== undefined && { marking }),
  };
}

function resultOf({ decision, outcome }: Pick<Answer, 'decision' | 'outcome'>) {
  return { decision, outcome };
}

function valuesOf(cls: DecisionClass, trace: Trace, context: DecisionContext): MetricValues {
  if (context.probe) return { ProbeDecisions: 1 };
  const permit = cls === 'permit';
  return {
    Decisions: 1,
    Permits: permit ? 1 : 0,
    Faults: cls === 'integrity' ? 1 : 0,
    WaivedPermits: permit && trace.waivers.length > 0 ? 1 : 0,
    DecisionTime: context.totalMs,
    ...(trace.registryMs !== undefined && { RegistryReadTime: trace.registryMs }),
    ...(trace.readUnits !== undefined && { ReadUnits: trace.readUnits }),
  };
}

function countedOf(values: MetricValues, probe: boolean): readonly CountedNames[] {
  const all: CountedNames = { dimensions: ['Service'], names: namesOf(values) };
  return probe ? [all] : [all, { dimensions: ['Service', 'Class'], names: ['Decisions'] }];
}

/** The line of one decision. */
export function decisionLine(answer: Answer, trace: Trace, context: DecisionContext): DecisionLine {
  const cls = decisionClass(answer, trace.reasons);
  const values = valuesOf(cls, trace, context);
  const hidden = unknownByRequest(answer, trace.reasons);
  const caller = principalOf(context.caller);
  const requestId = gatewayIdOf(context.requestId);
  return {
    ...embedded(Date.parse(answer.evaluatedAt), countedOf(values, context.probe)),
    event: 'decision',
    schema: LINE_SCHEMA,
    Service: context.service,
    Class: context.probe ? 'probe' : cls,
    door: context.door,
    probe: context.probe,
    ...(caller !== undefined && { caller }),
    ...(requestId !== undefined && { requestId }),
    evaluationId: answer.evaluationId,
    evaluatedAt: answer.evaluatedAt,
    ...(answer.at !== undefined && { at: answer.at }),
    outcome: answer.outcome,
    decision: answer.decision,
    enforceable: answer.enforceable,
    ...(answer.hypothetical !== undefined && { hypothetical: resultOf(answer.hypothetical) }),
    retry: answer.retry,
    ...(answer.registry !== undefined && { registry: answer.registry }),
    build: answer.build,
    ...(answer.basis !== undefined && { basis: answer.basis }),
    ...(answer.pathAssurance !== undefined && { pathAssurance: answer.pathAssurance }),
    dominance: answer.dominance,
    standards: answer.standards.filter((s) => !hidden.has(s.id)).slice(0, MAX_LISTED),
    mandates: (answer.mandates ?? []).slice(0, MAX_LISTED),
    ...(trace.exemptions.length > 0 && { exemptions: trace.exemptions.slice(0, MAX_LISTED) }),
    waivers: trace.waivers.slice(0, MAX_LISTED),
    codes: [...new Set(trace.reasons.map((r) => r.code))],
    reasons: trace.reasons.slice(0, MAX_LISTED).map((r) => deciding(r, hidden)),
    reasonCount: trace.reasons.length,
    ...(answer.useBy !== undefined && { useBy: answer.useBy }),
    ...(trace.batches !== undefined && { batches: trace.batches }),
    ...values,
  };
}
