/** When a marking reads otherwise than it does: codes, their members and schemes come and go on days of their own. */
import { member } from '../facts/fact.ts';
import { allOrganisations } from './codes/codes.ts';
import { readMarking } from './read.ts';
import type { MarkingContext, ReadResult } from './result.ts';
import { SCHEMES } from './schemes/index.ts';
import { MAX_PORTIONS } from './us/document.ts';

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

/** Characters of a banner's that take as long for one more portion as reading one takes. */
const REPEATED_PER_READ = 64;

/**
 * Characters by which a document is longer than it is written: each portion may say what its banner lists. In the text of
 * one, which nobody has parsed yet, no more strings are portions, and none is longer, than there are.
 */
function repeatedIn(input: unknown): number {
  if (typeof input === 'string') {
    const { strings, longest } = input.trimStart().startsWith('{')
      ? stringsIn(input)
      : { strings: 0, longest: 0 };
    return Math.floor((Math.min(strings, MAX_PORTIONS) * longest) / REPEATED_PER_READ);
  }
  const [banner, portions] = [member(input, 'banner'), member(input, 'portions')];
  if (typeof banner !== 'string' || !Array.isArray(portions)) return 0;
  return Math.floor((Math.min(portions.length, MAX_PORTIONS) * banner.length) / REPEATED_PER_READ);
}

/** At least as many strings as some text of JSON has, and the length of what may be the longest. */
function stringsIn(text: string): { readonly strings: number; readonly longest: number } {
  let quotes = 0;
  let longest = 0;
  for (let from = 0; ; ) {
    const next = text.indexOf('"', from);
    if (next < 0) return { strings: quotes / 2, longest };
    quotes += 1;
    longest = Math.max(longest, next - from);
    from = next + 1;
  }
}

interface Size {
  /** In JSON where it is an object. */
  readonly written: number;
  readonly repeated: number;
}

const sizes = new WeakMap<object, Size>();

/** Characters of a marking. */
export function sizeOf(input: unknown): Size {
  if (typeof input === 'string') return { written: input.length, repeated: repeatedIn(input) };
  if (typeof input !== 'object' || input === null) return { written: 1, repeated: 0 };
  const size = sizes.get(input) ?? {
    written: JSON.stringify(input).length,
    repeated: repeatedIn(input),
  };
  sizes.set(input, size);
  return size;
}

/** How often a marking will be read again, for the days on which its lists change. */
export interface ReadingsAhead {
  /** Later days on which a list changes and the marking is read again. */
  readonly count: number;
  /** Characters of each reading. */
  readonly size: number;
}

/** What it takes to look ahead: nothing where no list changes any more, or where it would be too much. */
export function readingsAhead(input: unknown, on: string): ReadingsAhead {
  const { written, repeated } = sizeOf(input);
  const size = written + repeated;
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
