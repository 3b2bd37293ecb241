/** Documents of another shape than `viewOf` gives them say nothing, and without a law nothing is said. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import { viewOf } from '../../../functions/core/facts/view.ts';
import {
  isLawDoc,
  isNetworkDoc,
  isProtectionDoc,
  isRouteDoc,
  isVendorDoc,
} from '../../../functions/core/registry/documents.ts';
import {
  lawOf,
  networksOf,
  protectionOf,
  routeOf,
  vendorOf,
} from '../../../functions/core/registry/evidence.ts';
import * as make from '../decision/facts.ts';

const network = { network: {}, accreditations: [{}], assessments: [{}], waivers: [{}], host: null };
const LAW = [
  'standards',
  'mandates',
  'authorities',
  'equivalences',
  'criteriaSets',
  'holds',
  'categories',
  'unplaced',
];

const KINDS: readonly [
  kind: string,
  is: (doc: Json | undefined) => boolean,
  doc: { readonly [member: string]: Json },
][] = [
  ['network', isNetworkDoc, network],
  ['hosted network', isNetworkDoc, { ...network, host: network }],
  ['route', isRouteDoc, { route: {}, networks: { a: network } }],
  ['protection', isProtectionDoc, { protection: {}, accreditations: [{}] }],
  ['vendor', isVendorDoc, { vendor: {}, owners: [{}], designations: [{}], assessments: [{}] }],
  ['law', isLawDoc, Object.fromEntries(LAW.map((name) => [name, [{}]]))],
];
const OTHERS: readonly Json[] = [true, 1, 'x', [], [null], [[]], ['x'], { length: 0 }, { x: [] }];

/** Members that hold one fact, whatever that says: facts are judged one by one. */
const FACTS = ['network', 'route', 'protection', 'vendor'];

describe.each(KINDS)('a %s', (_, is, doc) => {
  it('is what the view lays out', () => expect(is(doc)).toBe(true));

  it.each(Object.keys(doc))('with a %s of another shape, or without it, is none', (member) => {
    const { [member]: right, ...rest } = doc;
    const fits = (other: Json) =>
      Array.isArray(right)
        ? Array.isArray(other) && other.length === 0
        : FACTS.includes(member) && typeof other === 'object' && !Array.isArray(other);
    const wrong = OTHERS.filter((other) => !fits(other));
    const taken = wrong.filter((other) => is({ ...rest, [member]: other }));
    expect([taken, is(rest)]).toEqual([[], false]);
  });

  it('is no other value', () => {
    expect([undefined, null, ...OTHERS].filter((other) => is(other))).toEqual([]);
  });
});

it('a document has the judgements of its own subject, whatever else is laid out in it', () => {
  const facts = [
    make.protection({ id: 'ours' }),
    ...['ours', 'theirs'].map((id) => make.accreditation({ id, subject: { protection: id } })),
    make.network({ id: 'net-a' }, []),
    ...['net-a', 'net-b'].flatMap((network) => [
      make.accreditation({ id: `${network}-accredited`, subject: { network } }),
      make.assessment({ id: `${network}-assessed`, subject: { network } }),
      make.waiver({ id: `${network}-waived`, network }),
    ]),
  ];
  const stored = (...ids: readonly string[]) =>
    JSON.parse(JSON.stringify(facts.filter((f) => ids.includes(f.id))));
  const [protection] = stored('ours');
  const tunnel = protectionOf({ protection, accreditations: stored('ours', 'theirs').slice(1) });
  expect(tunnel?.accreditations.map(({ fact }) => fact.id)).toEqual(['ours']);
  const both = (what: string) => stored(`net-a-${what}`, `net-b-${what}`);
  const doc = {
    network: stored('net-a')[0],
    accreditations: both('accredited'),
    assessments: both('assessed'),
    waivers: both('waived'),
    host: null,
  };
  const [network] = networksOf(doc) ?? [];
  expect(
    [network?.accreditations, network?.assessments, network?.waivers].map((all) =>
      all?.map(({ fact }) => fact.id),
    ),
  ).toEqual([['net-a-accredited'], ['net-a-assessed'], ['net-a-waived']]);
});

const asStored = (...facts: readonly object[]): readonly Json[] =>
  JSON.parse(JSON.stringify(facts)) as Json[];
const owned = (id: string, ...owners: readonly string[]) =>
  make.vendor({ id, ownedBy: owners.map((owner) => ({ owner, share: 10, valid: make.FOREVER })) });
const against = (vendor: string) => make.designation({ id: `against-${vendor}`, subject: { vendor } });

type Beside = { readonly [member in 'owners' | 'designations' | 'assessments']?: readonly object[] };
describe('a vendor', () => {
  // biome-ignore format: one row a line
  it.each<[string, object, Beside, readonly [string, number] | undefined]>([
    ['that nobody owns', owned('ours'), {}, ['', 0]],
    ['of an owner', owned('ours', 'holding'), { owners: [owned('holding')] }, ['', 0]],
    ['of an owner nobody knows', owned('ours', 'holding'), {}, undefined],
    ['of an owner of whom another owns a part, whom nobody knows', owned('ours', 'holding'), { owners: [owned('holding', 'ghost')] }, undefined],
    ['of an owner of whom it owns a part itself', owned('ours', 'holding'), { owners: [owned('holding', 'ours')] }, ['', 0]],
    ['against whom something is said', owned('ours'), { designations: [against('ours')] }, ['against-ours', 0]],
    ['against whose owner something is said', owned('ours', 'holding'), { owners: [owned('holding')], designations: [against('holding')] }, ['against-holding', 0]],
    ['beside what is said against another', owned('ours'), { designations: [against('theirs')] }, ['', 1]],
    ['among whose owners something else is laid out', owned('ours'), { owners: [make.hold({ id: 'h' })] }, ['', 1]],
    ['among whose assessments something else is laid out', owned('ours'), { assessments: [make.hold({ id: 'h' })] }, ['', 1]],
  ])('%s', (_, vendor, beside, expected) => {
    const { owners = [], designations = [], assessments = [] } = beside;
    const read = vendorOf({
      ...{ vendor: asStored(vendor)[0] as Json, owners: asStored(...owners) },
      ...{ designations: asStored(...designations), assessments: asStored(...assessments) },
    });
    expect(
      read === undefined
        ? undefined
        : [read.evidence.designations.map(({ fact }) => fact.id).join(), read.taints.length],
    ).toEqual(expected);
  });
});

it.each(['accreditations', 'assessments', 'waivers'])(
  'what is laid out among the %s of a network and is something else stands against it',
  (where) => {
    const [net = null] = asStored(make.network({ id: 'net-a' }, []));
    const none = { network: net, accreditations: [], assessments: [], waivers: [], host: null };
    const tainted = (doc: Json) => networksOf(doc)?.map(({ taints }) => taints.length);
    expect([tainted(none), tainted({ ...none, [where]: asStored(make.hold({ id: 'h' })) })]).toEqual([
      [0],
      [1],
    ]);
  },
);

it('a network of a route that cannot be read is none of it', () => {
  const [route = null, a = null, b = null] = asStored(
    make.route({ id: 'r' }),
    make.network({ id: 'net-a' }, []),
    { ...make.network({ id: 'net-b' }, []), inventory: 'none' },
  );
  const doc = (network: Json) => ({ network, accreditations: [], assessments: [], waivers: [], host: null });
  const read = routeOf({ route, networks: { 'net-a': doc(a), 'net-b': doc(b) } });
  expect([...(read?.networks.keys() ?? [])]).toEqual(['net-a']);
});

describe('the law', () => {
  it.each<[string, object, readonly [number, number]]>([
    [
      'a category',
      make.designation({ id: 'd', subject: { category: 'made-anywhere' }, instrument: 'RISKY' }),
      [1, 0],
    ],
    ['a vendor', against('theirs'), [0, 1]],
    ['nothing that can be read', { ...against('theirs'), subject: 'all' }, [0, 1]],
  ])('counts a designation of %s', (_, designation, expected) => {
    const { categories, taints } = lawOf({ ...viewOf([]).law, categories: asStored(designation) } as Json);
    expect([categories.length, taints.length]).toEqual(expected);
  });

  it.each(
    [...LAW, 'exemptions'].flatMap((list) =>
      ([{ kind: 'embargo', id: 'x' }, { id: 'x' }, make.hold({ id: 'h' })] as const).map(
        (entry) => [list, entry] as const,
      ),
    ),
  )('has nothing passed over that stands among its %s, whatever it is: %j', (list, entry) => {
    const { [list]: has = [], ...law } = viewOf([]).law as { readonly [list: string]: readonly Json[] };
    const { holds, taints } = lawOf({ ...law, [list]: [...has, ...asStored(entry)] } as Json);
    expect(holds.length + taints.length).toBe(1);
  });

  it('has every exemption', () => {
    const exemptions = asStored(make.exemption({ id: 'one' }), make.exemption({ id: 'two' }));
    const law = lawOf({ ...viewOf([]).law, exemptions } as Json);
    expect(law.exemptions.map(({ fact }) => fact.id)).toEqual(['one', 'two']);
  });

  it('of no facts is one', () => expect(lawOf(viewOf([]).law)).toBeDefined());

  it.each([null, {}, [], 'law', { ...viewOf([]).law, holds: {} }])(
    '%j is none, and nothing is decided',
    (doc) => {
      expect(() => lawOf(doc)).toThrow(TypeError);
    },
  );
});
