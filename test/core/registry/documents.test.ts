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
import { lawOf, networksOf, protectionOf } from '../../../functions/core/registry/evidence.ts';
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

describe('the law', () => {
  it('of no facts is one', () => expect(lawOf(viewOf([]).law)).toBeDefined());

  it.each([null, {}, [], 'law', { ...viewOf([]).law, holds: {} }])(
    '%j is none, and nothing is decided',
    (doc) => {
      expect(() => lawOf(doc)).toThrow(TypeError);
    },
  );
});
