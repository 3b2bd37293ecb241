/**
 * Times of work done turn about: all sides meet the same machine, the same garbage collector and the same minute. Nothing
 * is timed that was not run often before, and each side begins with the young generation of the heap empty.
 */

/** A batch of calls that had the processor for less of its time than this is somebody else's time, and is done again. */
const LEAST_BUSY = 0.8;
/** How often, for each that counts: a machine may never be quiet. */
const MOST_AGAIN = 2;

export interface Side {
  /** Done before the clock starts; `calls` of `run` follow. */
  prepare?(calls: number): void;
  /** @param call its number in the batch */
  run(call: number): unknown;
}

export interface Turns {
  /** Calls of each side before anything is timed. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Calls timed together: 1 for what takes long enough to be timed alone. @default 1 */
  readonly calls?: number;
}

/** Milliseconds a call of each side, one sample a round, in the order of the sides' names. */
export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>;

export async function turnAbout<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  { warmUp, rounds, calls = 1 }: Turns,
): Promise<Samples<Name>> {
  const names = Object.keys(sides) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await timed(sides[name], warmUp);
  collect('major');
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes first pays for what the one before left behind: each is first in turn.
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      samples[name].push(calls > 1 ? await batched(sides[name], calls) : await timed(sides[name], 1));
    }
  }
  return samples;
}

/** Of a call, on the average of a batch that was not interrupted for long. */
async function batched(side: Side, calls: number): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, busy: 0 };
  for (let turn = 0; turn <= MOST_AGAIN && best.busy < LEAST_BUSY; turn += 1) {
    collect('minor');
    const used = process.cpuUsage();
    const from = performance.now();
    const took = await timed(side, calls);
    const { user, system } = process.cpuUsage(used);
    const busy = (user + system) / 1000 / (performance.now() - from);
    if (busy > best.busy) best = { took, busy };
  }
  return best.took / calls;
}

async function timed(side: Side, calls: number): Promise<number> {
  side.prepare?.(calls);
  const started = performance.now();
  for (let call = 0; call < calls; call += 1) {
    const result = side.run(call);
    if (result instanceof Promise) await result;
  }
  return performance.now() - started;
}

/** Nothing where the process was not started with `--expose-gc`. */
export function collect(what: 'major' | 'minor'): void {
  globalThis.gc?.({ type: what, execution: 'sync' });
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 50);
}

/** The sample that so many of a hundred are not above. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export const microseconds = (milliseconds: number) => milliseconds * 1000;
