/** The label of a request's message, or the reasons why its marking was refused, and until when either is so. */

import { dayOf, startOfDay } from '../facts/moment.ts';
import type { MarkingErrorCode } from '../marking/errors.ts';
import type { ReadLabel } from '../marking/label.ts';
import { readMarking } from '../marking/read.ts';
import { readsOtherwiseOn } from '../marking/reading-dates.ts';
import type { DecisionRequest } from '../request.ts';
import type { Reason, ReasonCode } from './reasons.ts';

/** The label that a marking reads as at an instant, or why it reads as none. */
export type LabelReading =
  | ({ readonly ok: true } & ReadLabel)
  | { readonly ok: false; readonly reasons: readonly Reason[]; readonly until: number | null };

function reasonCode(code: MarkingErrorCode): ReasonCode {
  if (code === 'UNKNOWN_FORMAT') return 'MARKING_FORMAT_UNKNOWN';
  return code === 'AMBIGUOUS' ? 'MARKING_AMBIGUOUS' : 'MARKING_INVALID';
}

/** @param at the instant the answer is for, epoch ms: code lists are dated */
export function labelOf(message: DecisionRequest['message'], at: number): LabelReading {
  const { marking, markingFormat, originator } = message;
  const context = {
    on: dayOf(at, 'UTC'),
    ...(markingFormat !== undefined && { format: markingFormat }),
    ...(originator !== undefined && { originator }),
  };
  const reading = readMarking(marking, context);
  const day = readsOtherwiseOn(marking, context, reading);
  const until = day === undefined ? null : startOfDay(day, 'UTC');
  if (reading.ok) return { ok: true, label: reading.label, until };
  return {
    ok: false,
    reasons: reading.errors.map((e) => ({ code: reasonCode(e.code), marking: e.code, position: e.at })),
    until,
  };
}
