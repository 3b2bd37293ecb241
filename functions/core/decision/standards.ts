/** What one standard says of a message over a path. */
import { holdsAt } from '../facts/moment.ts';
import { anyMeans, FLOWS, PROVIDER_SETS } from '../facts/scope-words.ts';
import type { Sound } from '../facts/sound.ts';
import type { Standard } from '../facts/standard.ts';
import type { Label } from '../marking/label.ts';
import { levelRank } from '../marking/ladders.ts';
import type { Obligation } from '../obligation.ts';
import type { NetworkEvidence } from '../registry/evidence.ts';
import type { EquipmentContext, Tunnel } from '../rules/context.ts';
import type { Finding } from '../rules/finding.ts';
import { layersOf } from '../rules/layers.ts';
import { evaluateLayers, isWaivable } from '../rules/vocabulary.ts';
import { type AskedSource, foundedRules, type StatedRule } from './founded-rules.ts';
import { type Outcome, worst } from './outcome.ts';
import type { Reason } from './reasons.ts';
import { rulesOnNetwork } from './rules-on-network.ts';
import type { StandardTerms } from './standard-terms.ts';

/** What one standard says, with the rules it builds on; `asked-standard.ts` says what the one that is named says. */
export interface StandardResult {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly notes: readonly Reason[];
  readonly obligations: readonly Obligation[];
  /** Keys of waivers that set a finding aside. */
  readonly waivers: readonly string[];
  readonly boundaries: readonly number[];
  /** The standards whose rules were asked: itself, and those it builds on. */
  readonly asked: readonly AskedSource[];
}

function bare(outcome: Outcome, reasons: readonly Reason[]): StandardResult {
  return { outcome, reasons, notes: [], obligations: [], waivers: [], boundaries: [], asked: [] };
}

type Applicability = 'applies' | 'below' | 'elsewhere';

function applicability(s: Standard, label: Label): Applicability {
  const rank = levelRank(label.frame, label.level);
  const starts = s.scope.levels
    .filter((l) => l.frame === label.frame)
    .map((l) => levelRank(l.frame, l.level));
  if (rank === undefined || starts.length === 0 || starts.includes(undefined)) return 'elsewhere';
  return starts.some((least) => least !== undefined && rank >= least) ? 'applies' : 'below';
}

/** Waivers of one rule for one network that are in force: every responsible owner must have given one of its own. */
function waiversFor(
  n: NetworkEvidence,
  { rule, statedIn }: StatedRule,
  terms: StandardTerms,
): readonly string[] | undefined {
  const keys: string[] = [];
  for (const owner of terms.owners) {
    const waiver = n.waivers.find(
      ({ fact: w, interval }) =>
        w.owner === owner &&
        w.standard === statedIn.id &&
        w.rule === rule.id &&
        w.network === n.network.fact.id &&
        holdsAt(interval, terms.at) &&
        terms.law.authorities.some(
          (a) =>
            a.fact.id === w.authority && holdsAt(a.interval, terms.at) && a.fact.speaksFor.includes(owner),
        ),
    );
    if (waiver === undefined) return undefined;
    keys.push(waiver.key);
  }
  return keys.length > 0 ? keys : undefined;
}

/** The layers whose makers are known; the fold has refused a tunnel with another. */
function layerContext({ protection, vendors }: Tunnel, terms: StandardTerms): Omit<EquipmentContext, 'zone'> {
  return {
    at: terms.at,
    equipment: layersOf(protection.fact).filter((l) => vendors.has(l.vendor)),
    vendors,
    criteriaSets: terms.law.criteriaSets,
    categories: terms.law.categories,
  };
}

function refuses(f: Finding): boolean {
  return f.effect !== 'note';
}

/** A reason without a hop is about the tunnel. */
function reasonOf(f: Finding, s: Standard, { rule, statedIn }: StatedRule, hop?: number): Reason {
  const { effect: _effect, ...fields } = f;
  return {
    ...fields,
    standard: s.id,
    rule: rule.id,
    ...(statedIn.id !== s.id && { statedIn: statedIn.id }),
    ...(hop !== undefined && { hop }),
  };
}

/** The standard in force, applied to every network of every hop and to the tunnel over them. INVARIANT: no rule is skipped, whatever another found. */
function applyRules(standard: Sound<Standard>, terms: StandardTerms): StandardResult {
  const s = standard.fact;
  const founded = foundedRules(standard, terms.law.standards);
  const { rules, asked, lost } = founded;
  const outcomes: Outcome[] = ['permit'];
  const reasons: Reason[] = [];
  const notes: Reason[] = [];
  const obligations: Obligation[] = [];
  const waivers = new Set<string>();
  const boundaries: number[] = [];
  let binds = false;
  const count = (reason: Reason, effect: Finding['effect'], waived: boolean) => {
    if (effect === 'note' || waived) notes.push(reason);
    else {
      outcomes.push(effect);
      reasons.push(reason);
    }
  };
  for (const hop of terms.hops) {
    for (const n of hop.networks) {
      const { providers } = s.scope;
      const bound =
        providers === null || anyMeans(PROVIDER_SETS, n.network.fact.providerSets, providers.sets);
      if (bound === false) {
        // Judged hop by hop, so that adding a bound hop never turns an answer about an unbound one into a permit.
        if (providers.others === 'satisfied') continue;
        outcomes.push('not-applicable');
        reasons.push({ code: 'STANDARD_NOT_APPLICABLE', standard: s.id, hop: hop.index });
        continue;
      }
      // A set nobody knows may be one it binds.
      if (bound === undefined)
        count({ code: 'SCOPE_UNKNOWN', standard: s.id, hop: hop.index }, 'indeterminate', false);
      binds = true;
      const { results, boundaries: dates } = rulesOnNetwork(founded, n, hop, terms);
      boundaries.push(...dates);
      for (const { stated, result } of results) {
        obligations.push(...(result.obligations ?? []));
        const waived =
          isWaivable(stated.rule.rule) && result.findings.some(refuses)
            ? waiversFor(n, stated, terms)
            : undefined;
        for (const key of waived ?? []) waivers.add(key);
        for (const finding of result.findings)
          count(reasonOf(finding, s, stated, hop.index), finding.effect, waived !== undefined);
      }
    }
  }
  // Whoever's network it is, the tunnel over one that the standard binds is its equipment.
  if (binds && terms.tunnel !== undefined) {
    const ctx = layerContext(terms.tunnel, terms);
    for (const stated of rules) {
      const result = evaluateLayers(stated.rule, { ...ctx, zone: stated.statedIn.valid.zone });
      boundaries.push(...(result.boundaries ?? []));
      for (const finding of result.findings) count(reasonOf(finding, s, stated), finding.effect, false);
    }
  }
  // What it builds on binds whom it binds.
  for (const id of binds ? lost : [])
    count({ code: 'FOUNDATION_UNKNOWN', standard: s.id, statedIn: id }, 'indeterminate', false);
  return {
    outcome: worst(outcomes),
    reasons,
    notes,
    obligations,
    waivers: [...waivers].sort(),
    boundaries,
    asked: binds ? asked : [],
  };
}

/** True where the standard is law at that instant: a proposed instrument never is, whatever its dates say. */
export function isInForce(s: Sound<Standard>, at: number): boolean {
  return s.fact.status !== 'proposed' && holdsAt(s.interval, at);
}

/**
 * Evaluates one standard over the hops. `not-applicable` covers a standard not in force, one about other frames,
 * and information below its scope of which it says nothing.
 */
export function evaluateStandard(standard: Sound<Standard>, terms: StandardTerms): StandardResult {
  const s = standard.fact;
  if (!isInForce(standard, terms.at))
    return bare('not-applicable', [{ code: 'STANDARD_NOT_IN_FORCE', standard: s.id }]);
  const notApplicable = bare('not-applicable', [{ code: 'STANDARD_NOT_APPLICABLE', standard: s.id }]);
  switch (applicability(s, terms.label)) {
    case 'elsewhere':
      return notApplicable;
    case 'below':
      return s.belowScope === 'satisfied' ? bare('permit', []) : notApplicable;
    case 'applies':
      break;
  }
  if (s.scope.flows !== null) {
    const meant = terms.flow === undefined ? undefined : anyMeans(FLOWS, [terms.flow], s.scope.flows);
    if (meant === undefined) return bare('indeterminate', [{ code: 'FLOW_UNKNOWN', standard: s.id }]);
    if (!meant) return notApplicable;
  }
  const result = applyRules(standard, terms);
  if (s.about === 'carriage') return result;
  // A list about exports or purchases says who is on it, and nothing about carrying traffic.
  return {
    ...bare('not-applicable', [{ code: 'STANDARD_NOT_ABOUT_CARRIAGE', standard: s.id }]),
    notes: [...result.reasons, ...result.notes],
    boundaries: result.boundaries,
  };
}
