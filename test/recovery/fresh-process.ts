/** A deployed bundle as a process that was just started has it: what it answers, and the lines it writes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { CONTEXT } from '../doors/doors-rig.ts';
import { question } from '../doors/expected.ts';
import type { Wire } from '../registry/rig.ts';

let imports = 0;

/** @param directory of the bundle; what it reads of the environment is there already */
export async function inFreshProcess(name: string, directory: string) {
  imports += 1;
  const { href } = pathToFileURL(join(directory, 'index.mjs'));
  const lines: Wire[] = [];
  // Before the import: a bundle may take hold of it.
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((line) => void lines.push(JSON.parse(String(line))));
  try {
    const { handler }: { readonly handler: (event: unknown, context: object) => Promise<unknown> } =
      await import(/* @vite-ignore */ `${href}?${imports}`);
    const event = name === 'decide' ? { request: JSON.stringify(question('gb-b')) } : {};
    return { answer: await handler(event, CONTEXT), lines };
  } finally {
    log.mockRestore();
  }
}
