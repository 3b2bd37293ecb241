/** The lines of `npm run bench -- --json`, which docs/performance.md describes: members are added, none changes its meaning. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { type Figure, isReached, type Row } from './row.ts';

const SCHEMA = 1;

export interface RunLine {
  readonly kind: 'run';
  readonly schema: typeof SCHEMA;
  readonly at: string;
  /** Empty outside a checkout. */
  readonly commit: string;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly processor: string;
  readonly processors: number;
  readonly memoryMB: number;
  readonly quick: boolean;
  readonly scale: boolean;
}

interface RowLine extends Omit<Row, 'measure'> {
  readonly kind: 'row';
  readonly seconds: number;
  /** The machine's load average over the last minute, when it was measured: what else ran. */
  readonly load: number;
}

export interface FigureLine extends Figure {
  readonly kind: 'figure';
  /** The name of its row. */
  readonly row: string;
  /** Null where nothing is to be reached. */
  readonly reached: boolean | null;
}

export type BenchLine = RunLine | RowLine | FigureLine;

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

export function runLine({ quick, scale }: Pick<RunLine, 'quick' | 'scale'>): RunLine {
  const processors = cpus();
  return {
    ...{ kind: 'run', schema: SCHEMA, at: new Date().toISOString(), commit: commit() },
    ...{ node: process.version, v8: process.versions.v8, platform: `${process.platform} ${process.arch}` },
    processor: processors[0]?.model.trim() ?? '',
    processors: processors.length,
    memoryMB: Math.round(totalmem() / 2 ** 20),
    ...{ quick, scale },
  };
}

/** Four figures say all that a machine can be believed in. */
const rounded = (value: number) => Number(value.toPrecision(4));

function figureLine(row: string, { value, against, ratio, ...figure }: Figure): FigureLine {
  return {
    ...{ kind: 'figure', row, ...figure, value: rounded(value) },
    ...(against !== undefined && { against: { what: against.what, value: rounded(against.value) } }),
    ...(ratio !== undefined && { ratio: rounded(ratio) }),
    reached: isReached({ value, ...(ratio !== undefined && { ratio }), ...figure }) ?? null,
  };
}

export function linesOf(
  row: Omit<Row, 'measure'>,
  figures: readonly Figure[],
  seconds: number,
): readonly BenchLine[] {
  return [
    { kind: 'row', ...row, seconds: Math.round(seconds), load: rounded(loadavg()[0] ?? 0) },
    ...figures.map((figure) => figureLine(row.name, figure)),
  ];
}

/** @throws Error for what is no line of this schema */
export function readLines(text: string): readonly BenchLine[] {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BenchLine);
  const [first] = lines;
  if (first?.kind !== 'run' || first.schema !== SCHEMA) throw new Error('these are no lines of this bench');
  return lines;
}
