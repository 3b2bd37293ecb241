/** Cases by what the core says of them, counted. */
import type { Case } from './case.ts';
import { core, type Decide } from './core.ts';
import { SCALE, SEED } from './random.ts';
import { caseOf } from './world.ts';

export interface Judged extends Case {
  readonly seed: number;
  readonly permits: boolean;
}

/** As many cases from the seed on; the share of permits keeps a theorem from being about nothing. */
export function judgedCases(count: number, from = SEED): readonly Judged[] {
  return Array.from({ length: Math.round(count * SCALE) }, (_, i) => {
    const c = caseOf(from + i);
    return { ...c, seed: from + i, permits: core(c.facts, c.question) };
  });
}

export function report(theorem: string, cases: readonly Judged[], asked: number): number {
  const permits = cases.filter((c) => c.permits).length;
  console.info(
    `${theorem}: seed ${SEED}, ${cases.length} cases, ${permits} permits, ${asked} more decisions`,
  );
  return permits / cases.length;
}

/** Counts how often a guard is asked. */
export function counting(decide: Decide): { readonly decide: Decide; readonly asked: () => number } {
  let asked = 0;
  return {
    decide: (facts, q) => {
      asked += 1;
      return decide(facts, q);
    },
    asked: () => asked,
  };
}
