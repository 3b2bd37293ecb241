/** The label of a request's message, or the reasons why its marking was refused. */
import type { Reason, ReasonCode } from '../core/decision/reasons.ts';
import type { DecisionRequest } from '../core/decision/request.ts';
import { dayOf } from '../core/facts/moment.ts';
import type { MarkingErrorCode } from '../core/marking/errors.ts';
import type { Label } from '../core/marking/label.ts';
import { readMarking } from '../core/marking/read.ts';

export type LabelReading =
  | { readonly ok: true; readonly label: Label }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

function reasonCode(code: MarkingErrorCode): ReasonCode {
  if (code === 'UNKNOWN_FORMAT') return 'MARKING_FORMAT_UNKNOWN';
  return code === 'AMBIGUOUS' ? 'MARKING_AMBIGUOUS' : 'MARKING_INVALID';
}

/** @param at the instant the answer is for, epoch ms: code lists are dated */
export function labelOf(message: DecisionRequest['message'], at: number): LabelReading {
  const { marking, markingFormat, originator } = message;
  const reading = readMarking(marking, {
    on: dayOf(at, 'UTC'),
    ...(markingFormat !== undefined && { format: markingFormat }),
    ...(originator !== undefined && { originator }),
  });
  if (reading.ok) return { ok: true, label: reading.label };
  return {
    ok: false,
    reasons: reading.errors.map((e) => ({ code: reasonCode(e.code), marking: e.code, position: e.at })),
  };
}
