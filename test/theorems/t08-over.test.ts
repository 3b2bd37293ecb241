/** T8, of answers: none that may be acted on is over when it is made, whenever that is. */
import { expect, it } from 'vitest';
import { answerOf } from '../../functions/core/decision/answer.ts';
import { AT } from '../core/decision/facts.ts';
import { judgedCases, report } from './cases.ts';
import { decisionOf } from './core.ts';
import { choicesFrom, SEED } from './random.ts';

/** Instants at which an answer may be made and leases may end: on, beside and between what ends. */
function around(instants: readonly number[]): readonly number[] {
  return instants.flatMap((t) => [t - 1, t, t + 1]);
}

it('T8 made: what may be acted on ends after it is made', () => {
  const choices = choicesFrom(SEED);
  const cases = judgedCases(60);
  let told = 0;
  let late = 0;
  for (const { facts, question } of cases) {
    const at = question.at ?? AT;
    const decision = decisionOf(facts, question);
    const leaseEnds = choices.oneOf(around([at + 1_000, at + 300_000, decision.validUntil ?? at + 5_000]));
    for (const evaluatedAt of around([
      at,
      leaseEnds,
      decision.validUntil ?? at,
      at + choices.below(400_000),
    ])) {
      const answer = answerOf(
        { question: {}, evaluationId: 'e', evaluatedAt, build: 'b', explain: 'none', hypothetical: false },
        { decision, label: question.label, at, registry: { version: 1, digest: 'sha256:0' }, leaseEnds },
      );
      const lasts = Math.min(leaseEnds, decision.validUntil ?? Number.POSITIVE_INFINITY) > evaluatedAt;
      const may = decision.outcome === 'permit' && lasts;
      if (may) told += 1;
      if (decision.outcome === 'permit' && !lasts) late += 1;
      expect([answer.decision, answer.outcome === 'permit', 'useBy' in answer]).toEqual([may, may, may]);
      if (may) expect(Date.parse(answer.useBy ?? '')).toBeGreaterThan(evaluatedAt);
      if (decision.outcome === 'permit')
        expect(answer).toMatchObject(may ? { retry: 'never' } : { outcome: 'indeterminate', retry: 'after' });
    }
  }
  report('T8 made', cases, told + late);
  console.info(`T8 made: ${told} permits that last, ${late} that were over`);
  expect(Math.min(told, late)).toBeGreaterThan(50);
});
