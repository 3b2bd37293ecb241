/** When a marking reads otherwise than it does: codes, their members and schemes come and go on days of their own. */
import { allOrganisations } from './codes/codes.ts';
import { readMarking } from './read.ts';
import type { MarkingContext, ReadResult } from './result.ts';
import { SCHEMES } from './schemes/index.ts';

const DAY_MS = 86_400_000;

interface Dated {
  readonly from?: string;
  readonly until?: string;
  readonly deprecated?: string;
}

/** The first day of something, and the day after its last. */
function changesOf({ from, until, deprecated }: Dated): readonly string[] {
  const after = [until, deprecated].flatMap((last) =>
    last === undefined ? [] : [new Date(Date.parse(last) + DAY_MS).toISOString().slice(0, 10)],
  );
  return from === undefined ? after : [from, ...after];
}

/** Every day on which anything a reading rests on is another than the day before, in order. */
export const READING_CHANGES: readonly string[] = [
  ...new Set([
    ...allOrganisations().flatMap((each) => [...changesOf(each), ...each.members.flatMap(changesOf)]),
    ...Object.values(SCHEMES).flatMap(({ inForce }) => changesOf(inForce)),
  ]),
].sort();

/** Most characters that looking ahead reads for one answer: it is the caller who chooses how far back the answer is. */
export const MOST_READ_AHEAD = 65_536;

const sizes = new WeakMap<object, number>();

/** Characters of a marking, in JSON where it is an object. */
function sizeOf(input: unknown): number {
  if (typeof input === 'string') return input.length;
  if (typeof input !== 'object' || input === null) return 1;
  const size = sizes.get(input) ?? JSON.stringify(input).length;
  sizes.set(input, size);
  return size;
}

export interface ReadingsAhead {
  /** Later days on which a list changes and the marking is read again. */
  readonly count: number;
  /** Characters of each reading. */
  readonly size: number;
}

/** What it takes to look ahead: nothing where no list changes any more, or where it would be too much. */
export function readingsAhead(input: unknown, on: string): ReadingsAhead {
  const size = sizeOf(input);
  const count = READING_CHANGES.filter((day) => day > on).length;
  return { count: count * size > MOST_READ_AHEAD ? 0 : count, size };
}

/** What a reading comes to: its label, or why there is none. */
function saying(reading: ReadResult): string {
  return JSON.stringify(reading.ok ? reading.label : reading.errors);
}

/**
 * The first day after `context.on` on which the marking reads otherwise, YYYY-MM-DD; `undefined` where there is none.
 * It is read again on every later day on which a list changes, of which an answer about today has few or none. Where
 * that would be too much reading the day is the next on which any list changes: never too late.
 *
 * @param reading what it reads as on `context.on`
 */
export function readsOtherwiseOn(
  input: unknown,
  context: MarkingContext,
  reading: ReadResult,
): string | undefined {
  const later = READING_CHANGES.filter((day) => day > context.on);
  if (readingsAhead(input, context.on).count === 0) return later[0];
  const now = saying(reading);
  return later.find((on) => saying(readMarking(input, { ...context, on })) !== now);
}
