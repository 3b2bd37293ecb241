/** One rule in front of one hop, with what the rule may look at read from facts as they are registered. */
import { readFact } from '../../../functions/core/facts/fact.ts';
import type { Deployment } from '../../../functions/core/facts/network.ts';
import type { Sound } from '../../../functions/core/facts/sound.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { VendorEvidence } from '../../../functions/core/registry/vendor-evidence.ts';
import type { RuleContext } from '../../../functions/core/rules/context.ts';
import type { RuleResult } from '../../../functions/core/rules/finding.ts';
import { layersOf } from '../../../functions/core/rules/layers.ts';
import { inService } from '../../../functions/core/rules/selection.ts';
import { evaluateLayers, evaluateRule, type Rule } from '../../../functions/core/rules/vocabulary.ts';
import * as make from '../decision/facts.ts';
import { designation, network, vendor } from './world.ts';

/** `maker-o` is half owned by `maker-r`; nobody owns the others. */
const VENDORS = [
  vendor('maker-a'),
  vendor('maker-b'),
  vendor('maker-r'),
  vendor('maker-o', [['maker-r', 5000]]),
  vendor('operator-a'),
];

/** What is adopted in these tests: entries of one list, whose reach over ownership begins at half. */
export const LISTED = designation('r');

function soundFacts(facts: readonly RawFact[]) {
  return facts.map((raw) => {
    const reading = readFact(raw);
    if (!reading.sound) throw new Error(JSON.stringify(reading.problems));
    return reading;
  });
}

export interface Hop {
  readonly network?: make.Members;
  /** Put in place of those of the same key, or added. */
  readonly facts?: readonly RawFact[];
  readonly at?: string;
  readonly zone?: string;
  readonly assurance?: RuleContext['assurance'];
}

/** The facts a hop brings, laid out as a decision lays them out for its rules. */
export function contextOf(devices: readonly Deployment[], hop: Hop = {}): RuleContext {
  const all = soundFacts([network('net-a', devices, hop.network), ...VENDORS, ...(hop.facts ?? [])]);
  const facts = [...new Map(all.map((f) => [f.key, f])).values()];
  const of = <K extends string>(kind: K) =>
    facts.filter((f) => f.fact.kind === kind) as unknown as Sound<
      Extract<(typeof all)[number]['fact'], { kind: K }>
    >[];
  const [here] = of('network');
  if (here === undefined) throw new Error('no network');
  const subjectOf = (f: Sound<{ readonly subject: object }>) => Object.entries(f.fact.subject).join('');
  const evidence = (v: Sound<VendorEvidence['vendor']['fact']>): VendorEvidence => ({
    vendor: v,
    owners: new Map(
      of('vendor')
        .filter((o) => o !== v)
        .map((o) => [o.fact.id, o]),
    ),
    designations: of('designation').filter((d) => 'vendor' in d.fact.subject),
    assessments: of('assessment').filter((a) => subjectOf(a) === `vendor,${v.fact.id}`),
  });
  const vendors = new Map(of('vendor').map((v) => [v.fact.id, evidence(v)]));
  const [tunnel] = of('protection');
  const at = hop.at === undefined ? make.AT : Date.parse(hop.at);
  return {
    at,
    equipment: inService(here.fact, at),
    zone: hop.zone ?? 'UTC',
    network: here,
    assessments: of('assessment').filter((a) => subjectOf(a) === 'network,net-a'),
    vendors,
    criteriaSets: of('criteria-set'),
    categories: of('designation').filter((d) => 'category' in d.fact.subject),
    assurance: hop.assurance ?? 'pinned',
    tunnel: tunnel === undefined ? undefined : { protection: tunnel, vendors },
  };
}

/** Every finding in one line each: effect, code, and whatever it says it is about. */
export function said(rule: Rule, ctx: RuleContext): readonly string[] {
  return lines(evaluateRule(rule, ctx));
}

/** The same of the layers of a tunnel whose ends stand in these countries. */
export function saidOfTunnel(rule: Rule, endpointCountries: readonly string[]): readonly string[] {
  const tunnel = make.protection({ id: 'tunnel', endpointCountries: [...endpointCountries] });
  return lines(evaluateLayers(rule, { ...contextOf([]), equipment: layersOf(tunnel) }));
}

function lines({ findings }: RuleResult): readonly string[] {
  return findings.map((f) =>
    [f.effect, f.code, f.segment, f.function, f.vendor, f.basis, f.share, f.ownedShare, f.fact]
      .filter((part) => part !== undefined)
      .join(' '),
  );
}

/** The instants at which the rule would say something else by its own dates, once each. */
export function boundaries(rule: Rule, ctx: RuleContext): readonly string[] {
  const found = [...new Set(evaluateRule(rule, ctx).boundaries ?? [])].filter(Number.isFinite);
  return found.sort((a, b) => a - b).map((ms) => new Date(ms).toISOString());
}
