/** From answers before and after to flips: what changes from permit to not, or back, over which time and why. */
import type { CoreDecision } from '../decision/decide.ts';
import type { ReasonCode } from '../decision/reasons.ts';
import { canonicalBytes, canonicalText, type Digest, digestOf, type Json } from '../facts/canonical.ts';
import { iso } from '../facts/moment.ts';
import type { AnsweredSpan, Span } from '../time/spans.ts';
import type { Answers } from './inquiry.ts';
import type { Case, Flip } from './simulation.ts';

type Change = Pick<Flip, 'direction' | 'from' | 'until' | 'before' | 'after' | 'why'>;
/** A flip that has no number yet. */
export type UnnumberedFlip = Omit<Flip, 'number'>;

function codesOf(refused: CoreDecision): readonly ReasonCode[] {
  return [...new Set(refused.reasons.map((r) => r.code))].sort();
}

function changeOver(span: AnsweredSpan<Answers>, start: number): Change | undefined {
  const [before, after] = span.answer.each;
  if (before === undefined || after === undefined) throw new Error('a flip has two sides');
  const permitted = before.outcome === 'permit';
  if (permitted === (after.outcome === 'permit')) return undefined;
  return {
    direction: permitted ? 'to-deny' : 'to-permit',
    from: span.from === start ? null : iso(span.from),
    until: span.until === null ? null : iso(span.until),
    before: before.outcome,
    after: after.outcome,
    why: codesOf(permitted ? after : before),
  };
}

function sameChange(a: Change, b: Change): boolean {
  const kind = ({ direction, before, after, why }: Change) => canonicalText([direction, before, after, why]);
  return kind(a) === kind(b);
}

/** Thrown where nobody looked to the end: what flips after that is not known. */
export class UnfinishedWalkError extends Error {
  override readonly name = 'UnfinishedWalkError';
}

/**
 * The changes of one question, spans that follow each other and say the same made one.
 *
 * @throws UnfinishedWalkError
 */
export function changesOver(spans: Iterable<Span<Answers>>, start: number): readonly Change[] {
  const changes: Change[] = [];
  let open: Change | undefined;
  for (const span of spans) {
    if (span.answer === undefined)
      throw new UnfinishedWalkError(
        `an answer has more dates than a simulation follows, which looked until ${iso(span.from)}: join or remove facts of many dates`,
      );
    const next = changeOver(span, start);
    if (open !== undefined && next !== undefined && sameChange(open, next))
      open = { ...open, until: next.until };
    else {
      if (open !== undefined) changes.push(open);
      open = next;
    }
  }
  return open === undefined ? changes : [...changes, open];
}

function caseText(asked: Case): string {
  return canonicalText({ ...asked });
}

/** Gathers the changes of one subject: cases that change alike are one flip. */
export class FlipGroups {
  readonly #groups = new Map<string, { readonly change: Change; readonly cases: Case[] }>();

  add(change: Change, asked: Case): void {
    const key = canonicalText(change as unknown as Json);
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
  return canonicalText([
    direction === 'to-permit' ? 0 : 1,
    subject,
    from ?? '',
    until ?? '',
    rest as unknown as Json,
  ]);
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
  return digestOf(canonicalBytes(flips as unknown as Json));
}
