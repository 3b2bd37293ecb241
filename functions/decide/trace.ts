/** What the guard notes about one decision for the record, beside the answer the caller gets. One per request. */
import type { QuestionBinding } from '../core/decision/question-binding.ts';
import type { Reason } from '../core/decision/reasons.ts';

export interface Trace {
  /** What the answer is bound to: the text as it arrived, and, once that is read, what it says of itself. */
  question: QuestionBinding;
  /** Every reason, whatever the caller asked to have explained. */
  reasons: readonly Reason[];
  /** Keys of the exemptions without which a hold would stop this. */
  exemptions: readonly string[];
  /** Keys of every waiver used, for whichever standard. */
  waivers: readonly string[];
  /** Milliseconds from asking for HEAD to the last document read. */
  registryMs?: number;
  /** Read units the database says this decision consumed, and round trips that waited for one another. */
  readUnits?: number;
  batches?: number;
  /** The decision had been made before, of the same version, and was not made again: in no record, because it is the same. */
  remembered?: boolean;
}

/** @param question as far as it is known when it arrives */
export function newTrace(question: QuestionBinding = {}): Trace {
  return { question, reasons: [], exemptions: [], waivers: [] };
}
