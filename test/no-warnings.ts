/** Loaded before every test file: a warning, by the process or by a library, fails the test during which it came. */
import { afterEach } from 'vitest';

/** Files that share a process share the list, and the one who listens. */
const shared = globalThis as { routeguardWarnings?: string[] };

function listen(): string[] {
  const warnings: string[] = [];
  const warn = console.warn;
  process.on('warning', (warning) => warnings.push(String(warning)));
  console.warn = (...words: unknown[]) => {
    warnings.push(words.map(String).join(' '));
    warn(...words);
  };
  return warnings;
}

shared.routeguardWarnings ??= listen();

afterEach(() => {
  const said = shared.routeguardWarnings?.splice(0) ?? [];
  if (said.length > 0) throw new Error(`warnings are failures here: ${said.join('; ')}`);
});
