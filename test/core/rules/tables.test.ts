/** Every rule at both sides of each of its bounds, with exactly what it says there and when it would say otherwise. */
import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../functions/core/facts/network.ts';
import type { Obligation } from '../../../functions/core/obligation.ts';
import { type Adoption, adoption } from '../../../functions/core/rules/adoption.ts';
import {
  type EquipmentSelector,
  inService,
  matches,
  serviceBoundaries,
} from '../../../functions/core/rules/selection.ts';
import { evaluateRule, type Rule } from '../../../functions/core/rules/vocabulary.ts';
import { FOREVER, type Members } from '../decision/facts.ts';
import { boundaries, contextOf, type Hop, LISTED, said, saidOfTunnel } from './context.ts';
import { assessment, CRITERIA, deployment, designation, item, PROTECTION, set, vendor } from './world.ts';

const [A, B, R, O] = ['maker-a', 'maker-b', 'maker-r', 'maker-o'] as const;

type Part = Partial<Deployment>;
const du = (by: string, part: Part = {}) => deployment('gNB-DU', by, part);
const cu = (by: string, part: Part = {}) => deployment('gNB-CU', by, part);
const amf = (by: string, part: Part = {}) => deployment('AMF', by, part);
const olt = (by: string, part: Part = {}) => deployment('OLT', by, part);

const reach = { entries: 'stated', share: 5000, counting: 'each-link', valid: FOREVER } as const;
const ADOPT: Adoption = {
  instrument: 'RISKY',
  authority: 'office',
  classes: ['listed'],
  affiliates: [reach],
};
const cites = ['text'];
const common = { id: 'r', cites, adopt: [ADOPT] };
const ended = (to: string) => ({
  valid: { ...FOREVER, to },
  ending: [{ citation: 'a letter', verified: true }],
});
const NOON = '2024-06-15T12:00:00Z';
const NEW_YORK = 'America/New_York';

type Row = readonly [what: string, devices: readonly Deployment[], hop: Hop, expected: readonly string[]];
const listed: Hop = { facts: [LISTED] };
const table = (rule: Rule, rows: readonly Row[]) =>
  test.each(rows)('%s', (_what, devices, hop, expected) => {
    expect(said(rule, contextOf(devices, hop))).toEqual(expected);
  });

describe('which deployments a rule is about', () => {
  const device = du(R, { siteClass: 'sensitive', uses: ['public-safety'], installed: '2020-06-15' });
  test.each<[string, EquipmentSelector, Part, string]>([
    ['nothing is asked', {}, {}, 'yes'],
    ['its segment is named', { segments: ['core', 'access-mobile'] }, {}, 'yes'],
    ['another segment is', { segments: ['core'] }, {}, 'no'],
    ['its function is named', { functions: ['gNB-DU', 'AMF'] }, {}, 'yes'],
    ['another function is', { functions: ['AMF'] }, {}, 'no'],
    ['it is of the class', { class: 'eu-critical-or-high' }, {}, 'yes'],
    ['it is not', { class: 'uk-critical' }, {}, 'no'],
    ['its site class is named', { siteClasses: ['cni-safety', 'sensitive'] }, {}, 'yes'],
    ['another site class is', { siteClasses: ['cni-safety'] }, {}, 'no'],
    ['an ordinary site is not named', { siteClasses: ['sensitive'] }, { siteClass: 'ordinary' }, 'no'],
    ['its site class is not known', { siteClasses: ['sensitive'] }, { siteClass: 'unknown' }, 'unknown'],
    ['its band is named', { bands: ['700 MHz', '3.5 GHz'] }, {}, 'yes'],
    ['another band is', { bands: ['700 MHz'] }, {}, 'no'],
    ['its band is not known', { bands: ['700 MHz'] }, { band: null }, 'unknown'],
    ['its band is written in words nobody knows', { bands: ['700 MHz'] }, { band: 'C-band' }, 'unknown'],
    ['the rule names a band nobody knows', { bands: ['C-band'] }, {}, 'unknown'],
    ['both write it alike, and nobody knows it', { bands: ['C-band'] }, { band: 'C-band' }, 'yes'],
    ['one of two bands is the one', { bands: ['C-band', '3.5 GHz'] }, { band: 'n78' }, 'yes'],
    [
      'one of its uses is named',
      { uses: ['public-safety'] },
      { uses: ['sanctions-affected', 'public-safety'] },
      'yes',
    ],
    ['none of its uses is', { uses: ['public-safety'] }, { uses: ['sanctions-affected'] }, 'no'],
    [
      'one of its uses is a word nobody knows',
      { uses: ['public-safety'] },
      { uses: ['sanctions-affected', 'public-safty'] },
      'unknown',
    ],
    [
      'the rule names a use nobody knows',
      { uses: ['public-safty'] },
      { uses: ['sanctions-affected'] },
      'unknown',
    ],
    ['a name of every object', { uses: ['public-safety'] }, { uses: ['constructor'] }, 'unknown'],
    ['it has no use', { uses: ['public-safety'] }, { uses: [] }, 'no'],
    ['installed the day before', { installedFrom: '2020-06-16' }, {}, 'no'],
    ['installed on the day', { installedFrom: '2020-06-15' }, {}, 'yes'],
    ['installed the day after', { installedFrom: '2020-06-14' }, {}, 'yes'],
    ['installed nobody knows when', { installedFrom: '2020-06-15' }, { installed: null }, 'unknown'],
  ])('%s', (_what, where, part, expected) => {
    expect(matches(where, { ...device, ...part })).toBe(expected);
  });

  test('its uses are not known, and what has no band is in every band', () => {
    const { uses: _unknown, ...rest } = device;
    expect(matches({ uses: ['public-safety'] }, rest)).toBe('unknown');
    expect(matches({ bands: ['700 MHz'] }, amf(R, { band: null }))).toBe('yes');
  });

  test('one attribute that is wrong settles it beside any that is not known', () => {
    const { uses: _uses, ...hidden } = {
      ...device,
      siteClass: 'unknown',
      band: null,
      installed: null,
    } as const;
    const blurred: Deployment = { ...hidden, generation: 'unknown' };
    const asked: readonly EquipmentSelector[] = [
      { generations: ['5G'] },
      { siteClasses: ['sensitive'] },
      { bands: ['3.5 GHz'] },
      { uses: ['public-safety'] },
      { installedFrom: '2020-01-01' },
    ];
    const wrong: readonly EquipmentSelector[] = [
      { segments: ['core'] },
      { functions: ['AMF'] },
      { class: 'uk-critical' },
    ];
    const right: readonly EquipmentSelector[] = [
      { segments: ['access-mobile'] },
      { functions: ['gNB-DU'] },
      { class: 'se-central' },
    ];
    for (const unknown of asked) {
      expect(matches(unknown, blurred)).toBe('unknown');
      for (const w of wrong) expect(matches({ ...unknown, ...w }, blurred)).toBe('no');
      for (const r of right) expect(matches({ ...unknown, ...r }, blurred)).toBe('unknown');
    }
  });

  test('in service from the first day, to the last before it is removed, where the network lives', () => {
    const devices = [amf(A, { installed: '2024-06-15', removed: '2024-06-16' }), amf(B, { installed: null })];
    const { network: here } = contextOf(devices, { network: { valid: { ...FOREVER, zone: NEW_YORK } } });
    const there = (at: string) => inService(here.fact, Date.parse(at)).map((d) => d.vendor);
    expect(there('2024-06-15T03:59:59.999Z')).toEqual([B]);
    expect(there('2024-06-15T04:00:00Z')).toEqual([A, B]);
    expect(there('2024-06-16T03:59:59.999Z')).toEqual([A, B]);
    expect(there('2024-06-16T04:00:00Z')).toEqual([B]);
    expect(serviceBoundaries(here.fact)).toEqual(
      ['2024-06-15T04:00:00Z', '2024-06-16T04:00:00Z'].map(Date.parse),
    );
  });
});

describe('adoption: what counts as designated', () => {
  const absent = (part: Members = {}): Rule => ({
    rule: 'adopted-designation-absent',
    ...common,
    adopt: [adoption.parse({ ...ADOPT, ...part })],
    where: {},
  });
  const ABSENT = absent();
  const present = (by: string, more = 'designation/r') => [
    `deny DESIGNATED_VENDOR_PRESENT core AMF ${by} ${more}`,
  ];
  const entry = (part: Members): Hop => ({ facts: [designation('r', part)] });
  const ONLY_R = [amf(R)];

  table(
    ABSENT,
    // biome-ignore format: one row a line
    [
    ['the vendor itself', ONLY_R, listed, present(R)],
    ['nobody', ONLY_R, {}, []],
    ['another vendor', [amf(A)], listed, []],
    ['another instrument', ONLY_R, entry({ instrument: 'OTHER' }), []],
    ['another authority', ONLY_R, entry({ authority: 'elsewhere' }), []],
    ['from this instant', ONLY_R, entry({ valid: { ...FOREVER, from: NOON } }), present(R)],
    ['from the next', ONLY_R, entry({ valid: { ...FOREVER, from: '2024-06-15T12:00:00.001Z' } }), []],
    ['until this instant', ONLY_R, entry(ended(NOON)), []],
    ['until the next', ONLY_R, entry(ended('2024-06-15T12:00:00.001Z')), present(R)],
    ['of services, not equipment', ONLY_R, entry({ scope: { services: ['section-214'] } }), []],
    ['of its segment', ONLY_R, entry({ scope: { segments: ['core'] } }), present(R)],
    ['of another segment', ONLY_R, entry({ scope: { segments: ['voice'] } }), []],
    ['of its function', ONLY_R, entry({ scope: { functions: ['AMF'] } }), present(R)],
    ['of another function', ONLY_R, entry({ scope: { functions: ['SMF'] } }), []],
    ['of its use', [amf(R, { uses: ['public-safety'] })], entry({ scope: { uses: ['public-safety'] } }), present(R)],
    ['of another use', ONLY_R, entry({ scope: { uses: ['public-safety'] } }), []],
    ['of its generation', ONLY_R, entry({ scope: { generations: ['4G', '5G'] } }), present(R)],
    ['of another generation', ONLY_R, entry({ scope: { generations: ['4G'] } }), []],
    ['of all that serves several', ONLY_R, entry({ scope: { generations: ['shared'] } }), present(R)],
    ...(['unknown', '4G'] as const).map(
      (generation): Row => [
        `of generations not all known, over ${generation}`,
        [amf(R, { generation })],
        entry({ scope: { generations: ['5G', 'unknown'] } }),
        ['indeterminate SCOPE_UNKNOWN core AMF maker-r designation/r'],
      ],
    ),
    ['twice, each told', ONLY_R, { facts: [LISTED, designation('s')] }, [...present(R), ...present(R, 'designation/s')]],
    ['a category, where nobody is named', ONLY_R, entry({ subject: { category: 'radios' } }), ['indeterminate SCOPE_UNKNOWN core AMF maker-r designation/r']],
    ['a category of another segment', ONLY_R, entry({ subject: { category: 'radios' }, scope: { segments: ['voice'] } }), []],
    ['a category that is not adopted', ONLY_R, entry({ subject: { category: 'radios' }, instrument: 'OTHER' }), []],
  ],
  );

  const link = (owner: string, share: number, valid: Members = {}) => ({
    owner,
    share,
    valid: { ...FOREVER, ...valid },
  });
  const owned = (...ownedBy: readonly Members[]) => ({ ...vendor(B), ownedBy: ownedBy as never });
  const over = (ownedShare: number, fact = 'designation/r') => present(B, `${ownedShare} ${fact}`);

  test.each<[string, Members, readonly Members[], Members, readonly string[]]>([
    ['half, and half is enough', {}, [link(R, 5000)], {}, over(5000)],
    ['a hundredth less', {}, [link(R, 4999)], {}, []],
    ['through another', {}, [link(O, 10_000)], {}, over(10_000)],
    ['two together, one by one', {}, [link(R, 2500), link(O, 2500)], {}, []],
    ['two together', { counting: 'aggregate' }, [link(R, 2500), link(O, 2500)], {}, over(5000)],
    ['two together, short', { counting: 'aggregate' }, [link(R, 2500), link(O, 2499)], {}, []],
    ['others do not count', { counting: 'aggregate' }, [link(R, 4999), link(A, 5001)], {}, []],
    ['the largest is told', {}, [link(R, 6000), link(O, 7000)], {}, over(7000)],
    ['an entry of the named alone', {}, [link(R, 5000)], { reach: 'named-only' }, []],
    ['every entry reaches', { entries: 'every' }, [link(R, 5000)], { reach: 'named-only' }, over(5000)],
    ['nothing is owned', { share: 0 }, [link(R, 0)], {}, []],
    ['a hundredth is', { share: 0 }, [link(R, 1)], {}, over(1)],
    ['reach until this instant', { valid: { ...FOREVER, to: NOON } }, [link(R, 5000)], {}, []],
    ['reach from it', { valid: { ...FOREVER, from: NOON } }, [link(R, 5000)], {}, over(5000)],
    ['owned until this instant', {}, [link(R, 5000, { to: NOON })], {}, []],
    ['owned from it', {}, [link(R, 5000, { from: NOON })], {}, over(5000)],
    ['a circle', {}, [link(B, 10_000), link(R, 5000)], {}, over(10_000)],
  ])('ownership: %s', (_what, terms, ownedBy, part, expected) => {
    const hop = { facts: [designation('r', part), owned(...ownedBy)] };
    expect(said(absent({ affiliates: [{ ...reach, ...terms }] }), contextOf([amf(B)], hop))).toEqual(
      expected,
    );
  });

  test('one that is named, and owned, is told by name; classes count one by one', () => {
    const both = {
      facts: [designation('r', { subject: { vendor: B } }), owned(link(R, 9000))],
    };
    expect(said(ABSENT, contextOf([amf(B)], both))).toEqual(present(B));
    const classes = absent({ classes: ['capped', 'excluded'] });
    for (const [kind, expected] of [
      ['capped', 1],
      ['excluded', 1],
      ['listed', 0],
    ] as const)
      expect(said(classes, contextOf(ONLY_R, entry({ class: kind })))).toHaveLength(expected);
    expect(said(absent({ affiliates: [] }), contextOf([amf(O)], listed))).toEqual([]);
  });

  test('its dates are told: of its entries and its reach, and of no other list', () => {
    const hop = {
      facts: [
        designation('r', ended('2026-03-31')),
        designation('s', { instrument: 'OTHER', valid: { ...FOREVER, from: '2025-01-01' } }),
        designation('t', { authority: 'elsewhere', valid: { ...FOREVER, from: '2025-02-01' } }),
        designation('u', { subject: { vendor: 'operator-a' }, valid: { ...FOREVER, from: '2025-05-01' } }),
      ],
    };
    const rule = absent({
      affiliates: [{ ...reach, valid: { ...FOREVER, from: '2021-01-01', to: '2027-12-31' } }],
    });
    expect(boundaries(rule, contextOf(ONLY_R, hop))).toEqual(
      ['2019-01-01', '2021-01-01', '2025-05-01', '2026-04-01', '2028-01-01'].map((d) => `${d}T00:00:00.000Z`),
    );
  });

  describe('exceptions', () => {
    const rule: Rule = {
      ...ABSENT,
      rule: 'adopted-designation-absent',
      except: { connections: ['roaming', 'backhaul'], functions: ['ANTENNA'] },
    } as Rule;
    const by = (connectedBy: readonly string[]) => ({ ...listed, network: { connectedBy } });
    const excepted = ['note THIRD_PARTY_CONNECTION_EXCEPTED core AMF maker-r designation/r'];
    table(
      rule,
      // biome-ignore format: one row a line
      [
      ['no way of connecting is stated', ONLY_R, listed, present(R)],
      ['an excepted way', ONLY_R, by(['roaming']), excepted],
      ['excepted ways', ONLY_R, by(['backhaul', 'roaming']), excepted],
      ['another beside it', ONLY_R, by(['roaming', 'interconnection']), present(R)],
      ['an excepted function', [deployment('ANTENNA', R)], listed, ['note FUNCTION_EXCEPTED access-mobile ANTENNA maker-r designation/r']],
    ],
    );
    test('a standard that excepts nothing', () => {
      expect(said(ABSENT, contextOf(ONLY_R, by(['roaming'])))).toEqual(present(R));
      expect(said(ABSENT, contextOf([deployment('ANTENNA', R)], listed))).toHaveLength(1);
    });
  });
});

test('what the fold never lets through refuses here too', () => {
  const context = contextOf([amf(R)], listed);
  const { network: here } = context;
  const unheard = { ...context, network: { ...here, fact: { ...here.fact, connectedBy: [] } } };
  const except = { connections: ['roaming' as const] };
  const rule: Rule = { rule: 'adopted-designation-absent', ...common, where: {}, except };
  expect(said(rule, unheard)).toHaveLength(1);
  expect(said(rule, unheard)[0]).toMatch(/^deny DESIGNATED_VENDOR_PRESENT/);
  const nobody = { ...context, vendors: new Map() };
  const operator = { id: 'r', cites, adopt: [ADOPT] };
  expect(() => said(rule, nobody)).toThrow('vendor evidence missing');
  expect(() => said({ rule: 'operator-designation-absent', ...operator }, nobody)).toThrow(
    'operator evidence',
  );
  const owned: Rule = { rule: 'operator-ownership', ...operator, share: 1000, counting: 'aggregate' };
  expect(() => said(owned, nobody)).toThrow('operator evidence');
});

describe('share-cap', () => {
  const cap = (part: Partial<Extract<Rule, { rule: 'share-cap' }>> = {}): Rule => ({
    rule: 'share-cap',
    ...common,
    where: { segments: ['access-mobile', 'access-fixed'] },
    bases: ['sites', 'traffic'],
    max: 3500,
    by: null,
    ...part,
  });
  const has = (sites: number, traffic = 0): Part => ({ shares: { sites, traffic } });
  const within = (n: number, basis = 'sites', segment = 'access-mobile') => [
    `note SHARE_WITHIN_CAP ${segment} ${basis} ${n}`,
  ];
  const above = (n: number, basis = 'sites') => [`deny SHARE_OVER_CAP access-mobile ${basis} ${n}`];
  const unknown = (basis: string) => `indeterminate SHARE_UNKNOWN access-mobile maker-r ${basis}`;
  table(
    cap(),
    // biome-ignore format: one row a line
    [
    ['at the bound', [du(R, has(3500))], listed, within(3500)],
    ['a hundredth over', [du(R, has(3501))], listed, above(3501)],
    ['over on the other basis', [du(R, has(3400, 3501))], listed, above(3501, 'traffic')],
    ['the larger of two that are over', [du(R, has(3502, 3501))], listed, above(3502)],
    ['equal on both', [du(R, has(9, 9))], listed, within(9)],
    ['on a basis nobody named', [du(R, { shares: { sites: 1, traffic: 1, capacity: 9000 } })], listed, within(1)],
    ['one function twice adds up', [du(R, has(2000)), du(R, has(1501))], listed, above(3501)],
    ['two functions do not', [du(R, has(2000)), cu(R, has(3500))], listed, within(3500)],
    ['two vendors add up', [du(R, has(2000)), du(O, has(1501))], listed, above(3501)],
    ['two vendors of two functions too', [du(R, has(2000)), cu(O, has(1501))], listed, above(3501)],
    ['the vendor nobody named does not', [du(R, has(3000)), du(A, has(7000))], listed, within(3000)],
    ['each segment for itself', [du(R, has(3500)), olt(R, has(3400))], listed, [...within(3500), ...within(3400, 'sites', 'access-fixed')]],
    ['a segment nobody asked about', [amf(R, has(9000))], listed, []],
    ['of a category, whose share is nobody’s', [du(R, has(9000))], { facts: [designation('r', { subject: { category: 'radios' } })] }, ['indeterminate SCOPE_UNKNOWN access-mobile gNB-DU maker-r designation/r']],
    ['named twice, counted once', [du(R, has(2000))], { facts: [LISTED, designation('s')] }, within(2000)],
    ['one basis not stated', [du(R, { shares: { sites: 9 } })], listed, [unknown('traffic'), ...within(9)]],
    ['not stated by one of two', [du(R, has(3501)), du(R, { shares: {} })], listed, [unknown('sites'), unknown('traffic'), ...within(0)]],
    ['not stated by one vendor, and over by another', [du(R, { shares: {} }), du(O, has(3501))], listed, [unknown('sites'), unknown('traffic'), ...above(3501)]],
  ],
  );
  test('what may be in scope counts, and is told', () => {
    const context = contextOf([du(R, { ...has(3501), siteClass: 'unknown' })], listed);
    const rule = cap({ where: { siteClasses: ['sensitive'] } });
    expect(said(rule, context)).toEqual([
      'indeterminate SCOPE_UNKNOWN access-mobile gNB-DU maker-r designation/r',
      ...above(3501),
    ]);
    expect(said(cap({ where: { siteClasses: ['sensitive'] }, by: '2024-06-15' }), context)).toEqual([
      'note SHARE_OVER_CAP_BEFORE_DEADLINE access-mobile sites 3501',
    ]);
  });
  test('before its day a share not stated refuses nothing', () => {
    const context = contextOf([du(R, { shares: { sites: 9 } })], listed);
    expect(said(cap({ by: '2024-06-15' }), context)).toEqual(within(9));
  });
});

describe('days, in the zone of the standard, to the millisecond', () => {
  const late = du(R, { shares: { sites: 3501 }, installed: '2024-06-15', purchased: '2024-06-15' });
  const about = 'access-mobile gNB-DU maker-r designation/r';
  const shared = { ...common, where: {} } as const;
  type Dated = readonly [
    rule: Rule,
    last: string,
    before: readonly string[],
    after: readonly string[],
    boundary: string,
  ];
  test.each<Dated>([
    [
      { rule: 'removal-deadline', ...shared, by: '2024-07-01' },
      '2024-07-02T03:59:59.999Z',
      [`note DESIGNATED_VENDOR_BEFORE_DEADLINE ${about}`],
      [`deny DESIGNATED_VENDOR_AFTER_DEADLINE ${about}`],
      '2024-07-02T04:00:00.000Z',
    ],
    [
      { rule: 'share-cap', ...shared, bases: ['sites'], max: 3500, by: '2024-07-01' },
      '2024-07-02T03:59:59.999Z',
      ['note SHARE_OVER_CAP_BEFORE_DEADLINE access-mobile sites 3501'],
      ['deny SHARE_OVER_CAP access-mobile sites 3501'],
      '2024-07-02T04:00:00.000Z',
    ],
    [
      {
        rule: 'jurisdiction',
        id: 'r',
        cites,
        where: {},
        legal: ['USA'],
        physical: null,
        remoteAccess: null,
        by: '2024-07-01',
      },
      '2024-07-02T03:59:59.999Z',
      [],
      ['deny JURISDICTION_NOT_ACCEPTED'],
      '2024-07-02T04:00:00.000Z',
    ],
    // The devices are from the 15th: before the last day is over, no device can be from after it.
    [
      { rule: 'no-new-equipment', ...shared, event: 'installation', lastDay: '2024-06-14' },
      '2024-06-15T03:59:59.999Z',
      [],
      [`deny NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR ${about}`],
      '2024-06-15T04:00:00.000Z',
    ],
    [
      {
        rule: 'trusted-source',
        id: 'r',
        cites,
        where: {},
        list: 'TRUST',
        authorities: ['office'],
        newFrom: '2024-06-15',
      },
      '2024-06-15T03:59:59.999Z',
      [],
      ['deny NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE access-mobile gNB-DU maker-r'],
      '2024-06-15T04:00:00.000Z',
    ],
  ])('$rule until $1', (rule, last, before, after, boundary) => {
    const asked = (at: string) => contextOf([late], { ...listed, at, zone: NEW_YORK });
    expect(said(rule, asked(last))).toEqual(before);
    expect(said(rule, asked(boundary))).toEqual(after);
    expect(boundaries(rule, asked(last))).toContain(boundary);
    expect(boundaries(rule, asked(boundary))).toContain(boundary);
    // Elsewhere the day is not over yet, or long has been.
    if (before.length > 0) expect(said(rule, contextOf([late], { ...listed, at: last }))).toEqual(after);
  });

  const fresh: Rule = { rule: 'inventory-complete', id: 'r', cites, maxAgeDays: 30 };
  test.each<[string, Rule, Members, string, readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['on its last day', fresh, {}, '2024-07-02T03:59:59.999Z', []],
    ['a moment later', fresh, {}, '2024-07-02T04:00:00Z', ['deny INVENTORY_STALE']],
    ['on the day it is of', fresh, {}, '2024-06-01T04:00:00Z', []],
    ['of a day to come', fresh, {}, '2024-06-01T03:59:59.999Z', ['deny INVENTORY_STALE']],
    ['of a day to come, and no age is asked', { ...fresh, maxAgeDays: null }, {}, '2020-01-01T00:00:00Z', []],
    ['no age is asked', { ...fresh, maxAgeDays: null }, {}, '2030-01-01T00:00:00Z', []],
    ['not complete', fresh, { complete: false }, NOON, ['deny INVENTORY_INCOMPLETE']],
    ['neither', fresh, { complete: false }, '2024-07-02T04:00:00Z', ['deny INVENTORY_INCOMPLETE', 'deny INVENTORY_STALE']],
    ['nothing in it', fresh, { deployments: [] }, NOON, ['deny INVENTORY_INCOMPLETE']],
  ],
  )('inventory-complete: %s', (_what, rule, part, at, expected) => {
    const inventory = { complete: true, asOf: '2024-06-01', deployments: [amf(A)] as never, ...part };
    const hop = { at, network: { inventory, valid: { ...FOREVER, zone: NEW_YORK } } };
    expect(said(rule, contextOf([], hop))).toEqual(expected);
    const dates =
      rule.rule === 'inventory-complete' && rule.maxAgeDays === null
        ? []
        : ['2024-06-01T04:00:00.000Z', '2024-07-02T04:00:00.000Z'];
    expect(boundaries(rule, contextOf([], hop))).toEqual(dates);
  });
  test('inventory-complete: a hosted network has nothing of its own; one whose devices are gone has nothing', () => {
    expect(said(fresh, contextOf([], { network: { hostedOn: 'net-b' } }))).toEqual([]);
    expect(said(fresh, contextOf([amf(A, { removed: '2024-06-15' })]))).toEqual([
      'deny INVENTORY_INCOMPLETE',
    ]);
  });
});

describe('equipment by when it came, where it stands and whose it is', () => {
  const at = (installed: string | null, part: Part = {}) => [du(R, { installed, ...part })];
  const about = 'access-mobile gNB-DU maker-r designation/r';
  const old = [`note EXISTING_EQUIPMENT_BEFORE_BAN ${about}`];
  const fresh = [`deny NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR ${about}`];
  const unknown = [`indeterminate SCOPE_UNKNOWN ${about}`];
  const ban = (event: 'purchase' | 'installation'): Rule => ({
    rule: 'no-new-equipment',
    ...common,
    where: { siteClasses: ['sensitive'] },
    event,
    lastDay: '2020-12-31',
  });
  const there = { siteClass: 'sensitive' } as const;
  const bought = { ...there, purchased: '2020-12-31' } as const;
  describe('bought', () =>
    table(ban('purchase'), [
      ['before, installed after', at('2021-01-02', bought), listed, old],
      ['after', at('2021-01-02', { ...there, purchased: '2021-01-01' }), listed, fresh],
      ['as it was installed, before', at('2020-12-31', there), listed, old],
      ['as it was installed, after', at('2021-01-01', there), listed, fresh],
      ['nobody knows when', at(null, there), listed, unknown],
      ['after, for a site not known', at('2021-01-01', { siteClass: 'unknown' }), listed, unknown],
      ['before, for a site not known', at('2020-12-31', { siteClass: 'unknown' }), listed, old],
      ['for another site', at('2021-01-01', { siteClass: 'ordinary' }), listed, []],
    ]));
  describe('installed', () =>
    table(ban('installation'), [
      ['after, bought before', at('2021-01-01', bought), listed, fresh],
      ['on the last day', at('2020-12-31', there), listed, old],
    ]));
  const sited = { rule: 'sensitive-site', ...common, siteClasses: ['sensitive'] } as const satisfies Rule &
    object;
  describe('sensitive-site', () =>
    table({ ...sited, siteClasses: ['sensitive'] }, [
      ['there', at('2020-01-01', there), listed, [`deny DESIGNATED_VENDOR_AT_SENSITIVE_SITE ${about}`]],
      ['perhaps there', at('2020-01-01', { siteClass: 'unknown' }), listed, unknown],
      ['at a site of another class', at('2020-01-01', { siteClass: 'cni-safety' }), listed, []],
      ['somebody else', [du(A, there)], listed, []],
    ]));
  describe('removal-deadline', () =>
    table({ rule: 'removal-deadline', ...common, where: { siteClasses: ['sensitive'] }, by: '2024-06-14' }, [
      ['still there', at('2020-01-01', there), listed, [`deny DESIGNATED_VENDOR_AFTER_DEADLINE ${about}`]],
      ['perhaps there', at('2020-01-01', { siteClass: 'unknown' }), listed, unknown],
      ['gone', at('2020-01-01', { ...there, removed: '2024-06-15' }), listed, []],
    ]));
});

describe('assessed', () => {
  type Assessed = Extract<Rule, { rule: 'assessed' }>;
  const rule = (part: Partial<Assessed> = {}): Rule => ({
    rule: 'assessed',
    id: 'r',
    cites,
    subjects: ['vendors'],
    criteriaSet: 'TRUST',
    authorities: ['office', 'other'],
    results: 'stated',
    ...part,
  });
  const ONLY_A = [amf(A)];
  const hop = (...facts: NonNullable<Hop['facts']>): Hop => ({ facts });
  const good = assessment('good');
  const against = (part: Members = {}) =>
    assessment('bad', { outcome: 'not-trusted', valid: FOREVER, ...part });
  const none = ['deny VENDOR_NOT_ASSESSED core maker-a'];
  const adverse = ['deny VENDOR_NOT_TRUSTED core maker-a assessment/bad'];
  const expired = (id: string) => [`deny ASSESSMENT_EXPIRED core maker-a assessment/${id}`];
  const until = (to: string, id = 'good') => assessment(id, { valid: { ...FOREVER, to } });
  table(
    rule(),
    // biome-ignore format: one row a line
    [
    ['trusted', ONLY_A, hop(good), []],
    ['by another accepted authority', ONLY_A, hop(assessment('good', { authority: 'other' })), []],
    ['never assessed', ONLY_A, {}, none],
    ['by nobody who is accepted', ONLY_A, hop(assessment('good', { authority: 'elsewhere' })), none],
    ['by other criteria', ONLY_A, hop(assessment('good', { criteriaSet: 'OTHER' })), none],
    ['of another vendor', ONLY_A, hop(assessment('good', { subject: { vendor: B } })), none],
    ['on conditions', ONLY_A, hop(assessment('good', { outcome: 'conditional' })), none],
    ['from this instant', ONLY_A, hop(assessment('good', { valid: { from: NOON, to: '2030-01-01', zone: 'UTC' } })), []],
    ['from tomorrow', ONLY_A, hop(assessment('good', { valid: { from: '2024-06-16', to: '2030-01-01', zone: 'UTC' } })), none],
    ['until this instant', ONLY_A, hop(until(NOON)), expired('good')],
    ['until the end of today', ONLY_A, hop(until('2024-06-15')), []],
    ['twice expired, the later is told', ONLY_A, hop(until('2023-01-01', 'a'), until('2023-06-01', 'b'), until('2022-01-01', 'c')), expired('b')],
    ['expired together, one is told', ONLY_A, hop(until('2023-01-01', 'b'), until('2023-01-01', 'a')), expired('a')],
    ['found wanting', ONLY_A, hop(against()), adverse],
    ['trusted and found wanting', ONLY_A, hop(good, against()), adverse],
    ['found wanting and trusted', ONLY_A, hop(against(), good), adverse],
    ['expired and found wanting', ONLY_A, hop(until(NOON), against()), adverse],
    ['found wanting by another accepted authority', ONLY_A, hop(good, against({ authority: 'other' })), adverse],
    ['found wanting by somebody else', ONLY_A, hop(good, against({ authority: 'elsewhere' })), []],
    ['found wanting by other criteria', ONLY_A, hop(good, against({ criteriaSet: 'OTHER' })), []],
    ['found wanting from tomorrow', ONLY_A, hop(good, against({ valid: { ...FOREVER, from: '2024-06-16' } })), []],
    ['found wanting until now', ONLY_A, hop(good, against(ended(NOON))), []],
    ['another vendor found wanting', ONLY_A, hop(good, against({ subject: { vendor: B } })), []],
    ['once for a segment', [amf(A), deployment('SMF', A), du(A)], {}, [...none, 'deny VENDOR_NOT_ASSESSED access-mobile maker-a']],
    ['one of two', [amf(A), amf(B)], hop(good), ['deny VENDOR_NOT_ASSESSED core maker-b']],
    ['one that is gone', [amf(A, { removed: '2024-06-15' })], {}, []],
    ['the network is not asked about', [], {}, []],
  ],
  );
  describe('the network', () => {
    const here = { subject: { network: 'net-a' } };
    table(
      rule({ subjects: ['network'] }),
      // biome-ignore format: one row a line
      [
      ['trusted, whatever its vendors', ONLY_A, hop(assessment('good', here)), []],
      ['never assessed', ONLY_A, hop(good), ['deny NETWORK_NOT_ASSESSED']],
      ['found wanting beside', ONLY_A, hop(assessment('good', here), against(here)), ['deny NETWORK_NOT_TRUSTED assessment/bad']],
      ['expired', ONLY_A, hop(assessment('good', { ...here, valid: { ...FOREVER, to: '2024-06-14' } })), ['deny ASSESSMENT_EXPIRED assessment/good']],
    ],
    );
    test('and both', () => {
      const both = rule({ subjects: ['network', 'vendors'] });
      expect(said(both, contextOf(ONLY_A))).toEqual(['deny NETWORK_NOT_ASSESSED', ...none]);
    });
  });
  describe('weighed', () => {
    const results = (...items: readonly (readonly [string, string])[]) =>
      hop(CRITERIA, assessment('good', { items: items.map(([c, r]) => item(c, r)) as never }));
    const short = ['deny CRITERIA_NOT_MET core maker-a assessment/good'];
    const bare = set(good, ['items'], undefined);
    const noSet = ['deny CRITERIA_SET_UNKNOWN core maker-a'];
    table(
      rule({ results: 'weighed', criteriaAuthority: 'office' }),
      // biome-ignore format: one row a line
      [
      ['all met', ONLY_A, results(['C1', 'met'], ['C2', 'met'], ['C3', 'met']), []],
      ['enough met', ONLY_A, results(['C1', 'met'], ['C2', 'met']), []],
      ['too little', ONLY_A, results(['C1', 'met']), short],
      ['the mandatory missed', ONLY_A, results(['C2', 'met'], ['C3', 'met']), short],
      ...(['not-met', 'not-evidenced'] as const).flatMap((r): Row[] => [
        [`the mandatory ${r}`, ONLY_A, results(['C1', r], ['C2', 'met'], ['C3', 'met']), short],
        [`a weighed one ${r}`, ONLY_A, results(['C1', 'met'], ['C2', 'met'], ['C3', r]), []],
        [`two weighed ones ${r}`, ONLY_A, results(['C1', 'met'], ['C2', r], ['C3', r]), short],
        [`met, and also ${r}`, ONLY_A, results(['C1', 'met'], ['C2', 'met'], ['C2', r]), short],
      ]),
      ['a criterion of another set', ONLY_A, results(['C1', 'met'], ['C2', 'met'], ['C3', 'met'], ['C9', 'met']), short],
      ['no results', ONLY_A, hop(CRITERIA, bare), ['deny ASSESSMENT_NOT_ITEMISED core maker-a assessment/good']],
      ['no criteria', ONLY_A, hop(good), noSet],
      ['criteria of another authority', ONLY_A, hop(good, set(CRITERIA, ['authority'], 'elsewhere')), noSet],
      ['criteria of another authority beside', ONLY_A, hop(bare, set(CRITERIA, ['authority'], 'elsewhere'), set(CRITERIA, ['id'], 'OTHER')), noSet],
      ['criteria of another name', ONLY_A, hop(good, set(CRITERIA, ['id'], 'OTHER')), noSet],
      ['criteria no longer in force', ONLY_A, hop(good, set(CRITERIA, ['valid', 'to'], NOON)), noSet],
      ['criteria not yet in force', ONLY_A, hop(good, set(CRITERIA, ['valid', 'from'], '2024-06-16')), noSet],
      ['one that passes beside one that does not', ONLY_A, hop(CRITERIA, set(bare, ['id'], 'bare'), good), []],
      [
        'one that does not, beside one expired',
        ONLY_A,
        hop(CRITERIA, set(bare, ['id'], 'bare'), until(NOON)),
        ['deny ASSESSMENT_NOT_ITEMISED core maker-a assessment/bare'],
      ],
    ],
    );
    test.each([
      [3333, 1, []],
      [3334, 1, short],
      [6666, 2, []],
      [6667, 2, short],
    ] as const)('pass at %i with %i of 3 met', (passAt, met, expected) => {
      const criteria = ['C1', 'C2', 'C3'].map((id) => ({ id, text: id, mode: 'weighted', weight: 1 }));
      // biome-ignore format: one row a line
      const facts = [
        set(set(CRITERIA, ['criteria'], criteria), ['passAt'], passAt),
        set(good, ['items'], criteria.slice(0, met).map((c) => item(c.id, 'met'))),
      ];
      expect(
        said(rule({ results: 'weighed', criteriaAuthority: 'office' }), contextOf(ONLY_A, { facts })),
      ).toEqual(expected);
    });
    test('a heavy criterion outweighs two light ones, and exactly half is half', () => {
      const criteria = [
        ['C1', 2],
        ['C2', 1],
        ['C3', 1],
      ].map(([id, weight]) => ({ id, text: 'x', mode: 'weighted', weight }));
      const of = (passAt: number, ...met: readonly string[]) =>
        said(
          rule({ results: 'weighed', criteriaAuthority: 'office' }),
          contextOf(ONLY_A, {
            facts: [
              set(set(CRITERIA, ['criteria'], criteria), ['passAt'], passAt),
              set(
                good,
                ['items'],
                met.map((c) => item(c, 'met')),
              ),
            ],
          }),
        );
      expect([of(5000, 'C1'), of(5000, 'C2', 'C3'), of(5001, 'C1'), of(5000, 'C2')]).toEqual([
        [],
        [],
        short,
        short,
      ]);
    });
  });
  test('its dates are those of what counts', () => {
    const facts = [
      set(CRITERIA, ['valid', 'to'], '2026-01-01'),
      until('2025-01-01'),
      against({ authority: 'elsewhere', valid: { ...FOREVER, from: '2025-06-01' } }),
      assessment('n', { subject: { network: 'net-a' }, valid: { ...FOREVER, to: '2027-01-01' } }),
    ];
    const days = (r: Rule) => boundaries(r, contextOf(ONLY_A, { facts })).map((b) => b.slice(0, 10));
    expect(days(rule())).toEqual(['2019-01-01', '2025-01-02', '2027-01-02']);
    expect(days(rule({ results: 'weighed', criteriaAuthority: 'office' }))).toEqual([
      '2019-01-01',
      '2025-01-02',
      '2026-01-02',
      '2027-01-02',
    ]);
  });
});

describe('trusted-source', () => {
  const rule: Rule = {
    rule: 'trusted-source',
    id: 'r',
    cites,
    where: { siteClasses: ['sensitive'] },
    list: 'TRUST',
    authorities: ['office'],
    newFrom: '2021-06-15',
  };
  const d = (installed: string | null, siteClass: Deployment['siteClass'] = 'sensitive') => [
    amf(A, { installed, siteClass }),
  ];
  const hop = (...facts: NonNullable<Hop['facts']>): Hop => ({ facts });
  const listing = (part: Members = {}, id = 'l') => assessment(id, part);
  const bad = (part: Members = {}) => listing({ outcome: 'not-trusted', valid: FOREVER, ...part }, 'bad');
  const not = ['deny NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE core AMF maker-a'];
  const unknown = ['indeterminate SCOPE_UNKNOWN core AMF maker-a'];
  const exempt = ['note INSTALLED_BASE_EXEMPT core AMF maker-a'];
  const NEW = d('2022-01-01');
  const MORNING = listing({ valid: { from: '2022-01-01T04:00:00Z', to: '2030-01-01', zone: 'UTC' } });
  table(
    rule,
    // biome-ignore format: one row a line
    [
    ['listed', NEW, hop(listing()), []],
    ['not listed', NEW, {}, not],
    ['listed since that morning in UTC', NEW, hop(MORNING), not],
    ['which is the evening before in New York', NEW, { ...hop(MORNING), zone: NEW_YORK }, []],
    ['the day before the list', d('2021-06-14'), {}, exempt],
    ['the day of the list', d('2021-06-15'), {}, not],
    ['listed, and struck off by a judgement', NEW, hop(listing(), bad()), not],
    ['struck off and listed', NEW, hop(bad(), listing()), not],
    ['struck off when it was installed', NEW, hop(listing(), bad(ended('2022-06-01'))), not],
    ['struck off before that', NEW, hop(listing(), bad(ended('2021-12-31'))), []],
    ['struck off by somebody else', NEW, hop(listing(), bad({ authority: 'elsewhere' })), []],
    ['on conditions', NEW, hop(listing({ outcome: 'conditional' })), not],
    ['on another list', NEW, hop(listing({ criteriaSet: 'OTHER' })), not],
    ['by somebody else', NEW, hop(listing({ authority: 'elsewhere' })), not],
    ['listed since that day', NEW, hop(listing({ valid: { ...FOREVER, from: '2022-01-01', to: '2030-12-31' } })), []],
    ['listed since the day after', NEW, hop(listing({ valid: { ...FOREVER, from: '2022-01-02', to: '2030-12-31' } })), not],
    ['no longer listed', NEW, hop(listing({ valid: { ...FOREVER, to: NOON } })), not],
    ['still listed', NEW, hop(listing({ valid: { ...FOREVER, to: '2024-06-15' } })), []],
    ['a day not known, listed', d(null), hop(listing()), []],
    ['a day not known, not listed', d(null), {}, unknown],
    ['a day not known, listed since the list began a day late', d(null), hop(listing({ valid: { ...FOREVER, from: '2021-06-16', to: '2030-12-31' } })), unknown],
    ['a site not known', d('2022-01-01', 'unknown'), {}, unknown],
    ['another site', d('2022-01-01', 'ordinary'), {}, []],
  ],
  );
  test('its dates are those of the list', () => {
    const facts = [
      listing({ valid: { ...FOREVER, to: '2025-01-01' } }),
      bad({ criteriaSet: 'OTHER', valid: { ...FOREVER, from: '2024-12-01' } }),
    ];
    expect(boundaries(rule, contextOf(NEW, { facts })).map((b) => b.slice(0, 10))).toEqual([
      '2019-01-01',
      '2021-06-15',
      '2025-01-02',
    ]);
  });
});

describe('the operator', () => {
  const absent: Rule = { rule: 'operator-designation-absent', id: 'r', cites, adopt: [ADOPT] };
  const entry = (part: Members = {}): Hop['facts'] => [
    designation('r', { subject: { vendor: 'operator-a' }, ...part }),
  ];
  const about = (...services: readonly string[]) => entry({ scope: { services } }) ?? [];
  const deny = ['deny DESIGNATED_OPERATOR operator-a designation/r'];
  const unknown = ['indeterminate SCOPE_UNKNOWN operator-a designation/r'];
  const covers = (covered: string, ...services: readonly string[]) => ({
    facts: about(covered),
    network: { services },
  });
  describe('designated', () =>
    table(
      absent,
      // biome-ignore format: one row a line
      [
      ['nobody', [], listed, []],
      ['it', [], { facts: entry() ?? [] }, deny],
      ['through its owner', [], { facts: [LISTED, vendor('operator-a', [[R, 5000]])] }, ['deny DESIGNATED_OPERATOR operator-a 5000 designation/r']],
      ['through too small an owner', [], { facts: [LISTED, vendor('operator-a', [[R, 4999]])] }, []],
      ['its equipment only', [amf(R)], listed, []],
      ['by a category, where nobody is named', [], { facts: entry({ subject: { category: 'radios' } }) ?? [] }, unknown],
      ['by a category of services it does not give', [], { facts: entry({ subject: { category: 'radios' }, scope: { services: ['international-214'] } }) ?? [], network: { services: ['domestic-214'] } }, []],
      ['for a service it gives', [], covers('international-214', 'international-214'), deny],
      ['for one of several', [], covers('international-214', 'domestic-214', 'international-214'), deny],
      ['for a service it does not give', [], covers('international-214', 'domestic-214'), []],
      ['for a service of which it gives a part', [], covers('section-214', 'domestic-214'), deny],
      ['for a part of the service it gives', [], covers('domestic-214', 'section-214'), unknown],
      ['for what it gives in words nobody knows', [], covers('international-214', 'intl-214'), unknown],
      ['for a service nobody knows', [], covers('intl-214', 'domestic-214'), unknown],
      ['for one nobody knows, that it gives', [], covers('intl-214', 'domestic-214', 'intl-214'), deny],
      ['a service beside words nobody knows', [], covers('domestic-214', 'constructor', 'domestic-214'), deny],
      ['and it gives none', [], covers('international-214'), []],
      ['proposed', [], { facts: entry({ effect: 'proposed' }) ?? [] }, []],
    ],
    ));
  test('its services are not stated', () => {
    const context = contextOf([], { facts: about('section-214'), network: { services: undefined } });
    expect(said(absent, context)).toEqual(unknown);
  });
  const owned = (...owners: readonly (readonly [string, number])[]): Hop => ({
    facts: [LISTED, vendor('operator-a', owners)],
  });
  const rule = (counting: 'aggregate' | 'each-link'): Rule => ({
    rule: 'operator-ownership',
    id: 'r',
    cites,
    adopt: [ADOPT],
    share: 1000,
    counting,
  });
  const found = (share: number) => [`deny OPERATOR_OWNED_BY_DESIGNATED operator-a ${share}`];
  describe('owned, together', () =>
    table(rule('aggregate'), [
      ['a tenth', [], owned([R, 1000]), found(1000)],
      ['a hundredth less', [], owned([R, 999], [B, 9001]), []],
      ['two that make a tenth', [], owned([R, 500], [O, 500]), found(1000)],
      ['by nobody', [], owned(), []],
      ['designated itself, and not owned', [], { facts: entry() ?? [] }, []],
      [
        'a category, of which nobody says whose it is',
        [],
        { facts: entry({ subject: { category: 'radios' } }) ?? [] },
        unknown,
      ],
    ]));
  describe('owned, one by one', () =>
    table(rule('each-link'), [
      ['two that make a tenth', [], owned([R, 500], [O, 500]), []],
      ['the largest', [], owned([R, 1000], [O, 2000]), found(2000)],
    ]));
});

describe('the path, the countries, the suppliers', () => {
  test.each(['pinned', 'observed', 'assumed'] as const)('a path that is %s', (assurance) => {
    for (const accept of [['pinned'], ['pinned', 'observed'], ['observed', 'assumed']] as const) {
      const rule: Rule = { rule: 'path-assurance', id: 'r', cites, accept: [...accept] };
      const accepted = (accept as readonly string[]).includes(assurance);
      expect(said(rule, contextOf([], { assurance }))).toEqual(accepted ? [] : ['deny PATH_NOT_ASSURED']);
    }
  });

  const home: Rule = {
    rule: 'jurisdiction',
    id: 'r',
    cites,
    legal: ['GBR', 'FRA'],
    physical: ['GBR'],
    remoteAccess: ['IRL'],
    where: { siteClasses: ['sensitive'] },
    by: null,
  };
  const reached = (siteClass: Deployment['siteClass'], ...remoteAccessFrom: string[]) => [
    du(A, { siteClass, remoteAccessFrom }),
  ];
  const remote = 'deny REMOTE_ACCESS_NOT_ACCEPTED';
  describe('jurisdiction', () =>
    table(
      home,
      // biome-ignore format: one row a line
      [
      ['at home', [], {}, []],
      ['under another accepted law', [], { network: { jurisdiction: 'FRA' } }, []],
      ['under other law', [], { network: { jurisdiction: 'IRL' } }, ['deny JURISDICTION_NOT_ACCEPTED']],
      ['running abroad too', [], { network: { physicalCountries: ['GBR', 'FRA'] } }, ['deny COUNTRY_NOT_ACCEPTED']],
      ['reached from an accepted country', reached('sensitive', 'IRL'), { network: { remoteAccessCountries: ['IRL'] } }, []],
      ['reached from others', [], { network: { remoteAccessCountries: ['IRL', 'GBR'] } }, [remote]],
      ['a device reached from others', reached('sensitive', 'IRL', 'GBR'), {}, [`${remote} access-mobile gNB-DU maker-a`]],
      ['a device of a site not known', reached('unknown', 'GBR'), {}, [`${remote} access-mobile gNB-DU maker-a`]],
      ['a device of another site', reached('ordinary', 'GBR'), {}, []],
      ['a device that is gone', [du(A, { siteClass: 'sensitive', remoteAccessFrom: ['GBR'], removed: '2024-06-15' })], {}, []],
      [
        'everything abroad',
        reached('sensitive', 'GBR'),
        { network: { jurisdiction: 'USA', physicalCountries: ['USA'], remoteAccessCountries: ['USA'] } },
        [
          'deny JURISDICTION_NOT_ACCEPTED',
          'deny COUNTRY_NOT_ACCEPTED',
          remote,
          `${remote} access-mobile gNB-DU maker-a`,
        ],
      ],
    ],
    ));
  const [law, place] = ['deny JURISDICTION_NOT_ACCEPTED', 'deny COUNTRY_NOT_ACCEPTED'];
  const layer = `${remote} security TUNNEL-ENCRYPTOR maker-a`;
  const reachedAt = [layer, layer.replace('maker-a', 'maker-c')];
  const nowhere = { legal: null, physical: null, remoteAccess: null, where: {} };
  // biome-ignore format: one row a line
  test.each<[string, Partial<Extract<Rule, { rule: 'jurisdiction' }>>, readonly string[], readonly string[]]>([
    ['nothing is asked', {}, ['FRA'], []],
    ['law, accepted', { legal: ['GBR', 'USA'] }, ['USA', 'GBR'], []],
    ['law, one end', { legal: ['USA'] }, ['USA', 'FRA'], [law]],
    ['place, accepted', { physical: ['USA'] }, ['USA'], []],
    ['place, both ends', { physical: ['USA'] }, ['FRA'], [place]],
    ['place, one end', { physical: ['USA'] }, ['USA', 'FRA'], [place]],
    ['place, narrower than reach', { physical: ['USA'], remoteAccess: ['FRA', 'USA'] }, ['USA', 'FRA'], [place]],
    ['place, whatever part of a network is asked about', { physical: ['USA'], where: { segments: ['core'] } }, ['FRA'], [place]],
    ['reach', { remoteAccess: ['USA'] }, ['USA', 'FRA'], reachedAt],
    ['reach, of another part', { remoteAccess: ['USA'], where: { segments: ['core'] } }, ['FRA'], []],
    ['all', { legal: ['GBR'], physical: ['GBR'], remoteAccess: ['GBR'] }, ['FRA'], [law, place, ...reachedAt]],
    ['the day has not come', { legal: ['GBR'], physical: ['GBR'], remoteAccess: ['GBR'], by: '2024-06-15' }, ['FRA'], []],
  ])('jurisdiction: the ends of a tunnel: %s', (_what, asked, ends, expected) => {
    expect(saidOfTunnel({ ...home, ...nowhere, ...asked }, ends)).toEqual(expected);
  });

  test('what is not asked is not judged', () => {
    const abroad = contextOf(reached('sensitive', 'RUS'), {
      network: { jurisdiction: 'USA', physicalCountries: ['USA'], remoteAccessCountries: ['USA'] },
    });
    expect(said({ ...home, legal: null, physical: null, remoteAccess: null }, abroad)).toEqual([]);
  });

  const several = (part: Partial<Extract<Rule, { rule: 'supplier-diversity' }>> = {}): Rule => ({
    rule: 'supplier-diversity',
    id: 'r',
    cites,
    segments: ['access-mobile', 'core'],
    least: 2,
    ...part,
  });
  const few = ['deny TOO_FEW_SUPPLIERS access-mobile'];
  describe('suppliers', () =>
    table(several(), [
      ['two', [du(A), cu(B)], {}, []],
      ['one, of two functions', [du(A), cu(A)], {}, few],
      ['two, in two segments', [du(A), amf(B)], {}, [...few, 'deny TOO_FEW_SUPPLIERS core']],
      ['two, one of them gone', [du(A), cu(B, { removed: '2024-06-15' })], {}, few],
      ['none', [], {}, []],
      ['one, in a segment nobody asked about', [olt(A)], {}, []],
    ]));
  describe('suppliers beside a designated one', () =>
    table(several({ least: 3, beside: [ADOPT] }), [
      ['nobody is', [du(A)], listed, []],
      ['one is, elsewhere', [du(A), olt(R)], listed, []],
      ['one is', [du(A), du(R)], listed, few],
      ['one is, among three', [du(A), du(R), du(B)], listed, []],
    ]));
});

describe('protection and what it obliges to', () => {
  const respects = ['vendor', 'codeBase', 'keyDomain'] as const;
  const rule = (part: Partial<Extract<Rule, { rule: 'protection-required' }>> = {}): Rule => ({
    rule: 'protection-required',
    id: 'r',
    cites,
    accept: [
      { scheme: 'csfc', leastLayers: 2, independentIn: [...respects] },
      { scheme: 'type-1', leastLayers: 1, independentIn: [] },
    ],
    obligations: ['use-tunnel', 'log-hops'],
    reEvaluateWithinHours: 24,
    ...part,
  });
  const tunnel = (path: (string | number)[] = ['id'], value: unknown = 'tunnel-a'): Hop => ({
    facts: [set(PROTECTION, path, value)],
  });
  const good = ['note PROTECTION_SUFFICIENT protection/tunnel-a'];
  const third = { vendor: R, codeBase: 'three', keyDomain: 'three', suite: 'x' };
  const layers = (n: number) => [...((PROTECTION['layers'] ?? []) as object[]), third].slice(0, n);
  table(
    rule(),
    // biome-ignore format: one row a line
    [
    ['two layers', [], tunnel(), good],
    ['three', [], tunnel(['layers'], layers(3)), good],
    ['one', [], tunnel(['layers'], layers(1)), ['deny PROTECTION_LAYERS_INSUFFICIENT']],
    ['one, of the other scheme', [], { facts: [set(set(PROTECTION, ['layers'], layers(1)), ['scheme'], 'type-1')] }, good],
    ['none', [], {}, ['deny PROTECTION_REQUIRED']],
    ...respects.map((r): Row => [`the same ${r} in both`, [], tunnel(['layers', 1, r], r === 'vendor' ? A : 'one'), ['deny PROTECTION_LAYERS_NOT_INDEPENDENT']]),
    ['the third like the first', [], tunnel(['layers'], [...layers(2), { ...third, keyDomain: 'one' }]), ['deny PROTECTION_LAYERS_NOT_INDEPENDENT']],
    ['the same suite in both', [], tunnel(['layers', 1, 'suite'], 'a suite'), good],
  ],
  );
  test('another scheme', () => {
    const only = rule({ accept: [{ scheme: 'type-1', leastLayers: 1, independentIn: [] }] });
    expect(said(only, contextOf([], tunnel()))).toEqual(['deny PROTECTION_NOT_ACCEPTED']);
  });
  test.each<[string, Rule, Hop, readonly Obligation[] | undefined]>(
    // biome-ignore format: one row a line
    [
    ['the tunnel by name', rule(), tunnel(), [{ type: 'use-tunnel', ref: 'tunnel-a' }, { type: 'log-hops' }, { type: 're-evaluate-by', withinHours: 24 }]],
    ['no time', rule({ reEvaluateWithinHours: null }), tunnel(), [{ type: 'use-tunnel', ref: 'tunnel-a' }, { type: 'log-hops' }]],
    ['nothing without a tunnel', rule(), {}, undefined],
    [
      'what is required',
      {
        rule: 'obligations-required',
        id: 'r',
        cites,
        obligations: ['no-sms', 'use-tunnel'],
        reEvaluateWithinHours: 1,
      },
      {},
      [{ type: 'no-sms' }, { type: 'use-tunnel' }, { type: 're-evaluate-by', withinHours: 1 }],
    ],
  ],
  )('obliges to %s', (_what, asked, hop, expected) => {
    expect(evaluateRule(asked, contextOf([], hop)).obligations).toEqual(expected);
  });
  test('it ends with the registration', () => {
    expect(boundaries(rule(), contextOf([], tunnel(['valid', 'to'], '2025-12-31')))).toEqual([
      '2026-01-01T00:00:00.000Z',
    ]);
    expect(boundaries(rule(), contextOf([], tunnel(['layers'], layers(1))))).toEqual([
      '2031-01-01T00:00:00.000Z',
    ]);
  });
});
