/** T6: a path that is refused is refused with one more hop, and no path permits without hops. */
import { expect, it } from 'vitest';
import { decisionRequest } from '../../functions/core/request.ts';
import { theorem } from './theorem.ts';
import { NETWORKS } from './world.ts';

theorem({
  name: 'T6',
  cases: 250,
  *violations(decide, { facts, question, permits }) {
    if (permits || question.route !== undefined) return;
    const hops = question.hops ?? ['net-a'];
    for (const id of NETWORKS) {
      for (const longer of [
        [...hops, id],
        [id, ...hops],
      ])
        if (decide(facts, { ...question, hops: longer })) yield JSON.stringify(longer);
    }
  },
});

it('T6: a path without hops is no question', () => {
  const message = { id: 'm', marking: 'UK SECRET' };
  expect(
    decisionRequest.safeParse({ message, path: { hops: ['x'].map((network) => ({ network })) } }).success,
  ).toBe(true);
  expect(decisionRequest.safeParse({ message, path: { hops: [] } }).success).toBe(false);
});
