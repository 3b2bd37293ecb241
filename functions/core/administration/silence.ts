/**
 * Nations that nobody will speak for. Told ahead of time, because nobody inherits a nation: once its authorities have
 * lapsed only the succession they named can register another.
 */
import { member } from '../facts/fact.ts';
import { holdsAt, type Interval } from '../facts/moment.ts';
import { readingOf } from '../facts/reading.ts';
import type { RawFact } from '../facts/view.ts';

/** A nation that nobody will speak for. */
export interface Silence {
  /** ISO 3166-1 alpha-3, an organisation, or the registrar's `ZZZ`. */
  readonly nation: string;
  /** Epoch ms of the first instant at which no authority in force speaks for it; the instant asked about, if already. */
  readonly from: number;
}

/** The end of what intervals cover without a gap from an instant on. */
function coveredUntil(intervals: readonly Interval[], at: number): number {
  let end = at;
  for (;;) {
    const next = Math.max(end, ...intervals.filter((i) => holdsAt(i, end)).map((i) => i.to));
    if (next === end) return end;
    end = next;
  }
}

/**
 * Nations of the registry's authorities that fall silent in `[at, until]`, soonest first. An authority that cannot be
 * read speaks for nobody; a nation whose first authority has yet to begin has not fallen silent.
 */
export function silencesWithin(facts: Iterable<RawFact>, at: number, until: number): readonly Silence[] {
  const spoken = new Map<string, Interval[]>();
  const begun = new Set<string>();
  for (const raw of facts) {
    if (member(raw, 'kind') !== 'authority') continue;
    const reading = readingOf(raw);
    const claimed = member(raw, 'speaksFor');
    for (const nation of Array.isArray(claimed) ? claimed : []) {
      if (typeof nation !== 'string') continue;
      const intervals = spoken.get(nation) ?? [];
      spoken.set(nation, intervals);
      if (reading.sound) intervals.push(reading.interval);
      if (!reading.sound || reading.interval.from <= at) begun.add(nation);
    }
  }
  return [...begun]
    .map((nation) => ({ nation, from: coveredUntil(spoken.get(nation) ?? [], at) }))
    .filter(({ from }) => from <= until)
    .sort((a, b) => a.from - b.from || (a.nation < b.nation ? -1 : 1));
}
