/** The picture of a run: how many times what it should be each figure is that has something to reach, as SVG for light and dark. */
import type { BenchLine, FigureLine } from './lines.ts';

const WIDTH = 960;
const LEFT = 430;
const RIGHT = 90;
const ROW = 22;
const TOP = 64;
/** A power of ten from a tenth of what is to be reached to a hundred times as much. */
const DECADES = [0.1, 1, 10, 100] as const;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** 1 where it is exactly reached, 2 where it costs twice as much as it should or gives half of it. */
function missedBy({ value, ratio, toReach }: FigureLine): number | undefined {
  if (toReach === undefined) return undefined;
  const found = toReach.of === 'value' ? value : ratio;
  if (found === undefined || !(found > 0)) return undefined;
  return toReach.at === 'most' ? found / toReach.value : toReach.value / found;
}

/** Where a multiple is drawn; what is off the scale stands at its end. */
function place(times: number): number {
  const [least, most] = [Math.log10(DECADES[0]), Math.log10(DECADES[3])];
  const at = (Math.min(most, Math.max(least, Math.log10(times))) - least) / (most - least);
  return Math.round((LEFT + at * (WIDTH - LEFT - RIGHT)) * 10) / 10;
}

const shown = (times: number) => `${times >= 10 ? times.toFixed(0) : times.toFixed(2)} ×`;

function bar(line: FigureLine, times: number, index: number): string {
  const y = TOP + index * ROW;
  const [zero, end] = [place(1), place(times)];
  const isReached = line.reached === true;
  const name = escaped(`${line.row}: ${line.what}`);
  return [
    `<text class="name" x="${LEFT - 12}" y="${y + 14}">${name}</text>`,
    `<rect class="${isReached ? 'reached' : 'missed'}" x="${Math.min(zero, end)}" y="${y + 4}" width="${Math.max(2, Math.abs(end - zero))}" height="${ROW - 8}"/>`,
    `<text class="times" x="${Math.max(zero, end) + 6}" y="${y + 14}">${shown(times)}${isReached ? ' reached' : ''}</text>`,
  ].join('\n');
}

/** Light and dark by whoever looks; a white ground would be wrong for one of them. */
const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #1f2328; }
.name { text-anchor: end; }
.axis { text-anchor: middle; fill: #59636e; }
.title { font-weight: 600; font-size: 14px; }
line { stroke: #8b949e; stroke-width: 1; stroke-dasharray: 2 3; }
.one { stroke: #1f2328; stroke-dasharray: none; }
.reached { fill: #1a7f5a; }
.missed { fill: #c4532f; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.axis { fill: #9198a1; }
.one { stroke: #e6edf3; }
.reached { fill: #3fb68b; }
.missed { fill: #ef8a62; }
}`;

export function pictureOf(lines: readonly BenchLine[]): string {
  const figures = lines.flatMap((line): (readonly [FigureLine, number])[] => {
    if (line.kind !== 'figure') return [];
    const times = missedBy(line);
    return times === undefined ? [] : [[line, times]];
  });
  const height = TOP + figures.length * ROW + 16;
  const grid = DECADES.map((times) => {
    const x = place(times);
    const name = times === 1 ? 'as it should be' : `${times} ×`;
    return `<line${times === 1 ? ' class="one"' : ''} x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${height - 12}"/>\n<text class="axis" x="${x}" y="${TOP - 14}">${name}</text>`;
  });
  const title = 'Measured, as a multiple of what it should be (left of the line: reached)';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="16" y="24">${title}</text>`,
    ...grid,
    ...figures.map(([line, times], index) => bar(line, times, index)),
    '</svg>\n',
  ].join('\n');
}
