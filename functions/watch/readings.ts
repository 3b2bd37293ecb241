/** What the watch reads off the registry: figures for the metrics, ids for the line. Pure. */
import {
  type Dark,
  darkWithin,
  type Ending,
  endingWithin,
  routeSubjects,
  WINDOWS,
  type Window,
} from '../board/outlook.ts';
import { type HoldInForce, holdsInForce } from '../core/administration/holds-in-force.ts';
import { type Silence, silencesWithin } from '../core/administration/silence.ts';
import { kindOf } from '../core/facts/fact.ts';
import { holdsAt } from '../core/facts/moment.ts';
import { readingOf } from '../core/facts/reading.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';

export interface InForce {
  readonly holds: readonly HoldInForce[];
  readonly waivers: readonly string[];
}

/** The holds and the keys of the waivers in force at an instant. */
export function inForce(registry: WholeRegistry, at: number): InForce {
  const waivers = registry.facts.flatMap((raw) => {
    if (kindOf(raw) !== 'waiver') return [];
    const reading = readingOf(raw);
    return reading.sound && holdsAt(reading.interval, at) ? [reading.key] : [];
  });
  return { holds: holdsInForce(registry.index.facts, at), waivers: waivers.sort() };
}

export interface Outlook {
  readonly dark: Readonly<Record<Window, readonly Dark[]>>;
  readonly endings: Readonly<Record<Window, readonly Ending[]>>;
  /** Nations nobody will speak for within 90 days, soonest first. */
  readonly silences: readonly Silence[];
}

const DAY_MS = 86_400_000;

function perWindow<T>(value: (days: Window) => T): Readonly<Record<Window, T>> {
  return Object.fromEntries(WINDOWS.map((days) => [days, value(days)])) as Record<Window, T>;
}

/**
 * What ends and which routes go dark within 1, 7 and 30 days, and which nations fall silent within 90. A route that
 * there was no time to look at counts as dark.
 */
export function outlookOf(registry: WholeRegistry, at: number, keepGoing = () => true): Outlook {
  const month = darkWithin(registry, routeSubjects(registry), at, 30, { keepGoing });
  const endings = endingWithin(registry.facts, at, 30);
  const end = (days: Window) => at + days * DAY_MS;
  return {
    dark: perWindow((days) => month.filter((d) => d.from <= end(days))),
    endings: perWindow((days) => endings.filter((e) => e.at <= end(days))),
    silences: silencesWithin(registry.facts, at, at + 90 * DAY_MS),
  };
}
