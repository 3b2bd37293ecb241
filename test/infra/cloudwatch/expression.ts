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

/** A series a period ago, and what of it is not now what it was then one place later. */
interface Before {
  readonly series: Series;
  /** So many of the oldest, and of the newest. */
  readonly oldest: number;
  readonly newest: number;
}

/** One part of an expression: what it is made from comes before it, and what is said twice is one part. */
interface Part {
  readonly of: readonly number[];
  /** How many periods before its own each point follows from, and from nothing else; undefined where it may be any. */
  readonly reach: (semantics: Semantics) => number | undefined;
  readonly value: (from: readonly Value[], range: Range, lookup: Lookup, before?: Before) => Value;
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

/** What was found a period ago moves by one place; only what is new is worked on. */
function pointwise(length: number, before: Before | undefined, of: (i: number) => number): Series {
  if (before === undefined) return Array.from({ length }, (_, i) => of(i));
  const made = before.series.slice(1);
  for (let i = 0; i < before.oldest; i += 1) made[i] = of(i);
  for (let i = Math.max(before.oldest, length - before.newest); i < length; i += 1) made[i] = of(i);
  return made;
}

function pairwise(a: Value, b: Value, range: Range, of: Pairwise, before?: Before): Value {
  if (typeof a === 'number' && typeof b === 'number') return of(a, b);
  // Between a series and a scalar there is no other series that has a value.
  const isStrict =
    typeof a === 'number' || typeof b === 'number' || range.semantics.missingOperand === 'missing';
  const [left, right] = [seriesOf(a, range), seriesOf(b, range)];
  return pointwise(range.length, before, (i) => {
    const x = left[i] as number;
    const y = right[i] as number;
    const lacksX = Number.isNaN(x);
    const lacksY = Number.isNaN(y);
    if (isStrict ? lacksX || lacksY : lacksX && lacksY) return Number.NaN;
    return of(lacksX ? 0 : x, lacksY ? 0 : y);
  });
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

/** From an epoch of its own: the same for every evaluation. */
const EPOCHS = new Map<string, Series>();

function epochs({ length, periodSeconds }: Range): Series {
  const name = `${length} ${periodSeconds}`;
  const known = EPOCHS.get(name) ?? Array.from({ length }, (_, i) => i * periodSeconds);
  EPOCHS.set(name, known);
  return known;
}

type Called = (given: readonly Value[], range: Range, before?: Before) => Value | undefined;

const ITS_OWN: Part['reach'] = () => 0;
const ANY: Part['reach'] = () => undefined;

const REACH: Readonly<Record<string, Part['reach']>> = {
  // Where an empty series is not filled, whether one point is filled hangs on all others.
  'FILL 2': ({ fillsEmpty }) => (fillsEmpty ? 0 : undefined),
  'IF 3': ITS_OWN,
  'IF 2': ITS_OWN,
  'DIFF 1': () => 1,
};

/** By name and number of arguments; undefined for what a function does not take. */
const FUNCTIONS: Readonly<Record<string, Called>> = {
  'FILL 2': ([a, b], { semantics, length }, before) => {
    if (typeof a !== 'object' || typeof b !== 'number') return undefined;
    if (semantics.fillsEmpty)
      return pointwise(length, before, (i) => (Number.isNaN(a[i]) ? b : (a[i] as number)));
    // What was empty a moment ago was not filled.
    return a.every(Number.isNaN) ? a : a.map((point) => (Number.isNaN(point) ? b : point));
  },
  'IF 3': ([condition, yes, no], range, before) =>
    condition === undefined || yes === undefined || no === undefined
      ? undefined
      : chosen(seriesOf(condition, range), seriesOf(yes, range), seriesOf(no, range), before),
  // "is dropped, if … FALSE and … metric3 is omitted from the expression"
  'IF 2': ([condition, yes], range, before) =>
    condition === undefined || yes === undefined
      ? undefined
      : chosen(seriesOf(condition, range), seriesOf(yes, range), seriesOf(Number.NaN, range), before),
  'REPEAT 1': ([a]) => (typeof a === 'object' ? repeated(a) : undefined),
  // "the difference between each value in the time series and the preceding value from that time series"
  'DIFF 1': ([a], { length }, before) =>
    typeof a === 'object'
      ? pointwise(length, before, (i) => (a[i] as number) - (a[i - 1] ?? Number.NaN))
      : undefined,
  'DIFF_TIME 1': ([a], range) => (typeof a === 'object' ? sinceTheLast(a, range) : undefined),
  // "take the period and range of the time series and return a new non-sparse time series where each value is based on its
  // timestamp"
  'EPOCH 1': ([a], range) => (typeof a === 'object' ? epochs(range) : undefined),
  // "The MAX of a single time series returns a scalar representing the maximum value of all data points in the metric."
  'MAX 1': ([a]) =>
    typeof a === 'object' ? Math.max(...a.filter((point) => !Number.isNaN(point))) : undefined,
};

function chosen(conditions: Series, yes: Series, no: Series, before?: Before): Series {
  return pointwise(conditions.length, before, (i) => {
    const condition = conditions[i] as number;
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
  function part(what: string, of: readonly number[], reach: Part['reach'], value: Part['value']): number {
    const name = `${what} ${of.join()}`;
    const found = names.get(name) ?? parts.push({ of, reach, value }) - 1;
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
    return part(signature, given, REACH[signature] ?? ANY, (values, range, _lookup, before) => {
      const value = of(values, range, before);
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
    if (/^\d/.test(token)) return part(token, [], ANY, () => Number(token));
    if (peek() === '(') return call(token);
    if (!/^[a-z]/.test(token)) throw new Error(`${text}: ${token} is no id`);
    return part(token, [], ANY, (_from, _range, lookup) => lookup(token));
  }

  function operated(first: number, operators: Readonly<Record<string, Pairwise>>, operand: () => number) {
    const operator = take();
    const of = operators[operator] ?? Number.NaN;
    if (typeof of === 'number') throw new Error(`${text}: ${operator} is not known here`);
    return part(operator, [first, operand()], ITS_OWN, ([a, b], range, _lookup, before) =>
      pairwise(a ?? Number.NaN, b ?? Number.NaN, range, of, before),
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

/** What an expression came to a period ago: what is made of the same series again is what it was. */
export interface Worked {
  readonly values: readonly Value[];
  /** Of parts that were what they had been: how many of the oldest points are not what is one place later. */
  readonly kept: readonly (number | undefined)[];
}

/** How many of the oldest points are not what was there a period ago one place later, the newest apart. */
function changedAtFront(now: Value, was: Value | undefined, newest: number): number {
  if (typeof now !== 'object' || typeof was !== 'object')
    return Object.is(now, was) ? 0 : Number.POSITIVE_INFINITY;
  let i = now.length - newest;
  while (i > 0 && Object.is(now[i - 1], was[i])) i -= 1;
  return Math.max(0, i);
}

interface Evaluation {
  readonly length: number;
  readonly semantics: Semantics;
  readonly periodSeconds?: number;
  /** Of a period ago, and how many of the newest points of what is looked up were not seen as they are, then. */
  readonly since?: { readonly worked: Worked; readonly newest: number };
}

/** @throws Error for a function or an operator that is not among these */
export function evaluate(
  text: string,
  lookup: Lookup,
  { length, semantics, periodSeconds = 60, since }: Evaluation,
): readonly [Series, Worked] {
  const range = { length, periodSeconds, semantics };
  const before = since?.worked.values ?? [];
  const newest = since?.newest ?? length;
  const values: Value[] = [];
  const oldest: number[] = [];
  const kept: (number | undefined)[] = [];
  for (const [n, { of, reach, value }] of read(text).entries()) {
    const was = before[n];
    if (was !== undefined && of.length > 0 && of.every((i) => Object.is(values[i], before[i]))) {
      // What it is one place later is another matter.
      const moved = since?.worked.kept[n] ?? changedAtFront(was, was, newest);
      values.push(was);
      oldest.push(moved);
      kept[n] = moved;
      continue;
    }
    const from = of.map((i) => values[i] ?? Number.NaN);
    const back = reach(semantics);
    const changed = (back ?? 0) + Math.max(0, ...of.map((i) => oldest[i] ?? length));
    const isMoved =
      back !== undefined && typeof was === 'object' && was.length === length && changed < length;
    const made = value(from, range, lookup, isMoved ? { series: was, oldest: changed, newest } : undefined);
    values.push(made);
    oldest.push(isMoved ? changed : changedAtFront(made, was, newest));
  }
  const value = values.at(-1);
  // "The final result of any math expression must be a single time series"
  if (typeof value !== 'object') throw new Error(`${text}: a scalar is no result`);
  return [value, { values, kept }];
}
