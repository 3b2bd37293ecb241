import type { LocalContext } from './context.ts';

/** Fills an empty registry before the guard says it is ready. A registry that has a HEAD is left as it is. */
export async function seed(_context: LocalContext): Promise<void> {}
