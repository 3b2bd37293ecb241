/** Bounds of what is proposed: for whoever reads it here, and for whoever sends it. */

/** The largest proposal, its chunks together, in bytes of JSON. */
export const MAX_PROPOSAL_BYTES = 24 * 1024 * 1024;

/** The deepest nesting of a body. */
export const MAX_DEPTH = 32;
