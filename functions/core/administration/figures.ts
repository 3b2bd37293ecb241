/**
 * Levels, shares and ends that a reason names and an operation has otherwise: `at RESTRICTED` over TOP SECRET, `35 %` over a
 * bound of 45, `until 2026-12-31` over a later day. Only what an operation says of the same kind can contradict.
 */
import { entries, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { frames, ladderOf } from '../marking/ladders.ts';
import type { Operation } from './change.ts';

/** What a text, and what an operation, says of one kind of figure; empty where it says none. */
interface FigureKind {
  readonly inReason: (reason: string) => readonly string[];
  readonly inOperation: (operation: Operation) => readonly string[];
}

/** Longest first, so that TOP SECRET is not read as SECRET. */
const LEVELS = [...new Set(frames().flatMap((frame) => ladderOf(frame) ?? []))].sort(
  (a, b) => b.length - a.length,
);
/** Not what a reason says to be so no more: "from SECRET", "not TOP SECRET", "ran until". */
const CLAIMED = '(?<!\\b(?:from|instead of|no longer|no more|not|ran|rather than|was) )';
/** As markings write them: a "secret" in small letters is a word, and so may be any in a reason that is all in capitals. */
const LEVEL = new RegExp(`${CLAIMED}(?<![\\p{L}\\p{N}-])(?:${LEVELS.join('|')})(?![\\p{L}\\p{N}-])`, 'gu');
const SHARE = new RegExp(`${CLAIMED}(?<![\\d.,])(\\d+(?:[.,]\\d+)?) ?(?:%|per ?cent\\b)`, 'gu');
const END = new RegExp(
  `${CLAIMED}\\b(?:until|till|through|up to|ends?(?: on)?|expires?(?: on)?) (\\d{4}-\\d{2}-\\d{2})\\b`,
  'giu',
);

const FIGURES: readonly FigureKind[] = [
  {
    inReason: (reason) => (reason === reason.toUpperCase() ? [] : (reason.match(LEVEL) ?? [])),
    inOperation: (operation) => written(operation).filter((value) => LEVELS.includes(value)),
  },
  {
    inReason: (reason) =>
      [...reason.matchAll(SHARE)].map(([, share = '']) => percent(share.replace(',', '.'))),
    inOperation: (operation) => sharesIn(factOf(operation)).map((hundredths) => percent(hundredths / 100)),
  },
  {
    inReason: (reason) => [...reason.matchAll(END)].map(([, day = '']) => day),
    inOperation: (operation) => {
      const to = operation.op === 'end' ? operation.on : member(member(factOf(operation), 'valid'), 'to');
      return to === null ? ['no end'] : typeof to === 'string' ? [to.slice(0, 10)] : [];
    },
  },
];

/**
 * What a reason claims, read once, to be held against one operation after another: what that says otherwise, in words; none
 * where they agree, or one of them says nothing.
 */
export function figuresAgainst(reason: string): (operation: Operation) => readonly string[] {
  const claims = FIGURES.map(({ inReason, inOperation }) => ({
    claimed: [...new Set(inReason(reason))],
    inOperation,
  })).filter(({ claimed }) => claimed.length > 0);
  return (operation) =>
    claims.flatMap(({ claimed, inOperation }) => {
      const found = [...new Set(inOperation(operation))];
      if (found.length === 0 || claimed.some((figure) => found.includes(figure))) return [];
      return [`the reason speaks of ${claimed.join(', ')}, this says ${found.join(', ')}`];
    });
}

function factOf(operation: Operation): RawFact | undefined {
  return operation.op === 'end' ? undefined : operation.fact;
}

function percent(share: number | string): string {
  return `${Number(share)} %`;
}

/** Every text that stands in what an operation writes. */
function written(operation: Operation): readonly string[] {
  const texts = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
  };
  return texts(factOf(operation));
}

/** Bounds of rules, and shares of deployments, in hundredths of a percent. */
function sharesIn(fact: RawFact | undefined): readonly number[] {
  const bounds = entries(fact?.['rules']).map((rule) => member(rule, 'max'));
  const shares = entries(member(fact?.['inventory'], 'deployments')).flatMap((deployment) =>
    Object.values(Object(member(deployment, 'shares'))),
  );
  return [...bounds, ...shares].filter((share) => typeof share === 'number');
}
