/** The decision service: strict parsing, the label, the registry, the pure fold, the answer. Shared by every door. */
import { type Answer, answerOf, type Envelope, refusal } from '../core/decision/answer.ts';
import { decide } from '../core/decision/decide.ts';
import { lawOf, type VendorReading, vendorOf } from '../core/decision/evidence.ts';
import { claimedProtection, keysOf, pathOf, vendorIdsOf } from '../core/decision/path.ts';
import { readRequest } from '../core/decision/read-request.ts';
import type { Reason, ReasonCode } from '../core/decision/reasons.ts';
import {
  type DecisionRequest,
  type Explain,
  MAX_REQUEST_BYTES,
  MAX_REQUEST_DEPTH,
} from '../core/decision/request.ts';
import { dayOf, instantOf } from '../core/facts/moment.ts';
import type { LawDoc, VendorDoc } from '../core/facts/view.ts';
import type { MarkingErrorCode } from '../core/marking/errors.ts';
import type { Label } from '../core/marking/label.ts';
import { readMarking } from '../core/marking/read.ts';
import { parseStrictJson } from '../core/strict-json.ts';
import type { RegistryReader } from '../store/registry-reader.ts';
import { StoreError } from '../store/store-error.ts';
import { reasonOfStoreError } from './store-reasons.ts';
import { newTrace, type Trace } from './trace.ts';

export interface GuardOptions {
  readonly reader: RegistryReader;
  readonly build: string;
  readonly budgetMs: number;
  readonly leaseMs: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly newEvaluationId: () => string;
  /** How much an answer through this door may reveal. */
  readonly mostExplained: Exclude<Explain, 'none'>;
}

export interface Guard {
  /** Decides on the JSON text of a request. Never throws: a fault inside is a refusal. */
  decideText(text: string, trace?: Trace): Promise<Answer>;
  /** Decides on a request somebody else has parsed; duplicate members cannot be seen here. */
  decideValue(value: unknown, trace?: Trace): Promise<Answer>;
  /** The answer for a call that could not be attended to in time. */
  outOfTime(trace?: Trace): Answer;
}

function markingReason(code: MarkingErrorCode): ReasonCode {
  if (code === 'UNKNOWN_FORMAT') return 'MARKING_FORMAT_UNKNOWN';
  return code === 'AMBIGUOUS' ? 'MARKING_AMBIGUOUS' : 'MARKING_INVALID';
}

function wantedVersion(request: DecisionRequest) {
  return request.registry ?? {};
}

type LabelReading =
  | { readonly ok: true; readonly label: Label }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

function labelOf(request: DecisionRequest, at: number): LabelReading {
  const { marking, markingFormat, originator } = request.message;
  const reading = readMarking(marking, {
    on: dayOf(at, 'UTC'),
    ...(markingFormat !== undefined && { format: markingFormat }),
    ...(originator !== undefined && { originator }),
  });
  if (reading.ok) return { ok: true, label: reading.label };
  return {
    ok: false,
    reasons: reading.errors.map((e) => ({ code: markingReason(e.code), marking: e.code, position: e.at })),
  };
}

export function createGuard(options: GuardOptions): Guard {
  const { clock, build } = options;
  const envelope = (explain: Explain): Envelope => ({
    evaluationId: options.newEvaluationId(),
    evaluatedAt: clock(),
    build,
    explain,
  });
  const refuse = (trace: Trace, reasons: readonly Reason[], explain: Explain = 'codes', label?: Label) => {
    trace.reasons = reasons;
    return refusal(envelope(explain), reasons, label);
  };
  const refuseWith = (trace: Trace, code: ReasonCode, explain?: Explain) =>
    refuse(trace, [{ code }], explain);

  async function decideRequest(request: DecisionRequest, trace: Trace): Promise<Answer> {
    const explain = request.explain ?? 'codes';
    if (explain === 'full' && options.mostExplained !== 'full')
      return refuseWith(trace, 'EXPLAIN_NOT_GRANTED');
    const now = clock();
    const at = request.at === undefined ? now : instantOf(request.at);
    if (at === undefined) return refuseWith(trace, 'INSTANT_INVALID', explain);
    const reading = labelOf(request, at);
    if (!reading.ok) return refuse(trace, reading.reasons, explain);
    const { label } = reading;

    const readingFrom = performance.now();
    const registry = await options.reader.open(wantedVersion(request), AbortSignal.timeout(options.budgetMs));
    const { law, entries } = await registry.read(keysOf(request));
    const path = pathOf(request, entries, at);
    const docs = await registry.vendors(vendorIdsOf(path));
    trace.registryMs = performance.now() - readingFrom;
    Object.assign(trace, registry.consumed());
    const vendors = new Map<string, VendorReading>();
    for (const [id, doc] of docs) {
      const vendor = vendorOf(doc as unknown as VendorDoc);
      if (vendor !== undefined) vendors.set(id, vendor);
    }
    const decision = decide({
      request,
      label,
      law: lawOf(law as unknown as LawDoc),
      path,
      vendors,
      protection: claimedProtection(request, entries, at),
      at,
    });
    trace.reasons = decision.reasons;
    const exact = request.registry !== undefined && 'exact' in request.registry;
    return answerOf(envelope(explain), {
      decision,
      label,
      at,
      registry: { version: registry.version, digest: registry.digest },
      hypothetical: request.at !== undefined || exact,
      leaseEnds: registry.readStartedAt + options.leaseMs,
    });
  }

  async function decideValue(value: unknown, trace: Trace = newTrace()): Promise<Answer> {
    try {
      const reading = readRequest(value);
      return reading.ok ? await decideRequest(reading.request, trace) : refuse(trace, reading.reasons);
    } catch (error) {
      // T3: whatever was thrown, nothing was permitted. The error itself may hold stored or caller text: it goes nowhere.
      return refuseWith(
        trace,
        error instanceof StoreError ? reasonOfStoreError(error.code) : 'INTERNAL_FAULT',
      );
    }
  }

  return {
    decideValue,
    async decideText(text, trace = newTrace()) {
      const parsed = parseStrictJson(text, { maxBytes: MAX_REQUEST_BYTES, maxDepth: MAX_REQUEST_DEPTH });
      return parsed.ok ? decideValue(parsed.value, trace) : refuseWith(trace, requestCode(parsed.code));
    },
    outOfTime: (trace = newTrace()) => refuseWith(trace, 'BUDGET_EXHAUSTED'),
  };
}

function requestCode(code: string): ReasonCode {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'REQUEST_DUPLICATE_KEY';
    case 'TOO_LARGE':
      return 'REQUEST_TOO_LARGE';
    case 'TOO_DEEP':
      return 'REQUEST_TOO_DEEP';
    default:
      return 'REQUEST_UNPARSABLE';
  }
}
