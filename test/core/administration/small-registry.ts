/** A small registry in which something is permitted, from which tests break one thing at a time. */
import type { Operation } from '../../../functions/core/administration/change.ts';
import { factDigest } from '../../../functions/core/administration/change.ts';
import type { Person } from '../../../functions/core/administration/person.ts';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';

export const NOW = Date.parse('2026-06-01T12:00:00Z');
export const NOW_TEXT = '2026-06-01T12:00:00Z';
export const SOURCES = [{ citation: 'Synthetic: made up for a test.', verified: true }] as const;
export const UNVERIFIED = [{ citation: 'Synthetic: nobody looked.', verified: false }] as const;

type Members = { readonly [name: string]: Json };

export const valid = (from = '2020-01-01', to: string | null = null) => ({ from, to, zone: 'UTC' });
const common = { valid: valid(), sources: SOURCES as unknown as Json };

export function authority(id: string, nation: string, more: Members = {}): RawFact {
  const who = nation.toLowerCase();
  return {
    kind: 'authority',
    id,
    name: `Authority ${id}`,
    speaksFor: [nation],
    proposers: [`${who}-proposer`],
    approvers: [`${who}-approver`],
    holders: [`${who}-proposer`, `${who}-approver`],
    ...common,
    ...more,
  };
}

export function vendor(id: string, more: Members = {}): RawFact {
  return { kind: 'vendor', id, name: `Maker ${id}`, synthetic: true, ownedBy: [], ...common, ...more };
}

export function deployment(by: string, more: Members = {}): RawFact {
  return {
    function: 'AMF',
    segment: 'core',
    vendor: by,
    role: 'equipment',
    generation: '5G',
    band: null,
    siteClass: 'ordinary',
    installed: '2020-01-01',
    removed: null,
    remoteAccessFrom: [],
    ...more,
  };
}

export function network(
  id: string,
  more: Members = {},
  deployments: readonly RawFact[] = [deployment('maker-one')],
): RawFact {
  return {
    kind: 'network',
    id,
    name: `Network ${id}`,
    synthetic: true,
    operator: 'operator-one',
    hostedOn: null,
    identifiers: [],
    jurisdiction: 'USA',
    physicalCountries: ['USA'],
    remoteAccessCountries: [],
    providerSets: [],
    inventory: { complete: true, asOf: '2026-01-01', deployments },
    ...common,
    ...more,
  };
}

export function route(id: string, hops: readonly string[], more: Members = {}): RawFact {
  return {
    kind: 'route',
    id,
    name: `Route ${id}`,
    synthetic: true,
    hops,
    alternates: [],
    assurance: 'pinned',
    ...common,
    ...more,
  };
}

export function accreditation(id: string, subject: Members, more: Members = {}): RawFact {
  return {
    kind: 'accreditation',
    id,
    authority: 'us-state',
    subject,
    carries: [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }],
    audience: ['USA'],
    ...common,
    valid: valid('2020-01-01', '2030-12-31'),
    ...more,
  };
}

export function assessment(id: string, subject: Members, more: Members = {}): RawFact {
  return {
    kind: 'assessment',
    id,
    authority: 'us-state',
    subject,
    criteriaSet: 'TRUST',
    outcome: 'trusted',
    assessor: 'assessor-one',
    approver: 'assessor-two',
    assessedOn: '2020-01-01',
    ...common,
    valid: valid('2020-01-01', '2028-12-31'),
    ...more,
  };
}

export function designation(id: string, of: string, more: Members = {}): RawFact {
  return {
    kind: 'designation',
    id,
    authority: 'us-state',
    instrument: 'LIST',
    subject: { vendor: of },
    class: 'excluded',
    effect: 'network-removal',
    reach: 'affiliates',
    scope: {},
    ...common,
    ...more,
  };
}

export function mandate(id: string, more: Members = {}): RawFact {
  return {
    kind: 'mandate',
    id,
    authority: 'us-state',
    owner: 'USA',
    from: [{ frame: 'US', level: 'UNCLASSIFIED' }],
    basis: 'trusted-transport',
    standards: ['TEST-TRUST'],
    accreditors: ['us-state'],
    assurances: ['pinned', 'observed'],
    acceptUnverified: true,
    ...common,
    ...more,
  };
}

const ADOPT = [
  {
    instrument: 'LIST',
    authority: 'us-state',
    classes: ['excluded', 'capped'],
    affiliates: [{ entries: 'stated', share: 5000, counting: 'each-link', valid: valid() }],
  },
];

export const RULES: readonly RawFact[] = [
  { rule: 'inventory-complete', id: 'inventory', cites: ['text'], maxAgeDays: null },
  {
    rule: 'assessed',
    id: 'network-assessed',
    cites: ['text'],
    subjects: ['network', 'vendors'],
    criteriaSet: 'TRUST',
    authorities: ['us-state'],
    results: 'stated',
  },
  {
    rule: 'adopted-designation-absent',
    id: 'none-listed',
    cites: ['text'],
    adopt: ADOPT,
    where: { segments: ['core'] },
  },
  { rule: 'share-cap', id: 'cap', cites: ['text'], adopt: ADOPT, where: {}, bases: ['sites'], max: 3500 },
];

export function standard(id: string, more: Members = {}): RawFact {
  return {
    kind: 'standard',
    id,
    authority: 'us-state',
    owner: 'USA',
    title: 'A standard made up for a test',
    status: 'policy',
    about: 'carriage',
    announced: null,
    complyBy: null,
    scope: { levels: [{ frame: 'US', level: 'UNCLASSIFIED' }], flows: null, providers: null },
    belowScope: 'satisfied',
    rules: RULES.slice(0, 3),
    ...common,
    sources: [{ key: 'text', ...SOURCES[0] }],
    ...more,
  };
}

export function criteriaSet(more: Members = {}): RawFact {
  return {
    kind: 'criteria-set',
    id: 'TRUST',
    authority: 'us-state',
    name: 'Criteria made up for a test',
    criteria: [{ id: 'LAW', text: 'Independent courts', mode: 'mandatory', weight: 1 }],
    passAt: 10_000,
    ...common,
    ...more,
  };
}

export function protection(id: string, more: Members = {}): RawFact {
  return {
    kind: 'protection',
    id,
    name: `Tunnel ${id}`,
    synthetic: true,
    authority: 'us-state',
    scheme: 'csfc',
    layers: [
      { vendor: 'maker-one', codeBase: 'a', keyDomain: 'a', suite: 'A' },
      { vendor: 'maker-two', codeBase: 'b', keyDomain: 'b', suite: 'B' },
    ],
    endpointCountries: ['USA'],
    riskAcceptedBy: 'us-state',
    ...common,
    valid: valid('2020-01-01', '2030-12-31'),
    ...more,
  };
}

export function waiver(id: string, of: string, more: Members = {}): RawFact {
  return {
    kind: 'waiver',
    id,
    authority: 'us-state',
    owner: 'USA',
    standard: 'TEST-TRUST',
    rule: 'inventory',
    network: of,
    reason: 'Made up for a test',
    ...common,
    valid: valid('2020-01-01', '2027-12-31'),
    ...more,
  };
}

export function hold(id: string, scope: Members, more: Members = {}): RawFact {
  return { kind: 'hold', id, authority: 'us-state', scope, reason: 'Stop', ...common, ...more };
}

export function equivalence(id: string, more: Members = {}): RawFact {
  return {
    kind: 'equivalence',
    id,
    authority: 'us-state',
    from: { frame: 'US', level: 'SECRET' },
    to: { frame: 'UK', level: 'SECRET' },
    agreement: 'Made up for a test',
    ...common,
    ...more,
  };
}

export type Facts = ReadonlyMap<string, RawFact>;

export function registry(facts: readonly RawFact[]): Facts {
  return new Map(facts.map((f) => [`${String(f['kind'])}/${String(f['id'])}`, f]));
}

/** One network, one route, two makers, one standard, one mandate: US SECRET is permitted. */
export const BASE: readonly RawFact[] = [
  authority('registrar', 'ZZZ'),
  authority('us-state', 'USA'),
  authority('us-other', 'USA'),
  authority('uk-gov', 'GBR'),
  vendor('operator-one'),
  vendor('maker-one'),
  vendor('maker-two'),
  vendor('holding', {}),
  network('net-one', { identifiers: [{ scheme: 'plmn', value: '999-01' }] }),
  network('net-two', { operator: 'operator-one' }, [deployment('maker-two')]),
  route('main', ['net-one', 'net-two']),
  criteriaSet(),
  standard('TEST-TRUST'),
  mandate('usa'),
  accreditation('one', { network: 'net-one' }),
  accreditation('two', { network: 'net-two' }),
  assessment('net-one', { network: 'net-one' }),
  assessment('net-two', { network: 'net-two' }),
  assessment('maker-one', { vendor: 'maker-one' }),
  assessment('maker-two', { vendor: 'maker-two' }),
];

export const base = (): Facts => registry(BASE);

type Removal = { readonly remove: string };

function isRemoval(f: RawFact | Removal): f is Removal {
  return Object.hasOwn(f, 'remove');
}

/** The base with facts added, or put in place of those of the same key, or removed. */
export function withFacts(...changed: readonly (RawFact | Removal)[]): Facts {
  const facts = new Map(base());
  for (const f of changed) {
    if (isRemoval(f)) facts.delete(f.remove);
    else facts.set(`${String(f['kind'])}/${String(f['id'])}`, f);
  }
  return facts;
}

export function person(roleName: string, session = `${roleName}-session`): Person {
  const role = `AROA${roleName.toUpperCase().replaceAll('-', '')}`;
  return { role, roleName, session, arn: `arn:aws:sts::000000000000:assumed-role/${roleName}/${session}` };
}

export const add = (fact: RawFact): Operation => ({ op: 'add', fact });

export function replace(facts: Facts, fact: RawFact): Operation {
  const current = facts.get(`${String(fact['kind'])}/${String(fact['id'])}`);
  if (current === undefined) throw new Error('nothing to replace');
  return { op: 'replace', fact, was: factDigest(current) };
}

export function end(facts: Facts, key: string, on = NOW_TEXT): Operation {
  const current = facts.get(key);
  if (current === undefined) throw new Error(`nothing to end: ${key}`);
  return { op: 'end', key, on, ending: SOURCES, was: factDigest(current) };
}
