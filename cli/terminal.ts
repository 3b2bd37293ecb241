/** What a person is shown: what others wrote breaks no line and turns none around. */
import { visible } from '../functions/core/visible-text.ts';

/** Lines of the answer, on standard output. */
export function say(lines: readonly string[]): void {
  console.log(lines.map(visible).join('\n'));
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
  note(`routeguard: ${sentence}`);
}
