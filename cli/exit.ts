/** What the exit codes of `routeguard` say; 0 is a permit, or done. */
export const EXIT = { failed: 1, usage: 2, refused: 3, unavailable: 4 } as const;
