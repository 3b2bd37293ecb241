/**
 * The closed vocabulary of rules. A standard is data over these and nothing else; a rule only ever restricts. To add
 * one: a file with `params` and `evaluate`, and a line in each of the two places below.
 */
import * as z from 'zod/mini';
import * as adoptedDesignationAbsent from './adopted-designation-absent.ts';
import * as assessed from './assessed.ts';
import type { RuleContext } from './context.ts';
import type { RuleResult } from './finding.ts';
import * as inventoryComplete from './inventory-complete.ts';
import * as pathAssurance from './path-assurance.ts';
import * as sensitiveSite from './sensitive-site.ts';
import * as shareCap from './share-cap.ts';

export const rule = z.discriminatedUnion('rule', [
  adoptedDesignationAbsent.params,
  assessed.params,
  inventoryComplete.params,
  pathAssurance.params,
  sensitiveSite.params,
  shareCap.params,
]);

export type Rule = z.infer<typeof rule>;
export type RuleName = Rule['rule'];

/** Rules an owner may waive for one network. The label, dominance, unknown hops, holds and mandates never are. */
export const WAIVABLE: ReadonlySet<RuleName> = new Set(['share-cap', 'inventory-complete']);

/** Evaluates one rule against one hop. */
export function evaluateRule(r: Rule, ctx: RuleContext): RuleResult {
  switch (r.rule) {
    case 'adopted-designation-absent':
      return adoptedDesignationAbsent.evaluate(r, ctx);
    case 'assessed':
      return assessed.evaluate(r, ctx);
    case 'inventory-complete':
      return inventoryComplete.evaluate(r, ctx);
    case 'path-assurance':
      return pathAssurance.evaluate(r, ctx);
    case 'sensitive-site':
      return sensitiveSite.evaluate(r, ctx);
    case 'share-cap':
      return shareCap.evaluate(r, ctx);
    default:
      return unknownRule(r);
  }
}

/** INVARIANT: a rule without an evaluation does not compile; if one reached here, it refuses by throwing. */
function unknownRule(r: never): never {
  throw new Error(`no evaluation for rule ${String((r as { rule: unknown }).rule)}`);
}
