/** A change as its words are held against it: what each operation is about, and what everything is called. */
import { idOfKey } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { type FactNames, namesIn } from '../facts/words/names.ts';
import { type Facts, keyOf, type Operation } from './change.ts';
import { skeletonOf } from './look-alikes.ts';
import { SpokenNames } from './mentions.ts';
import { referencesOf } from './references.ts';
import type { EarlierFacts } from './renewals.ts';

/** A place where what is said of a change is not what it does. */
export interface Contradiction {
  /** The operation it is about, from 0; null for the reason as a whole. */
  readonly operation: number | null;
  readonly sentence: string;
  /** Of many alike, what is said of all of them, after their number and before the {@link one} of each. */
  readonly all: string;
  /** What this one adds to it. */
  readonly one: string;
}

/** A change with what is said of it: the words that its content is held against. */
export interface ClaimedChange {
  readonly reason: string;
  readonly changes: readonly Operation[];
  /** What the operations are made to. */
  readonly facts: Facts;
  /** What everything registered is called. */
  readonly names: FactNames;
  readonly earlier: EarlierFacts;
}

/** One operation, with all that its content is about. */
export interface Told {
  readonly index: number;
  readonly operation: Operation;
  readonly current: RawFact | undefined;
  readonly fact: RawFact | undefined;
  readonly id: string;
  /** What it is about once the change is made: what it was about before is another's. */
  readonly about: readonly string[];
  /** What it is about on either side. */
  readonly touches: readonly string[];
}

/** What the words of a change are held against. */
export interface Words {
  readonly vocabulary: SpokenNames;
  /** The same names as whoever glances at them reads them. */
  readonly alike: SpokenNames;
  readonly names: FactNames;
}

export function claimWordsOf({ changes, names: registered }: ClaimedChange): Words {
  const written = changes.flatMap((each) => (each.op === 'end' ? [] : [each.fact]));
  const names = new Map([...namesIn(written), ...registered]);
  const glanced = [...names].map(([key, name]) => [key, skeletonOf(name)] as const);
  return { vocabulary: new SpokenNames(names), alike: new SpokenNames(new Map(glanced)), names };
}

export function tellingOf(operation: Operation, index: number, facts: Facts): Told {
  const key = keyOf(operation) ?? '';
  const current = facts.get(key);
  const fact = operation.op === 'end' ? current : operation.fact;
  const named = (each: RawFact | undefined) =>
    each === undefined ? [] : referencesOf(each).map((r) => r.key);
  const about = [...new Set([key, ...named(fact)])];
  const touches = [...new Set([...about, ...named(current)])];
  return { index, operation, current, fact, about, touches, id: idOfKey(key) };
}
