import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { conditionsOf } from '../../../functions/core/administration/flip-words.ts';
import {
  finishSimulation,
  planSimulation,
  runSimulation,
  SimulationStateError,
  SimulationTooLargeError,
} from '../../../functions/core/administration/simulate.ts';
import type {
  SimulationInput,
  SimulationReport,
  SimulationState,
} from '../../../functions/core/administration/simulation.ts';
import { randomChange } from './random-registry.ts';
import { changed, simulate, simulationOf } from './simulated.ts';
import {
  accreditation,
  add,
  assessment,
  base,
  deployment,
  designation,
  end,
  exemption,
  type Facts,
  hold,
  mandate,
  NOW,
  network,
  protection,
  replace,
  route,
  SOURCES,
  standard,
  valid,
  vendor,
  withFacts,
} from './small-registry.ts';

function inputOf(facts: Facts, ...changes: readonly Operation[]): SimulationInput {
  return simulationOf(facts, changes, NOW);
}

const gist = (report: SimulationReport) =>
  report.flips.map(
    (f) =>
      `${f.direction} ${Object.values(f.subject)[0]} ${f.from ?? 'now'}..${f.until ?? ''} ${[...new Set(f.why.map((c) => c.code))]}`,
  );

/** What no network here is. */
const UNDER_FRENCH_LAW = [
  {
    rule: 'jurisdiction',
    id: 'legal',
    cites: ['text'],
    legal: ['FRA'],
    physical: null,
    remoteAccess: null,
    where: {},
    by: null,
  },
];

describe('while something is stopped', () => {
  const trusted = add(assessment('again', { vendor: 'maker-two' }));
  const stopped = (scope: object, more: Parameters<typeof hold>[2] = {}) =>
    withFacts({ remove: 'assessment/maker-two' }, hold('stop', scope as never, more));
  const ending = (from: string, to: string) => ({ valid: valid(from, to), ending: SOURCES as never });
  const EVERYTHING = { everything: true };
  /** What becomes permit, and whether it takes the end of a stop. */
  const told = ({ flips }: SimulationReport) =>
    flips.map((f) => {
      const lifted = new Set(f.cases.map((c) => c.lifted ?? false));
      const sooner = f.sooner === undefined ? '' : `, else ${f.sooner ?? 'now'}`;
      return `${f.direction} ${Object.values(f.subject)[0]} ${f.from ?? 'now'} lifted: ${[...lifted]}${sooner}`;
    });
  const onBoth = (when: string) => ['net-two', 'main'].map((id) => `to-permit ${id} ${when}`);

  it.each<[string, SimulationInput, readonly string[], readonly string[]]>([
    ['everything', inputOf(stopped(EVERYTHING), trusted), ['hold/stop'], onBoth('now lifted: true')],
    [
      'everything, until a day that is known',
      inputOf(stopped(EVERYTHING, ending('2019-01-01', '2026-06-30')), trusted),
      ['hold/stop'],
      onBoth('2026-07-01T00:00:00.000Z lifted: false, else now'),
    ],
    [
      'another network, of which the route is',
      inputOf(stopped({ network: 'net-one' }), trusted),
      ['hold/stop'],
      ['to-permit net-two now lifted: false', 'to-permit main now lifted: true'],
    ],
    [
      'another owner’s information',
      inputOf(stopped({ owner: 'GBR' }), trusted),
      ['hold/stop'],
      onBoth('now lifted: false'),
    ],
    [
      'by what nobody can read',
      inputOf(stopped(EVERYTHING, { cause: 7 }), trusted),
      ['hold/stop'],
      onBoth('now lifted: true'),
    ],
    [
      'no more',
      inputOf(stopped(EVERYTHING, ending('2019-01-01', '2019-02-01')), trusted),
      [],
      onBoth('now lifted: false'),
    ],
    [
      'until this change',
      inputOf(stopped(EVERYTHING), trusted, end(stopped(EVERYTHING), 'hold/stop')),
      [],
      ['net-one', 'net-two', 'main'].map((id) => `to-permit ${id} now lifted: false`),
    ],
    [
      'by what this change narrows',
      inputOf(
        stopped(EVERYTHING),
        trusted,
        replace(stopped(EVERYTHING), hold('stop', { network: 'net-one' })),
      ),
      ['hold/stop'],
      ['to-permit net-two now lifted: false', 'to-permit main now lifted: true'],
    ],
    [
      'by what this change says again in other words',
      inputOf(
        stopped(EVERYTHING),
        trusted,
        replace(stopped(EVERYTHING), hold('stop', EVERYTHING, { cause: 'order' })),
      ),
      ['hold/stop'],
      onBoth('now lifted: true'),
    ],
    [
      'by another stop in the place of one',
      inputOf(
        stopped(EVERYTHING),
        trusted,
        end(stopped(EVERYTHING), 'hold/stop'),
        add(hold('next', EVERYTHING)),
      ),
      ['hold/next'],
      // What the first stopped it stops no more, whoever lifts the other.
      ['net-one', 'net-two', 'main'].map((id) => `to-permit ${id} now lifted: true`),
    ],
    [
      'by a stop that comes with this change',
      inputOf(withFacts({ remove: 'assessment/maker-two' }), trusted, add(hold('new', EVERYTHING))),
      ['hold/new'],
      ['to-deny net-one now lifted: false', ...onBoth('now lifted: true')],
    ],
    [
      'twice, and this change exempts from one of the stops',
      (() => {
        const stops = ['a', 'b'].map((id) => hold(id, EVERYTHING, { authority: 'uk-gov' }));
        const exempting = exemption('e', { hold: 'a', owner: 'USA', authority: 'us-office' });
        return inputOf(withFacts(...stops), add(exempting));
      })(),
      ['hold/a', 'hold/b'],
      ['net-one', 'net-two', 'main'].map((id) => `to-permit ${id} now lifted: true`),
    ],
  ])('%s', (_what, input, stops, expected) => {
    const report = simulate(input);
    expect(report.stops).toEqual(stops);
    expect(told(report).sort()).toEqual([...expected].sort());
    expect(report.toPermit).toBe(expected.filter((each) => each.startsWith('to-permit')).length);
    expect(told(simulate(input, true)).sort()).toEqual([...expected].sort());
  });

  it('recent requests too, and what is lost', () => {
    const message = { id: 'm', marking: 'SECRET//NOFORN', markingFormat: 'us-banner' };
    const recent = [{ message, path: { route: 'main' }, supportedObligations: [] }];
    const facts = withFacts(hold('stop', EVERYTHING as never));
    const report = simulate({ ...inputOf(facts, end(facts, 'assessment/maker-two')), recent });
    expect(told(report).sort()).toEqual(
      ['0', 'main', 'net-two'].map((id) => `to-deny ${id} now lifted: true`),
    );
    expect(conditionsOf(report.flips.flatMap((f) => f.cases)).flatMap(({ ways }) => ways)).toSatisfy(
      (ways: readonly string[]) => ways.every((way) => way.includes('once what is stopped is lifted')),
    );
  });
});

describe('what flips', () => {
  it.each<[string, SimulationInput, readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['nothing, where a name is corrected', inputOf(base(), replace(base(), vendor('holding', { name: 'Other' }))), []],
    [
      'everything on a network whose accreditation ends',
      inputOf(base(), end(base(), 'accreditation/one')),
      [
        'to-deny net-one now..2029-01-01T00:00:00.000Z ACCREDITATION_EXPIRED',
        'to-deny main now..2029-01-01T00:00:00.000Z ACCREDITATION_EXPIRED',
      ],
    ],
    [
      'only later, where it ends later',
      inputOf(base(), end(base(), 'accreditation/two', '2026-12-31')),
      [
        'to-deny net-two 2027-01-01T00:00:00.000Z..2029-01-01T00:00:00.000Z ACCREDITATION_EXPIRED',
        'to-deny main 2027-01-01T00:00:00.000Z..2029-01-01T00:00:00.000Z ACCREDITATION_EXPIRED',
      ],
    ],
    [
      'from the day a hold begins to the day it ends',
      inputOf(
        base(),
        add(
          hold(
            'h',
            { network: 'net-two' },
            { valid: valid('2026-07-01', '2026-07-31'), ending: SOURCES as never },
          ),
        ),
      ),
      [
        'to-deny net-two 2026-07-01T00:00:00.000Z..2026-08-01T00:00:00.000Z HOLD_NETWORK',
        'to-deny main 2026-07-01T00:00:00.000Z..2026-08-01T00:00:00.000Z HOLD_NETWORK',
      ],
    ],
    [
      'a successor that comes to speak about one flow only, for every other',
      (() => {
        const refusing = (more = {}) => standard('NEXT', { rules: [...UNDER_FRENCH_LAW], replaces: ['TEST-TRUST'], ...more });
        const facts = withFacts(refusing());
        return inputOf(facts, replace(facts, refusing({ scope: { levels: [{ frame: "US", level: "UNCLASSIFIED" }], flows: ["private"], providers: null } })));
      })(),
      ['net-one', 'net-two', 'main'].map((id) => `to-permit ${id} now..2029-01-01T00:00:00.000Z JURISDICTION_NOT_ACCEPTED`),
    ],
    [
      'a successor that comes to speak about part of a flow only, for its other parts',
      (() => {
        const refusing = (flows: readonly string[]) =>
          standard('NEXT', {
            rules: [...UNDER_FRENCH_LAW],
            replaces: ['TEST-TRUST'],
            scope: { levels: [{ frame: 'US', level: 'UNCLASSIFIED' }], flows, providers: null } as never,
          });
        const facts = withFacts(refusing(['us-diplomatic-facility']));
        return inputOf(facts, replace(facts, refusing(['us-diplomatic-facility-5g'])));
      })(),
      ['net-one', 'net-two', 'main'].map((id) => `to-permit ${id} now..2029-01-01T00:00:00.000Z JURISDICTION_NOT_ACCEPTED`),
    ],
    [
      'a new route, to permit',
      inputOf(base(), add(route('new', ['net-two'], { valid: valid('2027-01-01') }))),
      [
        'to-permit new 2027-01-01T00:00:00.000Z..2029-01-01T00:00:00.000Z PATH_ASSURANCE_INSUFFICIENT,ROUTE_UNKNOWN',
      ],
    ],
    [
      'what a designation of an owner reaches',
      inputOf(
        withFacts(vendor('maker-two', { ownedBy: [{ owner: 'holding', share: 6000, valid: valid() }] })),
        add(designation('d', 'holding')),
      ),
      [
        'to-deny net-two now..2029-01-01T00:00:00.000Z DESIGNATED_VENDOR_PRESENT',
        'to-deny main now..2029-01-01T00:00:00.000Z DESIGNATED_VENDOR_PRESENT',
      ],
    ],
    [
      'a tunnel that is no longer accredited, for what is asked in it',
      (() => {
        const tunnelled = withFacts(mandate('enc', { basis: 'encrypted-transport' }), protection('t'), accreditation('t', { protection: 't' }), { remove: 'accreditation/one' }, { remove: 'accreditation/two' });
        return inputOf(tunnelled, end(tunnelled, 'accreditation/t'));
      })(),
      ['net-one', 'net-two', 'main'].map((id) => `to-deny ${id} now..2029-01-01T00:00:00.000Z ACCREDITATION_EXPIRED`),
    ],
    [
      'an identifier that comes to name another network',
      inputOf(
        withFacts(network('net-two', {}, [deployment('maker-two')]), { remove: 'accreditation/two' }),
        replace(base(), network('net-one')),
        replace(
          withFacts(network('net-two', {}, [deployment('maker-two')])),
          network('net-two', { identifiers: [{ scheme: 'plmn', value: '999-01' }] }, [
            deployment('maker-two'),
          ]),
        ),
      ),
      ['to-deny plmn:999-01 now..2029-01-01T00:00:00.000Z NOT_ACCREDITED'],
    ],
  ],
  )('%s', (_, input, expected) => {
    expect(gist(simulate(input))).toEqual(expected);
  });

  it('puts what becomes permit first, and asks for every number of it', () => {
    const facts = withFacts({ remove: 'accreditation/one' });
    const report = simulate(
      inputOf(facts, add(accreditation('new', { network: 'net-one' })), end(facts, 'accreditation/two')),
    );
    expect(report.flips.map((f) => f.direction)).toEqual(['to-permit', 'to-deny']);
    expect(report.flips.map((f) => f.number)).toEqual([1, 2]);
    expect([report.toPermit, report.toDeny]).toEqual([1, 1]);
  });

  it('a path known less well is asked about by itself', () => {
    const report = simulate(
      inputOf(base(), replace(base(), mandate('usa', { assurances: ['assumed', 'observed', 'pinned'] }))),
    );
    expect(report.toPermit).toBeGreaterThan(0);
    expect(new Set(report.flips.flatMap((f) => f.cases.map((c) => c.assurance)))).toEqual(
      new Set(['assumed']),
    );
  });

  it('what a message is part of is asked about where a mandated standard asks', () => {
    const facts = withFacts(
      standard('TEST-TRUST', {
        scope: { levels: [{ frame: 'US', level: 'UNCLASSIFIED' }], flows: ['private'], providers: null },
      }),
    );
    const report = simulate(
      inputOf(
        facts,
        replace(
          facts,
          standard('TEST-TRUST', {
            scope: {
              levels: [{ frame: 'US', level: 'UNCLASSIFIED' }],
              flows: ['private', 'other'],
              providers: null,
            },
          }),
        ),
      ),
    );
    expect(new Set(report.flips.flatMap((f) => f.cases.map((c) => c.flow)))).toEqual(new Set(['other']));
  });
});

describe('complete, or an error', () => {
  const input = inputOf(base(), end(base(), 'mandate/usa'));

  it('says how much would be asked when that is too much, before asking', () => {
    const { questions } = planSimulation(input);
    expect(() => planSimulation({ ...input, limit: questions - 1 })).toThrow(SimulationTooLargeError);
    expect(() => planSimulation({ ...input, limit: questions - 1 })).toThrow(String(questions));
    expect(planSimulation({ ...input, limit: questions }).questions).toBe(questions);
    const held = withFacts(hold('h', { owner: 'GBR' }));
    const during = { ...inputOf(held, end(held, 'mandate/usa')), limit: questions };
    expect(planSimulation(during).questions).toBe(2 * questions);
  });

  it('a simulation done in slices, each in another process, is the same', () => {
    let state: SimulationState | undefined;
    let slices = 0;
    do {
      const plan = planSimulation(input);
      const next = runSimulation(plan, state, () => false);
      state = JSON.parse(JSON.stringify(next)) as SimulationState;
      slices += 1;
    } while (state.done < planSimulation(input).subjects);
    expect(slices).toBe(planSimulation(input).subjects);
    const plan = planSimulation(input);
    expect(finishSimulation(plan, state)).toEqual(simulate(input));
  });

  it('neither an unfinished state nor that of another plan makes a report', () => {
    const plan = planSimulation(input);
    const part = runSimulation(plan, undefined, () => false);
    expect(() => finishSimulation(plan, part)).toThrow(SimulationStateError);
    const other = planSimulation({ ...input, at: NOW + 1 });
    expect(() => runSimulation(other, part, () => true)).toThrow(SimulationStateError);
    expect(() => finishSimulation(other, { ...part, done: other.subjects })).toThrow(SimulationStateError);
    const elsewhere = planSimulation(inputOf(base(), end(base(), 'mandate/usa', '2026-06-02')));
    expect(() => runSimulation(elsewhere, part, () => true)).toThrow(SimulationStateError);
    const beyond = { ...part, done: plan.subjects + 1 };
    expect(() => runSimulation(plan, beyond, () => true)).toThrow(SimulationStateError);
    expect(() => finishSimulation(plan, beyond)).toThrow(SimulationStateError);
  });

  it('equal flips have equal digests, and other flips have others', () => {
    const digest = (facts: Facts, ...changes: readonly Operation[]) =>
      simulate(inputOf(facts, ...changes)).flipsDigest;
    const ended = digest(base(), end(base(), 'accreditation/one'));
    // HEAD moved: something elsewhere was recorded in between.
    const moved = withFacts(vendor('bystander'));
    expect(digest(moved, end(moved, 'accreditation/one'))).toBe(ended);
    expect(digest(base(), end(base(), 'accreditation/two'))).not.toBe(ended);
    expect(digest(base(), end(base(), 'accreditation/one', '2026-06-01'))).not.toBe(ended);
  });
});

describe('recent requests', () => {
  const request = (network: string) => ({
    message: { id: 'm-1', marking: 'SECRET//NOFORN', markingFormat: 'us-banner' },
    path: { hops: [{ network }] },
  });

  it('are asked again, by their position', () => {
    // A request that names hops is asked again as it was: assumed.
    const accepting = withFacts(mandate('usa', { assurances: ['assumed', 'observed', 'pinned'] }));
    const input = inputOf(accepting, end(accepting, 'accreditation/one'));
    const recent = [
      request('net-two'),
      request('net-one'),
      { nonsense: true },
      { ...request('net-one'), message: { id: 'm', marking: 'SECRTE' } },
    ];
    const report = simulate({ ...input, recent });
    expect(report.flips.filter((f) => 'recent' in f.subject).map((f) => f.subject)).toEqual([{ recent: 1 }]);
    expect(report.unreadable).toEqual([2, 3]);
  });

  it('are asked with their marking as it reads at each instant', () => {
    // Finland is within NATO from 2023-04-04 on, so who it may reach is within the release list from then on.
    const at = Date.parse('2023-01-01T12:00:00Z');
    const accepting = withFacts(mandate('usa', { assurances: ['assumed', 'observed', 'pinned'] }), {
      remove: 'accreditation/one',
    });
    const reaching = accreditation('new', { network: 'net-one' }, { audience: ['FIN', 'USA'] });
    const asked = (marking: string) => ({
      ...request('net-one'),
      message: { id: 'm-1', marking, markingFormat: 'us-banner' },
    });
    const recent = ['SECRET//REL TO USA, NATO', 'SECRET//REL TO USA, FIN', 'SECRET//REL TO USA, SWE'].map(
      asked,
    );
    const report = simulate({ ...inputOf(accepting, add(reaching)), at, recent });
    expect(
      report.flips.flatMap(({ subject, from, direction }) =>
        'recent' in subject ? [[subject.recent, direction, from]] : [],
      ),
    ).toEqual([
      [0, 'to-permit', '2023-04-04T00:00:00.000Z'],
      [1, 'to-permit', null],
    ]);
  });

  it('are asked on all of their path, by whatever names it', () => {
    const facts = withFacts({ remove: 'accreditation/two' });
    const input = inputOf(facts, add(accreditation('new', { network: 'net-two' })));
    const over = (...hops: readonly object[]) => ({ ...request(''), path: { hops } });
    const recent = [
      over({ network: 'net-one' }, { network: 'net-two' }),
      over({ plmn: '999-01' }, { network: 'net-two' }),
      { ...request(''), path: { route: 'main' } },
    ].map((r) => ({ ...r, supportedObligations: [] }));
    const open = replace(facts, mandate('usa', { assurances: ['assumed', 'observed', 'pinned'] }));
    const applied = inputOf(changed(facts, [open]).facts, add(accreditation('new', { network: 'net-two' })));
    expect(
      [simulate({ ...input, recent }), simulate({ ...applied, recent })].map((r) =>
        r.flips.filter((f) => 'recent' in f.subject).map((f) => f.subject),
      ),
    ).toEqual([[{ recent: 2 }], [{ recent: 0 }, { recent: 1 }, { recent: 2 }]]);
  });
});

describe('what a change can reach', () => {
  it('is all it alters: asking about everything finds nothing more', () => {
    const seed = 41;
    let flips = 0;
    let runs = 0;
    fc.assert(
      fc.property(randomChange, (change) => {
        const input = { ...change, at: NOW };
        const narrow = simulate(input);
        const wide = simulate(input, true);
        runs += 1;
        flips += wide.flips.length > 0 ? 1 : 0;
        expect(gist(narrow)).toEqual(gist(wide));
        expect(narrow.flipsDigest).toBe(wide.flipsDigest);
        expect(narrow.evaluations).toBeLessThanOrEqual(wide.evaluations);
      }),
      { seed, numRuns: 10 },
    );
    console.log(`seed ${seed}: ${flips} of ${runs} changes flip something`);
    expect(flips).toBeGreaterThan(runs / 4);
  }, 120_000);

  it('a reach that forgets who owns a maker is caught', () => {
    const facts = withFacts(
      vendor('maker-two', { ownedBy: [{ owner: 'holding', share: 6000, valid: valid() }] }),
    );
    const input = inputOf(facts, add(designation('d', 'holding')));
    const forgetful = planSimulation({ ...input, touched: [] });
    const report = finishSimulation(
      forgetful,
      runSimulation(forgetful, undefined, () => true),
    );
    expect(gist(report)).not.toEqual(gist(simulate(input, true)));
  });
});
