/** How a theorem is told: cases, a search for violations, and broken guards in which it finds one. */
import { expect, it } from 'vitest';
import { BROKEN, type Broken, type Decide } from './broken.ts';
import { counting, type Judged, judgedCases, report } from './cases.ts';
import { core } from './core.ts';
import { SCALE, SEED } from './random.ts';
import { caseOf } from './world.ts';

/** Cases a broken guard is given before it counts as unnoticed. */
const MOST = 4000;
/** A bound for a machine that does other things too; a theorem takes a few seconds. */
const TIMEOUT = 120_000 * SCALE;

/** Sentences about what contradicts the theorem in one case. */
export type Violations = (decide: Decide, c: Judged) => Iterable<string>;

export interface Theorem {
  readonly name: string;
  readonly cases: number;
  readonly violations: Violations;
  /** Guards with one thing left out that the theorem notices: by name, or made for it. */
  readonly notices: readonly (keyof typeof BROKEN | readonly [name: string, broken: Broken])[];
}

/** Cases as a guard judges them, until enough is found in them. */
function* casesOf(decide: Decide): Generator<Judged> {
  for (let seed = SEED; seed < SEED + MOST; seed += 1) {
    const c = caseOf(seed);
    yield { ...c, seed, permits: decide(c.facts, c.question) };
  }
}

function* violationsIn(cases: Iterable<Judged>, decide: Decide, violations: Violations): Generator<string> {
  for (const c of cases) for (const v of violations(decide, c)) yield `case ${c.seed} (${c.broke}): ${v}`;
}

export function theorem({ name, cases, violations, notices }: Theorem): void {
  const judged = judgedCases(cases);

  it(
    `${name}: no counterexample`,
    () => {
      const { decide, asked } = counting(core);
      const found = [...violationsIn(judged, decide, violations)];
      const share = report(name, judged, asked());
      expect(found).toEqual([]);
      expect(asked()).toBeGreaterThan(0);
      // A handful of cases may fall to one side; the other theorems draw from the same source.
      const slack = judged.length < 100 ? 0.2 : 0;
      expect(share).toBeGreaterThan(0.3 - slack);
      expect(share).toBeLessThan(0.7 + slack);
    },
    TIMEOUT,
  );

  it.each(notices.map((n) => (typeof n === 'string' ? ([n, BROKEN[n]] as const) : n)))(
    `${name}: notices a guard that %s`,
    (_, broken) => {
      const decide = broken?.(core) ?? core;
      expect(violationsIn(casesOf(decide), decide, violations).next().done).toBe(false);
    },
    TIMEOUT,
  );
}
