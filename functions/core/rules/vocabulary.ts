/**
 * The closed vocabulary of rules. A standard is data over these and nothing else; a rule only ever restricts. To add
 * one: a file with `params`, `definition` and what its page says, and a line in each of the two lists below.
 */
import * as z from 'zod/mini';
import * as adoptedDesignationAbsent from './adopted-designation-absent.ts';
import * as assessed from './assessed.ts';
import type { EquipmentContext, RuleContext } from './context.ts';
import type { RuleDefinition } from './definition.ts';
import { type RuleResult, SATISFIED } from './finding.ts';
import * as inventoryComplete from './inventory-complete.ts';
import * as jurisdiction from './jurisdiction.ts';
import * as noNewEquipment from './no-new-equipment.ts';
import * as obligationsRequired from './obligations-required.ts';
import * as operatorDesignationAbsent from './operator-designation-absent.ts';
import * as operatorOwnership from './operator-ownership.ts';
import * as pathAssurance from './path-assurance.ts';
import * as protectionRequired from './protection-required.ts';
import * as removalDeadline from './removal-deadline.ts';
import * as sensitiveSite from './sensitive-site.ts';
import * as shareCap from './share-cap.ts';
import * as supplierDiversity from './supplier-diversity.ts';
import * as trustedSource from './trusted-source.ts';

export const rule = z.discriminatedUnion('rule', [
  adoptedDesignationAbsent.params,
  assessed.params,
  inventoryComplete.params,
  jurisdiction.params,
  noNewEquipment.params,
  obligationsRequired.params,
  operatorDesignationAbsent.params,
  operatorOwnership.params,
  pathAssurance.params,
  protectionRequired.params,
  removalDeadline.params,
  sensitiveSite.params,
  shareCap.params,
  supplierDiversity.params,
  trustedSource.params,
]);

/** One demand of a standard, with its parameters. */
export type Rule = z.infer<typeof rule>;
/** The name of a rule of the closed vocabulary. */
export type RuleName = Rule['rule'];
/** The parameters of one rule. */
export type RuleOf<N extends RuleName> = Extract<Rule, { readonly rule: N }>;

const DEFINITIONS: { readonly [N in RuleName]: RuleDefinition<RuleOf<N>> } = {
  'adopted-designation-absent': adoptedDesignationAbsent.definition,
  assessed: assessed.definition,
  'inventory-complete': inventoryComplete.definition,
  jurisdiction: jurisdiction.definition,
  'no-new-equipment': noNewEquipment.definition,
  'obligations-required': obligationsRequired.definition,
  'operator-designation-absent': operatorDesignationAbsent.definition,
  'operator-ownership': operatorOwnership.definition,
  'path-assurance': pathAssurance.definition,
  'protection-required': protectionRequired.definition,
  'removal-deadline': removalDeadline.definition,
  'sensitive-site': sensitiveSite.definition,
  'share-cap': shareCap.definition,
  'supplier-diversity': supplierDiversity.definition,
  'trusted-source': trustedSource.definition,
};

/** Whether an owner may waive it for one network. */
export function isWaivable(name: RuleName): boolean {
  return DEFINITIONS[name].waivable;
}

/** Evaluates one rule against one hop. */
export function evaluateRule<N extends RuleName>(r: RuleOf<N>, ctx: RuleContext): RuleResult {
  return definitionOf(r).evaluate(r, ctx);
}

/**
 * Evaluates one rule against the layers of a tunnel, as equipment. Rules about what only a network has (its operator,
 * its inventory, its assessment) or about the way as a whole say nothing of them.
 */
export function evaluateLayers<N extends RuleName>(r: RuleOf<N>, ctx: EquipmentContext): RuleResult {
  const { ofLayers } = definitionOf(r);
  return ofLayers === null ? SATISFIED : ofLayers(r, ctx);
}

function definitionOf<N extends RuleName>(r: RuleOf<N>): RuleDefinition<RuleOf<N>> {
  const name: N = r.rule as N;
  return DEFINITIONS[name];
}
