/** How a theorem is told: cases, and a search for violations in them. Faults it must notice are rows of the mutations. */
import { expect, it } from 'vitest';
import { counting, type Judged, judgedCases, report } from './cases.ts';
import { core, type Decide } from './core.ts';
import { SCALE } from './random.ts';

/** A bound for a machine that does other things too; a theorem takes a few seconds. */
const TIMEOUT = 120_000 * SCALE;

export interface Theorem {
  readonly name: string;
  readonly cases: number;
  /** Sentences about what contradicts the theorem in one case. */
  readonly violations: (decide: Decide, c: Judged) => Iterable<string>;
}

/** @param test how it is told: `it.fails` for one that must be found wrong */
export function theorem(
  { name, cases, violations }: Theorem,
  test: (name: string, run: () => void, timeout: number) => void = it,
): void {
  test(
    `${name}: no counterexample`,
    () => {
      const judged = judgedCases(cases);
      const { decide, asked } = counting(core);
      const found = judged.flatMap((c) =>
        [...violations(decide, c)].map((v) => `case ${c.seed} (${c.broke}): ${v}`),
      );
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
}
