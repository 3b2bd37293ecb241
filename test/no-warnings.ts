/** Loaded before every test file: a warning, by the process or by a library, fails the test during which it came. */
import { afterEach } from 'vitest';

const warnings: string[] = [];

process.on('warning', (warning) => warnings.push(String(warning)));

const warn = console.warn;
console.warn = (...words: unknown[]) => {
  warnings.push(words.map(String).join(' '));
  warn(...words);
};

afterEach(() => {
  const said = warnings.splice(0);
  if (said.length > 0) throw new Error(`warnings are failures here: ${said.join('; ')}`);
});
