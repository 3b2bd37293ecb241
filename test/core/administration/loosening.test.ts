/**
 * What lets more pass is told by a phrase, so that it stands on the first screen though no answer flips today: held against
 * simulations, in which nothing may be gained by a correction that has no phrase.
 */
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { bearingOf } from '../../../functions/core/administration/bearings.ts';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { looseningOf } from '../../../functions/core/administration/loosening.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import {
  fact as anyFact,
  FACT_KINDS,
  type FactKind,
  member,
  readFact,
} from '../../../functions/core/facts/fact.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { encodedBy, keyOf, type Members, stored } from '../decision/facts.ts';
import { simulate, simulationOf } from './simulated.ts';
import * as make from './small-registry.ts';

const ENDING = make.SOURCES as never;
const TUNNEL = { protection: 'tunnel' };
const carrying = (level: string, more: Members = {}) =>
  ({ carries: [{ frame: 'US', level, compartments: [], controls: [], ...more }] }) as Members;
const running = (...deployments: readonly RawFact[]) =>
  ({ inventory: { complete: true, asOf: '2026-01-01', deployments } }) as Members;
const until = (to: string | null, from?: string): Members => ({ valid: make.valid(from, to) });
const cited = (verified: boolean, more: object = {}) => [{ citation: 'a text', verified, ...more }];

/** The base and one of every kind that it lacks; net-two is stopped, and its maker is called untrusted besides. */
const FACTS = make.withFacts(
  make.designation('listed', 'holding'),
  make.hold('stop', { network: 'net-two' }, { ending: ENDING, ...until('2027-01-01') }),
  make.exemption('let', { hold: 'stop', authority: 'us-office' }),
  make.equivalence('eq', { from: { frame: 'UK', level: 'SECRET' }, to: { frame: 'US', level: 'SECRET' } }),
  make.protection('tunnel'),
  make.accreditation('of-tunnel', TUNNEL),
  make.waiver('lets', 'net-one'),
  make.assessment(
    'against',
    { vendor: 'holding' },
    { outcome: 'not-trusted', ending: ENDING, ...until('2027-01-01') },
  ),
);

const NOT_LISTED = make.RULES.slice(0, 2);
const UNREAD = 'drops a citation of sources that nobody may have read';
const CHANGES = 'on which what is refused rests';
const moves = (name: string, was: string, is: string) => `changes ${name} from ${was} to ${is}, ${CHANGES}`;

/** What a fact becomes, what its phrase is, and what that of the way back is. */
const CORRECTIONS: readonly (readonly [
  key: string,
  over: Members,
  phrase: string | undefined,
  back: string | undefined,
])[] = [
  ['accreditation/one', carrying('TOP SECRET'), 'raises carries/US/level', undefined],
  ['accreditation/one', carrying('CONFIDENTIAL'), undefined, 'raises carries/US/level'],
  [
    'accreditation/one',
    carrying('SECRET', { controls: ['ORCON'] }),
    'makes carries/US/controls longer',
    undefined,
  ],
  [
    'accreditation/one',
    carrying('SECRET', { compartments: ['SI'] }),
    'makes carries/US/compartments longer',
    undefined,
  ],
  [
    'accreditation/one',
    { carries: [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }] },
    'makes carries longer',
    'makes carries longer',
  ],
  [
    'accreditation/one',
    { audience: ['GBR', 'USA'] },
    `makes audience longer, ${CHANGES}`,
    `makes audience shorter, ${CHANGES}`,
  ],
  [
    'accreditation/one',
    { subject: { network: 'net-two' } },
    moves('subject/network', 'net-one', 'net-two'),
    moves('subject/network', 'net-two', 'net-one'),
  ],
  [
    'accreditation/one',
    { authority: 'us-other' },
    moves('authority', 'us-office', 'us-other'),
    moves('authority', 'us-other', 'us-office'),
  ],
  ['accreditation/one', until('2031-06-30'), 'prolongs something that permits', undefined],
  [
    'accreditation/one',
    until('2030-12-31', '2018-01-01'),
    'lets something that permits begin earlier',
    undefined,
  ],
  [
    'accreditation/one',
    { judged: `sha256:${'0'.repeat(64)}` },
    `changes judged, ${CHANGES}`,
    `changes judged, ${CHANGES}`,
  ],
  ['accreditation/one', { sources: cited(true, { primary: true }) }, UNREAD, undefined],
  ['accreditation/one', { sources: cited(false) }, UNREAD, UNREAD],
  [
    'assessment/maker-one',
    { outcome: 'not-trusted', ending: ENDING },
    moves('outcome', 'trusted', 'not-trusted'),
    'turns a refusal into a grant',
  ],
  [
    'assessment/maker-one',
    { outcome: 'conditional' },
    moves('outcome', 'trusted', 'conditional'),
    moves('outcome', 'conditional', 'trusted'),
  ],
  [
    'assessment/maker-one',
    { subject: { vendor: 'maker-two' } },
    moves('subject/vendor', 'maker-one', 'maker-two'),
    moves('subject/vendor', 'maker-two', 'maker-one'),
  ],
  [
    'assessment/maker-one',
    { criteriaSet: 'OTHER' },
    moves('criteriaSet', 'TRUST', 'OTHER'),
    moves('criteriaSet', 'OTHER', 'TRUST'),
  ],
  ['assessment/against', until('2026-06-15'), 'shortens something that refuses', undefined],
  [
    'assessment/against',
    until('2027-01-01', '2026-07-01'),
    'lets something that refuses begin later',
    undefined,
  ],
  ['criteria-set/TRUST', { passAt: 5000 }, 'lowers passAt', undefined],
  ['criteria-set/TRUST', { name: 'Trust' }, undefined, undefined],
  [
    'designation/listed',
    { scope: { segments: ['core'] } },
    `changes scope/segments, ${CHANGES}`,
    `changes scope/segments, ${CHANGES}`,
  ],
  [
    'designation/listed',
    { class: 'capped' },
    moves('class', 'excluded', 'capped'),
    moves('class', 'capped', 'excluded'),
  ],
  [
    'designation/listed',
    { reach: 'named-only' },
    moves('reach', 'affiliates', 'named-only'),
    moves('reach', 'named-only', 'affiliates'),
  ],
  ['designation/listed', { note: 'a note' }, undefined, undefined],
  [
    'designation/listed',
    { ending: ENDING, ...until('2026-06-15') },
    'shortens something that refuses',
    undefined,
  ],
  [
    'equivalence/eq',
    { to: { frame: 'US', level: 'CONFIDENTIAL' } },
    moves('to/level', 'SECRET', 'CONFIDENTIAL'),
    moves('to/level', 'CONFIDENTIAL', 'SECRET'),
  ],
  ['exemption/let', { owner: 'GBR' }, moves('owner', 'USA', 'GBR'), moves('owner', 'GBR', 'USA')],
  ['hold/stop', until('2026-06-15'), 'shortens something that refuses', undefined],
  [
    'hold/stop',
    { scope: { network: 'net-one' } },
    moves('scope/network', 'net-two', 'net-one'),
    moves('scope/network', 'net-one', 'net-two'),
  ],
  ['mandate/usa', { standards: ['OTHER', 'TEST-TRUST'] }, undefined, 'makes standards shorter'],
  ['mandate/usa', { accreditors: ['us-office', 'us-other'] }, 'makes accreditors longer', undefined],
  ['mandate/usa', { acceptUnverified: false }, undefined, 'sets acceptUnverified'],
  ['mandate/usa', { acceptUnbound: false }, undefined, 'sets acceptUnbound'],
  ['mandate/usa', { from: [{ frame: 'US', level: 'SECRET' }] }, undefined, 'lowers from/US/level'],
  [
    'mandate/usa',
    { basis: 'encrypted-transport' },
    moves('basis', 'trusted-transport', 'encrypted-transport'),
    moves('basis', 'encrypted-transport', 'trusted-transport'),
  ],
  ['mandate/usa', until('2027-12-31'), `changes valid/to, ${CHANGES}`, `changes valid/to, ${CHANGES}`],
  [
    'network/net-one',
    { jurisdiction: 'GBR' },
    moves('jurisdiction', 'USA', 'GBR'),
    moves('jurisdiction', 'GBR', 'USA'),
  ],
  ['network/net-one', { physicalCountries: ['GBR', 'USA'] }, undefined, 'makes physicalCountries shorter'],
  ['network/net-one', { remoteAccessCountries: ['CHN'] }, undefined, 'makes remoteAccessCountries shorter'],
  [
    'network/net-one',
    { identifiers: [] },
    `makes identifiers shorter, ${CHANGES}`,
    `makes identifiers longer, ${CHANGES}`,
  ],
  [
    'network/net-one',
    running(make.deployment('maker-one'), make.deployment('holding')),
    undefined,
    'makes inventory/deployments shorter',
  ],
  [
    'network/net-one',
    running(make.deployment('maker-one', { removed: '2026-01-01' })),
    `changes inventory/deployments/AMF core maker-one/removed, ${CHANGES}`,
    `changes inventory/deployments/AMF core maker-one/removed, ${CHANGES}`,
  ],
  [
    'network/net-one',
    running(make.deployment('maker-one', { remoteAccessFrom: ['CHN'] })),
    undefined,
    'makes inventory/deployments/AMF core maker-one/remoteAccessFrom shorter',
  ],
  [
    'network/net-one',
    {
      inventory: {
        complete: false,
        asOf: '2026-01-01',
        deployments: [make.deployment('maker-one')],
      } as never,
    },
    undefined,
    'sets inventory/complete',
  ],
  [
    'network/net-one',
    {
      inventory: { complete: true, asOf: '2026-05-01', deployments: [make.deployment('maker-one')] } as never,
    },
    'raises inventory/asOf',
    undefined,
  ],
  [
    'network/net-one',
    { hostedOn: 'net-two' },
    `changes hostedOn, ${CHANGES}`,
    `changes hostedOn, ${CHANGES}`,
  ],
  ['network/net-one', { name: 'One' }, undefined, undefined],
  [
    'protection/tunnel',
    { endpointCountries: ['GBR', 'USA'] },
    `makes endpointCountries longer, ${CHANGES}`,
    `makes endpointCountries shorter, ${CHANGES}`,
  ],
  [
    'protection/tunnel',
    { scheme: 'type-1' },
    moves('scheme', 'csfc', 'type-1'),
    moves('scheme', 'type-1', 'csfc'),
  ],
  ['route/main', { hops: ['net-one'] }, `makes hops shorter, ${CHANGES}`, `makes hops longer, ${CHANGES}`],
  [
    'route/main',
    { hops: ['net-two', 'net-one'] },
    `changes hops, their order, ${CHANGES}`,
    `changes hops, their order, ${CHANGES}`,
  ],
  [
    'route/main',
    { assurance: 'assumed' },
    moves('assurance', 'pinned', 'assumed'),
    moves('assurance', 'assumed', 'pinned'),
  ],
  [
    'standard/TEST-TRUST',
    { rules: NOT_LISTED, requirements: encodedBy(NOT_LISTED as never) } as never,
    `makes rules shorter; makes requirements/1/encoded shorter, ${CHANGES}`,
    `makes requirements/1/encoded longer, ${CHANGES}`,
  ],
  [
    'standard/TEST-TRUST',
    { status: 'proposed' },
    moves('status', 'policy', 'proposed'),
    moves('status', 'proposed', 'policy'),
  ],
  ['standard/TEST-TRUST', { title: 'Trust' }, undefined, undefined],
  [
    'vendor/maker-one',
    { ownedBy: [{ owner: 'holding', share: 6000, valid: make.valid() }] as never },
    undefined,
    'makes ownedBy shorter',
  ],
  [
    'waiver/lets',
    { network: 'net-two' },
    moves('network', 'net-one', 'net-two'),
    moves('network', 'net-two', 'net-one'),
  ],
  ['waiver/lets', { reason: 'for longer' }, undefined, undefined],
];

/** By how much, which a table of its own tells. */
const withoutFigures = (phrase: string | undefined) =>
  phrase
    ?.split('; ')
    .map((each) => (each.startsWith('changes') ? each : each.replace(/(?: by| from|:) [^,;]+(?=$|,)/, '')))
    .join('; ');

function corrected(before: RawFact, after: RawFact): Operation {
  return { op: 'replace', fact: after, was: factDigest(before) };
}

const told = (key: string, over: Members): Readonly<Record<'before' | 'after', RawFact>> => {
  const before = FACTS.get(key) ?? {};
  return { before, after: stored(before, over) };
};

it.each(CORRECTIONS)('%s %j', (key, over, phrase, back) => {
  const { before, after } = told(key, over);
  expect(readFact(after)).toMatchObject({ sound: true });
  expect(withoutFigures(looseningOf(corrected(before, after), before)?.phrase)).toBe(phrase);
  expect(withoutFigures(looseningOf(corrected(after, before), after)?.phrase)).toBe(back);
});

it.each<readonly [string, Members, string | undefined]>([
  ['citations that were read', { sources: cited(true, { primary: true }) }, 'says that a citation was read'],
  ['another order of an audience', { audience: ['USA', 'GBR'] }, undefined],
])('%s', (_what, over, phrase) => {
  const before = make.accreditation(
    'one',
    { network: 'net-one' },
    { sources: cited(true), audience: ['GBR', 'USA'] },
  );
  expect(looseningOf(corrected(before, stored(before, over)), before)?.phrase).toBe(phrase);
});

describe('nothing is gained by what has no phrase', () => {
  const gains: string[] = [];

  function gained(from: RawFact, to: RawFact): void {
    const registry = new Map(FACTS).set(keyOf(from), from);
    const operation = corrected(from, to);
    const { flips } = simulate(simulationOf(registry, [operation], make.NOW));
    const permits = flips.filter(({ direction }) => direction === 'to-permit').length;
    if (permits === 0) return;
    gains.push(keyOf(from));
    expect(looseningOf(operation, from), `${permits} permits gained`).toBeDefined();
  }

  it.each(CORRECTIONS)('%s %j', (key, over) => {
    const { before, after } = told(key, over);
    gained(before, after);
    gained(after, before);
  });

  it('and permits were gained', () => expect(gains.length).toBeGreaterThan(15));
});

it('from one digest to another says nothing to anybody', () => {
  const judged = (digit: string): Members => ({ judged: `sha256:${digit.repeat(64)}` });
  const before = make.accreditation('one', { network: 'net-one' }, judged('0'));
  const after = stored(before, judged('1'));
  expect(looseningOf(corrected(before, after), before)?.phrase).toBe(`changes judged, ${CHANGES}`);
});

it.each<readonly [string, string, Members, string]>([
  [
    'a level',
    'accreditation/one',
    carrying('TOP SECRET'),
    'raises carries/US/level from SECRET to TOP SECRET',
  ],
  ['an entry', 'accreditation/one', { audience: ['CHN', 'USA'] }, `makes audience longer by CHN, ${CHANGES}`],
  [
    'an end',
    'accreditation/one',
    until('2099-12-31'),
    'prolongs something that permits: 2030-12-31 to 2099-12-31',
  ],
  [
    'no end',
    'hold/stop',
    { ...until('2026-06-15') },
    'shortens something that refuses: 2027-01-01 to 2026-06-15',
  ],
  ['a threshold', 'criteria-set/TRUST', { passAt: 5000 }, 'lowers passAt from 100 % to 50 %'],
])('of another size it is another way: %s', (_what, key, over, phrase) => {
  const { before, after } = told(key, over);
  const way = phrase.replace('carries/US/', 'carries/');
  expect(looseningOf(corrected(before, after), before)).toEqual({ phrase, way });
});

it('a share is told in percent', () => {
  const owned = (share: number) => ({ ownedBy: [{ owner: 'holding', share, valid: make.valid() }] }) as never;
  const before = make.vendor('maker-one', owned(6000));
  const { phrase } = looseningOf(corrected(before, make.vendor('maker-one', owned(2000))), before) ?? {};
  expect(phrase).toBe('lowers ownedBy/holding/share from 60 % to 20 %, on which what is refused rests');
});

it.each<readonly [RawFact, string | undefined]>([
  [
    make.assessment('new', { vendor: 'holding' }),
    'records an assessment that permits, from 2020-01-01 until 2028-12-31',
  ],
  [make.assessment('new', { vendor: 'holding' }, { outcome: 'not-trusted' }), undefined],
  [make.waiver('new', 'net-two'), 'records a waiver that permits, from 2019-01-01 until 2030-12-31'],
  [make.route('new', ['net-one']), 'records a route that permits, from 2019-01-01 without an end'],
  [make.standard('NEW'), 'records a standard, by which others are judged, from 2019-01-01 without an end'],
  [make.vendor('new'), undefined],
])('what is new says what it is, and for when: %j', (fact, phrase) => {
  expect(looseningOf(make.add(fact), undefined)?.phrase).toBe(phrase);
});

it('what one correction does besides is another way, whoever else does the first', () => {
  const before = FACTS.get('network/net-one') ?? {};
  const { inventory } = running(make.deployment('maker-one'));
  const newer = { inventory: { ...(inventory as object), asOf: '2026-05-01' } } as Members;
  const phraseOf = (over: Members) => looseningOf(corrected(before, stored(before, over)), before);
  const raised = 'raises inventory/asOf from 2026-01-01 to 2026-05-01';
  expect(phraseOf(newer)).toEqual({ phrase: raised, way: raised });
  const moved = {
    ...newer,
    jurisdiction: 'GBR',
    operator: 'maker-two',
    hostedOn: 'net-two',
    identifiers: [],
  };
  expect(phraseOf(moved)).toEqual({
    phrase: `${raised}; changes hostedOn, ${CHANGES}; makes identifiers shorter, ${CHANGES}; and 2 more`,
    way: `${raised}; changes hostedOn, ${CHANGES}; makes identifiers shorter, ${CHANGES}; changes jurisdiction, ${CHANGES}; changes operator, ${CHANGES}`,
  });
});

it.each([
  ['is not there', undefined],
  ['cannot be read', stored(FACTS.get('hold/stop') ?? {}, { scope: {} })],
])('what %s, nobody can compare', (_what, current) => {
  const { before, after } = told('hold/stop', {});
  expect(looseningOf(corrected(before, after), current)?.phrase).toBe('replaces what nobody can compare');
});

describe('every member of every kind has a bearing', () => {
  const schema = z.toJSONSchema(anyFact, { io: 'input', unrepresentable: 'any' });
  const shapes = (member(schema, 'oneOf') ?? member(schema, 'anyOf')) as readonly unknown[];
  const pathsOf = (shape: unknown, above = ''): readonly string[] => [
    ...Object.entries((member(shape, 'properties') ?? {}) as object).flatMap(([name, below]) => {
      const path = above === '' ? name : `${above}/${name}`;
      return [path, ...pathsOf(below, path)];
    }),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((union) =>
      ((member(shape, union) ?? []) as readonly unknown[]).flatMap((each) => pathsOf(each, above)),
    ),
    ...(member(shape, 'items') === undefined ? [] : pathsOf(member(shape, 'items'), above)),
  ];
  const kindIn = (shape: unknown) => member(member(member(shape, 'properties'), 'kind'), 'const') as FactKind;

  it('and all kinds are read here', () => expect(shapes.map(kindIn).sort()).toEqual([...FACT_KINDS].sort()));

  it.each(shapes.map((shape) => [kindIn(shape), pathsOf(shape)] as const))('%s', (kind, paths) => {
    expect(paths.length).toBeGreaterThan(5);
    // Words, and what stands beneath them, are all that no answer rests on.
    const idle = [...new Set(paths)].filter((path) => bearingOf(kind, path) === 'nothing');
    expect(idle).toEqual(IDLE[kind] ?? []);
  });
});

/** What no answer rests on: written here once more, so that a member falls silent in two places or in none. */
const IDLE: Partial<Readonly<Record<FactKind, readonly string[]>>> = {
  assessment: ['items/rationale'],
  authority: ['name'],
  'criteria-set': ['name'],
  designation: ['note'],
  hold: ['cause', 'reason'],
  network: ['name'],
  protection: ['name'],
  route: ['name'],
  standard: ['title', 'requirements/says', 'endedBy/says'],
  vendor: ['name'],
  waiver: ['reason'],
};
