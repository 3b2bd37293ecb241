/** What a fact of every kind names, and what a change of it reaches: the documents that hold it, the answers it bears on. */
import { expect, it } from 'vitest';
import {
  answersReached,
  documentsReached,
  type Reach,
} from '../../../functions/core/administration/affected.ts';
import { factsFor } from '../../../functions/core/administration/closure.ts';
import { referencesOf } from '../../../functions/core/administration/references.ts';
import { indexAfter, indexOf } from '../../../functions/core/administration/registry-index.ts';
import type { FactKind } from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { keyOf, type Members } from '../decision/facts.ts';
import { SPECIMENS } from '../facts/specimens.ts';
import * as make from './small-registry.ts';

const rules = (...paths: readonly string[]) => paths.map((path) => `/rules/${path} authority/office`);
const OFFICE = '/authority authority/us-office';
const NAMES: Readonly<Record<FactKind, readonly string[]>> = {
  accreditation: [OFFICE, '/subject/network network/net-a'],
  assessment: [OFFICE, '/subject/network network/net-a', '/criteriaSet criteria-set/TRUST'],
  authority: [],
  'criteria-set': [OFFICE],
  designation: ['/authority authority/gb-office', '/subject/vendor vendor/maker-b'],
  equivalence: [OFFICE],
  exemption: [OFFICE, '/hold hold/h'],
  hold: [OFFICE],
  mandate: [OFFICE, '/standards/0 standard/TRUSTED', '/accreditors/0 authority/us-office'],
  network: [
    ...['/operator vendor/operator', '/hostedOn network/b'],
    '/inventory/deployments/0/vendor vendor/maker-a',
  ],
  protection: [OFFICE, '/layers/0/vendor vendor/maker-a', '/layers/1/vendor vendor/maker-c'],
  route: ['/hops/0 network/net-a', '/hops/1 network/net-b', '/alternates/0 network/net-c'],
  standard: [
    OFFICE,
    ...rules('0/adopt/0/authority'),
    '/rules/1/criteriaSet criteria-set/TRUST',
    ...rules('1/authorities/0', '1/criteriaAuthority', '4/adopt/0/authority', '6/adopt/0/authority'),
    ...rules('7/adopt/0/authority', '10/adopt/0/authority', '11/adopt/0/authority', '12/adopt/0/authority'),
    ...rules('13/beside/0/authority', '14/authorities/0'),
    ...['/buildsOn/0/standard standard/B', '/replaces/0 standard/C'],
  ],
  vendor: ['/ownedBy/0/owner vendor/b'],
  waiver: ['/authority authority/gb-office', '/standard standard/CAPPED', '/network network/net-a'],
};

it.each<[string, RawFact, readonly string[]]>([
  ...Object.entries(SPECIMENS).map(([kind, fact]) => [kind, fact, NAMES[kind as FactKind]] as never),
  [
    'accreditation of a tunnel',
    make.accreditation('x', { protection: 't' }),
    [OFFICE, '/subject/protection protection/t'],
  ],
  ['hold on a network', make.hold('x', { network: 'n' }), [OFFICE, '/scope/network network/n']],
])('a fact of kind %s names exactly these', (_kind, fact, expected) => {
  expect(referencesOf(fact).map(({ path, key }) => `${path} ${key}`)).toEqual(expected);
});

const owned = (by: string) => ({ ownedBy: [{ owner: by, share: 6000, valid: make.valid() }] });
const identifiers = [{ scheme: 'asn', value: '64512' }];
/** `guest` is hosted on `host`, which maker-one equips, which `holding` owns; a route and a tunnel beside. */
const WORLD = make.withFacts(
  make.vendor('maker-one', owned('holding')),
  make.network('host', { identifiers }),
  make.network('guest', { hostedOn: 'host' }, [make.deployment('maker-two')]),
  make.route('over-guest', ['guest']),
  make.protection('tunnel'),
);
const about = { network: 'host' };
const UNVERIFIED: Members = { sources: make.UNVERIFIED };
const MIXED: Members = { sources: [...make.SOURCES, ...make.UNVERIFIED] };

const ALL = 'law';
const HOST = 'guest host over-guest asn:64512';
const BY_ONE = 'guest host net-one main over-guest tunnel';
const BY_TWO = 'guest net-two main over-guest tunnel maker-two';
const IDS = 'asn:64512 plmn:999-01';
// biome-ignore format: one row a line
const ROWS: readonly (readonly [what: string, fact: RawFact, documents: string, answers: string])[] = [
  ['an accreditation', make.accreditation('x', about), HOST, HOST],
  ['an accreditation of a tunnel', make.accreditation('x', { protection: 'tunnel' }), 'tunnel', 'tunnel'],
  ['an accreditation of nothing', make.accreditation('x', {}), ALL, ALL],
  ['an assessment', make.assessment('x', about), HOST, HOST],
  ['an assessment of a maker', make.assessment('x', { vendor: 'maker-two' }), 'maker-two', BY_TWO],
  ['an assessment of nothing', make.assessment('x', {}), ALL, ALL],
  ['a designation of an owner', make.designation('x', 'holding'), 'holding maker-one', `${BY_ONE} holding maker-one ${IDS}`],
  ['a designation of a category', make.designation('x', '', { subject: { category: 'radios' } }), ALL, ALL],
  ['a designation of nothing', make.designation('x', '', { subject: {} }), ALL, ALL],
  ['a waiver', make.waiver('x', 'host'), HOST, HOST],
  ['a waiver of nothing', make.waiver('x', 'host', { network: 1 }), '', ''],
  ['a network', make.network('host', { identifiers: [] }), HOST, HOST],
  ['a route', make.route('over-guest', ['host']), 'over-guest', 'over-guest'],
  ['a tunnel', make.protection('tunnel', { scheme: 'ipsec' }), 'tunnel', 'tunnel'],
  ['a maker', make.vendor('maker-one'), 'maker-one', `${BY_ONE} maker-one ${IDS}`],
  ['a hold on everything', make.hold('x', { everything: true }), ALL, ALL],
  ['a hold on a nation', make.hold('x', { owner: 'USA' }), ALL, ALL],
  ['a hold on a network', make.hold('x', about), `${HOST} law`, HOST],
  ['one that rests on what nobody verified', make.hold('x', about, UNVERIFIED), ALL, ALL],
  ['one that rests on that too', make.hold('x', about, MIXED), ALL, ALL],
  ['one that cannot be read', make.hold('x', about, { cause: 1 }), ALL, ALL],
  ['a mandate', make.mandate('x'), ALL, ALL],
  ['a standard', make.standard('X'), ALL, ALL],
  ['an authority', make.authority('x', 'CAN'), ALL, ALL],
  ['a criteria set', make.criteriaSet({ id: 'X' }), ALL, ALL],
  ['a translation', make.equivalence('x'), ALL, ALL],
  ['what nobody has heard of', { kind: 'rumour', id: 'x' }, ALL, ALL],
];

const said = ({ law, ...sets }: Reach) =>
  [...Object.values(sets).flatMap((set) => [...set].sort()), ...(law ? ['law'] : [])].join(' ');

it.each(ROWS)(
  '%s reaches its documents and its answers, whether it comes or goes',
  (_what, fact, ...expected) => {
    const changed = new Map(WORLD).set(keyOf(fact), fact);
    const touched = [keyOf(fact)];
    const [was, is] = [indexOf(WORLD), indexAfter(WORLD, changed, touched)];
    for (const sides of [
      [was, is],
      [is, was],
    ] as const)
      expect([documentsReached, answersReached].map((reach) => said(reach(...sides, touched)))).toEqual(
        expected,
      );
  },
);

it('what lays out an identifier is every network that claims it, and what these need', () => {
  const claimants = make.withFacts(
    make.network('host', { identifiers }),
    make.network('other', { identifiers, hostedOn: 'host' }),
    make.accreditation('x', { network: 'other' }),
  );
  const wanted = {
    ...{ networks: new Set<string>(), routes: new Set<string>(), protections: new Set<string>() },
    ...{ vendors: new Set<string>(), identifiers: new Set(['asn:64512']), law: false, withVendors: false },
  };
  const keys = factsFor(indexOf(claimants), wanted).map((fact) => keyOf(fact));
  expect(keys.sort()).toEqual(['accreditation/x', 'network/host', 'network/other']);
});
