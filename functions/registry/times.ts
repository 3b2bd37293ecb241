/** The times of a request to the registry's functions, in milliseconds. */

/** The most a request may spend on reads and writes. API Gateway gives up after 29 seconds. */
export const BUDGET_MS = 27_000;
/** When a slice of long work stops to store how far it got. */
export const SLICE_MS = 15_000;
/** When counting what a stop would stop ends: whoever stops something in earnest may be waiting for the same sandbox. */
export const PREVIEW_MS = 4_000;
