/** A small registry in which everything is as it must be for a permit, to break one thing in. All of it is invented. */
import type { Json } from '../../../functions/core/facts/canonical.ts';
import type { FactKind, FactOf } from '../../../functions/core/facts/fact.ts';
import { classOf, type NetworkFunction } from '../../../functions/core/facts/taxonomy.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';

type Written<K extends FactKind> = FactOf<K> & { kind: K };
type Part<K extends FactKind> = Partial<Omit<Written<K>, 'kind'>>;
type Named<K extends FactKind> = Part<K> & { readonly id: string };

/** Members of whatever type: a test that breaks a fact writes what no builder would. */
export type Members = { readonly [name: string]: Json | undefined };

/** A fact as a registry stores it, with members laid over it that need not be sound. */
export function stored(fact: object, over: Members = {}): RawFact {
  return { ...fact, ...over } as RawFact;
}

export const keyOf = (f: RawFact) => `${String(f['kind'])}/${String(f['id'])}`;

export const FOREVER = { from: '2019-01-01', to: null, zone: 'UTC' } as const;
export const YEARS = { from: '2019-01-01', to: '2030-12-31', zone: 'UTC' } as const;
/** A noon inside both. */
export const AT = Date.parse('2024-06-15T12:00:00Z');

export const READ = { citation: 'a text somebody read', verified: true };
export const UNREAD = { citation: 'a text nobody read', verified: false };
const sources = [READ];

export function authority(part: Named<'authority'>): Written<'authority'> {
  return {
    kind: 'authority',
    name: part.id,
    speaksFor: ['USA'],
    proposers: [],
    approvers: [],
    holders: [],
    valid: FOREVER,
    sources,
    ...part,
  };
}

export function vendor(part: Named<'vendor'>): Written<'vendor'> {
  return { kind: 'vendor', name: part.id, synthetic: true, ownedBy: [], valid: FOREVER, sources, ...part };
}

type Deployment = FactOf<'network'>['inventory']['deployments'][number];

export function deployment(fn: NetworkFunction, by: string, part: Partial<Deployment> = {}): Deployment {
  return {
    function: fn,
    segment: classOf(fn).segment,
    vendor: by,
    role: 'equipment',
    generation: '5G',
    band: null,
    siteClass: 'ordinary',
    installed: '2019-06-01',
    removed: null,
    remoteAccessFrom: [],
    ...part,
  };
}

export function network(part: Named<'network'>, deployments: readonly Deployment[]): Written<'network'> {
  return {
    kind: 'network',
    name: part.id,
    synthetic: true,
    operator: 'operator',
    hostedOn: null,
    identifiers: [],
    jurisdiction: 'GBR',
    physicalCountries: ['GBR'],
    remoteAccessCountries: [],
    providerSets: [],
    inventory: { complete: true, asOf: '2024-06-01', deployments: [...deployments] },
    valid: FOREVER,
    sources,
    ...part,
  };
}

export function accreditation(part: Named<'accreditation'>): Written<'accreditation'> {
  return {
    kind: 'accreditation',
    authority: 'us-office',
    subject: { network: 'net-a' },
    carries: [
      { frame: 'US', level: 'SECRET', compartments: ['SI'], controls: ['ORCON'] },
      { frame: 'UK', level: 'SECRET', compartments: [], controls: [] },
    ],
    audience: ['GBR', 'USA'],
    valid: YEARS,
    sources,
    ...part,
  };
}

export function assessment(part: Named<'assessment'>): Written<'assessment'> {
  return {
    kind: 'assessment',
    authority: 'us-office',
    subject: { network: 'net-a' },
    criteriaSet: 'TRUST',
    outcome: 'trusted',
    assessor: 'one',
    approver: 'another',
    assessedOn: '2019-01-01',
    valid: YEARS,
    sources,
    ...part,
  };
}

export function designation(part: Named<'designation'>): Written<'designation'> {
  return {
    kind: 'designation',
    authority: 'gb-office',
    instrument: 'RISKY',
    subject: { vendor: 'maker-b' },
    class: 'capped',
    effect: 'advice',
    reach: 'affiliates',
    scope: {},
    valid: FOREVER,
    sources,
    ...part,
  };
}

export function criteriaSet(part: Named<'criteria-set'>): Written<'criteria-set'> {
  return {
    kind: 'criteria-set',
    authority: 'us-office',
    name: part.id,
    criteria: [{ id: 'LAW', text: 'Independent courts', mode: 'mandatory', weight: 1 }],
    passAt: 10_000,
    valid: FOREVER,
    sources,
    ...part,
  };
}

export function mandate(part: Named<'mandate'>): Written<'mandate'> {
  return {
    kind: 'mandate',
    authority: 'us-office',
    owner: 'USA',
    from: [{ frame: 'US', level: 'CONFIDENTIAL' }],
    basis: 'trusted-transport',
    standards: ['TRUSTED'],
    accreditors: ['us-office'],
    assurances: ['pinned', 'observed'],
    acceptUnverified: true,
    acceptUnbound: true,
    valid: FOREVER,
    sources,
    ...part,
  };
}

/** That the rules of a standard are all that its instrument asks. */
export function encodedBy(rules: readonly { readonly id: string }[]) {
  return [{ paragraph: '1', says: 'Everything.', encoded: rules.map((r) => r.id) }];
}

export function standard(part: Named<'standard'> & Pick<FactOf<'standard'>, 'rules'>): Written<'standard'> {
  return {
    kind: 'standard',
    authority: 'us-office',
    owner: 'USA',
    title: part.id,
    status: 'policy',
    about: 'carriage',
    announced: null,
    complyBy: null,
    valid: FOREVER,
    scope: {
      levels: [
        { frame: 'US', level: 'CONFIDENTIAL' },
        { frame: 'UK', level: 'OFFICIAL' },
      ],
      flows: null,
      providers: null,
    },
    belowScope: 'not-applicable',
    requirements: encodedBy(part.rules),
    sources: [{ ...READ, key: 'text' }],
    ...part,
  };
}

export function equivalence(part: Named<'equivalence'>): Written<'equivalence'> {
  return {
    kind: 'equivalence',
    authority: 'us-office',
    from: { frame: 'US', level: 'SECRET' },
    to: { frame: 'UK', level: 'SECRET' },
    agreement: 'an agreement',
    valid: YEARS,
    sources,
    ...part,
  };
}

export function hold(part: Named<'hold'>): Written<'hold'> {
  return {
    kind: 'hold',
    authority: 'us-office',
    scope: { everything: true },
    cause: 'doubt',
    valid: FOREVER,
    sources,
    ...part,
  };
}

export function exemption(part: Named<'exemption'>): Written<'exemption'> {
  return {
    kind: 'exemption',
    authority: 'us-office',
    hold: 'h',
    owner: 'USA',
    valid: FOREVER,
    sources: [{ ...READ, primary: true }],
    ...part,
  };
}

export function waiver(part: Named<'waiver'>): Written<'waiver'> {
  return {
    kind: 'waiver',
    authority: 'gb-office',
    owner: 'GBR',
    standard: 'CAPPED',
    rule: 'cap',
    network: 'net-a',
    reason: 'for a while',
    valid: YEARS,
    sources,
    ...part,
  };
}

/** Two layers that have nothing in common. */
export function layers(outer: string, inner: string): FactOf<'protection'>['layers'] {
  return [
    { vendor: outer, codeBase: 'one', keyDomain: 'one', suite: 'a suite' },
    { vendor: inner, codeBase: 'two', keyDomain: 'two', suite: 'a suite' },
  ];
}

export function protection(part: Named<'protection'>): Written<'protection'> {
  return {
    kind: 'protection',
    name: part.id,
    synthetic: true,
    authority: 'us-office',
    scheme: 'csfc',
    layers: layers('maker-a', 'maker-c'),
    endpointCountries: ['USA'],
    riskAcceptedBy: 'us-office',
    valid: YEARS,
    sources,
    ...part,
  };
}

export function route(part: Named<'route'>): Written<'route'> {
  return {
    kind: 'route',
    name: part.id,
    synthetic: true,
    hops: ['net-a', 'net-b'],
    alternates: [],
    assurance: 'pinned',
    valid: FOREVER,
    sources,
    ...part,
  };
}

const ADOPTED = {
  instrument: 'RISKY',
  authority: 'gb-office',
  affiliates: [{ entries: 'stated', share: 5000, counting: 'each-link', valid: FOREVER }],
} as const;
const adopt = (...classes: ('capped' | 'excluded' | 'listed')[]) => [
  { ...ADOPTED, classes, affiliates: [...ADOPTED.affiliates] },
];
const cites = ['text'];

/** Confidence in the network and in every vendor, over a path that is known. */
export const TRUSTED = standard({
  id: 'TRUSTED',
  rules: [
    { rule: 'inventory-complete', id: 'inventory', cites, maxAgeDays: null },
    {
      rule: 'assessed',
      id: 'assessed',
      cites,
      subjects: ['network', 'vendors'],
      criteriaSet: 'TRUST',
      authorities: ['us-office'],
      results: 'stated',
    },
    { rule: 'path-assurance', id: 'path', cites, accept: ['pinned', 'observed'] },
  ],
});

/** A risky vendor kept out of the core and of sensitive sites, and to 35 % elsewhere. */
export const CAPPED = standard({
  id: 'CAPPED',
  owner: 'GBR',
  authority: 'gb-office',
  rules: [
    {
      rule: 'adopted-designation-absent',
      id: 'core',
      cites,
      adopt: adopt('capped', 'excluded'),
      where: { segments: ['core'] },
    },
    {
      rule: 'adopted-designation-absent',
      id: 'excluded',
      cites,
      adopt: adopt('excluded'),
      where: {},
    },
    {
      rule: 'sensitive-site',
      id: 'sites',
      cites,
      adopt: adopt('capped', 'excluded'),
      siteClasses: ['sensitive'],
    },
    {
      rule: 'share-cap',
      id: 'cap',
      cites,
      adopt: adopt('capped'),
      where: { segments: ['access-mobile', 'access-fixed'] },
      bases: ['sites', 'traffic'],
      max: 3500,
      by: null,
    },
  ],
});

const NETWORKS = [
  network({ id: 'net-a', identifiers: [{ scheme: 'plmn', value: '999-01' }] }, [
    deployment('AMF', 'maker-a'),
    deployment('gNB-DU', 'maker-a', { shares: { sites: 7000, traffic: 7000 } }),
    deployment('gNB-DU', 'maker-b', { shares: { sites: 3000, traffic: 2900 } }),
  ]),
  network({ id: 'net-b', jurisdiction: 'USA', physicalCountries: ['USA'], operator: 'operator' }, [
    deployment('AMF', 'maker-a'),
    deployment('OLT', 'maker-c', { generation: 'fixed' }),
  ]),
];

/** Two networks fit for SECRET//REL TO USA, GBR, and for GBR information under a cap. */
export const FACTS = [
  authority({ id: 'us-office' }),
  authority({ id: 'gb-office', speaksFor: ['GBR'] }),
  mandate({ id: 'us-trusted' }),
  mandate({
    id: 'gb-trusted',
    authority: 'gb-office',
    owner: 'GBR',
    from: [
      { frame: 'UK', level: 'OFFICIAL' },
      { frame: 'US', level: 'CONFIDENTIAL' },
    ],
    standards: ['CAPPED'],
    accreditors: ['gb-office', 'us-office'],
  }),
  TRUSTED,
  CAPPED,
  ...['maker-a', 'maker-b', 'maker-c', 'operator'].map((id) => vendor({ id })),
  designation({ id: 'risky-b' }),
  ...NETWORKS,
  ...['net-a', 'net-b'].flatMap((id) => [
    accreditation({ id: `${id}-accredited`, subject: { network: id } }),
    assessment({ id: `${id}-assessed`, subject: { network: id } }),
  ]),
  accreditation({
    id: 'net-a-british',
    authority: 'gb-office',
    subject: { network: 'net-a' },
    carries: [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }],
    audience: ['GBR'],
  }),
  ...['maker-a', 'maker-b', 'maker-c'].map((id) =>
    assessment({ id: `${id}-assessed`, subject: { vendor: id } }),
  ),
  route({ id: 'a-to-b' }),
] as const;

/** Who speaks for whom. */
export const OFFICES: Readonly<Record<string, string>> = { USA: 'us-office', GBR: 'gb-office' };

/** Every label a mandate of these tests can be about. */
export const EVERYWHERE = [
  { frame: 'US', level: 'CONFIDENTIAL' },
  { frame: 'UK', level: 'OFFICIAL' },
];
