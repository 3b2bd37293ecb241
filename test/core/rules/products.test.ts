/** A category of products, where nobody is named: what every rule that adopts one makes of equipment that is, is not or may be of it. */
import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../functions/core/facts/network.ts';
import { mayBeSoldAs, PRODUCTS } from '../../../functions/core/facts/products.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Adoption } from '../../../functions/core/rules/adoption.ts';
import { layersOf } from '../../../functions/core/rules/layers.ts';
import { evaluateLayers, type Rule } from '../../../functions/core/rules/vocabulary.ts';
import { FOREVER, type Members, protection } from '../decision/facts.ts';
import { boundaries, contextOf, type Hop, said } from './context.ts';
import { deployment, designation } from './world.ts';

type Part = Partial<Deployment>;
const cpe = (part: Part = {}) => deployment('CPE', 'maker-a', part);
const amf = (part: Part = {}) => deployment('AMF', 'maker-a', part);
const of = (category: string, more: Members = {}): Hop => ({
  facts: [designation('r', { subject: { category }, ...more })],
});

const cites = ['text'];
const adopt: Adoption[] = [{ instrument: 'RISKY', authority: 'office', classes: ['listed'], affiliates: [] }];
const common = { id: 'r', cites, adopt };
const ABSENT: Rule = { rule: 'adopted-designation-absent', ...common, where: {} };

const ROUTER: Part = { product: 'consumer-router' };
const CARRIERS: Part = { product: 'network-equipment' };

describe('whether equipment is of a category', () => {
  const PRESENT = (what: string) => [`deny DESIGNATED_VENDOR_PRESENT ${what} maker-a designation/r`];
  const PERHAPS = (what: string) => [`indeterminate SCOPE_UNKNOWN ${what} maker-a designation/r`];
  const OUTSIDE = (...home: readonly string[]): Members => ({ scope: { producedOutside: [...home] } });
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [what: string, device: Deployment, hop: Hop, expected: readonly string[]])[] = [
    ['it is sold as one', cpe(ROUTER), of('consumer-router'), PRESENT('cpe CPE')],
    ['it is sold as something else', cpe(CARRIERS), of('consumer-router'), []],
    ['it is sold as another product', cpe({ product: 'power-inverter' }), of('consumer-router'), []],
    ['it is not said what it is sold as, and it may be one', cpe(), of('consumer-router'), PERHAPS('cpe CPE')],
    ['an optical terminal may be one', deployment('ONT', 'maker-a'), of('consumer-router'), PERHAPS('cpe ONT')],
    ['it is not said, and what does this is no such product', amf(), of('consumer-router'), []],
    ['it is not said, and no such product is in a network', cpe(), of('drone'), []],
    ['it is sold as one, whatever it does', amf(ROUTER), of('consumer-router'), PRESENT('core AMF')],
    ['it is sold as what nobody knows', cpe({ product: 'consumer-ruoter' }), of('consumer-router'), PERHAPS('cpe CPE')],
    ['it is sold as what nobody knows, whatever it does', amf({ product: 'constructor' }), of('drone'), PERHAPS('core AMF')],
    ['the category is one nobody knows', amf(), of('radios'), PERHAPS('core AMF')],
    ['the category is one nobody knows, and what it is sold as is known', cpe(CARRIERS), of('radios'), PERHAPS('cpe CPE')],
    ['both are one word nobody knows', cpe({ product: 'radios' }), of('radios'), PRESENT('cpe CPE')],
    ['the category is a name of the language', amf(), of('constructor'), PERHAPS('core AMF')],
    ['produced elsewhere', cpe({ ...ROUTER, producedIn: ['VNM'] }), of('consumer-router', OUTSIDE('USA')), PRESENT('cpe CPE')],
    ['produced in part elsewhere', cpe({ ...ROUTER, producedIn: ['USA', 'VNM'] }), of('consumer-router', OUTSIDE('USA')), PRESENT('cpe CPE')],
    ['produced here', cpe({ ...ROUTER, producedIn: ['USA'] }), of('consumer-router', OUTSIDE('USA')), []],
    ['produced in several that are meant to be here', cpe({ ...ROUTER, producedIn: ['USA', 'GBR'] }), of('consumer-router', OUTSIDE('GBR', 'USA')), []],
    ['produced nobody says where', cpe(ROUTER), of('consumer-router', OUTSIDE('USA')), PERHAPS('cpe CPE')],
    ['produced in an empty list', cpe({ ...ROUTER, producedIn: [] }), of('consumer-router', OUTSIDE('USA')), PERHAPS('cpe CPE')],
    ['something else, produced nobody says where', cpe(CARRIERS), of('consumer-router', OUTSIDE('USA')), []],
    ['perhaps one, produced here', cpe({ producedIn: ['USA'] }), of('consumer-router', OUTSIDE('USA')), []],
    ['perhaps one, produced elsewhere', cpe({ producedIn: ['VNM'] }), of('consumer-router', OUTSIDE('USA')), PERHAPS('cpe CPE')],
    ['one of another generation', cpe({ ...ROUTER, generation: 'fixed' }), of('consumer-router', { scope: { generations: ['5G'] } }), []],
    ['one of a generation nobody knows', cpe({ ...ROUTER, generation: 'unknown' }), of('consumer-router', { scope: { generations: ['5G'] } }), PERHAPS('cpe CPE')],
    ['one of generations not all known', cpe(ROUTER), of('consumer-router', { scope: { generations: ['unknown'] } }), PERHAPS('cpe CPE')],
    ['one for a use nobody states', cpe({ ...ROUTER, uses: undefined }), of('consumer-router', { scope: { uses: ['public-safety'] } }), PERHAPS('cpe CPE')],
    ['one in a segment', cpe(ROUTER), of('consumer-router', { scope: { segments: ['cpe'] } }), PRESENT('cpe CPE')],
    ['one in another segment', cpe(ROUTER), of('consumer-router', { scope: { segments: ['core'] } }), []],
    ['one that is only proposed', cpe(ROUTER), of('consumer-router', { effect: 'proposed' }), []],
    ['one of a class that is not adopted', cpe(ROUTER), of('consumer-router', { class: 'capped' }), []],
    ['one of another instrument', cpe(ROUTER), of('consumer-router', { instrument: 'OTHER' }), []],
    ['one that begins tomorrow', cpe(ROUTER), of('consumer-router', { valid: { ...FOREVER, from: '2024-06-16' } }), []],
  ];
  test.each(ROWS)('%s', (_what, device, hop, expected) => {
    expect(said(ABSENT, contextOf([device], hop))).toEqual(expected);
  });

  test('whatever does a function of a network may be equipment of networks', () => {
    const everything = of('network-equipment');
    expect(said(ABSENT, contextOf([amf()], everything))).toEqual(PERHAPS('core AMF'));
    expect(said(ABSENT, contextOf([amf({ product: 'network-equipment' })], everything))).toEqual(
      PRESENT('core AMF'),
    );
    expect(said(ABSENT, contextOf([amf({ product: 'consumer-router' })], everything))).toEqual([]);
  });

  test('a vendor’s own entry may be of what it produces elsewhere', () => {
    const entry = {
      facts: [designation('r', { subject: { vendor: 'maker-a' }, scope: { producedOutside: ['USA'] } })],
    };
    const found = (producedIn?: readonly string[]) =>
      said(ABSENT, contextOf([amf(producedIn && { producedIn: [...producedIn] })], entry));
    expect([found(['VNM']), found(['USA']), found()]).toEqual([PRESENT('core AMF'), [], PERHAPS('core AMF')]);
  });

  test('every product is of some function or of none, and a word nobody knows may be of any', () => {
    const homes = [...PRODUCTS.keys()].filter((p) => mayBeSoldAs(p, 'CPE'));
    expect(homes).toEqual(['network-equipment', 'consumer-router']);
    expect([...PRODUCTS.keys()].filter((p) => mayBeSoldAs(p, 'ONT'))).toEqual(homes);
    expect([...PRODUCTS.keys()].filter((p) => mayBeSoldAs(p, 'AMF'))).toEqual(['network-equipment']);
    expect([mayBeSoldAs('radios', 'AMF'), mayBeSoldAs('toString', 'AMF')]).toEqual([true, true]);
  });
});

const NEW: Part = { installed: '2024-01-01' };
/** Each rule that adopts, and what it says of a router at home that is one, is none, or may be one. */
const RULES: readonly (readonly [rule: Rule, device: Part, is: readonly string[]])[] = [
  [ABSENT, {}, ['deny DESIGNATED_VENDOR_PRESENT cpe CPE maker-a designation/r']],
  [
    { rule: 'removal-deadline', ...common, where: {}, by: '2024-06-14' },
    {},
    ['deny DESIGNATED_VENDOR_AFTER_DEADLINE cpe CPE maker-a designation/r'],
  ],
  [
    { rule: 'no-new-equipment', ...common, where: {}, event: 'installation', lastDay: '2023-12-31' },
    NEW,
    ['deny NEW_EQUIPMENT_FROM_DESIGNATED_VENDOR cpe CPE maker-a designation/r'],
  ],
  [
    { rule: 'sensitive-site', ...common, siteClasses: ['sensitive'] },
    { siteClass: 'sensitive' },
    ['deny DESIGNATED_VENDOR_AT_SENSITIVE_SITE cpe CPE maker-a designation/r'],
  ],
  [
    { rule: 'share-cap', ...common, where: {}, bases: ['sites'], max: 2999, by: null },
    {},
    ['deny SHARE_OVER_CAP cpe sites 3000'],
  ],
];
describe.each(RULES)('$rule and a category', (rule, part, is) => {
  test.each<readonly [string, Part, readonly string[]]>([
    ['of which it is', ROUTER, is],
    ['of which it is not', CARRIERS, []],
    ['of which it may be', {}, ['indeterminate SCOPE_UNKNOWN cpe CPE maker-a designation/r']],
    [
      'of which nobody knows whether it is',
      { product: 'who-knows' },
      ['indeterminate SCOPE_UNKNOWN cpe CPE maker-a designation/r'],
    ],
  ])('%s', (_what, product, expected) => {
    expect(said(rule, contextOf([cpe({ ...part, ...product })], of('consumer-router')))).toEqual(expected);
  });
  test('that begins later', () => {
    const context = contextOf(
      [cpe({ ...part, ...ROUTER })],
      of('consumer-router', { valid: { ...FOREVER, from: '2025-01-01' } }),
    );
    expect(said(rule, context)).toEqual([]);
    expect(boundaries(rule, context)).toContain('2025-01-01T00:00:00.000Z');
  });
});

describe('a share of a category', () => {
  const cap = (max: number, by: string | null = null): Rule => ({
    rule: 'share-cap',
    ...common,
    where: {},
    bases: ['sites'],
    max,
    by,
  });
  const home = (sites: number | undefined, part: Part = ROUTER, maker = 'maker-a') =>
    deployment('CPE', maker, { ...part, shares: sites === undefined ? {} : { sites } });
  const entry = of('consumer-router');
  test.each<readonly [string, readonly Deployment[], Rule, Hop, readonly string[]]>([
    ['within', [home(3500)], cap(3500), entry, ['note SHARE_WITHIN_CAP cpe sites 3500']],
    ['over', [home(3501)], cap(3500), entry, ['deny SHARE_OVER_CAP cpe sites 3501']],
    [
      'of several makers',
      [home(2000), home(1501, ROUTER, 'maker-b')],
      cap(3500),
      entry,
      ['deny SHARE_OVER_CAP cpe sites 3501'],
    ],
    [
      'beside what is not of it',
      [home(3500), home(9000, CARRIERS, 'maker-b')],
      cap(3500),
      entry,
      ['note SHARE_WITHIN_CAP cpe sites 3500'],
    ],
    [
      'that nobody states',
      [home(undefined)],
      cap(3500),
      entry,
      ['indeterminate SHARE_UNKNOWN cpe maker-a sites', 'note SHARE_WITHIN_CAP cpe sites 0'],
    ],
    [
      'beside what may be of it',
      [home(3500), home(1, {}, 'maker-b')],
      cap(3500),
      entry,
      ['indeterminate SCOPE_UNKNOWN cpe CPE maker-b designation/r', 'note SHARE_WITHIN_CAP cpe sites 3500'],
    ],
    ['that may be of it, before the day', [home(9000, {})], cap(3500, '2024-06-15'), entry, []],
    [
      'over, before the day',
      [home(9000)],
      cap(3500, '2024-06-15'),
      entry,
      ['note SHARE_OVER_CAP_BEFORE_DEADLINE cpe sites 9000'],
    ],
    [
      'of a maker who is named as well, once',
      [home(3000)],
      cap(3500),
      { facts: [...(entry.facts ?? []), designation('s', { subject: { vendor: 'maker-a' } })] },
      ['note SHARE_WITHIN_CAP cpe sites 3000'],
    ],
    [
      'together with a maker who is named',
      [home(2000), home(1501, CARRIERS, 'maker-b')],
      cap(3500),
      { facts: [...(entry.facts ?? []), designation('s', { subject: { vendor: 'maker-b' } })] },
      ['deny SHARE_OVER_CAP cpe sites 3501'],
    ],
  ])('%s', (_what, devices, rule, hop, expected) => {
    expect(said(rule, contextOf(devices, hop))).toEqual(expected);
  });
});

describe('suppliers beside a category', () => {
  const rule: Rule = {
    rule: 'supplier-diversity',
    id: 'r',
    cites,
    segments: ['cpe'],
    least: 2,
    beside: adopt,
  };
  test.each<readonly [string, Part, readonly string[]]>([
    ['of which it is', ROUTER, ['deny TOO_FEW_SUPPLIERS cpe']],
    ['of which it may be', {}, ['deny TOO_FEW_SUPPLIERS cpe']],
    ['of which it is not', CARRIERS, []],
  ])('%s', (_what, part, expected) => {
    expect(said(rule, contextOf([cpe(part)], of('consumer-router')))).toEqual(expected);
  });
});

describe('whoever runs a network', () => {
  const DESIGNATED: Rule = { rule: 'operator-designation-absent', ...common };
  const OWNED: Rule = { rule: 'operator-ownership', ...common, share: 1000, counting: 'aggregate' };
  const unknown = ['indeterminate SCOPE_UNKNOWN operator-a designation/r'];
  test.each<readonly [string, Hop, readonly string[], readonly string[]]>([
    ['is no product', of('consumer-router'), [], []],
    ['is no product from elsewhere', of('drone', { scope: { producedOutside: ['USA'] } }), [], []],
    ['may be what nobody knows', of('radios'), unknown, unknown],
    [
      'may be who gives a service',
      of('carriers', { scope: { services: ['domestic-214'] } }),
      unknown,
      unknown,
    ],
    ['gives another service', of('carriers', { scope: { services: ['international-214'] } }), [], unknown],
  ])('%s', (_what, hop, designated, owned) => {
    const found = (rule: Rule) => said(rule, contextOf([cpe(ROUTER)], hop));
    expect([found(DESIGNATED), found(OWNED)]).toEqual([designated, owned]);
  });
});

describe('the layers of a tunnel', () => {
  const found = (rule: Rule, category: string, scope: RawFact = {}) =>
    evaluateLayers(rule, {
      ...contextOf([], of(category, { scope })),
      equipment: layersOf(
        protection({
          id: 'tunnel',
          layers: [{ vendor: 'maker-a', codeBase: 'one', keyDomain: 'one', suite: 'a suite' }],
        }),
      ),
    }).findings.map((f) => `${f.effect} ${f.code}`);
  test.each(RULES.map(([rule]) => [rule.rule, rule] as const))(
    '%s: are none of the products, and may be what nobody knows',
    (_name, rule) => {
      expect(found(rule, 'consumer-router')).toEqual([]);
      expect(found(rule, 'drone', { producedOutside: ['USA'] })).toEqual([]);
      expect(found(rule, 'radios')).toEqual(['indeterminate SCOPE_UNKNOWN']);
      expect(found(rule, 'radios', { segments: ['core'] })).toEqual([]);
    },
  );
});
