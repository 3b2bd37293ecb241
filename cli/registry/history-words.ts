/** History in words: what a fact says, who made it so, and what became of it. */
import { factChangeInWords } from '../../functions/core/administration/operation-words.ts';
import { intervalOf, validity } from '../../functions/core/facts/moment.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factInWords } from '../../functions/core/facts/words/fact-words.ts';
import type { FactNames } from '../../functions/core/facts/words/names.ts';

/** The commit that last set a fact. */
export interface LastChangeSaid {
  readonly version: number;
  readonly kind: string;
  readonly author: string;
  readonly recordedAt: string;
  readonly change: string;
}

/** A fact that differs between two versions. */
export interface Difference {
  readonly key: string;
  readonly change: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A fact as it stands, and what was last done to it: first of all where it holds no longer. @param now epoch milliseconds */
export function standingInWords(
  key: string,
  fact: RawFact,
  last: LastChangeSaid,
  names: FactNames,
  now: number,
): readonly string[] {
  const { gist, details } = factInWords(fact, names);
  const said = [gist, ...details.map((line) => `  ${line}`), `  ${key}`];
  if (last.kind === 'revoke') return [lastChangeInWords(last), ...said];
  const lines = [...said, `  ${lastChangeInWords(last)}`];
  return hasEnded(fact, now) ? ['ENDED: it holds no longer.', ...lines] : lines;
}

function hasEnded(fact: RawFact, now: number): boolean {
  const { success, data } = validity.safeParse(fact['valid']);
  return success && !(now < (intervalOf(data).to ?? Number.POSITIVE_INFINITY));
}

/** One who revokes ends a fact alone and at once: that is another thing than that it ran out. */
export function lastChangeInWords({ version, kind, author, recordedAt, change }: LastChangeSaid): string {
  if (change === 'unknown')
    return `as it is since version ${version} of ${recordedAt}, or before: what stood before was purged`;
  const did = kind === 'revoke' ? 'REVOKED' : `${change} (${kind})`;
  return `${did} by ${author} at ${recordedAt}, in version ${version}`;
}

/**
 * @param revoked true where one person ended it alone
 */
export function differenceInWords(
  { key, change, before, after }: Difference,
  names: FactNames,
  revoked: LastChangeSaid | undefined,
): readonly string[] {
  const { headline, details } = factChangeInWords(factOf(before), factOf(after), names);
  return [
    `${revoked === undefined ? change : 'revoked'}  ${headline}`,
    ...(revoked === undefined ? [] : [`    ${lastChangeInWords(revoked)}`]),
    ...details.map((line) => `    ${line}`),
    `    ${key}`,
  ];
}

/** True where a fact holds no longer than it did: only then somebody may have revoked it. */
export function isShortened({ before, after }: Difference): boolean {
  const end = (fact: unknown) => (factOf(fact)?.['valid'] as { readonly to?: unknown } | undefined)?.to;
  return before !== null && before !== undefined && end(before) !== end(after);
}

function factOf(value: unknown): RawFact | undefined {
  return typeof value === 'object' && value !== null ? (value as RawFact) : undefined;
}
