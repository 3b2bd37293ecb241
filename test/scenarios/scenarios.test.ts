/** The dated scenarios through the real core, and the reader of scenarios: what is wrong in one never passes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alpha3 } from '../../cli/scenario/countries.ts';
import { mismatches } from '../../cli/scenario/expectation.ts';
import type { ExpectedReason, Scenario } from '../../cli/scenario/format.ts';
import { loadScenarios } from '../../cli/scenario/load.ts';
import { hundredthsOf } from '../../cli/scenario/percent.ts';
import { instantOfScenario, runScenario, type ScenarioResult } from '../../cli/scenario/run.ts';
import { loadWorld } from '../../cli/scenario/world.ts';
import { runFiles } from '../../cli/scenarios.ts';
import { scenarioSchema } from '../../docs/build/scenario-schema.ts';
import publishedSchema from '../../docs/scenario.schema.json' with { type: 'json' };
import { REASON_CODES, type Reason } from '../../functions/core/decision/reasons.ts';
import { OBLIGATION_TYPES } from '../../functions/core/obligation.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const all = loadScenarios([FOLDER]);
const OUTCOMES = ['permit', 'deny', 'not-applicable', 'indeterminate'] as const;

describe('dated scenarios, through the real core', () => {
  test.each(runFiles([FOLDER]).map((r) => [r.scenario.id, r.mismatches] as const))(
    '%s',
    (_id, mismatches) => {
      expect(mismatches).toEqual([]);
    },
  );

  test('every outcome and every standard of the library is among them', () => {
    const standards = new Set(all.map((l) => l.scenario.standard));
    expect([...standards].sort()).toEqual(
      loadWorld()
        .standards.filter((s) => s['kind'] === 'standard')
        .map((s) => String(s['id']))
        .sort(),
    );
    const outcomes = Map.groupBy(all, (l) => l.scenario.expect.outcome);
    for (const outcome of OUTCOMES) expect(outcomes.get(outcome)?.length ?? 0).toBeGreaterThan(10);
  });

  test('every deny names its decisive reason', () => {
    const bare = all.filter(
      ({ scenario: s }) => s.expect.outcome === 'deny' && (s.expect.reasons ?? []).length === 0,
    );
    // A few neighbours only assert that the answer turns; none of the dated seventeen does.
    expect(bare.filter((l) => l.file.endsWith('dated.json'))).toEqual([]);
    expect(bare.length).toBeLessThan(all.length / 10);
  });
});

type Expectation = Scenario['expect'];

/** Expectations that are wrong about what was said, in one thing each. */
function wrongAbout({ judgement: j, scenario: { expect: e } }: ScenarioResult): readonly Expectation[] {
  const said = [...j.reasons, ...j.notes];
  const unsaid = REASON_CODES.filter((code) => !said.some((r) => r.code === code));
  const types = Object.keys(OBLIGATION_TYPES) as (keyof typeof OBLIGATION_TYPES)[];
  const until =
    j.validUntil === null
      ? []
      : [null, ...[-1, 1].map((ms) => new Date((j.validUntil ?? 0) + ms).toISOString())];
  return [
    ...OUTCOMES.filter((outcome) => outcome !== j.outcome).map((outcome) => ({ ...e, outcome })),
    ...unsaid.slice(0, 1).map((code) => ({ ...e, reasons: [...(e.reasons ?? []), code] })),
    ...said.map((r) => ({ ...e, absent: [r.code] })),
    ...said.flatMap((r) => altered(r).map((reason) => ({ ...e, reasons: [reason] }))),
    ...types
      .filter((type) => !j.obligations.some((o) => o.type === type))
      .map((type) => ({ ...e, obligations: [type] })),
    ...j.obligations.map(({ type }) => ({ ...e, obligations: [{ type, ref: 'nobody-s' }] })),
    ...j.obligations.map(({ type }) => ({ ...e, obligations: [{ type, by: '1999-01-01' }] })),
    ...(j.validUntil === null ? ['2999-01-01'] : until).map((validUntil) => ({ ...e, validUntil })),
    { ...e, designationMatch: !said.some((r) => r.fact?.startsWith('designation/') === true) },
  ];
}

/** The reason with one of its members given another value, which nothing said has. */
function altered(r: Reason): readonly ExpectedReason[] {
  const whole = asExpected(r);
  return [
    { ...whole, segment: r.segment === 'subsea' ? 'cpe' : 'subsea' },
    { ...whole, function: r.function === 'CPE' ? 'OLT' : 'CPE' },
    { ...whole, vendor: 'nobody' },
    { ...whole, hop: 63 },
    { ...whole, rule: 'no-rule' },
    { ...whole, share: (r.share ?? 0) === 4321 ? 43.22 : 43.21 },
    { ...whole, ownedShare: (r.ownedShare ?? 0) === 4321 ? 43.22 : 43.21 },
    { ...whole, fact: 'designation/nobody' },
  ];
}

/** What was said, as one would expect it word for word. */
function asExpected({
  code,
  segment,
  function: fn,
  vendor,
  hop,
  rule,
  basis,
  share,
  ownedShare,
  fact,
}: Reason) {
  return {
    code,
    ...(segment !== undefined && { segment }),
    ...(fn !== undefined && { function: fn }),
    ...(vendor !== undefined && { vendor }),
    ...(hop !== undefined && { hop }),
    ...(rule !== undefined && { rule }),
    ...(basis !== undefined && { basis }),
    ...(share !== undefined && { share: share / 100 }),
    ...(ownedShare !== undefined && { ownedShare: ownedShare / 100 }),
    ...(fact !== undefined && { fact }),
  };
}

describe('a wrong expectation fails', () => {
  const world = loadWorld();
  const results = runFiles([FOLDER]);
  const missed = (expectation: (r: ScenarioResult) => readonly Expectation[], fails: boolean) =>
    results.flatMap((r) =>
      expectation(r)
        .filter(
          (e) => mismatches(e, r.judgement, 'UTC', instantOfScenario(r.scenario.at)).length > 0 !== fails,
        )
        .map((e) => [r.scenario.id, e]),
    );

  test('in every scenario, whatever it is wrong about', () => {
    expect(missed(wrongAbout, true)).toEqual([]);
    expect(results.flatMap(wrongAbout).length).toBeGreaterThan(5_000);
  });

  test('and what was said word for word does not', () => {
    const exact = ({ judgement: j, scenario: { expect: e } }: ScenarioResult): readonly Expectation[] => [
      {
        outcome: j.outcome,
        reasons: [...j.reasons, ...j.notes].map(asExpected),
        absent: REASON_CODES.filter((code) => ![...j.reasons, ...j.notes].some((r) => r.code === code)),
        obligations: j.obligations.map(({ type, ref }) => ({ type, ...(ref !== undefined && { ref }) })),
        validUntil: j.validUntil === null ? null : new Date(j.validUntil).toISOString(),
        ...(e.designationMatch !== undefined && { designationMatch: e.designationMatch }),
      },
    ];
    expect(missed(exact, false)).toEqual([]);
  });

  test('a marking that cannot be read is no permit', () => {
    const permitted = results.find((r) => r.judgement.outcome === 'permit');
    if (permitted === undefined) throw new Error('no scenario permits');
    const { judgement, mismatches } = runScenario(
      { ...permitted.scenario, message: { marking: 'VERY SECRET' } },
      world,
    );
    expect([judgement.outcome, judgement.reasons, mismatches.length > 0]).toEqual([
      ...['indeterminate', [{ code: 'MARKING_INVALID' }], true],
    ]);
  });
});

describe('the file format', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const GOOD = {
    id: 'one',
    at: '2020-02-15',
    standard: 'UK-HRV-2020-01',
    message: { marking: 'SECRET//REL TO USA, GBR' },
    network: { id: 'uk-a', segments: [{ segment: 'ran', shares: { 'maker-a': '12.5' } }] },
    expect: { outcome: 'permit' },
  };

  function fileOf(text: string, name = 'case.json'): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  test.each<[string, Scenario['message'], string, string]>([
    [
      'a country leaves',
      { marking: 'SECRET UE/EU SECRET', markingFormat: 'eu-text' },
      '2020-01-31',
      '2020-02-01',
    ],
    ['one comes', { marking: 'SECRET//REL TO USA, NATO' }, '2023-04-03', '2023-04-04'],
    [
      'one comes, in short form',
      { classification: 'SECRET', originator: 'USA', releasableTo: ['NATO'] },
      '2023-04-03',
      '2023-04-04',
    ],
    ['the scheme begins', { marking: 'TRÈS SECRET', markingFormat: 'fra-text' }, '2021-06-30', '2021-07-01'],
  ])('an answer ends where the marking reads otherwise: %s', (_what, message, at, until) => {
    const { judgement } = runScenario({ ...GOOD, at, message } as Scenario, loadWorld());
    expect(new Date(judgement.validUntil ?? Number.NaN).toISOString()).toBe(`${until}T00:00:00.000Z`);
  });

  test('one scenario, a list, JSON Lines and a folder', () => {
    const one = JSON.stringify(GOOD);
    for (const [text, name] of [
      [one, 'a.json'],
      [`[${one}]`, 'b.json'],
      [`${one}\n\n`, 'c.jsonl'],
    ] as const)
      expect(runFiles([fileOf(text, name)]).map((r) => r.mismatches)).toEqual([[]]);
    const folderOfTwo = mkdtempSync(join(folder, 'two-'));
    writeFileSync(join(folderOfTwo, 'a.json'), one);
    writeFileSync(join(folderOfTwo, 'b.jsonl'), one.replace('"one"', '"two"'));
    expect(runFiles([folderOfTwo])).toHaveLength(2);
  });

  const MALFORMED: readonly (readonly [string, unknown, RegExp])[] = [
    ['an unknown member', { ...GOOD, expected: 1 }, /:\d+: scenario "one", \/expected: unknown member/],
    [
      'a share with three decimals',
      { ...GOOD, network: { id: 'n', segments: [{ segment: 'ran', shares: { a: 35.001 } }] } },
      /\/network\/segments\/0\/shares\/a: a percentage/,
    ],
    [
      'a share over 100',
      { ...GOOD, network: { id: 'n', segments: [{ segment: 'ran', shares: { a: 101 } }] } },
      /a percentage/,
    ],
    ['a day that does not exist', { ...GOOD, at: '2023-02-29' }, /\/at: a day/],
    [
      'a reason nobody gives',
      { ...GOOD, expect: { outcome: 'deny', reasons: ['SHARE_OVER_THE_TOP'] } },
      /\/expect\/reasons\/0/,
    ],
    ['an outcome nobody gives', { ...GOOD, expect: { outcome: 'maybe' } }, /\/expect\/outcome/],
    ['an unknown standard', { ...GOOD, standard: 'UK-HRV-1900-01' }, /\/standard: no such standard/],
    ['neither network nor path', { ...GOOD, network: undefined }, /give "network", "path", or both/],
    [
      'an unknown segment',
      { ...GOOD, network: { id: 'n', segments: [{ segment: 'roof', shares: {} }] } },
      /\/network\/segments\/0\/segment/,
    ],
    [
      'an unknown country',
      { ...GOOD, network: { id: 'n', jurisdiction: 'QQ' } },
      /\/network\/jurisdiction: unknown country/,
    ],
    [
      'a level nobody has',
      { ...GOOD, message: { classification: 'COSY' } },
      /\/message\/classification: not a classification of GBR/,
    ],
    [
      'a function in the wrong segment',
      { ...GOOD, network: { id: 'n', segments: [{ segment: 'ran', function: 'AMF', shares: { a: 1 } }] } },
      /the function belongs to another segment/,
    ],
    [
      'a purchase after the installation',
      {
        ...GOOD,
        network: {
          id: 'n',
          segments: [
            { segment: 'ran', installedOn: '2020-01-01', purchasedOn: '2020-01-02', shares: { a: 1 } },
          ],
        },
      },
      /bought before it is installed/,
    ],
    [
      'two ways to say the marking',
      { ...GOOD, message: { ...GOOD.message, classification: 'SECRET' } },
      /\/message: give exactly one of/,
    ],
    ['no way to say the marking', { ...GOOD, message: {} }, /\/message: give exactly one of/],
    [
      'a level of another nation',
      { ...GOOD, message: { classification: 'PROTECTED-A', originator: 'USA' } },
      /not a classification of USA/,
    ],
    [
      'a protection nobody knows',
      { ...GOOD, message: { ...GOOD.message, protection: { scheme: 'tls', registration: 'r' } } },
      /\/message\/protection\/scheme: write one of csfc/,
    ],
    [
      'five layers',
      { ...GOOD, message: { ...GOOD.message, protection: { endToEndLayers: 5 } } },
      /\/message\/protection\/endToEndLayers/,
    ],
    [
      'a flow nobody knows',
      { ...GOOD, message: { ...GOOD.message, flow: 'federal-contract-servise' } },
      /\/message\/flow: write one of us-diplomatic-facility, .*, federal-contract-service, .*, other$/m,
    ],
    [
      'an unknown member of the message',
      { ...GOOD, message: { ...GOOD.message, marknig: 'x' } },
      /\/message\/marknig: unknown member/,
    ],
    [
      'an unknown member of the network',
      { ...GOOD, network: { ...GOOD.network, vendor: 'x' } },
      /\/network\/vendor: unknown member/,
    ],
    [
      'an unknown member of the expectation',
      { ...GOOD, expect: { outcome: 'permit', reason: 'HELD' } },
      /\/expect\/reason: unknown member/,
    ],
    [
      'an unknown member of a reason',
      { ...GOOD, expect: { outcome: 'permit', reasons: [{ code: 'SHARE_OVER_CAP', vendr: 'x' }] } },
      /\/expect\/reasons\/0\/vendr: unknown member/,
    ],
    [
      'an obligation nobody has',
      { ...GOOD, expect: { outcome: 'permit', obligations: ['pray'] } },
      /\/expect\/obligations\/0/,
    ],
    ['no expectation', { ...GOOD, expect: undefined }, /\/expect: /],
    ['a path that is too short', { ...GOOD, network: { id: 'n', hops: [] } }, /\/network\/hops/],
    ['a hop that is none', { ...GOOD, path: { hops: ['gb a'] } }, /a network id, or an identifier/],
    ['the same id twice', [GOOD, GOOD], /scenario id "one" is already used/],
    ['no scenario', [], /no scenario found/],
  ];
  test.each(MALFORMED)('%s is refused, naming file, line and path', (_what, value, message) => {
    const file = fileOf(JSON.stringify(value, null, 2));
    expect(() => runFiles([file])).toThrow(message);
    expect(() => runFiles([file])).toThrow(file);
  });

  test.each(
    // biome-ignore format: one row a line
    [
    ['not JSON', '{\n  "id": "x",\n}', /:3: not JSON here/],
    ['a member twice', '{\n"id": "x",\n"id": "y" }', /:3: a member is written twice/],
    ['a comment', '// why\n{}', /:1: not JSON here/],
    ['an unfinished line', `${JSON.stringify(GOOD)}\n{"id":`, /\.jsonl:2: not JSON here/, 'case.jsonl'],
    ['a wrong line', `${JSON.stringify(GOOD)}\n\n{"id":"two"}`, /\.jsonl:3: scenario "two", \/at: /, 'case.jsonl'],
    ['nothing', '\n', /no scenario found/, 'case.jsonl'],
  ],
  )('%s is refused with its line', (_what, text, message, name = 'case.json') => {
    expect(() => runFiles([fileOf(text, name)])).toThrow(message);
  });

  test('the line is the line of the member at fault', () => {
    const text = JSON.stringify([{ ...GOOD, at: 'yesterday' }], null, 2);
    const line = text.split('\n').findIndex((l) => l.includes('yesterday')) + 1;
    expect(() => runFiles([fileOf(text)])).toThrow(
      `case.json:${line}: scenario "one", /0/at`.replace('/0/at', '/at'),
    );
  });

  test('the example on the page for people passes', () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/scenarios.md', import.meta.url)), 'utf8');
    const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    expect(runFiles([fileOf(example)]).map((r) => r.mismatches)).toEqual([[]]);
  });

  test('the published JSON Schema is the one the runner checks with', () => {
    expect(publishedSchema).toEqual(JSON.parse(scenarioSchema()));
  });

  test.each([
    [35, 3500],
    [35.1, 3510],
    ['35.10', 3510],
    [0, 0],
    [100, 10_000],
    [0.01, 1],
    [64.9, 6490],
    ['100.01', undefined],
    [-1, undefined],
    [1e-7, undefined],
    ['', undefined],
    ['35,1', undefined],
    [35.001, undefined],
  ] as const)('%s %% is %s hundredths', (percent, hundredths) => {
    expect(hundredthsOf(percent)).toBe(hundredths);
  });
});

test('two letters stand for three', () => {
  const codes =
    'AT:AUT AU:AUS BE:BEL BR:BRA CA:CAN CH:CHE CN:CHN CZ:CZE DE:DEU DK:DNK EE:EST ES:ESP FI:FIN FR:FRA GB:GBR GG:GGY HK:HKG IE:IRL IN:IND IT:ITA JE:JEY JP:JPN KR:KOR NL:NLD NO:NOR NZ:NZL PL:POL PT:PRT RO:ROU RU:RUS SE:SWE SG:SGP TW:TWN UA:UKR US:USA';
  for (const pair of codes.split(' ')) expect(`${pair.slice(0, 2)}:${alpha3(pair.slice(0, 2))}`).toBe(pair);
  expect(['USA', 'XX', 'USAA'].map(alpha3)).toEqual(['USA', undefined, undefined]);
});
