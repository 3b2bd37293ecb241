import { describe, expect, it } from 'vitest';
import {
  CHECK_NAMES,
  locateProblems,
  registryProblems,
} from '../../../functions/core/administration/validate.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { readSampleRegistry } from '../../../infra/local/sample-registry.ts';
import {
  accreditation,
  add,
  assessment,
  authority,
  BASE,
  base,
  criteriaSet,
  deployment,
  designation,
  end,
  exemption,
  type Facts,
  hold,
  keyOfPerson,
  mandate,
  network,
  protection,
  RULES,
  replace,
  route,
  SOURCES,
  standard,
  valid,
  vendor,
  waiver,
  withFacts,
} from './small-registry.ts';

const check = (facts: Facts, sample = true) =>
  registryProblems(facts, { sample }).map((p) => `${p.check} ${p.key}${p.path}`);

const named = (rule: object): RawFact =>
  standard('TEST-TRUST', { rules: [...RULES.slice(0, 3), rule as RawFact] });

/** Networks each of which is hosted on the next. */
const hosts = (n: number) =>
  Array.from({ length: n }, (_, i) => network(`h-${i}`, { hostedOn: i === n - 1 ? null : `h-${i + 1}` }));

/** [what is wrong, the registry, what must be said]. */
// biome-ignore format: one row a line
const BROKEN: readonly (readonly [string, Facts, readonly string[]])[] = [
  ['a fact without a source', withFacts({ ...vendor('holding'), sources: [] }), ['soundness vendor/holding/sources']],
  ['an unknown function', withFacts(network('net-two', {}, [deployment('maker-two', { function: 'FLUX' })])), ['soundness network/net-two/inventory/deployments/0/function']],
  ['a segment the function is not in', withFacts(network('net-two', {}, [deployment('maker-two', { segment: 'voice' })])), ['soundness network/net-two/inventory/deployments/0']],
  ['an assessment approved by its own assessor', withFacts(assessment('maker-two', { vendor: 'maker-two' }, { approver: 'one' })), ['soundness assessment/maker-two']],
  ['a fact under another key', new Map([...base(), ['vendor/alias', vendor('real')]]), ['soundness vendor/alias/id']],
  ['a vendor nobody registered', withFacts(network('net-two', {}, [deployment('ghost')])), ['dangling-references network/net-two/inventory/deployments/0/vendor']],
  ['a hop nobody registered', withFacts(route('main', ['net-one', 'ghost'])), ['dangling-references route/main/hops/1']],
  ['an authority nobody registered', withFacts(designation('d', 'maker-two', { authority: 'ghost' })), ['dangling-references designation/d/authority']],
  ['a removed fact others name', withFacts({ remove: 'vendor/maker-two' }), ['dangling-references assessment/maker-two/subject/vendor', 'dangling-references network/net-two/inventory/deployments/0/vendor']],
  ['a waiver of a rule that is not there', withFacts(waiver('w', 'net-one', { rule: 'nothing' })), ['waived-rule waiver/w/rule']],
  ['a waiver of a rule that is never waived', withFacts(waiver('w', 'net-one', { rule: 'network-assessed' })), ['waived-rule waiver/w/rule']],
  ['shares that make more than the whole', withFacts(network('net-two', {}, [deployment('maker-one', { shares: { sites: 6000 } }), deployment('maker-two', { shares: { sites: 4001 } })])), ['shares network/net-two/inventory/deployments/0/shares/sites']],
  ['shares that do not add up from a later day', withFacts(network('net-two', {}, [deployment('maker-one', { shares: { sites: 10_000 } }), deployment('maker-two', { installed: '2025-01-01', shares: { sites: 1 } })])), ['shares network/net-two/inventory/deployments/0/shares/sites']],
  ['two accreditations of one frame at once', withFacts(accreditation('again', { network: 'net-one' }, { carries: [{ frame: 'US', level: 'TOP SECRET', compartments: [], controls: [] }] })), ['overlaps accreditation/again/valid']],
  ['one owner twice', withFacts(vendor('maker-two', { ownedBy: [{ owner: 'holding', share: 1, valid: valid() }, { owner: 'holding', share: 2, valid: valid('2025-01-01') }] })), ['overlaps vendor/maker-two/ownedBy/1/valid']],
  ['two that own each other', withFacts(vendor('maker-two', { ownedBy: [{ owner: 'holding', share: 1, valid: valid() }] }), vendor('holding', { ownedBy: [{ owner: 'maker-two', share: 1, valid: valid() }] })), ['cycles vendor/holding/ownedBy/0', 'cycles vendor/maker-two/ownedBy/0']],
  ['a network that hosts its host', withFacts(network('net-one', { hostedOn: 'net-two' }), network('net-two', { hostedOn: 'net-one' })), ['cycles network/net-one/hostedOn', 'cycles network/net-two/hostedOn']],
  ['one identifier on two networks', withFacts(network('net-two', { identifiers: [{ scheme: 'plmn', value: '999-01' }] }, [deployment('maker-two')])), ['identifiers network/net-one/identifiers/0', 'identifiers network/net-two/identifiers/0']],
  ['an owner that is none', withFacts(authority('us-other', 'QQQ')), ['codes authority/us-other/speaksFor/0']],
  ['a level its frame does not have', withFacts(accreditation('one', { network: 'net-one' }, { carries: [{ frame: 'US', level: 'OFFICIAL', compartments: [], controls: [] }] })), ['levels accreditation/one/carries/0/level']],
  ['a frame nobody reads', withFacts(mandate('usa', { from: [{ frame: 'ZZ', level: 'SECRET' }] })), ['levels mandate/usa/from/0/frame']],
  ['a standard that names a vendor by id', withFacts(standard('TEST-TRUST', { title: 'Nothing of maker-two in it' })), ['neutrality standard/TEST-TRUST/title']],
  ['a standard that names a vendor by name', withFacts(standard('TEST-TRUST', { title: 'No MAKER-TWO here' }), vendor('m2', { name: 'Maker Two' })), ['neutrality standard/TEST-TRUST/title']],
  ['a rule that names a vendor', withFacts(named({ ...(RULES[0] as object), id: 'no-maker-one' })), ['neutrality standard/TEST-TRUST/requirements/0/encoded/3', 'neutrality standard/TEST-TRUST/rules/3/id']],
  ['a standard on a rule that is not there', withFacts(standard('NEXT', { buildsOn: [{ standard: 'TEST-TRUST', rules: ['inventory', 'cap'] }] })), ['succession standard/NEXT/buildsOn/0/rules']],
  ['a standard that builds on itself', withFacts(standard('NEXT', { buildsOn: [{ standard: 'TEST-TRUST', rules: null }] }), standard('TEST-TRUST', { buildsOn: [{ standard: 'NEXT', rules: null }] })), ['succession standard/NEXT/buildsOn/0', 'succession standard/TEST-TRUST/buildsOn/0']],
  ['two standards, each in the place of the other', withFacts(standard('A', { replaces: ['B'] }), standard('B', { replaces: ['A'] })), ['succession standard/A/replaces/0', 'succession standard/B/replaces/0']],
  ['a standard nobody knows is replaced', withFacts(standard('NEXT', { replaces: ['OLD'] })), ['dangling-references standard/NEXT/replaces/0']],
  ['an instrument misspelt by who adopts it', withFacts(standard('NEXT', { rules: [{ rule: 'adopted-designation-absent', id: 'listed', cites: ['text'], adopt: [{ instrument: 'OTHER-LST', authority: 'us-office', classes: ['listed'], affiliates: [] }], where: {} }] }), designation('d', 'maker-two', { instrument: 'OTHER-LIST' })), ['instruments designation/d/instrument', 'instruments standard/NEXT/rules/0/adopt/0/instrument']],
  ['a rule about nothing', withFacts(standard('NEXT', { rules: [{ ...(RULES[3] as object), where: { segments: ['core'], functions: ['OPTICAL'] } }] })), ['instruments standard/NEXT/rules/0/where']],
  ['a requirement encoded by a rule nobody states', withFacts(standard('NEXT', { buildsOn: [{ standard: 'TEST-TRUST', rules: null }], requirements: [{ paragraph: '1', says: 'x', encoded: ['elsewhere'] }] })), ['succession standard/NEXT/requirements/0/encoded']],
  ['a mandate that names a vendor', withFacts(mandate('against-maker-one'), { remove: 'mandate/usa' }), ['neutrality mandate/against-maker-one/id']],
  ['an audience without the network’s own country', withFacts(accreditation('one', { network: 'net-one' }, { audience: ['GBR'] })), ['audience accreditation/one/audience']],
  ['an audience without a country of remote access', withFacts(network('net-two', {}, [deployment('maker-two', { remoteAccessFrom: ['FRA'] })])), ['audience accreditation/two/audience']],
  ['an audience without a tunnel’s end', withFacts(protection('t', { endpointCountries: ['USA', 'ZAF'] }), accreditation('t', { protection: 't' })), ['audience accreditation/t/audience']],
  ['a mandate for another nation’s information', withFacts(mandate('gbr', { owner: 'GBR' })), ['spoken-for mandate/gbr/authority']],
  ['a waiver for another nation’s information', withFacts(waiver('w', 'net-one', { owner: 'GBR' })), ['spoken-for waiver/w/authority']],
  ['a standard of another nation', withFacts(standard('TEST-TRUST', { owner: 'GBR' })), ['spoken-for standard/TEST-TRUST/authority']],
  ['a hold on another nation’s information, without an end', withFacts(hold('h', { owner: 'GBR' })), ['stops hold/h/valid/to']],
  ['an exemption of another nation’s information', withFacts(authority('uk-gov', 'GBR'), hold('h', { owner: 'USA' }, { authority: 'uk-gov', valid: valid('2026-06-01', '2026-06-01'), ending: SOURCES as never }), exemption('e', { authority: 'uk-gov' })), ['spoken-for exemption/e/authority']],
  ['a registrar that speaks for a nation', withFacts(authority('registrar', 'USA')), ['spoken-for authority/registrar/speaksFor']],
  ['a registrar that speaks for a nation too', withFacts(authority('registrar', 'ZZZ', { speaksFor: ['ZZZ', 'USA'] })), ['spoken-for authority/registrar/speaksFor']],
  ['a second registrar', withFacts(authority('other', 'ZZZ')), ['codes authority/other/speaksFor/0', 'spoken-for authority/other/speaksFor']],
  ['a role that proposes here and approves there', withFacts(authority('us-other', 'USA', { approvers: ['usa-proposer'], proposers: ['other'] })), ['grants authority/us-office/proposers/0', 'grants authority/us-other/approvers/0']],
  ['a nation spoken for by one person', withFacts(authority('can', 'CAN', { people: [{ name: 'c', keys: [keyOfPerson('c')] }] })), ['locked-out authority/can/people']],
  ['a fact too large to store', withFacts(vendor('holding', { name: 'x'.repeat(200_000) })), ['soundness vendor/holding']],
  ['a number that is none', withFacts({ ...vendor('holding'), share: 0.5 }), ['soundness vendor/holding']],
  ['a vendor of one word, named at the end', withFacts(mandate('of-acme'), vendor('v', { name: 'Acme' })), ['neutrality mandate/of-acme/id']],
  ['a vendor named and nothing else', withFacts(standard('TEST-TRUST', { title: 'Acme' }), vendor('v', { name: 'Acme' })), ['neutrality standard/TEST-TRUST/title']],
  ['shares too large beside one that is not stated', withFacts(network('net-two', {}, [deployment('maker-one', { shares: { sites: 10_000 } }), deployment('maker-two', { shares: { sites: 1 } }), deployment('holding')])), ['shares network/net-two/inventory/deployments/0/shares/sites']],
  ['ten networks in a row', withFacts(...hosts(10)), ['cycles network/h-0/hostedOn']],
  ['a band nobody knows', withFacts(network('net-two', {}, [deployment('maker-two', { band: '3,5 GHz' })])), ['scope-words network/net-two/inventory/deployments/0/band']],
  ['a route whose networks are too much together', (() => { const many = Array.from({ length: 140 }, (_, i) => ({ citation: `${'long '.repeat(110)}${i}`, verified: true })); const nets = ['big-a', 'big-b', 'big-c', 'big-d'].map((id) => network(id, { sources: many })); return withFacts(...nets, route('big', ['big-a', 'big-b', 'big-c', 'big-d'])); })(), ['document-sizes route/big']],
];

describe('a sound registry', () => {
  it.each(
    // biome-ignore format: one row a line
    [
    ['the small one', base()],
    ['with one function shared by two makers', withFacts(network('net-two', {}, [deployment('maker-one', { shares: { sites: 6000 } }), deployment('maker-two', { shares: { sites: 4000 } })]))],
    ['with a share that is not stated', withFacts(network('net-two', {}, [deployment('maker-one', { shares: { sites: 6000 } }), deployment('maker-two')]))],
    ['with one maker after another', withFacts(network('net-two', {}, [deployment('maker-one', { removed: '2025-01-01', shares: { sites: 10_000 } }), deployment('maker-two', { installed: '2025-01-01', shares: { sites: 10_000 } })]))],
    ['with accreditations that follow each other', withFacts(accreditation('one', { network: 'net-one' }, { valid: valid('2020-01-01', '2024-12-31') }), accreditation('next', { network: 'net-one' }, { valid: valid('2025-01-01', '2030-12-31') }))],
    ['with accreditations in two frames', withFacts(accreditation('uk', { network: 'net-one' }, { carries: [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }] }))],
    ['with nine networks in a row', withFacts(...hosts(9))],
    ['with accreditations of which one begins in the instant the other ends', withFacts(accreditation('one', { network: 'net-one' }, { valid: valid('2020-01-01', '2024-12-31T00:00:00Z') }), accreditation('next', { network: 'net-one' }, { valid: valid('2024-12-31', '2030-12-31') }))],
    ['with a whole share beside one that is not stated', withFacts(network('net-two', {}, [deployment('maker-one', { shares: { sites: 10_000 } }), deployment('maker-two')]))],
    ['with an owner that comes back, beside another', withFacts(vendor('maker-two', { ownedBy: [{ owner: 'holding', share: 1, valid: valid('2020-01-01', '2022-12-31') }, { owner: 'holding', share: 1, valid: valid('2023-01-01') }, { owner: 'maker-one', share: 1, valid: valid() }] }))],
    ['with owners that changed hands', withFacts(vendor('maker-two', { ownedBy: [{ owner: 'holding', share: 1, valid: valid('2020-01-01', '2022-12-31') }] }), vendor('holding', { ownedBy: [{ owner: 'maker-two', share: 1, valid: valid('2023-01-01') }] }))],
    ['with an adverse judgement beside a favourable one', withFacts(assessment('bad', { vendor: 'maker-one' }, { outcome: 'not-trusted', valid: valid('2026-01-01') }))],
    ['with waivers of two rules that may be waived', withFacts(standard('TEST-TRUST', { rules: RULES }), waiver('w', 'net-one'), waiver('v', 'net-one', { rule: 'cap' }))],
    ['with a source that names a vendor', withFacts(standard('TEST-TRUST', { sources: [{ key: 'text', citation: 'On maker-one', verified: true }] }))],
    ['with a hold by the registrar', withFacts(hold('h', { everything: true }, { authority: 'registrar', valid: valid('2026-06-01', '2026-06-01'), ending: SOURCES as never }))],
  ],
  )('has no problems: %s', (_, facts) => {
    expect(check(facts)).toEqual([]);
  });

  it('the sample registry is one', () => {
    expect(check(readSampleRegistry())).toEqual([]);
  });
});

describe('what is wrong is named', () => {
  it.each(BROKEN)('%s', (_, facts, expected) => {
    expect(check(facts)).toEqual(expected);
  });

  it('every check has a registry that only it refuses', () => {
    const refusing = new Set<string>(
      BROKEN.flatMap(([, , expected]) => expected.map((e) => e.split(' ')[0] ?? '')),
    );
    expect([...refusing, 'synthetic'].sort()).toEqual([...CHECK_NAMES].sort());
  });

  it('invented facts, outside a sample', () => {
    const invented = BASE.filter((f) => f['synthetic'] === true).map(
      (f) => `synthetic ${f['kind']}/${f['id']}/synthetic`,
    );
    expect(check(base(), false)).toEqual(invented.sort((a, b) => (a < b ? -1 : 1)));
  });

  it('everything at once', () => {
    const facts = withFacts(
      route('main', ['ghost']),
      mandate('gbr', { owner: 'GBR', standards: ['NOWHERE'] }),
    );
    expect(check(facts)).toEqual([
      'dangling-references mandate/gbr/standards/0',
      'spoken-for mandate/gbr/authority',
      'dangling-references route/main/hops/0',
    ]);
  });
});

describe('a change is judged by what it touches', () => {
  it.each(BROKEN.filter(([, facts]) => facts.size > 0))('and finds the same: %s', (_, facts, expected) => {
    const before = base();
    const touched = [...new Set([...facts.keys(), ...before.keys()])].filter(
      (key) => JSON.stringify(facts.get(key)) !== JSON.stringify(before.get(key)),
    );
    const found = registryProblems(facts, { sample: true, touched, before });
    expect(found.map((p) => `${p.check} ${p.key}${p.path}`)).toEqual(expected);
  });

  it('problems point into the document that is proposed', () => {
    const problems = registryProblems(withFacts(route('new', ['ghost'])), { sample: true });
    expect(locateProblems(problems, [add(vendor('x')), add(route('new', ['ghost']))])).toEqual([
      { key: 'route/new', path: '/1/fact/hops/0', message: 'network/ghost is not registered' },
    ]);
    const before = withFacts(route('new', ['net-one']));
    expect(locateProblems(problems, [replace(before, route('new', ['ghost']))])).toEqual([
      { key: 'route/new', path: '/0/fact/hops/0', message: 'network/ghost is not registered' },
    ]);
    expect(locateProblems(problems, [add(vendor('x'))])).toEqual([
      { key: 'route/new', path: '', message: 'route/new/hops/0: network/ghost is not registered' },
    ]);
    expect(locateProblems(problems, [end(withFacts(route('new', ['ghost'])), 'route/new')])).toEqual([
      { key: 'route/new', path: '/0', message: 'network/ghost is not registered' },
    ]);
  });

  it('a new vendor, and a new authority, are held against what is there already', () => {
    const before = withFacts(
      standard('TEST-TRUST', { title: 'Acme' }),
      mandate('acme'),
      criteriaSet({ name: 'Acme' }),
    );
    const judge = (key: string, fact: RawFact) =>
      registryProblems(new Map([...before, [key, fact]]), { sample: true, touched: [key], before }).map(
        (p) => `${p.check} ${p.key}${p.path}`,
      );
    expect(judge('vendor/v', vendor('v', { name: 'Acme' }))).toEqual([
      'neutrality criteria-set/TRUST/name',
      'neutrality mandate/acme/id',
      'neutrality standard/TEST-TRUST/title',
    ]);
    expect(judge('authority/z', authority('z', 'CAN', { proposers: ['usa-approver'] }))).toEqual([
      'grants authority/us-office/approvers/0',
      'grants authority/us-other/approvers/0',
      'grants authority/z/proposers/0',
    ]);
  });

  it('a revocation need not wait for its dependants', () => {
    const facts = withFacts({ remove: 'vendor/maker-two' });
    const options = { sample: true, touched: ['vendor/maker-two'] };
    expect(registryProblems(facts, options)).toHaveLength(2);
    expect(registryProblems(facts, { ...options, dependants: false })).toEqual([]);
    expect(SOURCES).toHaveLength(1);
  });
});
