/** T13: for each rule there is a permit that becomes a refusal by breaking only that rule. */
import { expect, it } from 'vitest';
import { kindOf, member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { encodedBy } from '../core/decision/facts.ts';
import { type Case, stored } from './case.ts';
import { core } from './core.ts';
import { SEED } from './random.ts';
import { STANDARDS } from './standards.ts';
import { caseOf } from './world.ts';

type Named = { readonly id: string };

const ALWAYS = {
  rule: 'path-assurance',
  id: 'nothing-asked',
  cites: ['text'],
  accept: ['pinned', 'observed', 'assumed'],
};

function withoutRule(facts: readonly RawFact[], standard: string, rule: string): readonly RawFact[] {
  return stored(
    facts.map((f) => {
      if (kindOf(f) !== 'standard' || member(f, 'id') !== standard || !Array.isArray(member(f, 'rules')))
        return f;
      const rules = ((member(f, 'rules') ?? []) as readonly Named[]).filter((r) => r.id !== rule);
      const left = [...rules, ALWAYS];
      return { ...f, rules: left, requirements: encodedBy(left) };
    }),
  );
}

const RULES = STANDARDS.filter((s) => s.about === 'carriage').flatMap((s) =>
  s.rules.map((r) => [s.id, r.id] as const),
);
const MOST = 6000;

/** A case that is refused, and would not be without this rule. */
function needing(standard: string, rule: string): Case | undefined {
  for (let seed = SEED; seed < SEED + MOST; seed += 1) {
    const c = caseOf(seed);
    if (!core(c.facts, c.question) && core(withoutRule(c.facts, standard, rule), c.question)) return c;
  }
  return undefined;
}

it.each(RULES)('T13: %s needs %s', (standard, rule) => {
  const found = needing(standard, rule);
  expect(found, `no case from seed ${SEED} on`).toBeDefined();
});
