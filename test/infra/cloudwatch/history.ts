/** What was said of each metric, minute by minute: by the guard's own lines (embedded metric format), and by the platform. */

interface Minute {
  readonly sum: number;
  readonly max: number;
  readonly count: number;
  readonly values: readonly number[];
}

const NOTHING: Minute = { sum: 0, max: Number.NEGATIVE_INFINITY, count: 0, values: [] };

/** Sums and counts of everything before a minute, so that a day is two look-ups. */
interface Totals {
  readonly first: number;
  readonly sums: readonly number[];
  readonly counts: readonly number[];
}

/** `Namespace Metric{Name=Value,…}`, dimensions by name. */
export function metricKey(
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
): string {
  const at = Object.entries(dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join();
  return `${namespace} ${metric}{${at}}`;
}

interface Line {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [member: string]: unknown;
}

const MINUTE_MS = 60_000;

/** One figure of a line, and its minute. */
export interface Said {
  readonly key: string;
  readonly at: number;
  readonly value: number;
}

/** A log line of a function as CloudWatch reads it: "Embedded metric format specification". */
export function readLine(text: string): readonly Said[] {
  const line = JSON.parse(text) as Line;
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => ({
        key: metricKey(Namespace, Name, Object.fromEntries(names.map((name) => [name, String(line[name])]))),
        at: line._aws.Timestamp / MINUTE_MS,
        value: Number(line[Name]),
      })),
    ),
  );
}

/** A statistic of the period that ends with each minute, as far as somebody has looked, and for how many minutes it has been what it is. */
class MinuteByMinute {
  readonly #of: (end: number) => number | undefined;
  readonly #first: number;
  readonly #values: number[] = [];
  readonly #lasting: number[] = [];

  /** @param first the first minute whose end is asked for, or was said anything in */
  constructor(first: number, of: (end: number) => number | undefined) {
    this.#first = first;
    this.#of = of;
  }

  #upTo(end: number): void {
    for (let i = this.#values.length; i < end - this.#first; i += 1) {
      const value = this.#of(this.#first + i + 1) ?? Number.NaN;
      this.#lasting.push(Object.is(value, this.#values[i - 1]) ? (this.#lasting[i - 1] ?? 0) + 1 : 1);
      this.#values.push(value);
    }
  }

  /** Of the period that ends with a minute. */
  endingAt(end: number): number {
    this.#upTo(end);
    return this.#values[end - 1 - this.#first] ?? Number.NaN;
  }

  /** Whether so many minutes are now what they were a minute ago. */
  goesOn(length: number, end: number): boolean {
    this.#upTo(end);
    return (this.#lasting[end - 1 - this.#first] ?? 0) > length;
  }

  /** The first minute after one, and before another, with whose end it is something else. */
  changesAfter(end: number, before: number): number {
    this.#upTo(before);
    let next = end + 1;
    while (next < before && (this.#lasting[next - 1 - this.#first] ?? 1) > 1) next += 1;
    return next;
  }
}

export class History {
  readonly #metrics: Map<string, Map<number, Minute>>;
  readonly #totals = new Map<string, Totals>();
  readonly #found = new Map<string, number | undefined>();
  readonly #byMinute = new Map<string, MinuteByMinute>();

  /** @param before what was said until now, to go on with */
  constructor(before?: History) {
    this.#metrics = new Map(
      [...(before === undefined ? [] : before.#metrics)].map(([key, minutes]) => [key, new Map(minutes)]),
    );
  }

  /** What a log line of a function says, so many times, in its own minute or in another. */
  line(text: string | readonly Said[], times = 1, minute?: number): void {
    for (const { key, at, value } of typeof text === 'string' ? readLine(text) : text)
      this.add(key, minute ?? at, value, times);
  }

  /** @param at minutes */
  add(key: string, at: number, value: number, samples = 1): void {
    const minutes = this.#metrics.get(key) ?? new Map<number, Minute>();
    this.#metrics.set(key, minutes);
    const minute = Math.floor(at);
    const { sum, max, count, values } = minutes.get(minute) ?? NOTHING;
    minutes.set(minute, {
      sum: sum + value * samples,
      max: Math.max(max, value),
      count: count + samples,
      values: [...values, value],
    });
    this.#totals.clear();
    this.#found.clear();
    this.#byMinute.clear();
  }

  /** Periods of so many minutes. Most alarms read by the minute, and each of them what those before it have read. */
  byMinute(key: string, stat: string, length: number, first: number): MinuteByMinute {
    const name = `${key} ${stat} ${length} ${first}`;
    const known =
      this.#byMinute.get(name) ??
      new MinuteByMinute(Math.max(first, this.#totalsOf(key).first - 1), (end) =>
        this.statistic(key, stat, end - length, end),
      );
    this.#byMinute.set(name, known);
    return known;
  }

  /** The statistic of the minutes from `from` on and before `to`, or undefined where nothing was said. */
  statistic(key: string, stat: string, from: number, to: number): number | undefined {
    const { first, sums, counts } = this.#totalsOf(key);
    const within = (minute: number) => Math.min(Math.max(minute - first, 0), sums.length - 1);
    const [a, b] = [within(from), within(Math.max(from, to))];
    const count = (counts[b] ?? 0) - (counts[a] ?? 0);
    if (count === 0) return undefined;
    const sum = (sums[b] ?? 0) - (sums[a] ?? 0);
    if (stat === 'Sum') return sum;
    if (stat === 'SampleCount') return count;
    if (stat === 'Average') return sum / count;
    if (stat === 'Maximum' && to === from + 1) return this.#metrics.get(key)?.get(from)?.max;
    const name = `${key} ${stat} ${from} ${to}`;
    if (!this.#found.has(name)) this.#found.set(name, this.#ordered(key, stat, from, to));
    return this.#found.get(name);
  }

  #ordered(key: string, stat: string, from: number, to: number): number {
    const minutes = this.#metrics.get(key);
    const found = Array.from({ length: to - from }, (_, i) => minutes?.get(from + i)).filter(
      (minute) => minute !== undefined,
    );
    if (stat === 'Maximum') return Math.max(...found.map(({ max }) => max));
    const [, percentile] = /^p(\d+(?:\.\d+)?)$/.exec(stat) ?? [];
    if (percentile === undefined) throw new Error(`no statistic is called ${stat}`);
    const values = found.flatMap((minute) => minute.values).sort((a, b) => a - b);
    return values[Math.max(0, Math.ceil((Number(percentile) / 100) * values.length) - 1)] ?? Number.NaN;
  }

  #totalsOf(key: string): Totals {
    const known = this.#totals.get(key);
    if (known !== undefined) return known;
    const minutes = this.#metrics.get(key) ?? new Map<number, Minute>();
    const first = Math.min(...minutes.keys());
    const last = Math.max(...minutes.keys());
    const sums = [0];
    const counts = [0];
    for (let minute = first; minute <= last; minute += 1) {
      sums.push((sums.at(-1) ?? 0) + (minutes.get(minute)?.sum ?? 0));
      counts.push((counts.at(-1) ?? 0) + (minutes.get(minute)?.count ?? 0));
    }
    const totals = { first: Number.isFinite(first) ? first : Number.NEGATIVE_INFINITY, sums, counts };
    this.#totals.set(key, totals);
    return totals;
  }
}
