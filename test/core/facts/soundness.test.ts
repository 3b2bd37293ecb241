/** Every member of every kind of fact, broken in every way: what still reads as sound stands in a list here, by hand. */
import { describe, expect, test } from 'vitest';
import {
  FACT_KINDS,
  type FactKind,
  factProblems,
  polarityOf,
  readFact,
} from '../../../functions/core/facts/fact.ts';
import {
  IDENTIFIER_SCHEMES,
  type IdentifierScheme,
  identifierKey,
  isIdentifier,
} from '../../../functions/core/facts/network-identifier.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { set } from '../rules/world.ts';
import { SPECIMENS } from './specimens.ts';

/** One of each family of characters that a reader does not see. */
const UNSEEN = [
  ...['\u202e', '\u202a', '\u2066', '\u2069', '\u200e', '\u061c', '\u200b', '\u200d', '\u2060', '\ufeff'],
  ...['\u00ad', '\u034f', '\u115f', '\u3164', '\uffa0', '\u2800', '\u180e', '\ufe0f', '\u2028', '\u2029'],
  ...['\u{e0041}', '\u{e0100}', '\ue000', '\u{f0000}', '\u0085', '\u001b', '\ufff9', '\u0600'],
];

type Path = readonly (string | number)[];
interface Place {
  readonly path: Path;
  readonly value: unknown;
}

function places(value: unknown, path: Path = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const inner = Object.entries(value).flatMap(([name, v]) =>
    places(v, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [{ path, value }, ...inner];
}

const RULES_OF_ALL = SPECIMENS.standard['rules'] as RawFact[];
/** A standard for each rule, so that no more is read at a time than what is broken. */
const STANDARDS = RULES_OF_ALL.map((r) => ({ ...SPECIMENS.standard, rules: [r] }));
const ALL = FACT_KINDS.flatMap((kind) =>
  (kind === 'standard' ? STANDARDS : [SPECIMENS[kind]]).flatMap((fact, i) =>
    places(fact)
      .filter(({ path }) => path.length > 0 && (i === 0 || path[0] === 'rules'))
      .map((p) => ({ fact, name: shape(fact, p.path), ...p })),
  ),
);

/** What stands in many places is written once: a citation, an adoption, a selection; a rule is named by what it is. */
function shape(fact: RawFact, path: Path): string {
  const steps = path.map((s) => (typeof s === 'number' ? '*' : s));
  const rule = path[0] === 'rules' && path.length > 1 ? (fact['rules'] as RawFact[])[0] : undefined;
  const whole = rule === undefined ? [fact['kind'], ...steps] : [rule['rule'], ...steps.slice(2)];
  return whole
    .join('/')
    .replace(/^.*(sources|ending|evidence)\/\*\//, 'source/')
    .replace(/^.*(adopt|beside)\/\*\//, 'adoption/')
    .replace(/^.*\/where\//, 'where/');
}

/** The shapes at which a fact broken so is still sound, once each. */
function stillSound(broken: (p: Place) => readonly unknown[]): readonly string[] {
  const found = ALL.filter(({ fact, path, value }) =>
    broken({ path, value }).some((v) => readFact(set(fact, path, v)).sound),
  );
  return [...new Set(found.map((f) => f.name))].sort();
}

const isList = (v: unknown): v is readonly unknown[] => Array.isArray(v);
const isMember = ({ path }: Place) => typeof path.at(-1) === 'string';

describe('a fact of every kind', () => {
  test.each(FACT_KINDS)('%s is sound with all it may have', (kind) => {
    const reading = readFact(SPECIMENS[kind]);
    expect(reading.sound ? [] : reading.problems).toEqual([]);
  });

  // biome-ignore format: one row a line
  const OPTIONAL = [
    'adopted-designation-absent/except',
    'adopted-designation-absent/except/connections',
    'adopted-designation-absent/except/functions',
    'assessment/conditions',
    'assessment/items',
    'designation/note',
    ...['functions', 'generations', 'producedOutside', 'segments', 'services', 'uses'].map((m) => `designation/scope/${m}`),
    'mandate/acceptIncomplete',
    'mandate/acceptSecondary',
    'network/connectedBy',
    'network/inventory/deployments/*/producedIn',
    'network/inventory/deployments/*/product',
    'network/inventory/deployments/*/purchased',
    'network/inventory/deployments/*/shares',
    ...['capacity', 'premises', 'sites', 'traffic'].map((m) => `network/inventory/deployments/*/shares/${m}`),
    'network/inventory/deployments/*/uses',
    'network/services',
    'source/primary',
    'source/retrieved',
    'source/uri',
    ...['endedBy', 'replaces', 'requirements'].map((m) => `standard/${m}`),
    ...['cites', 'who'].map((m) => `standard/scope/providers/${m}`),
    'supplier-diversity/beside',
    ...['bands', 'class', 'functions', 'generations', 'installedFrom', 'segments', 'siteClasses', 'uses'].map((m) => `where/${m}`),
  ];
  test('without a member', () => {
    expect(stillSound((p) => (isMember(p) ? [undefined] : []))).toEqual(OPTIONAL);
  });

  /** Where `null` is a word: "none", or "not known", or "for ever" where that cannot help a permit along. */
  const NULLABLE = [
    ...['assessment', 'designation', 'equivalence', 'hold'].map((k) => `${k}/valid/to`),
    'inventory-complete/maxAgeDays',
    ...['by', 'legal', 'physical', 'remoteAccess'].map((m) => `jurisdiction/${m}`),
    'mandate/valid/to',
    'network/hostedOn',
    ...['band', 'removed'].map((m) => `network/inventory/deployments/*/${m}`),
    'network/valid/to',
    'obligations-required/reEvaluateWithinHours',
    'protection-required/reEvaluateWithinHours',
    'route/valid/to',
    'share-cap/by',
    ...['announced', 'complyBy', 'scope/flows', 'scope/providers'].map((m) => `standard/${m}`),
    'vendor/ownedBy/*/valid/to',
  ];
  test('with null', () => {
    expect(stillSound((p) => (p.value === null ? [] : [null]))).toEqual(NULLABLE);
  });

  test('of another type', () => {
    const type = (v: unknown) => (isList(v) ? 'list' : typeof v);
    const others = [42, 'not-this', true, {}, [], Number.NaN];
    expect(stillSound((p) => others.filter((o) => type(o) !== type(p.value)))).toEqual([]);
  });

  const MAY_BE_EMPTY = [
    ...['compartments', 'controls'].map((m) => `accreditation/carries/*/${m}`),
    'adoption/affiliates',
    ...['approvers', 'holders', 'proposers'].map((m) => `authority/${m}`),
    'mandate/acceptIncomplete',
    'network/identifiers',
    'network/inventory/deployments',
    ...['producedIn', 'remoteAccessFrom', 'uses'].map((m) => `network/inventory/deployments/*/${m}`),
    ...['providerSets', 'remoteAccessCountries', 'services'].map((m) => `network/${m}`),
    'obligations-required/obligations',
    'protection-required/accept/*/independentIn',
    'protection-required/obligations',
    'route/alternates',
    'vendor/ownedBy',
  ];
  test('with an empty list, or an entry twice, or more entries than anybody reads', () => {
    expect(stillSound(({ value }) => (isList(value) ? [[]] : []))).toEqual(MAY_BE_EMPTY);
    const twice = stillSound(({ value }) =>
      isList(value) && value.length > 0 ? [[...value, value[0]]] : [],
    );
    expect(twice).toEqual(['network/inventory/deployments', 'protection/layers', 'route/hops']);
    const many = Array.from({ length: 513 }, (_, i) => `e-${i}`);
    expect(stillSound(({ value }) => (isList(value) && typeof value[0] === 'string' ? [many] : []))).toEqual(
      [],
    );
  });

  test('with a member nobody knows', () => {
    // The fact itself too: losing what nobody knows could lose what restricts.
    const whole = FACT_KINDS.filter((kind) => readFact({ ...SPECIMENS[kind], unheard: 1 }).sound);
    expect(whole).toEqual([]);
    const withMember = (name: string) =>
      stillSound(({ value }) =>
        typeof value !== 'object' || value === null || isList(value)
          ? []
          : [Object.defineProperty({ ...value }, name, { value: 1, enumerable: true })],
      );
    for (const name of ['extra', 'constructor', 'toString']) expect(withMember(name)).toEqual([]);
    // Not read as anything; what could store it refuses every member of that name.
    expect(withMember('__proto__')).toEqual(['network/inventory/deployments/*/shares']);
  });

  const FREE_TEXT = [
    'assessment/conditions/*',
    'assessment/items/*/rationale',
    'authority/name',
    ...['criteria/*/text', 'name'].map((m) => `criteria-set/${m}`),
    'designation/note',
    'equivalence/agreement',
    'network/inventory/deployments/*/band',
    'network/name',
    ...['layers/*/suite', 'name'].map((m) => `protection/${m}`),
    'route/name',
    'source/citation',
    'standard/endedBy/says',
    ...['missing', 'outOfScope', 'paragraph', 'says'].map((m) => `standard/requirements/*/${m}`),
    ...['scope/providers/who', 'title'].map((m) => `standard/${m}`),
    'vendor/name',
    'waiver/reason',
    'where/bands/*',
  ];
  const LEVELS = ['accreditation/carries/*', 'equivalence/from', 'equivalence/to', 'mandate/from/*'].map(
    (p) => `${p}/level`,
  );
  test('with text that is none, or is of no form', () => {
    const texts = (...wrong: readonly string[]) =>
      stillSound(({ value }) => (typeof value === 'string' ? wrong : []));
    expect(texts('', 'a\u0000b', 'a\nb', '\ud800', 'x'.repeat(601), 'X'.repeat(601))).toEqual([]);
    // What reads otherwise than it is: directions, nothing at all, fillers, tags, somebody's own signs.
    expect(texts(...UNSEEN.map((c) => `Huawei${c}`), ...UNSEEN.map((c) => `${c}Nokia`))).toEqual([]);
    expect(texts('UPPER_lower')).toEqual(FREE_TEXT);
    expect(texts('Upper lower')).toEqual([...FREE_TEXT, ...LEVELS, 'standard/scope/levels/*/level'].sort());
    const isDate = (v: unknown) => typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v);
    const noDates = [
      '2024-02-30',
      '2023-02-29',
      '2024-13-01',
      '2024-00-01',
      '2024-02-29T24:00:00Z',
      '2024-2-9',
      '24-02-09',
    ];
    expect(stillSound(({ value }) => (isDate(value) ? noDates : []))).toEqual([]);
  });

  test('with a number that is none', () => {
    const wrong = [-1, 0.5, 1e9, Number.POSITIVE_INFINITY, Number.NaN];
    expect(stillSound(({ value }) => (typeof value === 'number' ? wrong : []))).toEqual([]);
  });
});

/** The last value on both sides of every bound. */
const kebab = (n: number) => 'a'.repeat(n);
const entries = (n: number) => Array.from({ length: n }, (_, i) => `e${i}`);
const fill = <T>(n: number, x: T): T[] => Array.from({ length: n }, () => x);
const numbered = (n: number) => fill(n, PATH_RULE).map((r, i) => ({ ...r, id: `r${i}` }));
const ASKED = { paragraph: '1', says: 'x' };
const REQUIREMENTS = (n: number) => fill(n, ASKED).map((r, i) => ({ ...r, missing: `${i}` }));
const PATH_RULE = { rule: 'path-assurance', id: 'path', cites: ['text'], accept: ['pinned'] };
const ruleAt = (name: string) => RULES_OF_ALL.findIndex((r) => r['rule'] === name);
const rule = (name: string, ...path: Path): Path => ['rules', ruleAt(name), ...path];
const device = (SPECIMENS.network['inventory'] as { deployments: RawFact[] }).deployments[0] ?? {};
const layer = (SPECIMENS.protection['layers'] as RawFact[])[0] ?? {};

test.each<[FactKind, Path, readonly unknown[], readonly unknown[]]>(
  // biome-ignore format: one row a line
  [
  ['vendor', ['ownedBy', 0, 'share'], [0, 10_000], [-1, 10_001]],
  ['criteria-set', ['passAt'], [0, 10_000], [-1, 10_001]],
  ['criteria-set', ['criteria', 0, 'weight'], [1, 1000], [0, 1001]],
  ['standard', rule('share-cap', 'max'), [0, 10_000], [-1, 10_001]],
  ['standard', rule('operator-ownership', 'share'), [0, 10_000], [-1, 10_001]],
  ['standard', rule('assessed', 'results'), ['weighed'], ['stated']],
  ['standard', rule('assessed', 'criteriaAuthority'), ['office'], [undefined]],
  ['standard', rule('inventory-complete', 'maxAgeDays'), [1, 3660], [0, 3661]],
  ['standard', rule('supplier-diversity', 'least'), [2, 16], [1, 17]],
  ['standard', rule('protection-required', 'accept', 0, 'leastLayers'), [1, 4], [0, 5]],
  ['standard', rule('protection-required', 'reEvaluateWithinHours'), [1, 8760], [0, 8761]],
  ['standard', rule('obligations-required', 'reEvaluateWithinHours'), [1, 8760], [0, 8761]],
  ['standard', rule('obligations-required', 'obligations'), [['log-hops']], [['re-evaluate-by'], ['unknown']]],
  ['standard', ['rules'], [numbered(1), numbered(64)], [numbered(0), numbered(65)]],
  ['route', ['hops'], [entries(1), entries(64), ['a', 'a']], [[], entries(65)]],
  ['route', ['alternates'], [[], entries(512)], [entries(513), ['a', 'a']]],
  ['protection', ['layers'], [fill(1, layer), fill(4, layer)], [[], fill(5, layer)]],
  ['network', ['inventory', 'deployments'], [[], fill(512, device)], [fill(513, device)]],
  ['network', ['name'], ['x', 'x'.repeat(600)], ['', 'x'.repeat(601), 'a\u0085b']],
  ['network', ['id'], ['a', '0', 'a.b_c-d', kebab(64)], ['', kebab(65), '-a', 'a-', '.a', 'A', 'a b', 'é', 'a/b', 'a\n']],
  ['standard', ['id'], ['A', '0', 'UK-HRV-2020-01', 'A'.repeat(64)], ['', 'A'.repeat(65), '-A', 'A-', 'a', 'A B', 'A.B', 'A\n']],
  ['network', ['jurisdiction'], ['GBR'], ['GB', 'GBRR', 'gbr', 'G1R', 'GBR\n']],
  ['mandate', ['owner'], ['GB', 'USA', 'NATOO'], ['G', 'NATOOO', 'Usa', 'U-A']],
  ['mandate', ['from', 0, 'frame'], ['US', 'ABCDEFGH', 'CAN-PROTECTED'], ['U', 'ABCDEFGHI', 'CAN-', 'us', '-A', `US-${'A'.repeat(17)}`]],
  ['mandate', ['from', 0, 'level'], ['S', 'TOP SECRET', 'NATO/EU: A-1', `T${'x'.repeat(47)}`, 'SÄKER'], ['', `T${'x'.repeat(48)}`, ' A', '1A', 'A_B']],
  ['mandate', ['acceptUnverified'], [true, false], [0, 1, 'true']],
  ['mandate', ['acceptSecondary'], [true, undefined], [0, 1, 'true', false]],
  ['standard', ['requirements'], [REQUIREMENTS(1), REQUIREMENTS(512), undefined], [[], REQUIREMENTS(513)]],
  ['standard', ['requirements', 0], [{ ...ASKED, encoded: ['a'] }, { ...ASKED, missing: 'x' }, { ...ASKED, outOfScope: 'x' }], [ASKED, { ...ASKED, encoded: [] }, { ...ASKED, encoded: ['a'], missing: 'x' }, { ...ASKED, outOfScope: 'x', missing: 'x' }]],
  ['standard', ['buildsOn'], [[{ standard: 'B', rules: ['brought'] }]], [[], [{ standard: 'B', rules: ['another'] }], undefined]],
  ['standard', ['endedBy', 'cites'], [['text']], [['none'], []]],
  ['standard', ['scope', 'providers', 'cites'], [['text'], undefined], [['none'], []]],
  ['standard', ['valid', 'to'], ['2030-01-01'], [null]],
  ['standard', ['replaces'], [['B'], undefined], [['A'], []]],
  ['standard', ['sources', 0, 'primary'], [true, false, undefined], ['true', 1]],
  ['standard', ['sources', 0, 'verified'], [true], [false]],
  ['mandate', ['acceptUnbound'], [true, false], [0, 1, 'true']],
  ['accreditation', ['carries', 0, 'compartments'], [['SI-G ABCD'], ['A'.repeat(96)]], [['si'], ['A'.repeat(97)], ['-A'], [''], ['A\nB']]],
  ['hold', ['scope'], [{ everything: true }, { network: 'a' }], [{ everything: false }, {}, { owner: 'USA', network: 'a' }]],
  ['hold', ['sources', 0, 'uri'], ['http://abc', `https://${'x'.repeat(500)}`], ['ftp://abc', 'http://ab', `http://${'x'.repeat(501)}`, 'https://a b', 'javascript:abc', 'xhttp://abc']],
  ['assessment', ['subject'], [{ vendor: 'a' }, { network: 'a' }], [{}, { vendor: 'a', network: 'a' }, { protection: 'a' }]],
  ['accreditation', ['subject'], [{ network: 'a' }, { protection: 'a' }], [{}, { vendor: 'a' }, { network: 'a', protection: 'b' }]],
  ['designation', ['subject'], [{ vendor: 'a' }, { category: 'a' }], [{}, { network: 'a' }, { vendor: 'a', category: 'b' }]],
  ['network', ['connectedBy'], [['roaming', 'backhaul', 'interconnection']], [[], ['other']]],
  // What one member says of another.
  ['accreditation', ['valid', 'to'], ['2025-01-01'], [null]],
  ['protection', ['valid', 'to'], ['2025-01-01'], [null]],
  ['waiver', ['valid', 'to'], ['2025-01-01'], [null]],
  ['accreditation', ['carries', 1, 'frame'], ['NATO'], ['US']],
  ['assessment', ['approver'], ['somebody'], ['one']],
  ['assessment', ['ending'], [[{ citation: 'x', verified: false }]], [undefined]],
  ['designation', ['ending'], [[{ citation: 'x', verified: false }]], [undefined]],
  ['hold', ['ending'], [[{ citation: 'x', verified: false }]], [undefined]],
  ['equivalence', ['to', 'frame'], ['NATO'], ['US']],
  ['authority', ['approvers'], [['h'], []], [['p'], ['q', 'p']]],
  ['standard', rule('path-assurance', 'id'), ['another'], ['assessed']],
  ['standard', rule('path-assurance', 'cites'), [['text']], [['text', 'missing']]],
  ['network', ['inventory', 'deployments', 0, 'segment'], ['access-mobile'], ['core']],
  ['network', ['inventory', 'deployments', 0, 'purchased'], ['2019-06-01', '2019-05-31'], ['2019-06-02']],
  ['network', ['inventory', 'deployments', 0, 'installed'], ['2019-05-01'], ['2019-04-30', null]],
  ['vendor', ['valid', 'to'], ['2019-01-01', '2019-01-01T00:00:00.001Z', null], ['2018-12-31', '2019-01-01T00:00:00Z']],
],
)('%s %j: at its bounds, and past them', (kind, path, inside, outside) => {
  const sound = (value: unknown) => readFact(set(SPECIMENS[kind], path, value)).sound;
  expect(inside.map(sound)).toEqual(inside.map(() => true));
  expect(outside.map(sound)).toEqual(outside.map(() => false));
});

test('an assessment that is favourable expires, and needs no source for it; one that is not need not', () => {
  const of = (outcome: string, to: string | null, ending: unknown) =>
    readFact(
      set(set(set(SPECIMENS.assessment, ['outcome'], outcome), ['valid', 'to'], to), ['ending'], ending),
    ).sound;
  for (const outcome of ['trusted', 'conditional']) {
    expect(of(outcome, '2025-01-01', undefined)).toBe(true);
    expect(of(outcome, null, undefined)).toBe(false);
  }
  expect(of('not-trusted', null, undefined)).toBe(true);
  expect(of('not-trusted', '2025-01-01', undefined)).toBe(false);
});

describe('identifiers', () => {
  test.each<[IdentifierScheme, readonly string[], readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['plmn', ['234-15', '234-015'], ['23415', '234-1', '234-0155', 'a34-15', '234-15 ', '1234-15', '234-15\n']],
    ['plmn-nid', ['234-15-0123456789A'], ['234-15-0123456789a', '234-15-0123456789', '234-15-0123456789AB', '234-15']],
    ['asn', ['1', '64512', '4294967295'], ['0', '01', '4294967296', '99999999999', 'AS1', '']],
    ['lei', ['5493001KJTIIGC8Y1R12'], ['5493001KJTIIGC8Y1R13', '5493001KJTIIGC8Y1R21', '5493001kjtiigc8y1r12', '5493001KJTIIGC8Y1R1']],
    ['tadig', ['GBRME', 'GBR01'], ['GBRM', 'GBRMEX', 'GB1ME', 'gbrme']],
    ['itu-icc', ['GBR-A', 'GBR-ABC123'], ['GBR', 'GBR-', 'GBR-ABC1234', 'gbr-A']],
    ['ocn', ['12AB'], ['123', '12345', '12ab']],
    ['spid', ['12AB'], ['123', '12345', '12ab']],
    ['scion-as', ['64-2:0:9', '64-559', '1-ffff:ffff:ffff'], ['64', '123456-1', '64-2:0', '64-FFFF:0:0', '64-12345678901']],
  ],
  )('%s', (scheme, right, wrong) => {
    expect(right.map((v) => isIdentifier(scheme, v))).toEqual(right.map(() => true));
    expect(wrong.map((v) => isIdentifier(scheme, v))).toEqual(wrong.map(() => false));
    expect(right.map((value) => identifierKey({ scheme, value }))).toEqual(
      right.map((v) => `${scheme}:${v}`),
    );
    const named = (value: unknown) =>
      readFact(set(SPECIMENS.network, ['identifiers'], [{ scheme, value }])).sound;
    expect([named(right[0]), named(wrong[0]), named(1)]).toEqual([true, false, false]);
  });
  test('no other scheme', () => expect(IDENTIFIER_SCHEMES).toHaveLength(9));
});

describe('polarity', () => {
  const FAVOURABLE: readonly FactKind[] = [
    'accreditation',
    'authority',
    'criteria-set',
    'equivalence',
    'exemption',
    'network',
    'protection',
    'route',
    'waiver',
  ];
  test.each(FACT_KINDS.filter((k) => k !== 'assessment'))('%s, sound or not', (kind) => {
    const expected = FAVOURABLE.includes(kind) ? 'favourable' : 'adverse';
    expect(readFact(SPECIMENS[kind])).toMatchObject({ sound: true, polarity: expected });
    expect(readFact({ kind })).toMatchObject({ sound: false, polarity: expected, kind });
  });
  test.each<[unknown, string]>([
    ['trusted', 'favourable'],
    ['conditional', 'favourable'],
    ['not-trusted', 'adverse'],
    ['Trusted', 'adverse'],
    [undefined, 'adverse'],
    [['trusted'], 'adverse'],
  ])('an assessment that says %j', (outcome, expected) => {
    expect(polarityOf({ kind: 'assessment', outcome })).toBe(expected);
  });
  test.each([
    [null],
    ['network'],
    [[]],
    [{}],
    [{ kind: 'Network' }],
    [{ kind: ['network'] }],
    [{ kind: 'toString' }],
    [Object.create({ kind: 'network' })],
  ])('%j is of no kind, and adverse', (value) => {
    expect(readFact(value)).toMatchObject({ sound: false, polarity: 'adverse', kind: undefined });
  });
});

test('what is wrong is named where it stands, without what was written', () => {
  const problems = (kind: FactKind, path: Path, value: unknown) =>
    factProblems(set(SPECIMENS[kind], path, value)).map((p) => `${p.path}: ${p.message}`);
  expect(problems('network', ['inventory', 'deployments', 0, 'function'], 'leak')[0]).toMatch(
    /^\/inventory\/deployments\/0\/function: write one of AMF, SMF, /,
  );
  expect(problems('network', ['a/b~c'], 'leak')).toEqual([
    '/a~1b~0c: unknown member: remove it or correct its spelling',
  ]);
  expect(problems('vendor', ['synthetic'], 'leak')).toEqual([
    '/synthetic: write true or false; the member may be missing',
  ]);
  expect(problems('vendor', ['ownedBy'], 'leak')).toEqual([
    '/ownedBy: write a list, […]; the member may be missing',
  ]);
  expect(problems('hold', ['scope'], { owner: 'leak' })).toEqual([
    '/scope/owner: an owner: a country (three capitals) or an organisation code',
  ]);
  expect(problems('route', ['hops'], entries(65))).toEqual(['/hops: no more than 64']);
  expect(problems('route', ['hops'], [])).toEqual(['/hops: at least 1']);
  expect(problems('vendor', ['kind'], 'leak')[0]).toMatch(/^\/kind: write one of accreditation, /);
  expect(factProblems(SPECIMENS.vendor)).toEqual([]);
});
