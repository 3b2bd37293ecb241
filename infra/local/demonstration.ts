import type { LocalContext } from './context.ts';

/** Asks the running guard real questions and prints what it answers. */
export async function demonstrate(_context: LocalContext): Promise<void> {}
