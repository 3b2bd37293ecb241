/** Bounds of what is proposed and asked for: for whoever reads it here, and for whoever sends it. */

/** The largest proposal, its chunks together, in bytes of JSON. */
export const MAX_PROPOSAL_BYTES = 24 * 1024 * 1024;

/** The deepest nesting of a body. */
export const MAX_DEPTH = 32;

/** The most versions in one answer of the log. */
export const MOST_LOG_ENTRIES = 200;
