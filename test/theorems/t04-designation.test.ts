/**
 * T4: adding an adverse fact never turns a refusal into a permit, and neither does removing a favourable one. (What
 * one person may do alone rests on this.) Of registries in which no identifier is claimed twice: there, removing one
 * claimant would let the other be found, and it takes two people.
 */
import { polarityOf } from '../../functions/core/facts/fact.ts';
import * as make from '../core/decision/facts.ts';
import { stored } from './case.ts';
import { theorem } from './theorem.ts';

const ADVERSE = stored([
  make.designation({ id: 'added', subject: { vendor: 'maker-a' } }),
  make.designation({ id: 'added', class: 'excluded', subject: { vendor: 'operator' } }),
  make.designation({ id: 'added', class: 'listed', subject: { category: 'radios' }, sources: [make.UNREAD] }),
  make.designation({ id: 'added', subject: { vendor: 'maker-c' }, sources: [make.UNREAD] }),
  make.assessment({
    id: 'added',
    outcome: 'not-trusted',
    valid: make.FOREVER,
    subject: { vendor: 'maker-b' },
  }),
  make.assessment({ id: 'added', outcome: 'not-trusted', valid: make.FOREVER }),
  make.hold({ id: 'added', scope: { network: 'net-b' } }),
  make.hold({
    id: 'added',
    valid: { from: '2019-01-01', to: '2020-12-31', zone: 'UTC' },
    ending: [make.UNREAD],
  }),
]);

theorem({
  name: 'T4',
  cases: 100,
  *violations(decide, { facts, question, permits }) {
    if (permits) return;
    for (const [i, fact] of facts.entries()) {
      if (polarityOf(fact) !== 'favourable') continue;
      if (decide(facts.toSpliced(i, 1), question))
        yield `without ${String(fact['kind'])}/${String(fact['id'])}`;
    }
    for (const [i, fact] of ADVERSE.entries())
      if (decide([...facts, fact], question)) yield `with adverse fact ${i}`;
  },
});
