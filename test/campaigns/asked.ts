/** What a campaign is asked for in words without options: help, something that can be run, or neither. */
import { parseArgs } from 'node:util';

/**
 * Ends the process for help, and with 2 for what the campaign does not know.
 *
 * @param read undefined for words that it does not know
 */
export function askedOf<T>(usage: string, read: (words: readonly string[]) => T | undefined): T {
  let why = 'that is not how it is run';
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', default: false } },
    });
    if (values.help) {
      console.info(usage);
      process.exit(0);
    }
    const asked = read(positionals);
    if (asked !== undefined) return asked;
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  console.error(`${why}\n\n${usage}`);
  process.exit(2);
}
