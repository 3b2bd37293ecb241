/** From answers before and after to flips: what changes from permit to not, or back, over which time and why. */
import type { CoreDecision } from '../decision/core-decision.ts';
import type { Outcome } from '../decision/outcome.ts';
import { canonicalBytes, canonicalText, type Digest, digestOf } from '../facts/canonical.ts';
import { iso } from '../facts/moment.ts';
import type { AnsweredSpan, Span } from '../time/spans.ts';
import type { Answers } from './inquiry.ts';
import type { Case, Flip } from './simulation.ts';

/** What {@link changesOver} is told of a flip at the instant it begins. */
export type FlipExplanation = Pick<Flip, 'why' | 'restsOn'> & {
  /** Of the side that does not permit, on the basis on which the other does. */
  readonly refused: Outcome;
};
/** Says of a flip at an instant why, and on what of the change it rests. */
export type FlipExplainer = (at: number, before: CoreDecision, after: CoreDecision) => FlipExplanation;

/** What flips, whatever it is asked about. */
export type AnswerChange = Omit<Flip, 'number' | 'subject' | 'cases'>;
/** A flip that has no number yet. */
export type UnnumberedFlip = Omit<Flip, 'number'>;

/** What one span says: a change, or that both sides permit, or neither. */
type Said = AnswerChange | 'permits' | 'refuses';

function isChange(said: Said): said is AnswerChange {
  return typeof said !== 'string';
}

/** Answers that are explained in a way of their own. */
type ExplainedAnswers = Answers & { readonly explain?: FlipExplainer };

function saidOver(span: AnsweredSpan<ExplainedAnswers>, start: number, explain: FlipExplainer): Said {
  const [before, after] = span.answer.each;
  if (before === undefined || after === undefined) throw new Error('a flip has two sides');
  const permitted = before.outcome === 'permit';
  if (permitted === (after.outcome === 'permit')) return permitted ? 'permits' : 'refuses';
  const { obligations } = permitted ? before : after;
  const { refused, ...explained } = (span.answer.explain ?? explain)(span.from, before, after);
  return {
    direction: permitted ? 'to-deny' : 'to-permit',
    from: span.from === start ? null : iso(span.from),
    until: span.until === null ? null : iso(span.until),
    before: permitted ? 'permit' : refused,
    after: permitted ? refused : 'permit',
    ...explained,
    obliges: [...new Set(obligations.map(({ type }) => type))].sort(),
  };
}

/** Whether two spans that follow each other say the same. */
function isSame(one: Said, other: Said): boolean {
  if (!isChange(one) || !isChange(other)) return one === other;
  const kind = ({ from: _from, until: _until, ...rest }: AnswerChange) => canonicalText(rest);
  return kind(one) === kind(other);
}

/** Thrown where nobody looked to the end: what flips after that is not known. */
export class UnfinishedWalkError extends Error {
  override readonly name = 'UnfinishedWalkError';
}

/** What is said over time, spans that follow each other and say the same made one. @throws UnfinishedWalkError */
function saidOverTime(
  spans: Iterable<Span<ExplainedAnswers>>,
  start: number,
  explain: FlipExplainer,
): readonly Said[] {
  const all: Said[] = [];
  for (const span of spans) {
    if (span.answer === undefined)
      throw new UnfinishedWalkError(
        `an answer has more dates than a simulation follows, which looked until ${iso(span.from)}: join or remove facts of many dates`,
      );
    const next = saidOver(span, start, explain);
    const last = all.at(-1);
    if (last === undefined || !isSame(last, next)) all.push(next);
    else if (isChange(last) && isChange(next)) all[all.length - 1] = { ...last, until: next.until };
  }
  return all;
}

/** Changes in one direction that follow each other: one end that moves, whatever reasons come in between. */
function sameWay(said: readonly Said[], at: number): { readonly first: number; readonly last: number } {
  const direction = (i: number) => {
    const each = said[i];
    return each !== undefined && isChange(each) ? each.direction : undefined;
  };
  let [first, last] = [at, at];
  while (direction(first - 1) === direction(at)) first -= 1;
  while (direction(last + 1) === direction(at)) last += 1;
  return { first, last };
}

/** The change, and which end it moves: where both sides permitted until it began, and not both do after. */
function withMovedEnd(change: AnswerChange, at: number, said: readonly Said[]): AnswerChange {
  const { first, last } = sameWay(said, at);
  if (said[first - 1] !== 'permits' || said[last + 1] === 'permits') return change;
  const [begin, end] = [said[first], said[last]];
  if (begin === undefined || end === undefined || !isChange(begin) || !isChange(end)) return change;
  const ends =
    change.direction === 'to-deny'
      ? { was: end.until, becomes: begin.from }
      : { was: begin.from, becomes: end.until };
  return { ...change, ends };
}

/**
 * The changes of one question, each as long as it has the same reasons.
 *
 * @throws UnfinishedWalkError
 */
export function changesOver(
  spans: Iterable<Span<ExplainedAnswers>>,
  start: number,
  explain: FlipExplainer,
): readonly AnswerChange[] {
  const said = saidOverTime(spans, start, explain);
  return said.flatMap((each, at) => (isChange(each) ? [withMovedEnd(each, at, said)] : []));
}

function caseText(asked: Case): string {
  return canonicalText({ ...asked });
}

/** Gathers the changes of one subject: cases that change alike are one flip. */
export class AlikeCases {
  readonly #groups = new Map<string, { readonly change: AnswerChange; readonly cases: Case[] }>();

  add(change: AnswerChange, asked: Case): void {
    const key = canonicalText(change);
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { change, cases: [asked] });
    else group.cases.push(asked);
  }

  of(subject: Flip['subject']): readonly UnnumberedFlip[] {
    return [...this.#groups.values()].map(({ change, cases }) => ({
      subject,
      ...change,
      cases: cases.sort((a, b) => (caseText(a) < caseText(b) ? -1 : 1)),
    }));
  }
}

/** Order does not depend on how the work was divided: direction, subject, then everything else. */
function sortKey(flip: UnnumberedFlip): string {
  const { direction, subject, from, until, ...rest } = flip;
  return canonicalText([direction === 'to-permit' ? 0 : 1, subject, from ?? '', until ?? '', rest]);
}

/** Numbered from 1, what becomes permit first. */
export function numbered(flips: readonly UnnumberedFlip[]): readonly Flip[] {
  return flips
    .map((flip) => ({ flip, key: sortKey(flip) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ flip }, i) => ({ number: i + 1, ...flip }));
}

/** The digest two approvals must agree on. */
export function digestOfFlips(flips: readonly Flip[]): Digest {
  return digestOf(canonicalBytes(flips));
}
