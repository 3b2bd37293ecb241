/** Metric math as far as templates of a guard use it; whatever else is an error. [math] in `semantics.ts`. */
import type { Semantics } from './semantics.ts';

/** A point a period, oldest first; undefined is missing. A number is a scalar. */
export type Series = readonly (number | undefined)[];
type Value = Series | number;

type Lookup = (id: string) => Series;

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z_]\w*|<=|>=|==|!=|[-+*/<>(),])/y;

const READ = new Map<string, readonly string[]>();

function tokens(text: string): readonly string[] {
  const known = READ.get(text);
  if (known !== undefined) return known;
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match?.[1] === undefined) throw new Error(`metric math cannot be read: ${text}`);
    found.push(match[1]);
  }
  READ.set(text, found);
  return found;
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  // "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped."
  '/': (a, b) => (b === 0 ? undefined : a / b),
};

const at = (value: Value, i: number): number | undefined => (typeof value === 'number' ? value : value[i]);

/** @throws Error for a function or an operator that is not among these */
export function evaluate(text: string, lookup: Lookup, length: number, semantics: Semantics): Series {
  const all = tokens(text);
  let next = 0;
  const peek = () => all[next] ?? '';
  const take = (expected?: string): string => {
    const token = all[next] ?? '';
    if (expected !== undefined && token !== expected) throw new Error(`${text}: ${expected} is missing`);
    next += 1;
    return token;
  };

  const points = (of: (i: number) => number | undefined): Series => Array.from({ length }, (_, i) => of(i));

  function pairwise(a: Value, b: Value, of: (a: number, b: number) => number | undefined): Value {
    if (typeof a === 'number' && typeof b === 'number') return of(a, b) ?? Number.NaN;
    return points((i) => {
      const [x, y] = [at(a, i), at(b, i)];
      if (x === undefined && y === undefined) return undefined;
      // Between a series and a scalar there is no other series that has a value.
      if (typeof a === 'number' || typeof b === 'number')
        return x === undefined || y === undefined ? undefined : of(x, y);
      if (semantics.missingOperand === 'missing' && (x === undefined || y === undefined)) return undefined;
      return of(x ?? 0, y ?? 0);
    });
  }

  function call(name: string): Value {
    take('(');
    const given = [comparison()];
    let repeats = false;
    while (peek() === ',') {
      take();
      repeats = name === 'FILL' && peek() === 'REPEAT';
      if (repeats) take();
      else given.push(comparison());
    }
    take(')');
    const [a, b, c] = given;
    // "REPEAT to fill missing values with the most recent actual value of the metric before the missing value"
    if (repeats && typeof a === 'object') {
      let last: number | undefined;
      return a.map((point) => {
        last = point ?? last;
        return last;
      });
    }
    // "the difference between each value in the time series and the preceding value from that time series"
    if (name === 'DIFF' && given.length === 1 && typeof a === 'object')
      return a.map((point, i) => {
        const before = i === 0 ? undefined : a[i - 1];
        return point === undefined || before === undefined ? undefined : point - before;
      });
    if (name === 'FILL' && given.length === 2 && a !== undefined && typeof b === 'number') {
      if (typeof a === 'number') throw new Error(`${text}: a scalar cannot be filled`);
      const isEmpty = a.every((point) => point === undefined);
      return isEmpty && !semantics.fillsEmpty ? a : a.map((point) => point ?? b);
    }
    if (name === 'IF' && given.length === 3 && a !== undefined && b !== undefined && c !== undefined)
      return points((i) => {
        const condition = at(a, i);
        if (condition === undefined) return undefined;
        // "has the value of 0, if … metric1 is TRUE and the corresponding data point does not exist in metric2"
        return condition !== 0 ? (at(b, i) ?? 0) : at(c, i);
      });
    throw new Error(`${text}: ${name} with ${given.length} arguments is not known here`);
  }

  function atom(): Value {
    const token = take();
    if (token === '(') {
      const inner = comparison();
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (peek() === '(') return call(token);
    if (!/^[a-z]/.test(token)) throw new Error(`${text}: ${token} is no id`);
    return lookup(token);
  }

  function product(): Value {
    let value = atom();
    while (peek() === '*' || peek() === '/') {
      const of = ARITHMETIC[take()];
      if (of !== undefined) value = pairwise(value, atom(), of);
    }
    return value;
  }

  function addition(): Value {
    let value = product();
    while (peek() === '+' || peek() === '-') {
      const of = ARITHMETIC[take()];
      if (of !== undefined) value = pairwise(value, product(), of);
    }
    return value;
  }

  function comparison(): Value {
    const value = addition();
    const compare = COMPARE[peek()];
    if (compare === undefined) return value;
    take();
    return pairwise(value, addition(), (a, b) => (compare(a, b) ? 1 : 0));
  }

  const value = comparison();
  if (next !== all.length) throw new Error(`${text}: ${peek()} is not known here`);
  // "The final result of any math expression must be a single time series"
  if (typeof value === 'number') throw new Error(`${text}: a scalar is no result`);
  return value;
}
