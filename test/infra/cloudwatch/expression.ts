/**
 * Metric math as far as templates of a guard use it; whatever else is an error. [math] in `semantics.ts`.
 *
 * A point is worked on once and kept, with what it was found to rest on: alarms look every minute at hundreds of points of which all but
 * the newest are what they were. `alarm-state.test.ts` holds what is kept against what is worked on from nothing.
 */
import type { Semantics } from './semantics.ts';

/** A point a period, oldest first; one that is missing is no number. */
export type Series = readonly number[];

/** One part of an expression: what it is made from comes before it, and what is said twice is one part. */
interface Part {
  /** A number, the id of a metric, an operator, or a function by its name and number of arguments. */
  readonly what: string;
  readonly of: readonly number[];
  readonly isScalar: boolean;
}

/** What ends with its last part. */
export type Expression = readonly Part[];

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
const PAIRWISE = { ...COMPARE, ...ADD, ...MULTIPLY };

/** By name and number of arguments: whether what it is given may be, and whether a scalar comes of it. */
const FUNCTIONS: Readonly<
  Record<string, { readonly takes: (of: readonly Part[]) => boolean; readonly isScalar?: true }>
> = {
  'FILL 2': { takes: ([a, b]) => a !== undefined && isId(a.what) && b?.isScalar === true },
  'REPEAT 1': { takes: ([a]) => a?.isScalar === false },
  'IF 3': { takes: () => true },
  'IF 2': { takes: () => true },
  'DIFF 1': { takes: ([a]) => a?.isScalar === false },
  'DIFF_TIME 1': { takes: ([a]) => a?.isScalar === false },
  'TIME_SERIES 1': { takes: ([a]) => a?.isScalar === true },
  'EPOCH 1': { takes: ([a]) => a?.isScalar === false },
  'MAX 1': { takes: ([a]) => a?.isScalar === false, isScalar: true },
};

const isId = (what: string) => /^[a-z]\w*$/.test(what);
const isNumber = (what: string) => /^\d/.test(what);

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

/**
 * @param textOf the expression behind an id; undefined for a metric
 * @throws Error for a function or an operator that is not among these
 */
export function compile(
  whole: string,
  textOf: (id: string) => string | undefined = () => undefined,
): Expression {
  const parts: Part[] = [];
  const names = new Map<string, number>();
  const behind = new Map<string, number>();

  function part(what: string, of: readonly number[], isScalar: boolean): number {
    const name = `${what} ${of.join()}`;
    const found = names.get(name) ?? parts.push({ what, of, isScalar }) - 1;
    names.set(name, found);
    return found;
  }

  function named(id: string): number {
    const text = textOf(id);
    if (text === undefined) return part(id, [], false);
    const found = behind.get(id) ?? read(text);
    behind.set(id, found);
    return found;
  }

  function read(text: string): number {
    const all = tokens(text);
    let next = 0;
    const peek = () => all[next] ?? '';
    const take = (expected?: string): string => {
      const token = all[next] ?? '';
      if (expected !== undefined && token !== expected) throw new Error(`${text}: ${expected} is missing`);
      next += 1;
      return token;
    };

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
      if (!of.takes(given.flatMap((i) => parts[i] ?? [])))
        throw new Error(`${text}: ${signature} does not take that`);
      return part(signature, given, of.isScalar === true);
    }

    function atom(): number {
      const token = take();
      if (token === '(') {
        const inner = comparison();
        take(')');
        return inner;
      }
      if (isNumber(token)) return part(token, [], true);
      if (peek() === '(') return call(token);
      if (!isId(token)) throw new Error(`${text}: ${token} is no id`);
      return named(token);
    }

    function operated(first: number, operators: Readonly<Record<string, Pairwise>>, operand: () => number) {
      const operator = take();
      if (operators[operator] === undefined) throw new Error(`${text}: ${operator} is not known here`);
      const second = operand();
      const isScalar = parts[first]?.isScalar === true && parts[second]?.isScalar === true;
      return part(operator, [first, second], isScalar);
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

    const found = comparison();
    if (next !== all.length) throw new Error(`${text}: ${peek()} is not known here`);
    return found;
  }

  const last = read(whole);
  // "The final result of any math expression must be a single time series"
  if (parts[last]?.isScalar !== false) throw new Error(`${whole}: a scalar is no result`);
  return parts.slice(0, last + 1);
}

/** The points that are looked at, each by the minute that it ends with. */
export interface Range {
  readonly first: number;
  readonly last: number;
  /** Up to which nothing more will be said. */
  readonly settled: number;
}

/** What was found of a part, by the minute a point ends with. It is so where the range begins after `after`, and not after `upTo`. */
interface Kept {
  readonly values: Float64Array;
  readonly after: Float64Array;
  readonly upTo: Float64Array;
  /** When it was found, in `#turn`. */
  readonly turns: Float64Array;
}

function kept(size: number, was?: Kept): Kept {
  const of = (name: keyof Kept) => {
    const made = new Float64Array(size);
    if (was !== undefined) made.set(was[name]);
    return made;
  };
  return { values: of('values'), after: of('after'), upTo: of('upTo'), turns: of('turns') };
}

/** The points of one expression, in ranges each of which is no earlier than the one before. */
export class Evaluation {
  readonly #expression: Expression;
  readonly #semantics: Semantics;
  readonly #minutes: number;
  readonly #metric: (id: string, end: number) => number;
  readonly #of: readonly ((end: number) => number)[];
  #range: Range = { first: 0, last: 0, settled: 0 };
  #base: number | undefined;
  /** What is kept of another turn is not so any more. */
  #turn = 1;
  #looks = 0;
  /** Of what is being worked on: after which minute, and up to which, the range may begin for it to be so. */
  #after = Number.NEGATIVE_INFINITY;
  #upTo = Number.POSITIVE_INFINITY;
  /** Of metrics that are filled: the newest point that was said, as far as somebody has looked. */
  readonly #said = new Map<string, number>();
  readonly #empty = new Set<string>();
  #looked = Number.NEGATIVE_INFINITY;

  /**
   * @param minutes of a period
   * @param metric the point of a metric in the range that ends with a minute, as it is seen
   */
  constructor(
    expression: Expression,
    semantics: Semantics,
    minutes: number,
    metric: (id: string, end: number) => number,
  ) {
    this.#expression = expression;
    this.#semantics = semantics;
    this.#minutes = minutes;
    this.#metric = metric;
    const isEnds = expression.map(() => false);
    for (const [i, { what, of }] of expression.entries())
      isEnds[i] = what === 'MAX 1' || of.some((each) => isEnds[each]);
    /** Worked on more than once for a look: by several, or for each look anew. */
    const isWorthIt = (i: number) => {
      const users = expression.flatMap(({ of }, user) => (of.includes(i) ? [user] : []));
      if (users.length === 0 || users.some((user) => expression[user]?.what === 'DIFF 1')) return true;
      // Of periods that are longer a point is looked at a few times.
      return minutes === 1 && (users.length > 1 || users.some((user) => isEnds[user]));
    };
    const found: ((end: number) => number)[] = [];
    for (const [i, part] of expression.entries()) {
      const of = this.#valueOf(part, found);
      const isKept = part.of.length > 0 && !part.isScalar && isEnds[i] === false && isWorthIt(i);
      found.push(isKept ? this.#keeping(of) : of);
    }
    this.#of = found;
  }

  series(range: Range): Series {
    this.#range = range;
    this.#base ??= range.first - this.#minutes;
    this.#looks += 1;
    if (!this.#semantics.fillsEmpty) this.#fill();
    const of = this.#of.at(-1);
    const points: number[] = [];
    if (of !== undefined)
      for (let end = range.first; end <= range.last; end += this.#minutes) points.push(of(end));
    return points;
  }

  /** What nothing is made of is known before anything is worked on. */
  #fill(): void {
    const { first, settled } = this.#range;
    // Minute by minute a point is where it was.
    const looked = this.#minutes === 1 ? Math.max(this.#looked, first - 1) : first - 1;
    this.#looked = settled;
    for (const { what, of } of this.#expression) {
      if (what !== 'FILL 2') continue;
      const { what: id } = this.#expression[of[0] ?? -1] ?? {};
      if (id === undefined) continue;
      const isEmpty = this.#isEmpty(id, looked);
      if (isEmpty === this.#empty.has(id)) continue;
      if (isEmpty) this.#empty.add(id);
      else this.#empty.delete(id);
      this.#turn += 1;
    }
  }

  #isEmpty(id: string, looked: number): boolean {
    const { first, last } = this.#range;
    for (let end = last; end > looked; end -= this.#minutes)
      if (!Number.isNaN(this.#metric(id, end))) {
        this.#said.set(id, end);
        return false;
      }
    return this.#minutes > 1 || (this.#said.get(id) ?? first - 1) < first;
  }

  #keeping(of: (end: number) => number): (end: number) => number {
    let all = kept(256);
    return (end) => {
      const i = end - (this.#base ?? 0);
      const { first, settled } = this.#range;
      if (i >= all.values.length) all = kept(2 * i, all);
      const after = this.#after;
      const upTo = this.#upTo;
      const knownAfter = all.after[i] as number;
      const knownUpTo = all.upTo[i] as number;
      if (all.turns[i] === this.#turn && knownAfter < first && first <= knownUpTo) {
        if (knownAfter > after) this.#after = knownAfter;
        if (knownUpTo < upTo) this.#upTo = knownUpTo;
        return all.values[i] as number;
      }
      this.#after = Number.NEGATIVE_INFINITY;
      this.#upTo = Number.POSITIVE_INFINITY;
      const value = of(end);
      if (end <= settled) {
        all.values[i] = value;
        all.after[i] = this.#after;
        all.upTo[i] = this.#upTo;
        all.turns[i] = this.#turn;
      }
      if (after > this.#after) this.#after = after;
      if (upTo < this.#upTo) this.#upTo = upTo;
      return value;
    };
  }

  /** Whether there is a point before one, in the range: what is found of it is so as long as that is. */
  #has(end: number): boolean {
    const isThere = end >= this.#range.first;
    if (isThere) this.#upTo = Math.min(this.#upTo, end);
    else this.#after = Math.max(this.#after, this.#range.first - 1);
    return isThere;
  }

  #valueOf({ what, of }: Part, before: readonly ((end: number) => number)[]): (end: number) => number {
    const nothing = () => Number.NaN;
    const [a = nothing, b = nothing, c = nothing] = of.map((i) => before[i] ?? nothing);
    const pairwise = PAIRWISE[what];
    if (pairwise !== undefined) return this.#operated(pairwise, of, a, b);
    switch (what) {
      case 'FILL 2': {
        const id = this.#expression[of[0] ?? -1]?.what ?? '';
        return (end) => {
          const found = a(end);
          return Number.isNaN(found) && !this.#empty.has(id) ? b(end) : found;
        };
      }
      case 'IF 3':
        return (end) => chosen(a(end), b, c, end);
      // "is dropped, if … FALSE and … metric3 is omitted from the expression"
      case 'IF 2':
        return (end) => chosen(a(end), b, nothing, end);
      // "REPEAT to fill missing values with the most recent actual value of the metric before the missing value"
      case 'REPEAT 1': {
        const repeated: (end: number) => number = this.#keeping((end) => {
          const found = a(end);
          const last = end - this.#minutes;
          return Number.isNaN(found) && this.#has(last) ? repeated(last) : found;
        });
        return repeated;
      }
      // "the difference between each value in the time series and the preceding value from that time series"
      case 'DIFF 1':
        return (end) => {
          const found = a(end);
          const last = end - this.#minutes;
          return this.#has(last) ? found - a(last) : Number.NaN;
        };
      // "…the timestamp of the preceding value from that time series": a period before, or however long ago.
      case 'DIFF_TIME 1':
        return (end) => {
          if (Number.isNaN(a(end))) return Number.NaN;
          let last = end - this.#minutes;
          while (this.#has(last) && Number.isNaN(a(last))) last -= this.#minutes;
          return last >= this.#range.first ? (end - last) * 60 : Number.NaN;
        };
      // "Returns a non-sparse time series where every value is set to a scalar argument."
      case 'TIME_SERIES 1':
        return a;
      // "take the period and range of the time series and return a new non-sparse time series where each value is based on its
      // timestamp"
      case 'EPOCH 1':
        return (end) => end * 60;
      case 'MAX 1':
        // Of times it is the newest.
        return this.#expression[of[0] ?? -1]?.what === 'EPOCH 1'
          ? () => this.#range.last * 60
          : this.#most(a);
      default:
        return isNumber(what) ? () => Number(what) : (end) => this.#metric(what, end);
    }
  }

  #operated(
    pairwise: Pairwise,
    of: readonly number[],
    a: (end: number) => number,
    b: (end: number) => number,
  ): (end: number) => number {
    // Between a series and a scalar there is no other series that has a value.
    const isStrict =
      this.#semantics.missingOperand === 'missing' || of.some((i) => this.#expression[i]?.isScalar);
    return (end) => {
      const x = a(end);
      const y = b(end);
      const lacksX = Number.isNaN(x);
      const lacksY = Number.isNaN(y);
      if (isStrict ? lacksX || lacksY : lacksX && lacksY) return Number.NaN;
      return pairwise(lacksX ? 0 : x, lacksY ? 0 : y);
    };
  }

  /** "The MAX of a single time series returns a scalar representing the maximum value of all data points in the metric." */
  #most(of: (end: number) => number): () => number {
    let look = 0;
    let most = Number.NaN;
    return () => {
      if (look === this.#looks) return most;
      look = this.#looks;
      most = Number.NEGATIVE_INFINITY;
      const { first, last } = this.#range;
      for (let end = first; end <= last; end += this.#minutes) {
        const found = of(end);
        if (found > most) most = found;
      }
      return most;
    };
  }
}

function chosen(
  condition: number,
  yes: (end: number) => number,
  no: (end: number) => number,
  end: number,
): number {
  if (Number.isNaN(condition)) return Number.NaN;
  if (condition === 0) return no(end);
  // "has the value of 0, if … metric1 is TRUE and the corresponding data point does not exist in metric2"
  const found = yes(end);
  return Number.isNaN(found) ? 0 : found;
}
