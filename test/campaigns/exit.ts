/** How a run that looks for failures ends: what a shell and CI read. */

/** 1 for anything that failed. */
export function exitOf(failures: readonly unknown[]): 0 | 1 {
  return failures.length === 0 ? 0 : 1;
}

/** Of a process that was run: one that was killed has no status, and has not passed. */
export function exitOfChild({ status }: { readonly status: number | null }): number {
  return status ?? 1;
}
