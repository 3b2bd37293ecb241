/** A waiver names a rule its standard has, and one that may be waived at all. */
import { isWaivable } from '../../rules/vocabulary.ts';
import type { Check } from './check.ts';

export const waivedRule: Check = (ctx) =>
  ctx.judged('waiver').flatMap(({ key, fact }) => {
    const standard = ctx.soundOf('standard', fact.standard);
    if (standard === undefined) return [];
    const rule = standard.fact.rules.find((r) => r.id === fact.rule);
    if (rule === undefined)
      return [{ key, path: '/rule', message: `standard/${fact.standard} has no rule of that id` }];
    if (isWaivable(rule.rule)) return [];
    return [{ key, path: '/rule', message: `a rule of the kind ${rule.rule} is never waived` }];
  });
