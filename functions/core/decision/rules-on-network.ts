/**
 * What the rules of a standard say of one network. It depends on no label, and until the next date of anything it was made
 * from it stays the same: so it is kept with the network, for as long as everything else it was asked beside is the very same.
 */
import { perObject } from '../per-object.ts';
import type { NetworkEvidence } from '../registry/evidence.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';
import type { RuleContext } from '../rules/context.ts';
import type { RuleResult } from '../rules/finding.ts';
import { inService } from '../rules/selection.ts';
import { evaluateRule } from '../rules/vocabulary.ts';
import { nextDateIn } from './boundaries.ts';
import type { FoundedRules, StatedRule } from './founded-rules.ts';
import type { JudgedHop, StandardTerms } from './standard-terms.ts';

/** What each rule says, in their order, and the instants at which their own dates change that. */
export interface NetworkFindings {
  readonly results: readonly { readonly stated: StatedRule; readonly result: RuleResult }[];
  readonly boundaries: readonly number[];
}

/** Everything that rules look at besides the network, and until when they say the same. */
interface Kept extends Pick<StandardTerms, 'law' | 'assurance'> {
  readonly vendors: readonly VendorEvidence[];
  readonly from: number;
  readonly until: number;
  readonly findings: NetworkFindings;
}

/** A network is asked about beside few others: a registered route, hops that a caller names, a law of today and one signed. */
const MOST_KEPT = 8;

const keptFor = perObject((_network: NetworkEvidence) => perObject((_rules: FoundedRules): Kept[] => []));

function isFor(kept: Kept, hop: JudgedHop, { assurance, law, at }: StandardTerms): boolean {
  if (!(kept.from <= at && at < kept.until)) return false;
  if (kept.law !== law || kept.assurance !== assurance) return false;
  if (kept.vendors.length !== hop.vendors.size) return false;
  let next = 0;
  for (const vendor of hop.vendors.values()) if (kept.vendors[next++] !== vendor) return false;
  return true;
}

function evaluated(
  { rules }: FoundedRules,
  n: NetworkEvidence,
  hop: JudgedHop,
  terms: StandardTerms,
): NetworkFindings {
  const ctx: Omit<RuleContext, 'zone'> = {
    at: terms.at,
    network: n.network,
    equipment: inService(n.network.fact, terms.at),
    assessments: n.assessments,
    vendors: hop.vendors,
    criteriaSets: terms.law.criteriaSets,
    categories: terms.law.categories,
    assurance: terms.assurance,
    tunnel: terms.tunnel,
  };
  const results = rules.map((stated) => ({
    stated,
    result: evaluateRule(stated.rule, { ...ctx, zone: stated.statedIn.valid.zone }),
  }));
  return { results, boundaries: [...new Set(results.flatMap(({ result }) => result.boundaries ?? []))] };
}

/** Of one network of a hop. INVARIANT: no rule is skipped, whatever another found. */
export function rulesOnNetwork(
  founded: FoundedRules,
  n: NetworkEvidence,
  hop: JudgedHop,
  terms: StandardTerms,
): NetworkFindings {
  // What a message travels in is its own.
  if (terms.tunnel !== undefined) return evaluated(founded, n, hop, terms);
  const kept = keptFor(n)(founded);
  const known = kept.find((k) => isFor(k, hop, terms));
  if (known !== undefined) return known.findings;
  const { assurance, law, at } = terms;
  const vendors = [...hop.vendors.values()];
  const findings = evaluated(founded, n, hop, terms);
  const until = Math.min(
    nextDateIn('network', n, at),
    ...vendors.map((v) => nextDateIn('vendor', v, at)),
    ...findings.boundaries.filter((t) => t > at),
  );
  kept.unshift({ law, assurance, vendors, from: at, until, findings });
  kept.splice(MOST_KEPT);
  return findings;
}
