/**
 * The closed vocabulary of rules. A standard is data over these and nothing else; a rule only ever restricts. To add
 * one: a file with `params` and `evaluate`, and a line in each of the three places below.
 */
import * as z from 'zod/mini';
import * as adoptedDesignationAbsent from './adopted-designation-absent.ts';
import * as assessed from './assessed.ts';
import type { EquipmentContext, RuleContext } from './context.ts';
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
    case 'jurisdiction':
      return jurisdiction.evaluate(r, ctx);
    case 'no-new-equipment':
      return noNewEquipment.evaluate(r, ctx);
    case 'obligations-required':
      return obligationsRequired.evaluate(r, ctx);
    case 'operator-designation-absent':
      return operatorDesignationAbsent.evaluate(r, ctx);
    case 'operator-ownership':
      return operatorOwnership.evaluate(r, ctx);
    case 'path-assurance':
      return pathAssurance.evaluate(r, ctx);
    case 'protection-required':
      return protectionRequired.evaluate(r, ctx);
    case 'removal-deadline':
      return removalDeadline.evaluate(r, ctx);
    case 'sensitive-site':
      return sensitiveSite.evaluate(r, ctx);
    case 'share-cap':
      return shareCap.evaluate(r, ctx);
    case 'supplier-diversity':
      return supplierDiversity.evaluate(r, ctx);
    case 'trusted-source':
      return trustedSource.evaluate(r, ctx);
    default:
      return unknownRule(r);
  }
}

/**
 * Evaluates one rule against the layers of a tunnel, as equipment. Rules about what only a network has (its operator,
 * its inventory, its assessment) or about the way as a whole say nothing of them.
 */
export function evaluateLayers(r: Rule, ctx: EquipmentContext): RuleResult {
  switch (r.rule) {
    case 'adopted-designation-absent':
      return adoptedDesignationAbsent.ofLayers(r, ctx);
    case 'assessed':
      return assessed.ofLayers(r, ctx);
    case 'jurisdiction':
      return jurisdiction.ofLayers(r, ctx);
    case 'no-new-equipment':
      return noNewEquipment.evaluate(r, ctx);
    case 'removal-deadline':
      return removalDeadline.evaluate(r, ctx);
    case 'sensitive-site':
      return sensitiveSite.evaluate(r, ctx);
    case 'share-cap':
      return shareCap.evaluate(r, ctx);
    case 'supplier-diversity':
      return supplierDiversity.evaluate(r, ctx);
    case 'trusted-source':
      return trustedSource.evaluate(r, ctx);
    case 'inventory-complete':
    case 'obligations-required':
    case 'operator-designation-absent':
    case 'operator-ownership':
    case 'path-assurance':
    case 'protection-required':
      return SATISFIED;
    default:
      return unknownRule(r);
  }
}

/** INVARIANT: a rule without an evaluation does not compile; if one reached here, it refuses by throwing. */
function unknownRule(r: never): never {
  throw new Error(`no evaluation for rule ${String((r as { rule: unknown }).rule)}`);
}
