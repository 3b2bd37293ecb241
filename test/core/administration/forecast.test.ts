import { describe, expect, it } from 'vitest';
import { causesAt } from '../../../functions/core/administration/causes.ts';
import {
  finishForecast,
  planForecast,
  runForecast,
} from '../../../functions/core/administration/forecast.ts';
import { outagesOf, watched } from '../../../functions/core/administration/outages.ts';
import { questionsAbout } from '../../../functions/core/administration/questions.ts';
import { indexOf } from '../../../functions/core/administration/registry-index.ts';
import {
  SimulationStateError,
  SimulationTooLargeError,
} from '../../../functions/core/administration/simulate.ts';
import type {
  Forecast,
  ForecastInput,
  ForecastState,
} from '../../../functions/core/administration/simulation.ts';
import type { CoreDecision } from '../../../functions/core/decision/core-decision.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { ask } from '../decision/ask.ts';
import {
  accreditation,
  base,
  deployment,
  designation,
  equivalence,
  type Facts,
  hold,
  mandate,
  NOW,
  network,
  protection,
  RULES,
  registry,
  route,
  SOURCES,
  standard,
  valid,
  vendor,
  waiver,
  withFacts,
} from './small-registry.ts';

function forecast(facts: Facts, more: Partial<ForecastInput> = {}): Forecast {
  const plan = planForecast({ facts, at: NOW, days: 30, ...more });
  return finishForecast(
    plan,
    runForecast(plan, undefined, () => true),
  );
}

const gist = (f: Forecast) =>
  f.outages.map(
    (o) =>
      `${Object.values(o.subject)[0]} ${o.from}..${o.until ?? ''} ${o.because.map((c) => `${c.key} ${c.what}`)}`,
  );

const soon = valid('2019-01-01', '2026-06-20');
const DARK = '2026-06-21T00:00:00.000Z';

describe('what goes dark', () => {
  it.each<[string, Facts, readonly string[]]>(
    // biome-ignore format: one row a line
    [
    ['nothing, where nothing ends in time', base(), []],
    ['a network and its route, because an accreditation ends', withFacts(accreditation('two', { network: 'net-two' }, { valid: soon })), [`net-two ${DARK}.. accreditation/two ends`, `main ${DARK}.. accreditation/two ends`]],
    ['until the next one begins', withFacts(accreditation('two', { network: 'net-two' }, { valid: soon }), accreditation('next', { network: 'net-two' }, { valid: valid('2026-06-25', '2030-12-31') })), [`net-two ${DARK}..2026-06-25T00:00:00.000Z accreditation/two ends`, `main ${DARK}..2026-06-25T00:00:00.000Z accreditation/two ends`]],
    ['not where the next one follows at once', withFacts(accreditation('two', { network: 'net-two' }, { valid: soon }), accreditation('next', { network: 'net-two' }, { valid: valid('2026-06-21', '2030-12-31') })), []],
    ['because a designation begins', withFacts(designation('d', 'maker-two', { valid: valid('2026-06-21') })), [`net-two ${DARK}.. designation/d begins`, `main ${DARK}.. designation/d begins`]],
    ['because equipment is installed', withFacts(vendor('maker-three'), network('net-two', {}, [deployment('maker-two'), deployment('maker-three', { installed: '2026-06-21' })])), [`net-two ${DARK}.. network/net-two changes`, `main ${DARK}.. network/net-two changes`]],
    ['because a standard asks for a newer inventory', withFacts(standard('TEST-TRUST', { rules: [{ ...(RULES[0] as object), maxAgeDays: 170 }] as never }), network('net-two', {}, [deployment('maker-two')]), { remove: 'network/net-one' }, route('main', ['net-two'])), ['net-two 2026-06-21T00:00:00.000Z.. standard/TEST-TRUST deadline', 'main 2026-06-21T00:00:00.000Z.. standard/TEST-TRUST deadline']],
    ['not what is dark already, nor what ends after the window', withFacts(accreditation('one', { network: 'net-one' }, { valid: valid('2019-01-01', '2026-05-01') }), accreditation('two', { network: 'net-two' }, { valid: valid('2019-01-01', '2026-07-01') })), []],
  ],
  )('%s', (_, facts, expected) => {
    expect(gist(forecast(facts))).toEqual(expected);
  });

  it('within the days asked for', () => {
    const facts = withFacts(accreditation('two', { network: 'net-two' }, { valid: soon }));
    expect(gist(forecast(facts, { days: 19 }))).toEqual([]);
    expect(gist(forecast(facts, { days: 20 }))).toHaveLength(2);
    const until = (to: string) =>
      forecast(withFacts(accreditation('two', { network: 'net-two' }, { valid: valid('2019-01-01', to) })), {
        days: 20,
      });
    expect(gist(until('2026-06-21T12:00:00.001Z'))).toEqual([]);
    // The last instant belongs to the days, as with every figure of the watch.
    expect(gist(until('2026-06-21T12:00:00Z'))).toHaveLength(2);
  });

  it('of routes only, where asked', () => {
    const facts = withFacts(accreditation('two', { network: 'net-two' }, { valid: soon }));
    expect(gist(forecast(facts, { only: 'routes' }))).toEqual([`main ${DARK}.. accreditation/two ends`]);
  });
});

describe('complete, or an error', () => {
  const facts = withFacts(
    accreditation('two', { network: 'net-two' }, { valid: soon, sources: SOURCES as never }),
  );

  it('done in slices, it is the same', () => {
    let state: ForecastState | undefined;
    const plan = planForecast({ facts, at: NOW, days: 30 });
    for (let i = 0; i < plan.subjects; i += 1) {
      state = JSON.parse(
        JSON.stringify(runForecast(planForecast({ facts, at: NOW, days: 30 }), state, () => false)),
      ) as ForecastState;
      if (i < plan.subjects - 1)
        expect(() => finishForecast(plan, state as ForecastState)).toThrow(SimulationStateError);
    }
    expect(finishForecast(plan, state as ForecastState)).toEqual(forecast(facts));
  });

  it('one that did not look to the end says so, and until when it did', () => {
    const plan = planForecast({ facts, at: NOW, days: 30 });
    const state = runForecast(plan, undefined, () => true);
    expect(finishForecast(plan, state)).toMatchObject({ complete: true, lookedUntil: null });
    const all = watched(indexOf(facts), registryFrom(facts.values()), NOW, 30);
    const cut = [5, 0].flatMap((most) => outagesOf(all, { route: 'main' }, { most }).outages);
    expect(cut.some((o) => o.unlooked === true)).toBe(true);
    expect(finishForecast(plan, { ...state, outages: cut.toReversed() })).toMatchObject({
      complete: false,
      lookedUntil: new Date(NOW).toISOString(),
    });
  });

  it('what one person has stopped since is dark in it, whatever that version permits', () => {
    const stopped = withFacts(
      hold('h', { everything: true } as never, {
        valid: { from: '2026-06-05', to: '2026-06-06', zone: 'UTC' },
        ending: SOURCES,
      }),
    );
    expect(gist(forecast(base(), { signed: stopped }))).toEqual(gist(forecast(stopped)));
    expect(gist(forecast(stopped)).length).toBeGreaterThan(0);
  });

  it.each<[string, Facts, Facts | undefined, readonly string[]]>([
    ['nothing', base(), undefined, []],
    [
      'holds in force, and what nobody can read',
      withFacts(hold('b', { owner: 'GBR' }), hold('a', { owner: 'USA' }, { cause: 7 })),
      undefined,
      ['hold/a', 'hold/b'],
    ],
    [
      'none that is over or to come',
      withFacts(
        hold('h', { owner: 'GBR' }, { valid: valid('2019-01-01', '2019-02-01'), ending: SOURCES as never }),
        hold('i', { owner: 'GBR' }, { valid: valid('2026-06-05') }),
      ),
      undefined,
      [],
    ],
    ['one that stands on one side alone', base(), withFacts(hold('h', { owner: 'GBR' })), ['hold/h']],
  ])('says what is stopped already: %s', (_what, facts, signed, stopped) => {
    expect(forecast(facts, { signed }).stopped).toEqual(stopped);
  });

  it('a state of another forecast is refused', () => {
    const state = runForecast(planForecast({ facts, at: NOW, days: 30 }), undefined, () => false);
    const other = planForecast({ facts, at: NOW, days: 31 });
    expect(() => runForecast(other, state, () => true)).toThrow(SimulationStateError);
    expect(() => finishForecast(other, { ...state, done: other.subjects })).toThrow(SimulationStateError);
    const beyond = { ...state, done: other.subjects + 1, plan: other.digest };
    expect(() => runForecast(other, beyond, () => true)).toThrow(SimulationStateError);
    expect(() => finishForecast(other, beyond)).toThrow(SimulationStateError);
  });

  it('too much is an error before anything is asked', () => {
    const { questions } = planForecast({ facts, at: NOW, days: 30 });
    expect(planForecast({ facts, at: NOW, days: 30, limit: questions }).questions).toBe(questions);
    const limited = () => planForecast({ facts, at: NOW, days: 30, limit: questions - 1 });
    expect(limited).toThrow(SimulationTooLargeError);
    expect(limited).toThrow(`asks ${questions} questions; at most ${questions - 1} are taken on`);
  });
});

describe('what has a date of its own at an instant', () => {
  const T = '2026-06-20T04:00:00Z';
  const tunnel = { id: 't', scheme: 'csfc' } as const;
  const [question] = questionsAbout({ route: 'main' }, { protections: [tunnel], flows: [undefined] });
  const maker = vendor('maker-one', { ownedBy: [{ owner: 'holding', share: 6000, valid: valid() }] });
  const ended = { valid: valid('2020-01-01', '2029-12-31'), ending: SOURCES };
  const translation = (id: string, frame: string) =>
    equivalence(id, { from: { frame, level: 'SECRET' }, to: { frame: 'FRA', level: 'SECRET' } });
  /** Over net-one and net-two inside a tunnel, for the United States; and what bears on none of that. */
  const WORLD = withFacts(
    maker,
    route('main', ['net-one', 'net-two']),
    network('net-one', { valid: { ...valid(), zone: 'America/New_York' } }),
    network('net-far'),
    protection('t'),
    accreditation('t', { protection: 't' }),
    accreditation('far', { network: 'net-far' }),
    waiver('w', 'net-one'),
    hold('h', { network: 'net-far' }, ended),
    designation('d', 'holding', ended),
    designation('far', 'operator-two', ended),
    vendor('operator-two'),
    translation('us', 'US'),
    translation('uk', 'UK'),
    standard('OTHER'),
    mandate('gbr', { owner: 'GBR', authority: 'uk-gov' }),
  );
  const label: Label = {
    ...{ frame: 'US', level: 'SECRET', compartments: [], controls: [], owners: [], markedBy: 'USA' },
    ...{ fgi: [], audience: ['USA'], displayOnly: [] },
  };
  const causes = (...changed: readonly RawFact[]) => {
    const world = registryFrom(new Map([...WORLD, ...registry(changed)]).values());
    if (question === undefined) throw new Error('nothing is asked');
    const at = Date.parse(T);
    const sides = [at - 1, at].map((t) => approach(world, question.request, t));
    const [side] = sides;
    if (side === undefined) throw new Error('no side');
    const after: CoreDecision = {
      ...ask(side, label),
      standards: [{ id: 'TEST-TRUST', by: 'mandate', outcome: 'deny' }],
      reasons: [{ code: 'INVENTORY_STALE', standard: 'TEST-TRUST' }, { code: 'HOP_UNKNOWN' }],
    };
    return causesAt(at, sides, label, after).map(({ key, what }) => `${key} ${what}`);
  };
  const NOBODY = ['standard/TEST-TRUST deadline'];
  const IN_SIGHT = [
    ...[
      'accreditation/one',
      'accreditation/t',
      'accreditation/two',
      'assessment/maker-one',
      'assessment/maker-two',
    ],
    ...[
      'assessment/net-one',
      'assessment/net-two',
      'authority/us-office',
      'criteria-set/TRUST',
      'designation/d',
    ],
    ...[
      'equivalence/us',
      'hold/h',
      'mandate/usa',
      'network/net-one',
      'network/net-two',
      'protection/t',
      'route/main',
    ],
    ...[
      'standard/TEST-TRUST',
      'vendor/holding',
      'vendor/maker-one',
      'vendor/maker-two',
      'vendor/operator-one',
      'waiver/w',
    ],
  ];

  it.each([...WORLD])('%s is named when it ends or begins, where the answer may rest on it', (key, fact) => {
    const { valid: was } = fact as RawFact & { valid: RawFact };
    const seen = (what: string) => (IN_SIGHT.includes(key) ? [`${key} ${what}`] : NOBODY);
    expect(causes({ ...fact, valid: { ...was, to: T } })).toEqual(seen('ends'));
    expect(causes({ ...fact, valid: { ...was, from: T } })).toEqual(seen('begins'));
  });

  it('what changes in it is named, in its own zone, and all in order', () => {
    const device = (more: Parameters<typeof deployment>[1]) =>
      network('net-one', { valid: { ...valid(), zone: 'America/New_York' } }, [
        deployment('maker-one', more),
      ]);
    const owned = (id: string, by: string, during: object) =>
      vendor(id, { ownedBy: [{ owner: by, share: 6000, valid: { ...valid(), ...during } }] });
    expect(causes(device({ installed: '2026-06-20' }))).toEqual(['network/net-one changes']);
    expect(causes(device({ removed: '2026-06-20' }))).toEqual(['network/net-one changes']);
    expect(causes(device({ installed: '2026-06-19' }))).toEqual(NOBODY);
    for (const during of [{ from: T }, { to: T }]) {
      expect(causes(owned('maker-one', 'holding', during))).toEqual(['vendor/maker-one changes']);
      expect(causes(owned('holding', 'operator-two', during))).toEqual(['vendor/holding changes']);
      expect(causes(owned('operator-two', 'holding', during))).toEqual(NOBODY);
    }
    expect(
      causes(
        device({ installed: '2026-06-20' }),
        mandate('usa', { valid: valid(T) }),
        accreditation('one', { network: 'net-one' }, { valid: valid('2020-01-01', T) }),
      ),
    ).toEqual(['accreditation/one ends', 'mandate/usa begins', 'network/net-one changes']);
  });
});
