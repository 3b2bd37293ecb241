/** Why an answer flips: what the change removed or brought, on the basis on which it is permitted, and by which of its facts. */
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../functions/core/administration/change.ts';
import {
  finishForecast,
  planForecast,
  runForecast,
} from '../../../functions/core/administration/forecast.ts';
import type { Flip, RefusalCause } from '../../../functions/core/administration/simulation.ts';
import { simulate, simulationOf } from './simulated.ts';
import {
  accreditation,
  add,
  assessment,
  base,
  deployment,
  designation,
  end,
  type Facts,
  hold,
  mandate,
  NOW,
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

function flips(
  facts: Facts,
  changes: readonly Operation[],
  recent: readonly unknown[] = [],
): readonly Flip[] {
  return simulate({ ...simulationOf(facts, changes, NOW), recent }).flips;
}

/** All that a cause says: what a member is, where its value does not tell. */
const gist = ({ code, standard: by, rule, statedIn, vendor: v, network: n, hop, ...more }: RefusalCause) => {
  const { segment, owner, fact, ...nothing } = more;
  expect(nothing).toEqual({});
  const stated = statedIn && `in ${statedIn}`;
  const place = hop === undefined ? n : `hop ${hop}`;
  return [code, by, rule, stated, v, place, segment, owner, fact]
    .filter((part) => part !== undefined)
    .join(' ');
};

/** What every flip says: subject, causes, facts of the change. */
const told = (all: readonly Flip[]) =>
  all.map((f) => `${Object.values(f.subject)[0]}: ${f.why.map(gist).join('; ')} <- ${f.restsOn.join(' ')}`);

/** A tunnel that is accredited for nobody who reads what is asked: it refuses whatever becomes of the vendors beneath. */
const TUNNELLED = [
  mandate('enc', { basis: 'encrypted-transport' }),
  protection('csfc-1'),
  accreditation('csfc-1', { protection: 'csfc-1' }, { audience: ['USA', 'GBR'] }),
] as const;
const UNASSESSED = { remove: 'assessment/maker-two' } as const;
const TRUSTED = assessment('nokia-renewal', { vendor: 'maker-two' });
const VENDOR = 'VENDOR_NOT_ASSESSED TEST-TRUST network-assessed maker-two net-two core';

describe('causes', () => {
  it.each<[string, Facts, (facts: Facts) => readonly Operation[], readonly string[]]>([
    [
      'a vendor’s assessment, whatever its id says of another vendor',
      withFacts(UNASSESSED),
      () => [add(TRUSTED)],
      [`net-two: ${VENDOR} <- assessment/nokia-renewal`, `main: ${VENDOR} <- assessment/nokia-renewal`],
    ],
    [
      'and nothing of the tunnel it may be asked about in',
      withFacts(UNASSESSED, ...TUNNELLED),
      () => [add(TRUSTED)],
      [`net-two: ${VENDOR} <- assessment/nokia-renewal`, `main: ${VENDOR} <- assessment/nokia-renewal`],
    ],
    [
      'of a change of many, what the answer rests on alone',
      withFacts(UNASSESSED),
      (facts) => [
        add(vendor('bystander')),
        add(TRUSTED),
        add(
          hold(
            'elsewhere',
            { network: 'net-one' },
            { valid: valid('2019-01-01', '2019-02-01'), ending: SOURCES as never },
          ),
        ),
        replace(facts, vendor('maker-one', { name: 'Other' })),
        add(waiver('unused', 'net-two')),
        add(mandate('other-frame', { from: [{ frame: 'UK', level: 'SECRET' }] })),
      ],
      [
        `net-two: ${VENDOR} <- assessment/nokia-renewal`,
        `main: ${VENDOR} <- assessment/nokia-renewal vendor/maker-one`,
      ],
    ],
    [
      'a hold is named where it stops',
      base(),
      () => [
        add(hold('h', { network: 'net-two' })),
        add(hold('of-another', { owner: 'GBR' })),
        add(
          hold(
            'past',
            { owner: 'USA' },
            { valid: valid('2019-01-01', '2019-02-01'), ending: SOURCES as never },
          ),
        ),
      ],
      ['net-two: HOLD_NETWORK net-two hold/h <- hold/h', 'main: HOLD_NETWORK net-two hold/h <- hold/h'],
    ],
    [
      'a standard that a mandate comes to name',
      withFacts(
        standard('NEXT', {
          rules: [{ rule: 'inventory-complete', id: 'fresh', cites: ['text'], maxAgeDays: 1 }] as never,
        }),
      ),
      (facts) => [replace(facts, mandate('usa', { standards: ['TEST-TRUST', 'NEXT'] }))],
      ['net-one', 'net-two']
        .map((id) => `${id}: INVENTORY_STALE NEXT fresh ${id} <- mandate/usa`)
        .concat(
          'main: INVENTORY_STALE NEXT fresh net-one; INVENTORY_STALE NEXT fresh net-two <- mandate/usa',
        ),
    ],
    [
      'a designation of a vendor, in the segment where it stands',
      base(),
      () => [add(designation('d', 'maker-two'))],
      ['net-two', 'main'].map(
        (id) =>
          `${id}: DESIGNATED_VENDOR_PRESENT TEST-TRUST none-listed maker-two net-two core designation/d <- designation/d`,
      ),
    ],
    [
      'a rule of a standard that another builds on',
      withFacts(
        standard('BUILT', {
          rules: RULES.slice(0, 1),
          buildsOn: [{ standard: 'TEST-TRUST', rules: ['none-listed'] }],
        } as never),
        mandate('usa', { standards: ['BUILT'] }),
      ),
      () => [add(designation('d', 'maker-two'))],
      ['net-two', 'main'].map(
        (id) =>
          `${id}: DESIGNATED_VENDOR_PRESENT BUILT none-listed in TEST-TRUST maker-two net-two core designation/d <- designation/d`,
      ),
    ],
    [
      'a place where several networks stand is told by its number',
      withFacts(
        UNASSESSED,
        network('net-three', { hostedOn: 'net-two' }),
        accreditation('three', { network: 'net-three' }),
        assessment('net-three', { network: 'net-three' }),
      ),
      () => [add(TRUSTED)],
      ['net-two', 'main']
        .map((id) => `${id}: ${VENDOR} <- assessment/nokia-renewal`)
        .toSpliced(0, 0, `net-three: ${VENDOR.replace('net-two', 'hop 0')} <- assessment/nokia-renewal`),
    ],
    [
      'a mandate that ends',
      base(),
      (facts) => [end(facts, 'mandate/usa')],
      ['net-one', 'net-two', 'main'].map((id) => `${id}: OWNER_WITHOUT_MANDATE USA <- mandate/usa`),
    ],
    [
      'a waiver that is used',
      withFacts(
        network('net-two', {
          inventory: { complete: false, asOf: '2026-01-01', deployments: [deployment('maker-two')] },
        }),
      ),
      () => [add(waiver('w', 'net-two'))],
      ['net-two', 'main'].map((id) => `${id}: INVENTORY_INCOMPLETE TEST-TRUST inventory net-two <- waiver/w`),
    ],
    [
      'a route that is new',
      base(),
      () => [add(route('new', ['net-two'], { valid: valid('2027-01-01') }))],
      ['new: PATH_ASSURANCE_INSUFFICIENT USA; ROUTE_UNKNOWN <- route/new'],
    ],
  ])('%s', (_, facts, changes, expected) => {
    expect(told(flips(facts, changes(facts)))).toEqual(expected);
  });

  it('what flips with a tunnel flips as without, in one', () => {
    const [onNetwork, onRoute, ...more] = flips(withFacts(UNASSESSED, ...TUNNELLED), [add(TRUSTED)]);
    expect([onNetwork?.subject, onRoute?.subject, more]).toEqual([
      { network: 'net-two' },
      { route: 'main' },
      [],
    ]);
    expect(new Set(onNetwork?.cases.map((c) => c.protection))).toEqual(new Set([undefined, 'csfc-1']));
  });

  it('what is permitted in a tunnel alone is refused for what refuses the tunnel, and says what it takes', () => {
    const facts = withFacts(
      { remove: 'accreditation/one' },
      { remove: 'accreditation/two' },
      mandate('enc', { basis: 'encrypted-transport' }),
      protection('csfc-1'),
    );
    const [first] = flips(facts, [add(accreditation('t', { protection: 'csfc-1' }))]);
    expect(first?.why.map(gist)).toEqual(['NOT_ACCREDITED USA']);
    expect(first?.restsOn).toEqual(['accreditation/t']);
    expect(first?.obliges).toContain('use-tunnel');
    expect(new Set(first?.cases.map((c) => c.protection))).toEqual(new Set(['csfc-1']));
  });

  it('a recent request keeps what it asked for', () => {
    const recent = [
      {
        message: { id: 'm', marking: 'SECRET//NOFORN', markingFormat: 'us-banner', flow: 'private' },
        path: { route: 'main' },
        standards: ['TEST-TRUST'],
        supportedObligations: ['use-tunnel'],
      },
      {
        message: { id: 'm', marking: 'SECRET//NOFORN', markingFormat: 'us-banner' },
        path: { route: 'main' },
      },
    ];
    const asked = flips(withFacts(UNASSESSED), [add(TRUSTED)], recent).filter((f) => 'recent' in f.subject);
    expect(asked.flatMap((f) => f.cases)).toEqual([
      {
        marking: 'US SECRET//as requested',
        flow: 'private',
        standards: ['TEST-TRUST'],
        supports: ['use-tunnel'],
      },
      { marking: 'US SECRET//as requested', supports: [] },
    ]);
  });

  it('a moved end date moves the end of a permit', () => {
    const until = (to: string) => valid('2019-01-01', to);
    const two = (to: string) => accreditation('two', { network: 'net-two' }, { valid: until(to) });
    const moved = (facts: Facts, to: string) =>
      flips(facts, [replace(facts, two(to))]).map((f) => [f.direction, f.ends]);
    const was = '2029-01-01T00:00:00.000Z';
    const [sooner, later] = ['2027-01-01T00:00:00.000Z', '2028-07-01T00:00:00.000Z'];
    expect(moved(base(), '2026-12-31')).toEqual(Array(2).fill(['to-deny', { was, becomes: sooner }]));
    const early = withFacts(two('2026-12-31'));
    expect(moved(early, '2028-06-30')).toEqual(Array(2).fill(['to-permit', { was: sooner, becomes: later }]));
    // The assessments end before either.
    expect(moved(base(), '2029-12-31')).toEqual([]);
  });
});

it('a forecast says of what goes dark what is there from then on, and nothing of the tunnel', () => {
  const soon = valid('2019-01-01', '2026-06-20');
  const facts = withFacts(
    ...TUNNELLED,
    accreditation('csfc-1', { protection: 'csfc-1' }, { audience: ['USA', 'GBR'], valid: soon }),
    accreditation('two', { network: 'net-two' }, { valid: soon }),
  );
  const plan = planForecast({ facts, at: NOW, days: 30 });
  const { outages } = finishForecast(
    plan,
    runForecast(plan, undefined, () => true),
  );
  const inTheOpen = outages.filter((o) => 'network' in o.subject);
  expect(inTheOpen.flatMap((o) => o.because)).toEqual([{ key: 'accreditation/two', what: 'ends' }]);
  expect(inTheOpen.flatMap((o) => o.why.map(gist))).toEqual([
    'ACCREDITATION_EXPIRED net-two USA accreditation/two',
  ]);
});
