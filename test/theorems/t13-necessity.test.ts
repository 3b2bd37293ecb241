/** T13: for each rule there is a permit that becomes a refusal by breaking only that rule. */
import { expect, it } from 'vitest';
import { readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { encodedBy } from '../core/decision/facts.ts';
import { stored } from './case.ts';
import { core } from './core.ts';
import { SEED } from './random.ts';
import { searched } from './search.ts';
import { STANDARDS } from './standards.ts';
import { caseOf } from './world.ts';

const ALWAYS = {
  rule: 'path-assurance',
  id: 'nothing-asked',
  cites: ['text'],
  accept: ['pinned', 'observed', 'assumed'],
};

/** The registry without one rule, wherever it is built on as well. */
function withoutRule(facts: readonly RawFact[], standard: string, rule: string): readonly RawFact[] {
  const left = (list: readonly string[]) => [...list.filter((id) => id !== rule), ALWAYS.id];
  return stored(
    facts.map((f) => {
      const reading = readFact(f);
      if (!reading.sound || reading.fact.kind !== 'standard') return f;
      const { id, rules, buildsOn, requirements } = reading.fact;
      const kept = id === standard ? [...rules.filter((r) => r.id !== rule), ALWAYS] : rules;
      return {
        ...f,
        rules: kept,
        ...(id === standard && requirements !== undefined && { requirements: encodedBy(kept) }),
        ...(buildsOn !== undefined && {
          buildsOn: buildsOn.map((b) =>
            b.standard === standard && b.rules?.includes(rule) ? { ...b, rules: left(b.rules) } : b,
          ),
        }),
      };
    }),
  );
}

/** Rules that nobody asks, that ask nothing, or that so few are bound by that the oracle alone meets them often enough. */
const ELSEWHERE = ['never', 'guessed', 'held', 'seen'];

const RULES = STANDARDS.filter((s) => s.about === 'carriage' && s.status !== 'proposed').flatMap((s) =>
  s.rules.filter((r) => !ELSEWHERE.includes(r.id)).map((r) => [s.id, r.id] as const),
);
const MOST = 6000;

const FOUND = {
  ...{ 'TRUSTED path': 1735, 'CAPPED core': 419, 'PLACED where': 95, 'DATED fresh': 82, 'DATED gone': 189 },
  ...{ 'SEALED tunnel': 96, 'BUILT known': 336, 'ENDED recent': 147, 'LICENCE counted': 93 },
};

it.each(RULES)('T13: %s needs %s', (standard, rule) => {
  const isNeeded = (seed: number) => {
    const { facts, question } = caseOf(seed);
    return !core(facts, question) && core(withoutRule(facts, standard, rule), question);
  };
  const found = searched(`${standard} ${rule}`, isNeeded, MOST, FOUND);
  expect(found, `no case from seed ${SEED} on`).toBeDefined();
});
