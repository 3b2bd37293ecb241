/** T17: every decision is judged for owners, the marking nation among them; without a mandate of each there is no permit. */
import { expect, it } from 'vitest';
import { kindOf, member } from '../../functions/core/facts/fact.ts';
import type { Label } from '../../functions/core/marking/label.ts';
import { judgedCases } from './cases.ts';
import { decisionOf } from './core.ts';
import { theorem } from './theorem.ts';

const ownersOf = ({ owners, markedBy }: Label) => [...owners, markedBy];

theorem({
  name: 'T17',
  cases: 300,
  *violations(decide, { facts, question, permits }) {
    if (!permits) return;
    const { label } = question;
    for (const owner of ownersOf(label)) {
      const without = facts.filter((f) => !(kindOf(f) === 'mandate' && member(f, 'owner') === owner));
      if (decide(without, question)) yield `without a mandate of ${owner}`;
    }
    if (decide(facts, { ...question, label: { ...label, owners: [...label.owners, 'FRA'].sort() } }))
      yield 'for an owner who mandates nothing';
    if (decide(facts, { ...question, label: { ...label, markedBy: 'FRA' } }))
      yield 'for owners who did not mark it';
    if (decide(facts, { ...question, label: { ...label, owners: [], markedBy: 'FRA' } }))
      yield 'for a marking nation that mandates nothing';
  },
});

it('T17: a permit names a mandate of every owner', () => {
  const permitted = judgedCases(100).filter((x) => x.permits);
  expect(permitted.length).toBeGreaterThan(10);
  for (const c of permitted) {
    const { mandates } = decisionOf(c.facts, c.question);
    const owners = c.facts
      .filter((f) => mandates.includes(`mandate/${String(member(f, 'id'))}`))
      .map((f) => member(f, 'owner'));
    expect(new Set(owners)).toEqual(new Set(ownersOf(c.question.label)));
    expect(owners.length).toBeGreaterThan(0);
  }
});
