/** The figures of a run as a table in Markdown, for a terminal and for the page alike. */
import type { BenchLine, FigureLine } from './lines.ts';
import type { ToReach } from './row.ts';

const HEAD = ['question', 'measured', 'against', 'ratio', 'to reach', 'reached'];

/** As many figures as say something: 0.53, 12.4, 1,240. */
function shown(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function withUnit(value: number, unit: FigureLine['unit']): string {
  return unit === 'count' ? shown(value) : unit === 'times' ? `${shown(value)} ×` : `${shown(value)} ${unit}`;
}

function aim({ of, at, value }: ToReach, unit: FigureLine['unit']): string {
  return `${at === 'most' ? '≤' : '≥'} ${of === 'ratio' ? `${shown(value)} ×` : withUnit(value, unit)}`;
}

function cellsOf(line: FigureLine): readonly string[] {
  const { what, value, unit, against, ratio, toReach, reached } = line;
  return [
    what,
    withUnit(value, unit),
    against === undefined ? '' : `${against.what} ${withUnit(against.value, unit)}`,
    ratio === undefined ? '' : `${shown(ratio)} ×`,
    toReach === undefined ? '' : aim(toReach, unit),
    reached === null ? '' : reached ? 'yes' : 'no',
  ];
}

/** Rows of figures under the question of each, as wide as they are. */
export function tableOf(lines: readonly BenchLine[]): string {
  const rows = lines.flatMap((line): (readonly string[])[] => {
    if (line.kind === 'row') return [[`**${line.name}**`, '', '', '', '', '']];
    return line.kind === 'figure' ? [cellsOf(line)] : [];
  });
  const widths = HEAD.map((head, column) =>
    Math.max(...[HEAD, ...rows].map((row) => (row[column] ?? head).length)),
  );
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [text(HEAD), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(text)].join(
    '\n',
  );
}
