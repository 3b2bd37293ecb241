/** The part of docs/performance.md that says what was measured, between its two marks. */
import type { BenchLine } from './lines.ts';
import { tableOf } from './table.ts';

const BEGIN = '<!-- measured: npm run bench:page -->';
const END = '<!-- end -->';

/** When and where, what is reached and what is not, and every figure. */
export function measuredOf(lines: readonly BenchLine[]): string {
  const run = lines.find((line) => line.kind === 'run');
  if (run === undefined) throw new Error('there is no line of the run');
  const figures = lines.flatMap((line) => (line.kind === 'figure' ? [line] : []));
  const count = (reached: boolean) => figures.filter((figure) => figure.reached === reached).length;
  const loads = lines.flatMap((line) => (line.kind === 'row' ? [line.load] : []));
  const memory = Math.round(run.memoryMB / 1024);
  return [
    `Measured on ${run.at.slice(0, 10)} at commit ${run.commit}: Node ${run.node.slice(1)} (V8 ${run.v8}), ${run.platform}, ${run.processors} × ${run.processor}, ${memory} GB; what else ran made a load average of ${Math.min(...loads)} to ${Math.max(...loads)}.`,
    `Of what is to be reached, **${count(true)} figures are, ${count(false)} are not**.${run.quick ? ' A quick run: its figures mean nothing.' : ''}`,
    '',
    tableOf(lines),
  ].join('\n');
}

/** @throws Error for a page without the marks */
export function withMeasured(page: string, measured: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error('the page has no place for what was measured');
  return `${page.slice(0, from + BEGIN.length)}\n\n${measured}\n\n${page.slice(to)}`;
}
