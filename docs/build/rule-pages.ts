/** What the file of each rule says for pages, beside what it does. */
import * as adoptedDesignationAbsent from '../../functions/core/rules/adopted-designation-absent.ts';
import * as assessed from '../../functions/core/rules/assessed.ts';
import type { RuleAbout } from '../../functions/core/rules/definition.ts';
import * as inventoryComplete from '../../functions/core/rules/inventory-complete.ts';
import * as jurisdiction from '../../functions/core/rules/jurisdiction.ts';
import * as noNewEquipment from '../../functions/core/rules/no-new-equipment.ts';
import * as obligationsRequired from '../../functions/core/rules/obligations-required.ts';
import * as operatorDesignationAbsent from '../../functions/core/rules/operator-designation-absent.ts';
import * as operatorOwnership from '../../functions/core/rules/operator-ownership.ts';
import * as pathAssurance from '../../functions/core/rules/path-assurance.ts';
import * as protectionRequired from '../../functions/core/rules/protection-required.ts';
import * as removalDeadline from '../../functions/core/rules/removal-deadline.ts';
import * as sensitiveSite from '../../functions/core/rules/sensitive-site.ts';
import * as shareCap from '../../functions/core/rules/share-cap.ts';
import * as supplierDiversity from '../../functions/core/rules/supplier-diversity.ts';
import * as trustedSource from '../../functions/core/rules/trusted-source.ts';
import type { RuleName, RuleOf } from '../../functions/core/rules/vocabulary.ts';

interface RulePage<N extends RuleName> {
  readonly about: RuleAbout;
  /** What it asks for, besides what it adopts and where; absent where that is all. */
  gist?(p: RuleOf<N>): string;
}

export const RULE_PAGES: { readonly [N in RuleName]: RulePage<N> } = {
  'adopted-designation-absent': {
    about: adoptedDesignationAbsent.about,
    gist: adoptedDesignationAbsent.gist,
  },
  assessed: { about: assessed.about, gist: assessed.gist },
  'inventory-complete': { about: inventoryComplete.about, gist: inventoryComplete.gist },
  jurisdiction: { about: jurisdiction.about, gist: jurisdiction.gist },
  'no-new-equipment': { about: noNewEquipment.about, gist: noNewEquipment.gist },
  'obligations-required': { about: obligationsRequired.about, gist: obligationsRequired.gist },
  'operator-designation-absent': { about: operatorDesignationAbsent.about },
  'operator-ownership': { about: operatorOwnership.about, gist: operatorOwnership.gist },
  'path-assurance': { about: pathAssurance.about, gist: pathAssurance.gist },
  'protection-required': { about: protectionRequired.about, gist: protectionRequired.gist },
  'removal-deadline': { about: removalDeadline.about, gist: removalDeadline.gist },
  'sensitive-site': { about: sensitiveSite.about, gist: sensitiveSite.gist },
  'share-cap': { about: shareCap.about, gist: shareCap.gist },
  'supplier-diversity': { about: supplierDiversity.about, gist: supplierDiversity.gist },
  'trusted-source': { about: trustedSource.about, gist: trustedSource.gist },
};

/** The gist of one rule as a standard states it. */
export function gistOf<N extends RuleName>(r: RuleOf<N>): string {
  const name: N = r.rule as N;
  const page: RulePage<N> = RULE_PAGES[name];
  return page.gist?.(r) ?? '';
}
