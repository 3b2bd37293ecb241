/** The tables of AWS's own page, row by row: "Configuring how CloudWatch alarms treat missing data". */
import { describe, expect, it } from 'vitest';
import { type MissingData, type Point, type State, stateOf } from './alarm-state.ts';
import { compile, Evaluation, type Series } from './expression.ts';
import { DOCUMENTED, VARIANTS } from './semantics.ts';

const TREATMENTS: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const points = (row: string): readonly Point[] =>
  row.split(' ').map((each) => (each === '-' ? undefined : each === 'X'));

const ALL = (state: State) => [state, state, state, state] as const;
/** Retained. */
const KEPT = 'kept';
type Row = readonly [string, readonly [State, State | typeof KEPT, State, State]];

const THREE_OF_THREE: readonly Row[] = [
  ['0 - X - X', ALL('OK')],
  ['0 - - - -', ALL('OK')],
  ['- - - - -', ['INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK']],
  ['0 X X - X', ALL('ALARM')],
  ['- - X - -', ['ALARM', KEPT, 'ALARM', 'OK']],
  // "the alarm does not go immediately into ALARM state"
  ['- - - - X', ['INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK']],
  ['- - - X -', ['INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK']],
  ['- - - X 0', ['OK', 'OK', 'OK', 'OK']],
];
const TWO_OF_THREE: readonly Row[] = [
  ['0 - X - X', ALL('ALARM')],
  ['0 0 X 0 X', ALL('ALARM')],
  ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - X -', ['ALARM', KEPT, 'ALARM', 'OK']],
];

describe.each([
  [3, 3, THREE_OF_THREE],
  [2, 3, TWO_OF_THREE],
] as const)('%i of %i', (m, n, rows) => {
  it.each(rows)('%s', (row, expected) => {
    for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const)
      expect(TREATMENTS.map((missing) => stateOf(points(row), n, m, missing, current))).toEqual(
        expected.map((state) => (state === KEPT ? current : state)),
      );
  });
});

describe('metric math', () => {
  const NO = Number.NaN;
  const of: Readonly<Record<string, Series>> = {
    m1: [30, 20, 0, 0],
    m2: [20, NO, 20, NO],
    c1: [1, 1, 0, 0, NO],
    c2: [30, NO, 0, 0, 30],
    c3: [0, 0, 20, NO, 20],
    none: [NO, NO, NO, NO],
  };
  const given = (text: string) => {
    const last = text.includes('c') ? 5 : 4;
    const metric = (id: string, end: number) => of[id]?.[end - 1] ?? NO;
    return new Evaluation(compile(text), DOCUMENTED, 1, metric).series({ first: 1, last, settled: last });
  };
  it.each<[string, Series]>([
    // The examples of "Using math expressions with CloudWatch metrics".
    ['(m1 < m2)', [0, 0, 1, 0]],
    ['m1 >= 30', [1, 0, 0, 0]],
    ['IF(c1, c2, c3)', [30, 0, 20, NO, NO]],
    ['IF(c1, 5, c3)', [5, 5, 20, NO, NO]],
    ['m1 + m2', [50, 20, 20, 0]],
    ['m1 / m2', [1.5, NO, 0, NO]],
    ['FILL(m2, 7)', [20, 7, 20, 7]],
    ['FILL(m2, REPEAT)', [20, 20, 20, 20]],
    ['FILL(none, REPEAT)', of['none'] ?? []],
    ['TIME_SERIES(3)', [3, 3, 3, 3]],
    ['IF(TIME_SERIES(1), FILL(m2, 0), 0)', [20, 0, 20, 0]],
    ['DIFF(m1)', [NO, -10, -20, 0]],
    ['DIFF(m2)', [NO, NO, NO, NO]],
    ['FILL(none, 0) + m1', [30, 20, 0, 0]],
    ['none + none', of['none'] ?? []],
    ['IF(m1 > 10, 100 * m2 / m1, 0)', [2000 / 30, 0, 0, 0]],
    ['(m1 > 10) + (m2 > 10)', [2, 1, 1, 0]],
    ['m1 - 5 - 5', [20, 10, -10, -10]],
    ['IF(m1 < 30, m1)', [NO, 20, 0, 0]],
    ['DIFF_TIME(m1)', [NO, 60, 60, 60]],
    ['DIFF_TIME(m2)', [NO, NO, 120, NO]],
    ['EPOCH(m2) + 120 > MAX(EPOCH(m2))', [0, 0, 1, 1]],
  ])('%s', (text, expected) => {
    expect(given(text)).toEqual(expected);
  });

  it.each([
    'ANOMALY_DETECTION_BAND(m1, 3)',
    'SUM([m1, m2])',
    'RATE(m1)',
    'IF(m1)',
    'FILL(m1, LINEAR)',
    'DIFF(1)',
    '1 + 2',
    'm1 m2',
    '(m1',
    'm1 % 2',
  ])('%s is an error', (text) => {
    expect(() => given(text)).toThrow(Error);
  });
});

describe('what is worked on with each minute is what it would be from nothing', () => {
  const MINUTES = 400;

  /** Silences and bursts, and nothing at all for longer than a window. */
  function course(random: () => number): readonly number[] {
    const values: number[] = [];
    while (values.length < MINUTES) {
      const value = random() < 0.5 ? Number.NaN : Math.floor(random() * 4);
      const minutes = 1 + Math.floor(random() * 40);
      for (let i = 0; i < minutes; i += 1) values.push(random() < 0.8 ? value : Math.floor(random() * 3));
    }
    return values.fill(Number.NaN, 150, 200);
  }

  /** How many evaluations differ, of how many. */
  function compared(
    text: string,
    semantics: (typeof VARIANTS)[number],
    seed: number,
  ): readonly [number, number] {
    let state = seed;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    const said = new Map(['m', 'n', 'k'].map((id) => [id, course(random)] as const));
    const length = 20 + semantics.extraPeriods;
    const expression = compile(text);
    let differ = 0;
    let now = 0;
    const metric = (id: string, end: number) =>
      end > now - semantics.delay ? Number.NaN : (said.get(id)?.[end - 1] ?? Number.NaN);
    const step = new Evaluation(expression, semantics, 1, metric);
    for (now = length; now < MINUTES; now += 1) {
      const range = { first: now - length + 1, last: now, settled: now - semantics.delay };
      const whole = new Evaluation(expression, semantics, 1, metric).series(range);
      const found = step.series(range);
      if (!whole.every((point, i) => Object.is(point, found[i]))) differ += 1;
    }
    return [differ, MINUTES - length];
  }

  it.each([
    'FILL(m, 0) + FILL(n, 0)',
    'IF(FILL(m, 0) > 1, 100 * n / m, k)',
    'IF(n > 0, DIFF_TIME(IF(n > 0, n)) < 600, n)',
    'FILL(m, REPEAT) - DIFF(FILL(m, REPEAT))',
    'IF(EPOCH(m) + 900 > MAX(EPOCH(m)), DIFF(DIFF(FILL(n, REPEAT))) + (FILL(k, 0) >= 1), 0)',
    'm - FILL(n, 0) + MAX(k)',
    'IF(DIFF_TIME(IF(m - DIFF(m) > 1, n)) < 300, FILL(k, REPEAT), DIFF(DIFF(n)))',
  ])('%s', (text) => {
    for (const semantics of VARIANTS)
      for (const seed of [7, 11, 13])
        expect(compared(text, semantics, seed)).toEqual([0, 380 - semantics.extraPeriods]);
  });
});
