/** What a row of the bench is, and what it finds: figures, each beside what it was measured against in the same run. */

export type Unit = 'µs' | 'ms' | 'KB' | 'MB' | 'bytes' | 'times' | 'a second' | 'count';

/** What a figure should come to: the value itself, or how it stands to what it is measured against. */
export interface ToReach {
  readonly of: 'value' | 'ratio';
  readonly at: 'most' | 'least';
  readonly value: number;
}

export interface Figure {
  /** Which of a row's figures: unique in its row. */
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** The floor or the peer, in the same unit, from the same run. */
  readonly against?: { readonly what: string; readonly value: number };
  /** As a multiple of `against`: or of it as a multiple of this, where more of it is better. */
  readonly ratio?: number;
  /** Nothing where a figure is only shown. */
  readonly toReach?: ToReach;
}

export interface Effort {
  /** A few rounds: it shows that a row runs, and its figures mean nothing. */
  readonly quick: boolean;
  /** Sizes that take minutes too. */
  readonly scale: boolean;
  /** What somebody who waits wants to know; to standard error. */
  say(line: string): void;
}

export interface Row {
  /** Of its file, too; by it a row is asked for. */
  readonly name: string;
  readonly question: string;
  readonly against: string;
  /** As the issue that asked for it says it. */
  readonly toReach: string;
  measure(effort: Effort): Promise<readonly Figure[]>;
}

/** Whether a figure is what it should be; undefined where it is only shown. */
export function isReached({ value, ratio, toReach }: Figure): boolean | undefined {
  if (toReach === undefined) return undefined;
  const found = toReach.of === 'value' ? value : (ratio ?? Number.NaN);
  return toReach.at === 'most' ? found <= toReach.value : found >= toReach.value;
}

export const atMost = (value: number): ToReach => ({ of: 'value', at: 'most', value });
export const atMostTimes = (value: number): ToReach => ({ of: 'ratio', at: 'most', value });
export const atLeastTimes = (value: number): ToReach => ({ of: 'ratio', at: 'least', value });

/** A figure beside its floor: how many times as much it is. */
export function overFloor(what: string, unit: Unit, value: number, floor: [string, number]): Figure {
  return { what, unit, value, against: { what: floor[0], value: floor[1] }, ratio: value / floor[1] };
}

/** A figure beside a peer that needs more: how many times less this needs. */
export function underPeer(what: string, unit: Unit, value: number, peer: [string, number]): Figure {
  return { what, unit, value, against: { what: peer[0], value: peer[1] }, ratio: peer[1] / value };
}
