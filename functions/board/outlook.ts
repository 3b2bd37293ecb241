/**
 * The cliff: what expires soon, and what goes dark because of it. Dark is what permits now and will not at the end of
 * the window, with no publication in between: the clock alone does it.
 */
import { readFact } from '../core/facts/fact.ts';
import { holdsAt } from '../core/facts/moment.ts';
import type { RawFact } from '../core/facts/view.ts';
import { evaluate, networkIds, routeIds, type Subject } from './evaluate.ts';
import type { Profile } from './profiles.ts';
import type { WholeRegistry } from './whole-registry.ts';

export const WINDOWS = [1, 7, 30] as const;
export type Window = (typeof WINDOWS)[number];

const DAY_MS = 86_400_000;

export interface Dark {
  readonly subject: Subject;
  /** Names of the profiles that are permitted now and will not be. */
  readonly profiles: readonly string[];
  /** Epoch ms of the first instant that is dark, to the boundary of the fact that causes it. */
  readonly from: number;
}

/** The first instant in `(at, until]` at which the profile stops being permitted, if it does. */
function darkFrom(
  registry: WholeRegistry,
  subject: Subject,
  profile: Profile,
  at: number,
  until: number,
): number | undefined {
  let decision = evaluate(registry, subject, profile, at);
  // An answer cannot change before its next boundary: from boundary to boundary nothing is skipped.
  while (decision.outcome === 'permit') {
    const next = decision.validUntil;
    if (next === null || next > until) return undefined;
    decision = evaluate(registry, subject, profile, next);
    if (decision.outcome !== 'permit') return next;
  }
  return undefined;
}

/** Subjects that go dark within so many days, soonest first. */
export function darkWithin(
  registry: WholeRegistry,
  subjects: readonly Subject[],
  profiles: readonly Profile[],
  at: number,
  days: number,
): readonly Dark[] {
  const until = at + days * DAY_MS;
  return subjects
    .flatMap((subject): readonly Dark[] => {
      const lost = profiles.flatMap((profile) => {
        const from = darkFrom(registry, subject, profile, at, until);
        return from === undefined ? [] : [{ name: profile.name, from }];
      });
      if (lost.length === 0) return [];
      return [{ subject, profiles: lost.map((l) => l.name), from: Math.min(...lost.map((l) => l.from)) }];
    })
    .sort((a, b) => a.from - b.from);
}

export function routesOf(registry: WholeRegistry): readonly Subject[] {
  return routeIds(registry).map((route) => ({ route }));
}

export function networksOf(registry: WholeRegistry): readonly Subject[] {
  return networkIds(registry).map((network) => ({ network }));
}

export interface Ending {
  readonly key: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Kinds whose end takes something away, or changes the law. */
const WATCHED = new Set([
  'accreditation',
  'assessment',
  'mandate',
  'protection',
  'standard',
  'waiver',
  'route',
  'network',
]);

/** Facts in force that end within so many days, soonest first. An adverse assessment that ends is not a loss. */
export function endingWithin(facts: Iterable<RawFact>, at: number, days: number): readonly Ending[] {
  const until = at + days * DAY_MS;
  const endings: Ending[] = [];
  for (const raw of facts) {
    const reading = readFact(raw);
    if (!reading.sound || !WATCHED.has(reading.fact.kind)) continue;
    if (reading.fact.kind === 'assessment' && reading.polarity === 'adverse') continue;
    const { interval, key } = reading;
    if (holdsAt(interval, at) && interval.to <= until) endings.push({ key, at: interval.to });
  }
  return endings.sort((a, b) => a.at - b.at);
}

/** Keys of the holds in force at an instant. An unsound hold counts: it refuses everything. */
export function holdsInForce({ law }: Pick<WholeRegistry, 'law'>, at: number): readonly string[] {
  const unsound = law.taints.flatMap((t) => (t.kind === 'hold' ? [`hold/${t.id ?? 'unreadable'}`] : []));
  const holds = law.holds.filter((h) => holdsAt(h.interval, at)).map((h) => h.key);
  return [...holds, ...unsound].sort();
}
