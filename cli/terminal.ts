/** What a person is shown: what others wrote breaks no line and turns none around. */
import { visible } from '../functions/core/visible-text.ts';

/** Lines of the answer, on standard output. */
export function say(lines: readonly string[]): void {
  console.log(lines.map(visible).join('\n'));
}

/** Lines in columns, two spaces between: each as wide as `widths` says, or as its widest cell. */
export function aligned(
  rows: readonly (readonly string[])[],
  widths: readonly number[] = [],
): readonly string[] {
  const shown = rows.map((row) => row.map(visible));
  const width = (column: number) =>
    widths[column] ?? Math.max(...shown.map((row) => row[column]?.length ?? 0));
  return shown.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  );
}

/** Lines whose every part is {@link aligned} already. */
export function sayAligned(lines: readonly string[]): void {
  console.log(lines.join('\n'));
}

/** The answer for a program, on standard output: `indent` spaces a level, or all in one line. */
export function sayJson(value: unknown, indent?: number): void {
  console.log(JSON.stringify(value, null, indent));
}

/** A sentence beside the answer, on standard error. */
export function note(sentence: string): void {
  console.error(visible(sentence));
}

/** Why there is no answer, on standard error. */
export function complain(sentence: string): void {
  console.error(`routeguard: ${visible(sentence)}`);
}
