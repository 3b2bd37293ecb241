/**
 * Dates as instruments write them, turned into half-open instants.
 *
 * A fact says `{ from, to, zone }`: calendar days, inclusive, in the instrument's own time zone ("by 2027-12-31"
 * holds until the end of that day there). An instant (`2020-02-15T09:00:00Z`) may stand in place of a day, and
 * then it means itself. Code only ever compares the half-open interval `[from, to)` in epoch milliseconds.
 */
import * as z from 'zod/mini';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** True for a calendar day that exists: `2023-02-29` does not. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Epoch milliseconds of an ISO 8601 UTC instant, or `undefined` for anything else. */
export function instantOf(text: string): number | undefined {
  if (!INSTANT.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? ms : undefined;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter is costly to build and depends on nothing but the zone: kept for the life of the process. */
function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** How far local time in `zone` is ahead of UTC at an instant, in milliseconds. */
function offsetAt(ms: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const part: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

const IANA_ZONE = /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2})$/;

/** True for an IANA time zone name that this runtime knows. */
export function isZone(zone: string): boolean {
  if (!IANA_ZONE.test(zone)) return false;
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** Days already placed, by zone: the time-zone tables are a thousand times slower than a lookup, and never change. */
const placed = new Map<string, Map<string, number>>();
const MOST_PLACED = 50_000;

const DAY_MS = 86_400_000;

/**
 * Where clocks move at midnight a day has no 00:00, or has it twice: it begins when the clocks have moved on, or the
 * first time. As `Temporal.ZonedDateTime.startOfDay` has it, against which this is tested for every zone; the library
 * itself stays out of the bundle of `decide`.
 */
function firstInstantOf(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // With the offset from before: where clocks move within the day before, or at midnight, it need not fit any more.
  const written = midnight - offsetAt(midnight - DAY_MS, zone);
  if (written + offsetAt(written, zone) === midnight) return written;
  // INVARIANT: before `from` the local day is an earlier one, at `to` it is this day or, where it was skipped, a later.
  let [from, to] = [midnight - 2 * DAY_MS, midnight + 2 * DAY_MS];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (dayOf(middle, zone) >= day) to = middle;
    else from = middle;
  }
  return to;
}

/** The first instant of a calendar day in a zone, in epoch milliseconds. */
export function startOfDay(day: string, zone: string): number {
  let days = placed.get(zone);
  if (days === undefined) {
    days = new Map();
    placed.set(zone, days);
  }
  const known = days.get(day);
  if (known !== undefined) return known;
  const start = firstInstantOf(day, zone);
  if (days.size < MOST_PLACED) days.set(day, start);
  return start;
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The first instant after a calendar day in a zone, in epoch milliseconds. */
export function endOfDay(day: string, zone: string): number {
  return startOfDay(nextDay(day), zone);
}

/** The calendar day an instant falls on in a zone. */
export function dayOf(ms: number, zone: string): string {
  return new Date(ms + offsetAt(ms, zone)).toISOString().slice(0, 10);
}

export const day = z.string().check(z.refine(isDay, 'a calendar day, YYYY-MM-DD'));
export const instant = z
  .string()
  .check(z.refine((t) => instantOf(t) !== undefined, 'an instant, YYYY-MM-DDTHH:MM:SSZ'));
const moment = z
  .string()
  .check(
    z.refine(
      (t) => isDay(t) || instantOf(t) !== undefined,
      'a day (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM:SSZ)',
    ),
  );
const zone = z.string().check(z.refine(isZone, 'an IANA time zone, such as Europe/London or UTC'));

/**
 * When a fact is valid. All three members are always written: `"to": null` says "no end is known", so that
 * losing the member makes the fact unsound instead of making it last for ever.
 */
export const validity = z
  .strictObject({ from: moment, to: z.nullable(moment), zone })
  .check(z.refine((v) => !isOrdered(v) || intervalOf(v).from < intervalOf(v).to, 'from must come before to'));

/** From which day to which a fact is valid, in the time zone of its instrument. */
export type Validity = z.infer<typeof validity>;

/** Half-open, epoch milliseconds; `to` is `Infinity` where no end is known. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Guards the cross-check above: on malformed members their own messages are enough. */
function isOrdered(v: Validity): boolean {
  const known = (t: string | null) => t === null || isDay(t) || instantOf(t) !== undefined;
  return known(v.from) && known(v.to) && isZone(v.zone);
}

export function intervalOf(v: Validity): Interval {
  return {
    from: instantOf(v.from) ?? startOfDay(v.from, v.zone),
    to: v.to === null ? Number.POSITIVE_INFINITY : (instantOf(v.to) ?? endOfDay(v.to, v.zone)),
  };
}

export function holdsAt(interval: Interval, at: number): boolean {
  return interval.from <= at && at < interval.to;
}

/** An instant (epoch ms) as answers and reports say it: ISO 8601, UTC. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
