/**
 * T8: no instant before `validUntil` gives another answer, a refusal outlasts the end of a favourable fact, and a
 * permit does not outlast one it needs.
 */
import { expect, it } from 'vitest';
import { coreAnswer } from '../../functions/core/decision/next-change.ts';
import { readFact } from '../../functions/core/facts/fact.ts';
import { intervalOf } from '../../functions/core/facts/moment.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { AT } from '../core/decision/facts.ts';
import type { Case } from './case.ts';
import { judgedCases, report } from './cases.ts';
import { decisionOf } from './core.ts';
import { theorem } from './theorem.ts';

const END = Date.parse('2033-01-01T00:00:00Z');

/** Instants at which some fact starts or ends, or a deployment does, whoever it matters to. */
function instantsOf(facts: readonly RawFact[]): readonly number[] {
  const days = [...JSON.stringify(facts).matchAll(/"(\d{4}-\d{2}-\d{2})"/g)].map((m) =>
    Date.parse(`${m[1]}T00:00:00Z`),
  );
  const ends = facts.flatMap((f) => {
    const reading = readFact(f);
    return reading.sound ? [reading.interval.from, reading.interval.to] : [];
  });
  return [...new Set([...days, ...ends, ...days.map((d) => d + 86_400_000)])]
    .filter((t) => t < END)
    .sort((a, b) => a - b);
}

/** Instants within an answer's validity at which the answer is another. */
function* broken(c: Case): Generator<number> {
  const from = c.question.at ?? AT;
  const decideAt = (at: number) => decisionOf(c.facts, { ...c.question, at });
  const answerAt = (at: number) => coreAnswer(decideAt(at));
  const now = answerAt(from);
  const end = Math.min(decideAt(from).validUntil ?? END, END);
  for (const t of instantsOf(c.facts)) {
    for (const at of [t - 1, t]) if (at > from && at < end && answerAt(at) !== now) yield at;
  }
}

it('T8: an answer holds until it says', () => {
  const cases = judgedCases(60);
  const found = cases.flatMap((c) =>
    [...broken(c)].map((at) => `case ${c.seed} (${c.broke}): ${new Date(at).toISOString()}`),
  );
  const share = report('T8', cases, cases.length);
  expect(found).toEqual([]);
  expect(share).toBeGreaterThan(0.3);
});

theorem({
  name: 'T8 favourable ends',
  cases: 120,
  *violations(decide, { facts, question, permits }) {
    const at = question.at ?? AT;
    for (const [i, fact] of facts.entries()) {
      const kind = String(fact['kind']);
      if (!['accreditation', 'assessment', 'equivalence', 'waiver', 'protection'].includes(kind)) continue;
      const reading = readFact(fact);
      if (!reading.sound || fact['outcome'] === 'not-trusted') continue;
      const ended = { ...fact, valid: { from: '2010-01-01', to: new Date(at).toISOString(), zone: 'UTC' } };
      const after = decide(facts.with(i, ended), question);
      if (!permits && after) yield `the end of ${kind}/${String(fact['id'])} permits`;
      if (after !== decide(facts.toSpliced(i, 1), question))
        yield `${kind}/${String(fact['id'])} is not gone when it ends`;
      const { from, to } = intervalOf(ended.valid);
      if (!(from < at && at === to)) yield 'intervals are not half-open';
    }
  },
});
