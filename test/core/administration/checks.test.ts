/** Each check of a registry at every member it reads: what it says of a wrong value there, and of nothing else. */
import { describe, expect, it } from 'vitest';
import { type CheckName, registryProblems } from '../../../functions/core/administration/validate.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { keyOf, type Members } from '../decision/facts.ts';
import * as make from './small-registry.ts';

const { withFacts, valid } = make;

/** What one check finds: `key/path`. */
const finds = (check: CheckName, facts: make.Facts, more: object = {}) =>
  registryProblems(facts, { sample: true, ...more }).flatMap((p) =>
    p.check === check ? [`${p.key}${p.path}`] : [],
  );
const about = { network: 'net-one' };
const device = (more: Members) => make.network('net-two', {}, [make.deployment('maker-two', more)]);
const US = { frame: 'US', level: 'SECRET', compartments: [], controls: [] };

describe('codes', () => {
  // biome-ignore format: one row a line
  const COUNTRIES: readonly (readonly [path: string, of: (code: string) => RawFact])[] = [
    ['/jurisdiction', (code) => make.network('net-two', { jurisdiction: code })],
    ['/physicalCountries/1', (code) => make.network('net-two', { physicalCountries: ['USA', code] })],
    ['/remoteAccessCountries/1', (code) => make.network('net-two', { remoteAccessCountries: ['USA', code] })],
    ['/inventory/deployments/0/remoteAccessFrom/1', (code) => device({ remoteAccessFrom: ['USA', code] })],
    ['/audience/1', (code) => make.accreditation('x', about, { audience: ['USA', code] })],
    ['/endpointCountries/1', (code) => make.protection('x', { endpointCountries: ['USA', code] })],
  ];
  // biome-ignore format: one row a line
  const OWNERS: typeof COUNTRIES = [
    ['/speaksFor/1', (code) => make.authority('x', 'USA', { speaksFor: ['USA', code] })],
    ['/owner', (code) => make.mandate('x', { owner: code })],
    ['/owner', (code) => make.standard('X', { owner: code })],
    ['/owner', (code) => make.waiver('x', 'net-one', { owner: code })],
    ['/owner', (code) => make.exemption('x', { owner: code })],
    ['/scope/owner', (code) => make.hold('x', { owner: code })],
  ];
  it.each([
    ...COUNTRIES.map((row) => [...row, 'country'] as const),
    ...OWNERS.map((row) => [...row, 'owner'] as const),
  ])('at %s (%#) are of a country, or of an organisation where it owns', (path, of, what) => {
    const found = (code: string) => finds('codes', withFacts(of(code)));
    expect(found('QQQ')).toEqual([`${keyOf(of(''))}${path}`]);
    expect([found('GBR'), what === 'owner' ? found('EU') : []]).toEqual([[], []]);
  });
});

describe('levels', () => {
  const other = { frame: 'UK', level: 'SECRET' };
  it.each<[string, (at: RawFact) => RawFact]>(
    // biome-ignore format: one row a line
    [
    ['/carries/1', (at) => make.accreditation('x', about, { carries: [US, { ...US, ...at }] })],
    ['/from/1', (at) => make.mandate('x', { from: [US, at].map(({ frame, level }: RawFact) => ({ frame, level })) as never })],
    ['/scope/levels/1', (at) => make.standard('X', { scope: { levels: [{ frame: 'US', level: 'SECRET' }, at] as never, flows: null, providers: null } })],
    ['/from', (at) => make.equivalence('x', { from: at as never, to: { frame: 'FRA', level: 'SECRET' } })],
    ['/to', (at) => make.equivalence('x', { to: at as never })],
  ],
  )('at %s stand on the ladder of their frame', (path, of) => {
    const found = (at: Members) => finds('levels', withFacts(of(at as RawFact)));
    const key = keyOf(of({}));
    expect(found({ ...other, level: 'GEHEIM' })).toEqual([`${key}${path}/level`]);
    expect(found({ ...other, frame: 'ZZ' })).toEqual([`${key}${path}/frame`]);
    expect(found(other)).toEqual([]);
  });
});

describe('overlaps', () => {
  const adverse: Members = { outcome: 'not-trusted', ending: make.SOURCES };
  const subject = (network: string) => ({ subject: { network } });
  const scope = { functions: ['AMF'] };
  // What contradicts a fact although it differs in these members, and what is another statement because of one.
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [fact: (id: string, more: Members) => RawFact, same: readonly Members[], others: readonly Members[]])[] = [
    [(id, more) => make.accreditation(id, { network: 'net-x' }, more), [{ audience: ['GBR'] }, { carries: [{ ...US, frame: 'UK' }, { ...US, level: 'CONFIDENTIAL' }] }], [{ authority: 'us-other' }, subject('net-y'), { carries: [{ ...US, frame: 'UK' }] }]],
    [(id, more) => make.assessment(id, { vendor: 'maker-x' }, more), [{ outcome: 'conditional' }], [{ authority: 'us-other' }, { subject: { vendor: 'holding' } }, { criteriaSet: 'OTHER' }, adverse]],
    [(id, more) => make.designation(id, 'maker-x', more), [{ effect: 'procurement-ban' }], [{ authority: 'us-other' }, { instrument: 'OTHER' }, { subject: { vendor: 'holding' } }, { class: 'capped' }, { scope }]],
    [(id, more) => make.designation(id, 'x', { subject: { category: 'radios' }, ...more }), [{}], [{ subject: { category: 'routers' } }]],
    [(id, more) => make.equivalence(id, more), [{ to: { frame: 'UK', level: 'OFFICIAL' } }], [{ authority: 'us-other' }, { from: { frame: 'US', level: 'TOP SECRET' } }, { from: { frame: 'AUS', level: 'SECRET' } }, { to: { frame: 'FRA', level: 'SECRET' } }]],
    [(id, more) => make.waiver(id, 'net-one', more), [{ reason: 'another' }], [{ owner: 'GBR' }, { standard: 'OTHER' }, { rule: 'cap' }, { network: 'net-two' }]],
  ];
  it.each(ROWS)(
    'are told of facts that contradict each other, and not of other statements (%#)',
    (fact, same, others) => {
      const one = fact('aa', {});
      const found = (more: Members, touched?: readonly string[]) => {
        const facts = withFacts(one, fact('bb', more));
        expect(finds('soundness', facts)).toEqual([]);
        return finds('overlaps', facts, touched && { touched, before: withFacts(one) });
      };
      const [key, other] = ['aa', 'bb'].map((id) => `${String(one['kind'])}/${id}`);
      for (const more of same) {
        expect(found(more)).toEqual([`${key}/valid`]);
        expect(found(more, [String(other)])).toEqual([`${other}/valid`]);
      }
      for (const more of others) expect([more, found(more)]).toEqual([more, []]);
    },
  );
});

describe('words of scopes', () => {
  const scope = (limits: RawFact) => make.designation('x', 'maker-one', { scope: limits });
  const about = (where: RawFact) => make.standard('X', { rules: [{ ...(make.RULES[2] as object), where }] });
  // biome-ignore format: one row a line
  const WORDS: readonly (readonly [path: string, known: string, of: (word: string) => RawFact])[] = [
    ['/inventory/deployments/0/band', 'n78', (band) => device({ band })],
    ['/inventory/deployments/0/uses/1', 'public-safety', (use) => device({ uses: ['sanctions-affected', use] })],
    ['/inventory/deployments/0/product', 'consumer-router', (product) => device({ product })],
    ['/subject/category', 'drone', (category) => make.designation('x', 'maker-one', { subject: { category } })],
    ['/services/1', 'domestic-214', (s) => make.network('net-two', { services: ['section-214', s] })],
    ['/providerSets/1', 'de-5g-2024-07', (s) => make.network('net-two', { providerSets: ['uk-dvd-2022-10', s] })],
    ['/scope/uses/1', 'public-safety', (use) => scope({ uses: ['sanctions-affected', use] })],
    ['/scope/services/0', 'section-214', (s) => scope({ services: [s] })],
    ['/scope/providers/sets/0', 'uk-dvd-2022-10', (s) => make.standard('X', { scope: { levels: [{ frame: 'US', level: 'SECRET' }], flows: null, providers: { sets: [s], others: 'satisfied' } } })],
    ['/scope/flows/1', 'federal-contract-service', (f) => make.standard('X', { scope: { levels: [{ frame: 'US', level: 'SECRET' }], flows: ['private', f], providers: null } })],
    ['/rules/0/where/bands/1', '3400-3720 MHz', (band) => about({ bands: ['2.3 GHz', band] })],
    ['/rules/0/where/uses/0', 'sanctions-affected', (use) => about({ uses: [use] })],
  ];
  it.each(WORDS)('at %s (%#) are those the guard knows', (path, known, of) => {
    const found = (word: string) => finds('scope-words', withFacts(of(word)));
    for (const word of [
      'public-safty',
      'constructor',
      'intl-214',
      'uk-dvd-2022-1o',
      'federal-contract-servise',
    ])
      expect(found(word)).toEqual([`${keyOf(of(word))}${path}`]);
    expect(found(known)).toEqual([]);
  });

  it('a category of services is of whoever gives them, in any word', () => {
    const of = (category: string) =>
      make.designation('x', 'maker-one', { subject: { category }, scope: { services: ['section-214'] } });
    expect(finds('scope-words', withFacts(of('who-knows')))).toEqual([]);
    expect(finds('soundness', withFacts(of('who-knows')))).toEqual([]);
    expect(finds('soundness', withFacts(of('drone')))).toEqual(['designation/x']);
  });

  it('say what to write instead, and never what was written', () => {
    const [problem] = registryProblems(withFacts(device({ band: '3,5 GHz' })), { sample: true });
    expect(problem?.message).toBe(
      'not known, so never out of scope: write a band: a range such as 3400-3800 MHz or 3.4-3.8 GHz, a 3GPP band such ' +
        'as n78, or one of 700 MHz, 800 MHz, 900 MHz, 1800 MHz, 2100 MHz, 2300 MHz, 2600 MHz, 3500 MHz, 26000 MHz, 28000 MHz',
    );
  });
});

describe('who speaks', () => {
  const by = (authority: string) => ({ authority });
  // biome-ignore format: one row a line
  const BY_REGISTRAR: readonly RawFact[] = [
    make.accreditation('x', about, by('registrar')), make.assessment('x', about, by('registrar')), make.designation('x', 'maker-one', by('registrar')),
    make.criteriaSet({ id: 'X', ...by('registrar') }), make.equivalence('x', by('registrar')), make.mandate('x', by('registrar')),
    make.protection('x', by('registrar')), make.standard('X', by('registrar')), make.waiver('x', 'net-one', by('registrar')), make.exemption('x', by('registrar')),
  ];
  it.each(BY_REGISTRAR.map((fact) => [keyOf(fact), fact] as const))(
    'the registrar does not, by %s',
    (key, fact) => {
      // Where it would have to speak for an owner, it is told of twice.
      const told = /^(?:equivalence|exemption|mandate|standard|waiver)/.test(key) ? 2 : 1;
      expect(finds('spoken-for', withFacts(fact))).toEqual(Array(told).fill(`${key}/authority`));
    },
  );

  const WEIGHED = (criteriaAuthority: string) =>
    make.standard('X', { rules: [{ ...(make.RULES[1] as object), results: 'weighed', criteriaAuthority }] });
  it.each<[string, readonly RawFact[], readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['one that speaks for two, for the second', [make.authority('x', 'CAN', { speaksFor: ['CAN', 'USA'] }), make.mandate('m', by('x'))], []],
    ['a nation’s and nobody’s', [make.authority('x', 'USA', { speaksFor: ['USA', 'ZZZ'] })], ['authority/x/speaksFor']],
    ['the frame’s own, for a translation of it', [make.equivalence('e', { from: { frame: 'UK', level: 'SECRET' }, to: { frame: 'US', level: 'SECRET' }, ...by('uk-gov') })], []],
    ['a nation’s own, for its second frame', [make.authority('ca', 'CAN'), make.equivalence('e', { from: { frame: 'CAN-PROTECTED', level: 'PROTECTED A' }, to: { frame: 'US', level: 'SECRET' }, ...by('ca') })], []],
    ['the other frame’s', [make.equivalence('e', { from: { frame: 'US', level: 'SECRET' }, to: { frame: 'UK', level: 'SECRET' }, ...by('uk-gov') })], ['equivalence/e/authority']],
    ['the set a rule weighs by, of its authority', [WEIGHED('us-office')], []],
    ['the set a rule weighs by, of another', [WEIGHED('uk-gov')], ['standard/X/rules/0/criteriaAuthority']],
    ['the registrar, by a hold', [make.hold('h', { everything: true }, by('registrar'))], []],
  ],
  )('%s', (_what, facts, expected) => {
    expect(finds('spoken-for', withFacts(...facts))).toEqual(expected);
  });
});

describe('each by itself', () => {
  const owned = (id: string, ...by: readonly (readonly [owner: string, from: string, to: string])[]) =>
    make.vendor(id, {
      ownedBy: by.map(([owner, from, to]) => ({ owner, share: 1, valid: valid(from, to) })),
    });
  const shared =
    (basis: string) =>
    (share: number, more: Members = {}) =>
      make.deployment('maker-one', { shares: { [basis]: share }, ...more });
  const sites = shared('sites');
  const long = Array.from({ length: 300 }, (_, i) => ({
    citation: `${i}${'x'.repeat(500)}`,
    verified: true,
  }));

  it.each<[string, CheckName, readonly RawFact[], readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['two problems of one fact', 'soundness', [make.vendor('x', { name: 1, sources: [] })], ['vendor/x/name', 'vendor/x/sources']],
    ['a maker owned through its second owner', 'cycles', [owned('maker-one', ['holding', '2020-01-01', '2030-01-01'], ['maker-two', '2020-01-01', '2030-01-01']), owned('maker-two', ['maker-one', '2020-01-01', '2030-01-01'])], ['vendor/maker-one/ownedBy/1', 'vendor/maker-two/ownedBy/0']],
    ['a circle that closes only by the later of two ways', 'cycles', [owned('maker-one', ['maker-two', '2020-01-01', '2030-01-01']), owned('maker-two', ['operator-one', '2020-01-01', '2021-12-31'], ['holding', '2020-01-01', '2030-01-01']), owned('holding', ['operator-one', '2022-01-01', '2030-01-01']), owned('operator-one', ['maker-one', '2023-01-01', '2024-01-01'])], ['holding', 'maker-one', 'maker-two', 'operator-one'].map((id) => `vendor/${id}/ownedBy/${id === 'maker-two' ? 1 : 0}`)],
    ['a circle that closes only by the earlier of two ways', 'cycles', [owned('maker-one', ['maker-two', '2020-01-01', '2030-01-01']), owned('maker-two', ['operator-one', '2022-01-01', '2030-01-01'], ['holding', '2020-01-01', '2030-01-01']), owned('holding', ['operator-one', '2020-01-01', '2021-12-31']), owned('operator-one', ['maker-one', '2023-01-01', '2024-01-01'])], ['maker-one', 'maker-two', 'operator-one'].map((id) => `vendor/${id}/ownedBy/0`)],
    ['a circle that closes only by the longer of two ways', 'cycles', [owned('maker-one', ['maker-two', '2020-01-01', '2030-01-01']), owned('maker-two', ['operator-one', '2020-01-01', '2030-01-01'], ['holding', '2020-01-01', '2030-01-01']), owned('holding', ['operator-one', '2022-01-01', '2030-01-01']), owned('operator-one', ['maker-one', '2020-01-01', '2021-12-31'])], ['maker-one', 'maker-two', 'operator-one'].map((id) => `vendor/${id}/ownedBy/0`)],
    ['a guest of two that host each other', 'cycles', [make.network('net-one', { hostedOn: 'net-two' }), make.network('net-two', { hostedOn: 'net-one' }), make.network('guest', { hostedOn: 'net-one' })], ['network/net-one/hostedOn', 'network/net-two/hostedOn']],
    ['a second identifier of two networks', 'identifiers', [make.network('net-two', { identifiers: ['999-02', '999-01'].map((value) => ({ scheme: 'plmn', value })) })], ['network/net-one/identifiers/0', 'network/net-two/identifiers/1']],
    ['one identifier in two schemes', 'identifiers', [make.network('net-one', { identifiers: [{ scheme: 'asn', value: '64512' }] }), make.network('net-two', { identifiers: [{ scheme: 'domain', value: '64512' }] })], []],
    ...['sites', 'traffic', 'premises', 'capacity'].map((basis): [string, CheckName, readonly RawFact[], readonly string[]] => [`shares of ${basis}`, 'shares', [make.network('net-two', {}, [shared(basis)(9_999)])], [`network/net-two/inventory/deployments/0/shares/${basis}`]]),
    ['shares that add up until one is gone', 'shares', [make.network('net-two', {}, [sites(5_000), sites(5_000, { removed: '2025-01-01' })])], ['network/net-two/inventory/deployments/0/shares/sites']],
    ['a maker’s id in other words', 'neutrality', [make.standard('TEST-TRUST', { title: 'Not of zz 9' }), make.vendor('zz-9', { name: 'Other' })], ['standard/TEST-TRUST/title']],
    ['a name of letters that are not Latin', 'neutrality', [make.standard('TEST-TRUST', { title: 'Größe' }), make.vendor('v', { name: 'größe' })], ['standard/TEST-TRUST/title']],
    ['a name of figures and a letter', 'neutrality', [make.standard('TEST-TRUST', { title: 'For 4G' }), make.vendor('v', { name: '5G' })], []],
    ['parts of a word', 'neutrality', [make.standard('TEST-TRUST', { title: 'Größe' }), make.vendor('v', { name: 'Gr' })], []],
    ['criteria that name a maker', 'neutrality', [make.criteriaSet({ id: 'TRUST', name: 'None of maker-one' })], ['criteria-set/TRUST/name']],
    ['a maker with its owner', 'document-sizes', [make.vendor('maker-one', { sources: long, ownedBy: [{ owner: 'holding', share: 1, valid: valid() }] }), make.vendor('holding', { sources: long })], ['vendor/maker-one']],
    ['a tunnel with what is said of it', 'document-sizes', [make.protection('t', { sources: long }), make.accreditation('t', { protection: 't' }, { sources: long })], ['protection/t']],
  ],
  )('%s', (_what, check, facts, expected) => {
    expect(finds(check, withFacts(...facts))).toEqual(expected);
  });

  it('a fact under another key is judged as nothing', () => {
    const alias = make.accreditation('real', about, { audience: ['QQQ'] });
    const facts = new Map([...make.base(), ['accreditation/alias', alias] as const]);
    expect(registryProblems(facts, { sample: true }).map((p) => `${p.key}${p.path}`)).toEqual([
      'accreditation/alias/id',
    ]);
  });

  it('roles of an authority are held against every other, whatever is judged', () => {
    const clash = make.authority('us-other', 'USA', { approvers: ['usa-proposer'], proposers: [] });
    expect(finds('grants', withFacts(clash), { touched: ['authority/us-other'], dependants: false })).toEqual(
      ['authority/us-other/approvers/0'],
    );
  });

  it('invented facts are told of outside a sample, of every kind that has them', () => {
    const facts = withFacts(
      make.protection('t'),
      make.route('r', ['net-one']),
      make.vendor('real', { synthetic: false }),
    );
    const told = finds('synthetic', facts, { sample: false });
    expect(told.filter((key) => /\/(?:t|r|real|holding|net-one)\//.test(key))).toEqual(
      ['network/net-one', 'protection/t', 'route/r', 'vendor/holding'].map((key) => `${key}/synthetic`),
    );
  });
});

describe('locked-out', () => {
  const at = Date.parse('2026-06-01T00:00:00Z');
  const of = (id: string, more: Members = {}) => make.authority(id, 'CAN', more);
  const mute = (id: string, more: Members = {}) => {
    const { people: _people, ...others } = of(id, more);
    return others as RawFact;
  };
  const people = (...names: readonly string[]) => ({
    people: names.map((name) => ({ name, keys: [make.keyOfPerson(name)] })) as never,
  });
  const until = (day: string) => ({ valid: valid('2020-01-01', day) as never });
  const from = (day: string) => ({ valid: valid(day) as never });
  const heirs = (...succession: readonly string[]) => ({ succession });
  const both = { speaksFor: ['CAN', 'GBR'] };
  const british = make.authority('gbr', 'GBR');
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [what: string, facts: readonly RawFact[], locked: readonly string[]])[] = [
    ['two people', [of('a', people('c', 'carol'))], []],
    ['one person', [of('a', people('c'))], ['a']],
    ['one person with two keys', [of('a', { people: [{ name: 'c', keys: [make.keyOfPerson('c'), make.keyOfPerson('carol')] }] as never })], ['a']],
    ['nobody', [of('a', people())], ['a']],
    ['no list of people', [mute('a')], ['a']],
    ['nobody who proposes', [of('a', { proposers: [] })], ['a']],
    ['nobody who approves', [of('a', { approvers: [] })], ['a']],
    ['nobody, beside two people of another', [mute('a'), of('b')], []],
    ['one person, beside two people of another', [of('a', people('c')), of('b')], ['a']],
    ['two people whom nobody lets propose, beside two of another', [of('a', { proposers: [] }), of('b')], ['a']],
    ['two people whom nobody lets approve, beside two of another', [of('a', { approvers: [] }), of('b')], ['a']],
    ['people who are none, beside two people of another', [of('a', people()), of('b')], []],
    ['nobody, beside one person of another', [mute('a'), of('b', people('c'))], ['a', 'b']],
    ['nobody, beside two people of one for more nations', [mute('a'), of('b', both), british], []],
    ['nobody for two nations, beside two people of each', [mute('a', both), of('b'), british], ['a']],
    ['nobody until a day', [mute('a', until('2030-01-01'))], ['a']],
    ['nobody until a day, and a succession', [mute('a', { ...until('2030-01-01'), ...heirs('us-office') })], []],
    ['nobody until a day, and a succession that is not there', [mute('a', { ...until('2030-01-01'), ...heirs('nobody') })], ['a']],
    ['nobody until a day, and a succession of nobody', [mute('a', { ...until('2030-01-01'), ...heirs('b') }), mute('b', { speaksFor: ['GBR'] }), british], ['a']],
    ['nobody for ever, and a succession', [mute('a', heirs('us-office'))], ['a']],
    ['nobody, beside two people until a day', [mute('a'), of('b', until('2030-01-01'))], ['a']],
    ['nobody, beside two people from a day on', [mute('a'), of('b', from('2030-01-01'))], ['a']],
    ['nobody, until two people come', [mute('a', until('2026-12-31')), of('b', from('2026-01-01'))], []],
    ['nobody until a day, and two people from then on', [mute('a', until('2029-12-31')), of('b', from('2030-01-01'))], ['a']],
    ['nobody once', [mute('a', until('2026-05-31'))], []],
    ['two people until a day', [of('a', until('2030-01-01'))], []],
  ];
  const keys = (ids: readonly string[]) => ids.map((id) => `authority/${id}/people`);
  it.each(ROWS)('%s', (_what, facts, locked) => {
    const touched = facts.map(keyOf);
    const before = make.base();
    expect(finds('locked-out', withFacts(...facts), { touched, before, at })).toEqual(keys(locked));
    expect(finds('locked-out', withFacts(...facts), { at })).toEqual(keys(locked));
  });

  const judged = (before: readonly RawFact[], is: readonly RawFact[], touched: readonly string[]) =>
    finds('locked-out', withFacts(...is), { touched, before: withFacts(...before), at });
  it('is what a change makes so, and not what was so before', () => {
    const [alone, able] = [mute('a'), of('b')];
    expect(judged([alone, able], [alone], ['authority/b'])).toEqual(keys(['a']));
    expect(judged([alone, able], [alone, of('b', until('2026-12-31'))], ['authority/b'])).toEqual(
      keys(['a']),
    );
    expect(judged([alone, able], [alone, of('b', people('c'))], ['authority/b'])).toEqual(keys(['a', 'b']));
    const other = of('c', both);
    expect(judged([mute('a', both)], [mute('a', both), able], ['authority/b'])).toEqual([]);
    expect(judged([alone], [alone, other], ['authority/c'])).toEqual([]);
    expect(judged([alone], [alone, make.vendor('v')], ['vendor/v'])).toEqual([]);
    expect(judged([alone], [of('a', people('c'))], ['authority/a'])).toEqual(keys(['a']));
    expect(judged([able], [], ['authority/b'])).toEqual([]);
    const few = of('c', people('c'));
    expect(judged([able], [able, few], ['authority/c'])).toEqual(keys(['c']));
    expect(
      judged([able, few], [able, of('c', { ...people('c'), ...until('2026-12-31') })], ['authority/c']),
    ).toEqual([]);
  });

  it('says from when on, and for whom', () => {
    const facts = withFacts(mute('a'), of('b', until('2030-01-01')));
    const [problem] = registryProblems(facts, { sample: true, touched: ['authority/a'], at });
    expect(problem?.message).toBe(
      'from 2030-01-02T00:00:00.000Z on nobody could change or end this authority any more, nor register another for CAN: none in force that speaks for CAN lists two people with their keys, a role that proposes and one that approves',
    );
  });

  it('keeps nobody from stopping', () => {
    const stop = { touched: ['authority/b'], before: withFacts(mute('a'), of('b')), at, dependants: false };
    expect(finds('locked-out', withFacts(mute('a')), stop)).toEqual([]);
  });
});
