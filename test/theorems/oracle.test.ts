/** The core against an independent oracle, on cases near the boundary. */
import { expect, it } from 'vitest';
import { BREAKS } from './breaks.ts';
import { BROKEN, type Decide } from './broken.ts';
import { core, decisionOf } from './core.ts';
import { mayGo } from './oracle/oracle.ts';
import { SCALE, SEED } from './random.ts';
import { caseOf, permitOf } from './world.ts';

const CASES = Math.round(1500 * SCALE);
function* disagreements(decide: Decide, count: number): Generator<string> {
  for (let seed = SEED; seed < SEED + count; seed += 1) {
    const c = caseOf(seed);
    const opinion = mayGo(c.facts, c.question);
    if (decide(c.facts, c.question) !== opinion)
      yield `${c.broke} (case ${seed}): the oracle ${opinion ? 'permits' : 'refuses'}`;
  }
}

it('cases in which nothing is broken permit', () => {
  for (let i = 0; i < 200; i += 1) {
    const { facts, question } = permitOf(SEED + i);
    const { outcome, reasons } = decisionOf(facts, question);
    expect({ seed: SEED + i, outcome, reasons }).toEqual({ seed: SEED + i, outcome: 'permit', reasons: [] });
  }
});

it('the core and the oracle agree', () => {
  let permits = 0;
  const counting: Decide = (facts, question) => {
    const permit = core(facts, question);
    permits += permit ? 1 : 0;
    return permit;
  };
  const found = [...disagreements(counting, CASES)];
  console.info(
    `oracle: seed ${SEED}, ${CASES} cases of ${Object.keys(BREAKS).length} breaks, ${permits} permits`,
  );
  expect(found).toEqual([]);
  expect(permits / CASES).toBeGreaterThan(0.3);
  expect(permits / CASES).toBeLessThan(0.7);
});

it.each(Object.entries(BROKEN))('notices a guard that %s', (_, broken) => {
  expect(disagreements(broken(core), 3000).next().done).toBe(false);
});
