/**
 * What it takes to have the facts of an earlier version again: one change for each set of people who must speak, so that
 * nobody waits for another nation's people to take back what is their own.
 *
 * What stands against somebody or something stays as it is unless it is named, and so do authorities, what one person has taken
 * away since, and whatever has ended: a stop that was set, a revocation, whatever became of the fact before and after it, or a
 * key that was taken off, must not go by the way. What else has left comes back.
 */
import { factDigest } from '../facts/canonical.ts';
import { kindOf } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import type { Facts, Operation } from './change.ts';
import { hasEnded } from './ending.ts';
import { BEFORE_EVERYTHING, speaksAgainst } from './polarity.ts';
import { type Speakers, speakersOf } from './speakers.ts';

/** A fact as it is, and as it was in the earlier version. */
export interface WayBack {
  readonly key: string;
  readonly now: RawFact | undefined;
  readonly was: RawFact | undefined;
}

/** The way back to an earlier version: whose parts, and what stays. */
export interface Undo {
  readonly parts: readonly UndoPart[];
  /** Keys of what stays because it was not named. */
  readonly stays: readonly string[];
}

/** What one set of people may take back. */
export interface UndoPart {
  /** Whose: ids of authorities, `+` between those of which each must speak, `|` between those of which any may. */
  readonly by: string;
  readonly changes: readonly Operation[];
}

/** What a way back is worked out from. */
export interface UndoOptions {
  /** The registry as it is: who speaks is told from it. */
  readonly facts: Facts;
  /** Epoch ms, by the registry's clock. */
  readonly at: number;
  /** Keys of what one person took away since the earlier version. */
  readonly revoked: ReadonlySet<string>;
  /** Keys of what goes although it would stay. */
  readonly also: readonly string[];
  /** The source of an end: what is not in the earlier version ends on the word of whoever asks. */
  readonly citation: string;
}

export function undoOf(
  differences: readonly WayBack[],
  { facts, at, revoked, also, citation }: UndoOptions,
): Undo {
  const named = new Set(also);
  const [stays, goes] = partition(
    differences,
    (each) => staysUnnamed(each, at, revoked) && !named.has(each.key),
  );
  const groups = Map.groupBy(goes, ({ now, was }) =>
    nameOf(speakersOf({ before: now, after: was }, facts, at)),
  );
  return {
    parts: [...groups]
      .map(([by, each]) => ({ by, changes: each.map((one) => operationOf(one, citation)) }))
      .sort((a, b) => (a.by < b.by ? -1 : 1)),
    stays: stays.map(({ key }) => key),
  };
}

/**
 * True where something must not go, or come back, by the way: what stands against somebody, whoever speaks and for whom, what
 * one person took away, though two have renewed it since, and what has ended by itself.
 */
function staysUnnamed({ key, now, was }: WayBack, at: number, revoked: ReadonlySet<string>): boolean {
  if (revoked.has(key)) return true;
  if ([now, was].some((each) => each !== undefined && kindOf(each) === 'authority')) return true;
  return now !== undefined && (speaksAgainst(now) || hasEnded(now, at));
}

/** Stands for whoever may speak where nobody may. No authority has this id. */
export const NOBODY = '-';

function nameOf(speakers: Speakers): string {
  if (speakers.length === 0 || speakers.some((anyOf) => anyOf.length === 0)) return NOBODY;
  return [...new Set(speakers.map((anyOf) => [...anyOf].sort().join('|')))].sort().join('+');
}

function operationOf({ key, now, was }: WayBack, citation: string): Operation {
  if (was !== undefined)
    return now === undefined ? { op: 'add', fact: was } : { op: 'replace', fact: was, was: factDigest(now) };
  const ending = [{ citation, verified: true, primary: true }];
  return { op: 'end', key, on: BEFORE_EVERYTHING, ending, was: factDigest(now ?? null) };
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
