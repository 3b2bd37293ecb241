/**
 * What a stop hides of a change. A hold only refuses, and the exemption that sets one aside only adds to what an answer rests on.
 * So what is gained under any of the holds that stand is gained under none of them, or under one alone: without the others,
 * that one stopped the message before and does not after, or what sets it aside, or ends it, is relied on after and was not before.
 */
import type { CoreDecision } from '../decision/core-decision.ts';
import type { Reason, ReasonCode } from '../decision/reasons.ts';
import { canonicalText } from '../facts/canonical.ts';
import type { Span } from '../time/spans.ts';
import type { AnswerChange, FlipExplainer } from './flips.ts';
import type { Answers } from './inquiry.ts';

const STOPPING: ReadonlySet<ReasonCode> = new Set(['HOLD_EVERYTHING', 'HOLD_OWNER', 'HOLD_NETWORK']);

/** Both answers to one question of a registry on the two sides of a change, and why they differ where they do. */
interface TwoAnswers {
  readonly before: CoreDecision;
  readonly after: CoreDecision;
  readonly explain: FlipExplainer;
}

/** What is asked besides, while something is stopped. */
export interface Lifting {
  /** On each side: holds that nobody can read. They stop everything. */
  readonly unreadable: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Holds of either side whose end not everybody would take for one: that, too, is something an answer rests on. */
  readonly endUnproven: readonly string[];
  /** Why answers differ as they are, and without any hold. */
  readonly explain: { readonly stopped: FlipExplainer; readonly free: FlipExplainer };
  /** Of a registry with this hold alone. */
  readonly leaving: (hold: string, at: number) => TwoAnswers;
}

function isFlip({ before, after }: Pick<TwoAnswers, 'before' | 'after'>): boolean {
  return (before.outcome === 'permit') !== (after.outcome === 'permit');
}

/** The holds that an answer is refused by. */
function stopsIn(reasons: readonly Reason[]): readonly string[] {
  return reasons.flatMap(({ code, fact }) => (STOPPING.has(code) && fact !== undefined ? [fact] : []));
}

/** The holds that an answer names as set aside. */
function setAsideIn(notes: readonly Reason[]): readonly string[] {
  return notes.flatMap(({ code, fact }) => (code === 'HOLD_SET_ASIDE' && fact !== undefined ? [fact] : []));
}

/**
 * Of both sides as they are, the two answers between which lies what is so once what else stops it is lifted: what is gained
 * rather than what is lost.
 */
function onceLifted(
  stopped: TwoAnswers,
  free: TwoAnswers,
  at: number,
  { unreadable, endUnproven, leaving }: Lifting,
): TwoAnswers {
  const { before, after } = stopped;
  // What flips as things are stopped is told as that.
  if (isFlip(stopped)) return { ...stopped, after: before };
  if (isFlip(free) || free.after.outcome !== 'permit') return free;
  const stay = new Set([...stopsIn(after.reasons), ...unreadable.after]);
  const mayTell = new Set([
    ...[...stopsIn(before.reasons), ...unreadable.before],
    ...[...setAsideIn(before.notes), ...setAsideIn(after.notes), ...endUnproven],
  ]);
  let lost: TwoAnswers | undefined;
  for (const hold of mayTell) {
    const alone = stay.has(hold) ? free : leaving(hold, at);
    if (!isFlip(alone)) continue;
    if (alone.after.outcome === 'permit') return alone;
    lost ??= alone;
  }
  return lost ?? free;
}

/** The answers of a walk over both sides as they are and without any hold, once what stops them is lifted. */
export function spanOnceLifted(
  span: Span<Answers>,
  lifting: Lifting,
): Span<Answers & { readonly explain?: FlipExplainer }> {
  if (span.answer === undefined) return span;
  const [before, after, freeBefore, freeAfter] = span.answer.each;
  if (before === undefined || after === undefined || freeBefore === undefined || freeAfter === undefined)
    throw new Error('both sides are asked twice');
  const { stopped, free } = lifting.explain;
  const lifted = onceLifted(
    { before, after, explain: stopped },
    { before: freeBefore, after: freeAfter, explain: free },
    span.from,
    lifting,
  );
  const each = [lifted.before, lifted.after];
  return { ...span, answer: { ...span.answer, each, explain: lifted.explain } };
}

/** A change but for when it is. */
function lastingText({ from: _from, until: _until, ends: _ends, ...rest }: AnswerChange): string {
  return canonicalText(rest);
}

/** What one question comes to: as things are stopped, and what is so only once they are lifted. */
export interface ChangesOfQuestion {
  readonly asStopped: readonly AnswerChange[];
  readonly lifted: readonly AnswerChange[];
}

/** A change that a stop only keeps back until it ends by itself is one, which begins sooner once that is lifted. */
export function withSooner({ asStopped, lifted }: ChangesOfQuestion): ChangesOfQuestion {
  const earlier = (change: AnswerChange) =>
    lifted.find(
      (each) =>
        each.until !== null && each.until === change.from && lastingText(each) === lastingText(change),
    );
  const merged = new Set(asStopped.map(earlier));
  return {
    asStopped: asStopped.map((change) => {
      const first = earlier(change);
      return first === undefined ? change : { ...change, sooner: first.from };
    }),
    lifted: lifted.filter((each) => !merged.has(each)),
  };
}
