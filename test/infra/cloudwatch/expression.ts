/** Metric math as far as templates of a guard use it; whatever else is an error. [math] in `semantics.ts`. */
import type { Semantics } from './semantics.ts';

/** A point a period, oldest first; one that is missing is no number. */
export type Series = readonly number[];

type Value = Series | number;

type Lookup = (id: string) => Series;

/** Of one evaluation. */
interface Range {
  readonly length: number;
  readonly periodSeconds: number;
  readonly semantics: Semantics;
}

/** One part of an expression: what it is made from comes before it, and what is said twice is one part. */
interface Part {
  readonly of: readonly number[];
  readonly value: (from: readonly Value[], range: Range, lookup: Lookup) => Value;
}

type Pairwise = (a: number, b: number) => number;

const COMPARE: Readonly<Record<string, Pairwise>> = {
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
};
const ADD: Readonly<Record<string, Pairwise>> = { '+': (a, b) => a + b, '-': (a, b) => a - b };
const MULTIPLY: Readonly<Record<string, Pairwise>> = {
  '*': (a, b) => a * b,
  // "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped."
  '/': (a, b) => (b === 0 ? Number.NaN : a / b),
};

/** One array for each scalar and length: these are worked on a million times. */
const SCALARS = new Map<string, Series>();

function seriesOf(value: Value, { length }: Range): Series {
  if (typeof value !== 'number') return value;
  const name = `${value} ${length}`;
  const known = SCALARS.get(name) ?? Array<number>(length).fill(value);
  SCALARS.set(name, known);
  return known;
}

function pairwise(a: Value, b: Value, range: Range, of: Pairwise): Value {
  if (typeof a === 'number' && typeof b === 'number') return of(a, b);
  // Between a series and a scalar there is no other series that has a value.
  const isStrict =
    typeof a === 'number' || typeof b === 'number' || range.semantics.missingOperand === 'missing';
  const [left, right] = [seriesOf(a, range), seriesOf(b, range)];
  const made: number[] = [];
  for (let i = 0; i < range.length; i += 1) {
    const x = left[i] as number;
    const y = right[i] as number;
    const lacksX = Number.isNaN(x);
    const lacksY = Number.isNaN(y);
    if (isStrict ? lacksX || lacksY : lacksX && lacksY) made.push(Number.NaN);
    else made.push(of(lacksX ? 0 : x, lacksY ? 0 : y));
  }
  return made;
}

/** "REPEAT to fill missing values with the most recent actual value of the metric before the missing value" */
function repeated(series: readonly number[]): readonly number[] {
  let last = Number.NaN;
  return series.map((point) => {
    if (!Number.isNaN(point)) last = point;
    return last;
  });
}

/** "…the timestamp of the preceding value from that time series": a period before, or however long ago. */
function sinceTheLast(series: readonly number[], { periodSeconds }: Range): readonly number[] {
  let last = Number.NaN;
  return series.map((point, i) => {
    if (Number.isNaN(point)) return Number.NaN;
    const gap = (i - last) * periodSeconds;
    last = i;
    return gap;
  });
}

/** By name and number of arguments; undefined for what a function does not take. */
const FUNCTIONS: Readonly<Record<string, (given: readonly Value[], range: Range) => Value | undefined>> = {
  'FILL 2': ([a, b], { semantics }) => {
    if (typeof a !== 'object' || typeof b !== 'number') return undefined;
    if (!semantics.fillsEmpty && a.every(Number.isNaN)) return a;
    return a.map((point) => (Number.isNaN(point) ? b : point));
  },
  'REPEAT 1': ([a]) => (typeof a === 'object' ? repeated(a) : undefined),
  // "the difference between each value in the time series and the preceding value from that time series"
  'DIFF 1': ([a]) =>
    typeof a === 'object' ? a.map((point, i) => point - (a[i - 1] ?? Number.NaN)) : undefined,
  'DIFF_TIME 1': ([a], range) => (typeof a === 'object' ? sinceTheLast(a, range) : undefined),
  // "take the period and range of the time series and return a new non-sparse time series where each value is based on its
  // timestamp": from an epoch of its own.
  'EPOCH 1': ([a], range) => (typeof a === 'object' ? a.map((_, i) => i * range.periodSeconds) : undefined),
  // "The MAX of a single time series returns a scalar representing the maximum value of all data points in the metric."
  'MAX 1': ([a]) =>
    typeof a === 'object' ? Math.max(...a.filter((point) => !Number.isNaN(point))) : undefined,
  'IF 3': ([condition, yes, no], range) =>
    condition === undefined || yes === undefined || no === undefined
      ? undefined
      : chosen(seriesOf(condition, range), seriesOf(yes, range), seriesOf(no, range)),
  // "is dropped, if … FALSE and … metric3 is omitted from the expression"
  'IF 2': ([condition, yes], range) =>
    condition === undefined || yes === undefined
      ? undefined
      : chosen(seriesOf(condition, range), seriesOf(yes, range), seriesOf(Number.NaN, range)),
};

function chosen(conditions: Series, yes: Series, no: Series): Series {
  return conditions.map((condition, i) => {
    if (Number.isNaN(condition)) return Number.NaN;
    if (condition === 0) return no[i] as number;
    // "has the value of 0, if … metric1 is TRUE and the corresponding data point does not exist in metric2"
    const found = yes[i] as number;
    return Number.isNaN(found) ? 0 : found;
  });
}

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|[-+*/<>(),])/y;

function tokens(text: string): readonly string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match?.[1] === undefined) throw new Error(`metric math cannot be read: ${text}`);
    found.push(match[1]);
  }
  return found;
}

const READ = new Map<string, readonly Part[]>();

/** @throws Error for a function or an operator that is not among these */
function read(text: string): readonly Part[] {
  const known = READ.get(text);
  if (known !== undefined) return known;
  const parts: Part[] = [];
  const names = new Map<string, number>();
  const all = tokens(text);
  let next = 0;
  const peek = () => all[next] ?? '';
  const take = (expected?: string): string => {
    const token = all[next] ?? '';
    if (expected !== undefined && token !== expected) throw new Error(`${text}: ${expected} is missing`);
    next += 1;
    return token;
  };
  function part(what: string, of: readonly number[], value: Part['value']): number {
    const name = `${what} ${of.join()}`;
    const found = names.get(name) ?? parts.push({ of, value }) - 1;
    names.set(name, found);
    return found;
  }

  function call(name: string): number {
    take('(');
    const given = [comparison()];
    let called = name;
    while (peek() === ',') {
      take();
      if (name === 'FILL' && peek() === 'REPEAT') called = take();
      else given.push(comparison());
    }
    take(')');
    const signature = `${called} ${given.length}`;
    const of = FUNCTIONS[signature];
    if (of === undefined) throw new Error(`${text}: ${signature} is not known here`);
    return part(signature, given, (values, range) => {
      const value = of(values, range);
      if (value === undefined) throw new Error(`${text}: ${signature} does not take that`);
      return value;
    });
  }

  function atom(): number {
    const token = take();
    if (token === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) return part(token, [], () => Number(token));
    if (peek() === '(') return call(token);
    if (!/^[a-z]/.test(token)) throw new Error(`${text}: ${token} is no id`);
    return part(token, [], (_from, _range, lookup) => lookup(token));
  }

  function operated(first: number, operators: Readonly<Record<string, Pairwise>>, operand: () => number) {
    const operator = take();
    const of = operators[operator] ?? Number.NaN;
    if (typeof of === 'number') throw new Error(`${text}: ${operator} is not known here`);
    return part(operator, [first, operand()], ([a, b], range) =>
      pairwise(a ?? Number.NaN, b ?? Number.NaN, range, of),
    );
  }

  function product(): number {
    let found = atom();
    while (MULTIPLY[peek()] !== undefined) found = operated(found, MULTIPLY, atom);
    return found;
  }

  function addition(): number {
    let found = product();
    while (ADD[peek()] !== undefined) found = operated(found, ADD, product);
    return found;
  }

  function comparison(): number {
    const found = addition();
    return COMPARE[peek()] === undefined ? found : operated(found, COMPARE, addition);
  }

  comparison();
  if (next !== all.length) throw new Error(`${text}: ${peek()} is not known here`);
  READ.set(text, parts);
  return parts;
}

/** What the parts of an expression came to the last time: what is made of the same series again is what it was. */
export interface Worked {
  values: readonly Value[];
}

/** @throws Error for a function or an operator that is not among these */
export function evaluate(
  text: string,
  lookup: Lookup,
  length: number,
  semantics: Semantics,
  periodSeconds = 60,
  worked: Worked = { values: [] },
): Series {
  const range = { length, periodSeconds, semantics };
  const before = worked.values;
  const values: Value[] = [];
  for (const [n, { of, value }] of read(text).entries()) {
    const was = before[n];
    const isSame = was !== undefined && of.length > 0 && of.every((i) => Object.is(values[i], before[i]));
    const made = () =>
      value(
        of.map((i) => values[i] ?? Number.NaN),
        range,
        lookup,
      );
    values.push(isSame ? was : made());
  }
  worked.values = values;
  const value = values.at(-1);
  // "The final result of any math expression must be a single time series"
  if (typeof value !== 'object') throw new Error(`${text}: a scalar is no result`);
  return value;
}
