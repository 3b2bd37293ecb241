/** A theorem that is wrong, or says nothing, fails. */
import { it } from 'vitest';
import { theorem } from './theorem.ts';

function* nothing(): Iterable<string> {}

const asks = { name: 'some question', cases: 60 };

theorem(
  {
    ...asks,
    name: 'every answer is a refusal',
    *violations(decide, { facts, question }) {
      if (decide(facts, question)) yield 'this one is a permit';
    },
  },
  it.fails,
);
theorem({ ...asks, name: 'nothing is asked', violations: nothing }, it.fails);
theorem({
  ...asks,
  name: 'the same question has one answer',
  *violations(decide, { facts, question, permits }) {
    if (decide(facts, question) !== permits) yield 'another answer';
  },
});
