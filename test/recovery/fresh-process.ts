/** A deployed bundle as a process that was just started has it: what it answers, and the lines it writes. */
import { vi } from 'vitest';
import { freshBundle } from '../bundles.ts';
import { CONTEXT } from '../doors/doors-rig.ts';
import { question } from '../doors/expected.ts';
import type { Wire } from '../registry/rig.ts';

/** @param directory of the bundle; what it reads of the environment is there already */
export async function inFreshProcess(name: string, directory: string) {
  const lines: Wire[] = [];
  // Before the import: a bundle may take hold of it.
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((line) => void lines.push(JSON.parse(String(line))));
  try {
    type Handler = (event: unknown, context: object) => Promise<unknown>;
    const { handler } = await freshBundle<{ readonly handler: Handler }>(directory);
    const event = name === 'decide' ? { request: JSON.stringify(question('gb-b')) } : {};
    return { answer: await handler(event, CONTEXT), lines };
  } finally {
    log.mockRestore();
  }
}
