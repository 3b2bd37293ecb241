/** The core against an independent oracle, on cases near the boundary. */
import { expect, it } from 'vitest';
import { boundCaseOf } from './bound.ts';
import { BREAKS } from './breaks.ts';
import { core, decisionOf } from './core.ts';
import { mayGo } from './oracle/oracle.ts';
import { SCALE, SEED } from './random.ts';
import { caseOf, permitOf } from './world.ts';

const CASES = Math.round(750 * SCALE);
it('cases in which nothing is broken permit', () => {
  for (let i = 0; i < 200; i += 1) {
    const { facts, question } = permitOf(SEED + i);
    const { outcome, reasons } = decisionOf(facts, question);
    expect({ seed: SEED + i, outcome, reasons }).toEqual({ seed: SEED + i, outcome: 'permit', reasons: [] });
  }
});

it('the core and the oracle agree', () => {
  let permits = 0;
  const found: string[] = [];
  for (let seed = SEED; seed < SEED + CASES; seed += 1) {
    const c = caseOf(seed);
    const opinion = mayGo(c.facts, c.question);
    const permit = core(c.facts, c.question);
    permits += permit ? 1 : 0;
    if (permit !== opinion)
      found.push(`${c.broke} (case ${seed}): the oracle ${opinion ? 'permits' : 'refuses'}`);
  }
  console.info(
    `oracle: seed ${SEED}, ${CASES} cases of ${Object.keys(BREAKS).length} breaks, ${permits} permits`,
  );
  expect(found).toEqual([]);
  expect(permits / CASES).toBeGreaterThan(0.3);
  expect(permits / CASES).toBeLessThan(0.7);
});

it('they agree on owners who accept a judgement only of the very fact it judged', () => {
  let permits = 0;
  const found: string[] = [];
  const count = Math.round(CASES / 3);
  for (let seed = SEED; seed < SEED + count; seed += 1) {
    const c = boundCaseOf(seed);
    const opinion = mayGo(c.facts, c.question);
    const permit = core(c.facts, c.question);
    permits += permit ? 1 : 0;
    if (permit !== opinion)
      found.push(`${c.broke} (case ${seed}): the oracle ${opinion ? 'permits' : 'refuses'}`);
  }
  console.info(`oracle: seed ${SEED}, ${count} cases of bound judgements, ${permits} permits`);
  expect(found).toEqual([]);
  expect(permits / count).toBeGreaterThan(0.3);
  expect(permits / count).toBeLessThan(0.9);
});
