/**
 * The one walk through time: an answer asked again at every instant at which it may change, which each answer itself
 * names, and so exact between two of them (T8). A walk that is cut short ends in a span without an answer: whoever
 * reads it must say what it makes of the time that nobody looked at.
 */

/** Anything that says until when it holds. */
export interface EndingAnswer {
  /** Epoch ms of the first instant at which it may be otherwise; `null` where no date is known. */
  readonly validUntil: number | null;
}

/** An answer over `[from, until)`, epoch ms; `until` is `null` where no end is known. */
export interface AnsweredSpan<A> {
  readonly from: number;
  readonly until: number | null;
  readonly answer: A;
}

/** Looked until `from`: there were more dates than the walk follows. */
interface UnseenSpan {
  readonly from: number;
  /** The end of what was asked for; `null` for all time. */
  readonly until: number | null;
  readonly answer: undefined;
}

/** A time in which one answer stands, or one that was not looked at. */
export type Span<A> = AnsweredSpan<A> | UnseenSpan;

/** How far a walk through time may go. */
export interface SpanTerms {
  /** Most instants asked about. @default 10000, more than any honest set of facts has dates */
  readonly limit?: number;
  /** Asked before each instant; where it says no, the walk is cut short there. */
  readonly keepGoing?: () => boolean;
}

/** An answer ended before it began: time would never pass. */
export class SpanError extends Error {
  override readonly name = 'SpanError';
}

const MOST_SPANS = 10_000;

/** The instants to ask about, each given the answer to the one before; it returns what it did not look at. */
function* instants(
  from: number,
  until: number,
  { limit = MOST_SPANS, keepGoing = () => true }: SpanTerms,
): Generator<number, UnseenSpan | undefined, EndingAnswer> {
  let asked = 0;
  for (let at: number | null = from; at !== null && at < until; asked += 1) {
    if (asked === limit || !keepGoing())
      return { from: at, until: Number.isFinite(until) ? until : null, answer: undefined };
    const { validUntil }: EndingAnswer = yield at;
    if (validUntil !== null && !(validUntil > at)) throw new SpanError('an answer ended before it began');
    at = validUntil;
  }
  return undefined;
}

/**
 * The answers from `from` (inclusive) to `until` (exclusive), epoch ms; of all time where it is left out.
 *
 * @throws SpanError
 */
export function* spans<A extends EndingAnswer>(
  answerAt: (at: number) => A,
  from: number,
  until: number = Number.POSITIVE_INFINITY,
  terms: SpanTerms = {},
): Generator<Span<A>, void, undefined> {
  const walk = instants(from, until, terms);
  let step = walk.next();
  while (step.done !== true) {
    const at = step.value;
    const answer = answerAt(at);
    step = walk.next(answer);
    yield { from: at, until: answer.validUntil, answer };
  }
  if (step.value !== undefined) yield step.value;
}

/** The same walk where an answer is waited for. */
export async function* spansAwaited<A extends EndingAnswer>(
  answerAt: (at: number) => Promise<A> | A,
  from: number,
  until: number = Number.POSITIVE_INFINITY,
  terms: SpanTerms = {},
): AsyncGenerator<Span<A>, void, undefined> {
  const walk = instants(from, until, terms);
  let step = walk.next();
  while (step.done !== true) {
    const at = step.value;
    const answer = await answerAt(at);
    step = walk.next(answer);
    yield { from: at, until: answer.validUntil, answer };
  }
  if (step.value !== undefined) yield step.value;
}
