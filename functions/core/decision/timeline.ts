/** A timeline: every instant in a span at which the answer to one question changes, and what changed in it. */
import { canonicalText } from '../facts/canonical.ts';
import { type EndingAnswer, type SpanTerms, spansAwaited } from '../time/spans.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './reasons.ts';

/** The part of an answer that a timeline compares. A guard's answer has it as well as a core decision. */
export interface DatedAnswer extends EndingAnswer {
  readonly outcome: Outcome;
  readonly standards: readonly { readonly id: string; readonly by: string; readonly outcome: Outcome }[];
  readonly reasons: readonly Reason[];
  readonly notes: readonly Reason[];
  readonly mandates: readonly string[];
}

/** What is different from the answer before. For the first entry everything is new. */
interface TimelineChange {
  readonly standards: readonly {
    readonly id: string;
    /** `null` where the standard was not asked before, or is not asked any more. */
    readonly from: Outcome | null;
    readonly to: Outcome | null;
  }[];
  readonly reasonsAdded: readonly Reason[];
  readonly reasonsRemoved: readonly Reason[];
  readonly notesAdded: readonly Reason[];
  readonly notesRemoved: readonly Reason[];
}

/** A time in which one answer stands, and what is different from the one before. */
export interface TimelineEntry {
  /** Epoch ms, inclusive. */
  readonly from: number;
  /** Epoch ms, exclusive; `null` where no date is known that could change the answer. */
  readonly to: number | null;
  readonly answer: DatedAnswer;
  readonly change: TimelineChange;
}

/** An answer over time, and how far was looked. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  /** Epoch ms: up to here was looked, where there were more dates than a walk follows; `null` for the whole span. */
  readonly lookedUntil: number | null;
}

function keyOf(r: Reason): string {
  return canonicalText(r);
}

/** What two answers are compared by: all they say, in no particular order. */
function saying(a: DatedAnswer): string {
  const sorted = (reasons: readonly Reason[]) => reasons.map(keyOf).sort();
  return canonicalText({
    outcome: a.outcome,
    standards: a.standards.map((s) => `${s.id} ${s.by} ${s.outcome}`).sort(),
    reasons: sorted(a.reasons),
    notes: sorted(a.notes),
    mandates: [...a.mandates].sort(),
  });
}

function added(before: readonly Reason[], after: readonly Reason[]): readonly Reason[] {
  const known = new Set(before.map(keyOf));
  return after.filter((r) => !known.has(keyOf(r)));
}

function changeBetween(before: DatedAnswer | undefined, after: DatedAnswer): TimelineChange {
  const outcomeOf = (a: DatedAnswer | undefined, id: string) =>
    a?.standards.find((s) => s.id === id)?.outcome ?? null;
  const ids = new Set([...(before?.standards ?? []), ...after.standards].map((s) => s.id));
  return {
    standards: [...ids]
      .sort()
      .map((id) => ({ id, from: outcomeOf(before, id), to: outcomeOf(after, id) }))
      .filter((s) => s.from !== s.to),
    reasonsAdded: added(before?.reasons ?? [], after.reasons),
    reasonsRemoved: added(after.reasons, before?.reasons ?? []),
    notesAdded: added(before?.notes ?? [], after.notes),
    notesRemoved: added(after.notes, before?.notes ?? []),
  };
}

/**
 * The timeline of one question from `from` (inclusive) to `to` (exclusive), epoch ms.
 *
 * @param answerAt the answer for an instant
 * @throws SpanError
 */
export async function timelineOf(
  answerAt: (at: number) => Promise<DatedAnswer> | DatedAnswer,
  from: number,
  to: number,
  terms?: SpanTerms,
): Promise<Timeline> {
  const entries: TimelineEntry[] = [];
  for await (const { from: at, until, answer } of spansAwaited(answerAt, from, to, terms)) {
    if (answer === undefined) return { entries, lookedUntil: at };
    const last = entries.at(-1);
    if (last !== undefined && saying(last.answer) === saying(answer))
      entries[entries.length - 1] = { ...last, to: until };
    else entries.push({ from: at, to: until, answer, change: changeBetween(last?.answer, answer) });
  }
  return { entries, lookedUntil: null };
}
