/** T13: every rule is needed. A permit turns into a refusal by breaking only that rule, and permits without it. */
import { describe, expect, test } from 'vitest';
import { codesOf } from '../decision/ask.ts';
import { encodedBy } from '../decision/facts.ts';
import { ALL_CASES } from './cases.ts';
import { ask, set, withFact } from './world.ts';

describe.each(ALL_CASES)('%s', (_name, c) => {
  test('permits what it should', () => {
    const answer = ask(c.permitted, c.question);
    expect(answer.reasons).toEqual([]);
    expect(answer.outcome).toBe('permit');
  });

  test.each(c.broken.map((b) => [b.name, b] as const))('refuses: %s', (_what, b) => {
    const answer = ask(b.facts, b.question ?? c.question);
    expect(answer.outcome).toBe(b.outcome);
    expect(new Set(codesOf(answer))).toEqual(new Set([b.code]));
  });

  test('a build that has lost the rule permits every one of them', () => {
    for (const b of c.broken) {
      const lost = withFact(b.facts, 'standard/LAW', (s) => {
        const rules = (s['rules'] as { readonly id: string }[]).slice(0, 1);
        return set(set(s, ['rules'], rules), ['requirements'], encodedBy(rules));
      });
      const { protection: _tunnel, ...question } = b.question ?? c.question ?? {};
      expect(ask(lost, question).outcome, b.name).toBe('permit');
    }
  });
});
