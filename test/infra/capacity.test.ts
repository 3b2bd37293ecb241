/** What each function keeps, by hand, and what it adds up to: the one plan. */
import { expect, it } from 'vitest';
import { capacityPlan } from '../../infra/capacity.ts';
import { functions } from '../../infra/functions.ts';

const ALL = functions.map(({ name }) => name);

/** Of what decides, by `reservedConcurrency`. */
it.each<[deciding: number, decides: readonly number[], sum: number, quota: number]>([
  [1, [1, 1, 2, 2], 46, 146],
  [10, [10, 10, 5, 2], 67, 167],
  [11, [11, 11, 6, 2], 70, 170],
  [100, [100, 100, 50, 10], 300, 400],
  [331, [331, 331, 166, 34], 902, 1002],
  [330, [330, 330, 165, 33], 898, 998],
])('of %d', (deciding, decides, sum, quota) => {
  const plan = capacityPlan(ALL, deciding);
  expect(Object.fromEntries(plan.shares.map(({ name, reserved }) => [name, reserved]))).toEqual({
    ...Object.fromEntries(
      ['decide', 'decide-http', 'access', 'explain'].map((name, n) => [name, decides[n]]),
    ),
    ...{ stop: 10, registry: 10, jobs: 10, 'registry-purge': 2, 'commit-key': 2 },
    ...{ probe: 1, watch: 1, standby: 1, board: 2, 'release-hook': 1 },
  });
  expect([plan.sum, plan.quota]).toEqual([sum, quota]);
});

it('counts the functions there are', () => {
  const { shares, sum } = capacityPlan(['decide', 'commit-key'], 5);
  expect([shares.length, sum]).toEqual([2, 7]);
  for (const { why } of capacityPlan(ALL, 5).shares) expect(why).not.toBe('');
});
