/** A small invented registry around one rule, in which everything else is as it must be for a permit. */
import { type CoreDecision, decide } from '../../../functions/core/decision/decide.ts';
import { inputFromView } from '../../../functions/core/decision/input-from-view.ts';
import { type DecisionRequest, decisionRequest } from '../../../functions/core/decision/request.ts';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import type { Deployment } from '../../../functions/core/facts/network.ts';
import { classOf, type NetworkFunction, SHARE_BASES } from '../../../functions/core/facts/taxonomy.ts';
import { type RawFact, viewOf } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { OBLIGATION_TYPES } from '../../../functions/core/rules/finding.ts';
import type { Rule } from '../../../functions/core/rules/vocabulary.ts';

export const AT = Date.parse('2024-06-15T12:00:00Z');
export const VALID = { from: '2019-01-01', to: null, zone: 'UTC' };
export const ENDING = { from: '2019-01-01', to: '2029-12-31', zone: 'UTC' };
const sources = [{ citation: 'invented for a test', verified: true }];

type Part = { readonly [member: string]: unknown };
function raw(kind: string, id: string, part: Part): RawFact {
  return { kind, id, valid: VALID, sources, ...part } as unknown as RawFact;
}

export function deployment(fn: NetworkFunction, vendor: string, part: Partial<Deployment> = {}): Deployment {
  return {
    function: fn,
    segment: classOf(fn).segment,
    vendor,
    role: 'equipment',
    generation: '5G',
    band: '3.5 GHz',
    siteClass: 'ordinary',
    installed: '2019-06-01',
    removed: null,
    remoteAccessFrom: [],
    shares: Object.fromEntries(SHARE_BASES.map((b) => [b, 3000])),
    uses: [],
    ...part,
  };
}

export function network(id: string, deployments: readonly Deployment[], part: Part = {}): RawFact {
  return raw('network', id, {
    name: id,
    synthetic: true,
    operator: 'operator-a',
    hostedOn: null,
    identifiers: [],
    jurisdiction: 'GBR',
    physicalCountries: ['GBR'],
    remoteAccessCountries: [],
    services: ['voice'],
    providerSets: [],
    inventory: { complete: true, asOf: '2024-06-01', deployments },
    ...part,
  });
}

export function vendor(id: string, ownedBy: readonly (readonly [string, number])[] = []): RawFact {
  return raw('vendor', id, {
    name: id,
    synthetic: true,
    ownedBy: ownedBy.map(([owner, share]) => ({ owner, share, valid: VALID })),
  });
}

export function designation(id: string, part: Part = {}): RawFact {
  return raw('designation', id, {
    authority: 'office',
    instrument: 'RISKY',
    subject: { vendor: 'maker-r' },
    class: 'listed',
    effect: 'advice',
    reach: 'affiliates',
    scope: {},
    ...part,
  });
}

export function assessment(id: string, part: Part = {}): RawFact {
  return raw('assessment', id, {
    authority: 'office',
    subject: { vendor: 'maker-a' },
    criteriaSet: 'TRUST',
    outcome: 'trusted',
    items: [item('C1', 'met'), item('C2', 'met'), item('C3', 'met')],
    assessor: 'one',
    approver: 'another',
    assessedOn: '2019-01-01',
    valid: ENDING,
    ...part,
  });
}

export function item(criterion: string, result: string): Part {
  return { criterion, result, rationale: 'seen', evidence: sources };
}

/** C1 is mandatory; the others are weighed, and any two of three pass. */
export const CRITERIA = raw('criteria-set', 'TRUST', {
  authority: 'office',
  name: 'Trust',
  criteria: [
    { id: 'C1', text: 'one', mode: 'mandatory', weight: 1 },
    { id: 'C2', text: 'two', mode: 'weighted', weight: 1 },
    { id: 'C3', text: 'three', mode: 'weighted', weight: 1 },
  ],
  passAt: 6600,
});

export const PROTECTION = raw('protection', 'tunnel-a', {
  name: 'Tunnel',
  synthetic: true,
  authority: 'office',
  scheme: 'csfc',
  layers: [
    { vendor: 'maker-a', codeBase: 'a', keyDomain: 'a', suite: 'suite' },
    { vendor: 'maker-b', codeBase: 'b', keyDomain: 'b', suite: 'suite' },
  ],
  endpointCountries: ['GBR'],
  riskAcceptedBy: 'office',
  valid: ENDING,
});

const INVENTORY: Rule = { rule: 'inventory-complete', id: 'inventory', cites: ['text'], maxAgeDays: null };

/** The one standard, with the rules given and a complete inventory. */
export function standard(rules: readonly Rule[], part: Part = {}): RawFact {
  return raw('standard', 'LAW', {
    authority: 'office',
    owner: 'USA',
    title: 'Law',
    status: 'policy',
    about: 'carriage',
    announced: null,
    complyBy: null,
    scope: { levels: [{ frame: 'US', level: 'CONFIDENTIAL' }], flows: null, providers: null },
    belowScope: 'satisfied',
    rules: [INVENTORY, ...rules],
    sources: [{ key: 'text', citation: 'invented for a test', verified: true }],
    ...part,
  });
}

function accreditation(id: string, subject: Part): RawFact {
  return raw('accreditation', id, {
    authority: 'office',
    subject,
    carries: [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }],
    audience: ['GBR', 'IND', 'USA'],
    valid: ENDING,
  });
}

/** Mandates on both bases, whose word counts, and what may carry SECRET. */
export function frameOf(networks: readonly string[]): readonly RawFact[] {
  const mandate = (id: string, basis: string) =>
    raw('mandate', id, {
      authority: 'office',
      owner: 'USA',
      from: [{ frame: 'US', level: 'CONFIDENTIAL' }],
      basis,
      standards: ['LAW'],
      accreditors: ['office'],
      assurances: ['pinned', 'observed', 'assumed'],
      acceptUnverified: true,
    });
  return [
    raw('authority', 'office', {
      name: 'Office',
      speaksFor: ['USA'],
      proposers: [],
      approvers: [],
      holders: [],
    }),
    mandate('trusted', 'trusted-transport'),
    mandate('encrypted', 'encrypted-transport'),
    ...networks.map((n) => accreditation(`on-${n}`, { network: n })),
    accreditation('on-tunnel-a', { protection: 'tunnel-a' }),
  ];
}

export const LABEL: Label = {
  frame: 'US',
  level: 'SECRET',
  compartments: [],
  controls: [],
  owners: ['USA'],
  markedBy: 'USA',
  fgi: [],
  audience: null,
  displayOnly: [],
};

export interface Question {
  readonly hops?: readonly string[];
  readonly assurance?: 'pinned' | 'observed' | 'assumed';
  readonly tunnel?: boolean;
  readonly supports?: readonly string[];
}

export function requestOf(q: Question = {}): DecisionRequest {
  return decisionRequest.parse({
    message: {
      id: 'm',
      marking: '',
      ...(q.tunnel && { protection: { scheme: 'csfc', registration: 'tunnel-a' } }),
    },
    path: { hops: (q.hops ?? ['net-a']).map((network) => ({ network })), assurance: q.assurance ?? 'pinned' },
    supportedObligations: q.supports ?? Object.keys(OBLIGATION_TYPES),
  });
}

/** The real decision on these facts. A registry that throws does not permit; it is counted as a fault. */
export function ask(facts: readonly RawFact[], q: Question = {}, at = AT): CoreDecision {
  return decide(inputFromView(viewOf(facts), requestOf(q), LABEL, at));
}

export function codesOf(d: CoreDecision): readonly string[] {
  return d.reasons.map((r) => r.code);
}

/** Changes one fact of a set; `undefined` takes it away. */
export function withFact(
  facts: readonly RawFact[],
  key: string,
  change: (fact: RawFact) => RawFact | undefined,
): readonly RawFact[] {
  const keyOf = (f: RawFact) => `${String(f['kind'])}/${String(f['id'])}`;
  if (!facts.some((f) => keyOf(f) === key)) throw new Error(`no fact ${key} in this world`);
  return facts.flatMap((f): readonly RawFact[] => {
    if (keyOf(f) !== key) return [f];
    const changed = change(structuredClone(f));
    return changed === undefined ? [] : [changed];
  });
}

/** A fact with one member, by path, set to a value. */
export function set(fact: RawFact, path: readonly (string | number)[], value: unknown): RawFact {
  const copy = structuredClone(fact);
  let at: Record<string | number, unknown> = copy as unknown as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last === undefined) return value as RawFact;
  if (value === undefined) delete at[last];
  else at[last] = value as Json;
  return copy;
}
