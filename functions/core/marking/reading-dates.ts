/** When a marking reads otherwise than it does: codes, their members and schemes come and go on days of their own. */
import { allOrganisations } from './codes/codes.ts';
import { readMarking } from './read.ts';
import type { ReadContext } from './result.ts';
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

/** What a reading comes to: its label, or why there is none. */
function saying(input: unknown, context: ReadContext): string {
  const reading = readMarking(input, context);
  return JSON.stringify(reading.ok ? reading.label : reading.errors);
}

/**
 * The first day after `context.on` on which the marking reads otherwise, YYYY-MM-DD; `undefined` where there is none.
 * Exact: it is read again on every later day on which a list changes, of which an answer about today has few or none.
 */
export function readsOtherwiseOn(input: unknown, context: ReadContext): string | undefined {
  const later = READING_CHANGES.filter((day) => day > context.on);
  if (later.length === 0) return undefined;
  const now = saying(input, context);
  return later.find((on) => saying(input, { ...context, on }) !== now);
}
