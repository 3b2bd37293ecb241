/** T9: deleting any field of any fact, or giving it a value of another type, never turns a refusal into a permit. */
import { readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { deletions, wrongTypes } from './fields.ts';
import { theorem } from './theorem.ts';

/** A stride over the damage, other in each case, so that every field of every kind has its turn. */
const STRIDE = 23;

/**
 * Members without which a fact asks less and is as sound: nothing is asked of whoever leaves them out. Taking one away is
 * a change of a mandate or a standard, which takes two people.
 */
const ONLY_RESTRICT = ['/acceptSecondary', '/buildsOn', '/replaces'];

function* damaged(fact: RawFact): Generator<{ readonly path: string; readonly fact: RawFact }> {
  for (const gone of deletions(fact)) if (!ONLY_RESTRICT.includes(gone.path)) yield gone;
  for (const wrong of wrongTypes(fact)) if (!readFact(wrong.fact).sound) yield wrong;
}

theorem({
  name: 'T9',
  cases: 12,
  *violations(decide, { facts, question, permits, seed }) {
    if (permits) return;
    let turn = seed % STRIDE;
    for (const [i, fact] of facts.entries()) {
      for (const { path, fact: wrong } of damaged(fact)) {
        turn += 1;
        if (turn % STRIDE !== 0) continue;
        if (decide(facts.with(i, wrong), question))
          yield `${String(fact['kind'])}/${String(fact['id'])}${path}`;
      }
    }
  },
});
