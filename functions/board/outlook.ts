/**
 * The cliff: what expires soon, and what goes dark with no publication in between: the clock alone does it. The list
 * is the forecast's; see `core/administration/outages.ts`.
 */
import { type OutageTerms, outagesOf, watched } from '../core/administration/outages.ts';
import type { DenialCause } from '../core/administration/simulation.ts';
import type { FactKind } from '../core/facts/fact.ts';
import { holdsAt } from '../core/facts/moment.ts';
import { readingOf } from '../core/facts/reading.ts';
import type { RawFact } from '../core/facts/view.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';
import { type BoardSubject, networkIds, routeIds } from './evaluate.ts';

export const WINDOWS = [1, 7, 30] as const;
export type Window = (typeof WINDOWS)[number];

const DAY_MS = 86_400_000;

export interface Dark {
  readonly subject: BoardSubject;
  /** Epoch ms of the first instant that is dark, or that nobody looked at. */
  readonly from: number;
  /** Ids of the markings that go dark within the window, in some way of asking; sorted. */
  readonly markings: readonly string[];
  /** What ends, begins or changes at the first instant. */
  readonly because: readonly DenialCause[];
  /** False where there was more to look at than there was room for: it counts as dark from `from` on. */
  readonly looked: boolean;
}

/** Most evaluations of an outlook: what a minute has time for. What they do not reach is told, and counts as dark. */
const MOST_EVALUATIONS = 150_000;

/** Subjects that go dark within so many days, the last instant included, soonest first. */
export function darkWithin(
  registry: WholeRegistry,
  subjects: readonly BoardSubject[],
  at: number,
  days: number,
  { most = MOST_EVALUATIONS, keepGoing = () => true }: OutageTerms = {},
): readonly Dark[] {
  const all = watched(registry.index, registry, at, days);
  let left = most;
  const dark: Dark[] = [];
  for (const subject of subjects) {
    if (left <= 0 || !keepGoing()) {
      dark.push({ subject, from: at, markings: [], because: [], looked: false });
      continue;
    }
    const { outages, evaluations } = outagesOf(all, subject, { most: left, keepGoing });
    left -= evaluations;
    const [first, ...later] = outages.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    if (first === undefined) continue;
    dark.push({
      subject,
      from: Date.parse(first.from),
      markings: [...new Set([first, ...later].flatMap((o) => o.cases.map((c) => c.marking)))].sort(),
      because: first.because,
      looked: outages.every((o) => o.unlooked !== true),
    });
  }
  return dark.sort((a, b) => a.from - b.from);
}

export function routeSubjects(registry: WholeRegistry): readonly BoardSubject[] {
  return routeIds(registry).map((route) => ({ route }));
}

export function networkSubjects(registry: WholeRegistry): readonly BoardSubject[] {
  return networkIds(registry).map((network) => ({ network }));
}

export interface Ending {
  readonly key: string;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * Whether the end of a fact takes something away, or changes the law; that of what only refuses does not. Of authorities the
 * watch tells earlier, by itself.
 */
const ENDING_LOSES = {
  accreditation: true,
  assessment: 'favourable',
  authority: false,
  'criteria-set': true,
  designation: false,
  equivalence: true,
  exemption: true,
  hold: false,
  mandate: true,
  network: true,
  protection: true,
  route: true,
  standard: true,
  vendor: true,
  waiver: true,
} as const satisfies Record<FactKind, boolean | 'favourable'>;

/** Facts in force whose end within so many days is a loss, soonest first. */
export function endingWithin(facts: Iterable<RawFact>, at: number, days: number): readonly Ending[] {
  const until = at + days * DAY_MS;
  const endings: Ending[] = [];
  for (const raw of facts) {
    const reading = readingOf(raw);
    if (!reading.sound) continue;
    const loses = ENDING_LOSES[reading.fact.kind];
    if (loses !== true && loses !== reading.polarity) continue;
    const { interval, key } = reading;
    if (holdsAt(interval, at) && interval.to <= until) endings.push({ key, at: interval.to });
  }
  return endings.sort((a, b) => a.at - b.at);
}
