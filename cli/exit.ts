/** What the exit codes of `routeguard` say; 0 is a permit, or done; `untold` of a recovery that may have lost more than it can list, or that is not to be confirmed yet. */
export const EXIT = { failed: 1, usage: 2, refused: 3, unavailable: 4, untold: 5 } as const;
