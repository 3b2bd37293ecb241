/** How the board says things: one symbol and one word for each outcome, one sentence for a reason, one form of date. */
import type { Outcome } from '../core/decision/outcome.ts';
import { type Reason, sentenceOf } from '../core/decision/reasons.ts';
import type { Cell } from './matrix.ts';

/** A symbol beside the colour and the pattern: three ways to tell outcomes apart. */
export const SYMBOL = {
  permit: '✓',
  deny: '✕',
  indeterminate: '?',
  'not-applicable': '–',
} as const satisfies Record<Outcome, string>;

export const WORD = {
  permit: 'may carry',
  deny: 'must not carry',
  indeterminate: 'cannot be decided, so must not carry',
  'not-applicable': 'no mandate covers it, so must not carry',
} as const satisfies Record<Outcome, string>;

export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** Where a reason comes from and about what, then its fixed sentence. */
function reasonLine(reason: Reason): string {
  const by = reason.statedIn === undefined ? undefined : `by ${reason.statedIn}`;
  const where = [reason.standard, by, reason.owner, reason.segment, reason.vendor].filter(
    (x) => x !== undefined,
  );
  const prefix = where.length === 0 ? '' : `${where.join(' · ')}: `;
  const share = reason.share === undefined ? '' : ` (${(reason.share / 100).toFixed(2)} %)`;
  return `${prefix}${sentenceOf(reason.code)}${share}`;
}

const MAX_LINES = 6;

/** Distinct lines, the first few. */
export function reasonLines(reasons: readonly Reason[], most = MAX_LINES): readonly string[] {
  const lines = [...new Set(reasons.map(reasonLine))];
  return lines.length <= most ? lines : [...lines.slice(0, most), `and ${lines.length - most} more`];
}

/** What is said when a cell is pointed at. */
export function cellTitle(id: string, profile: string, cell: Cell): string {
  const until =
    cell.outcome === 'permit' && cell.validUntil !== null
      ? ` until ${dayText(cell.validUntil)} at least`
      : '';
  return [`${id} ${WORD[cell.outcome]} ${profile}${until}`, ...reasonLines(cell.reasons)].join('\n');
}
