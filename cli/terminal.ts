/** What a person is shown: what others wrote breaks no line and turns none around. */
import { visible } from '../functions/core/visible-text.ts';

/** Lines of the answer, on standard output. */
export function say(lines: readonly string[]): void {
  console.log(lines.map(visible).join('\n'));
}

/** The same, broken between words where they are wider than the screen. */
export function sayWrapped(lines: readonly string[]): void {
  console.log(wrapped(lines, widthOf(process.stdout)).join('\n'));
}

/** Columns of a line on a pipe, and the fewest that lines are broken for. */
const ON_A_PIPE = 100;
const LEAST = 40;

function widthOf({ columns }: { readonly columns?: number }): number {
  return Math.max(LEAST, columns ?? ON_A_PIPE);
}

/** A digest is copied as one: words up to this stay whole, however narrow the screen. */
const LONGEST_WORD = 80;

/** What follows a break stands two columns further in than its line. */
export function wrapped(lines: readonly string[], width: number): readonly string[] {
  return lines.map(visible).flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const broken: string[] = [];
    let current = indent;
    const room = Math.max(LONGEST_WORD, width - indent.length - 2);
    const words = line.slice(indent.length).split(/(?<= )(?=[^ ])/);
    for (const word of words.flatMap((each) => pieces(each, room))) {
      if (current.trim() !== '' && current.length + word.trimEnd().length > width) {
        broken.push(current.trimEnd());
        current = `${indent}  `;
      }
      current += word;
    }
    return [...broken, current.trimEnd()];
  });
}

function pieces(word: string, room: number): readonly string[] {
  const found: string[] = [];
  for (let start = 0; start < word.length; start += room) found.push(word.slice(start, start + room));
  return found;
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

/** A text, and a caret under one place of it as it is shown, on standard error. */
export function notePlace(text: string, at: number): void {
  console.error(`  ${visible(text)}\n  ${' '.repeat(visible(text.slice(0, at)).length)}^`);
}

/** Lines beside the answer, on standard error, broken as {@link sayWrapped} breaks them. */
export function noteWrapped(lines: readonly string[]): void {
  console.error(wrapped(lines, widthOf(process.stderr)).join('\n'));
}

/** Why there is no answer, on standard error. */
export function complain(sentence: string): void {
  console.error(`routeguard: ${visible(sentence)}`);
}
