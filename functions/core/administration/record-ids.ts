/** Ids of what is filed in a registry: a letter, when, and chance. Nothing that anybody writes. */

/** What follows the letter of an id. */
const TIME_AND_CHANCE = '\\d{8}T\\d{6}Z-[0-9a-f]{10}';

export const ID_PATTERN = new RegExp(`^[a-z]-${TIME_AND_CHANCE}$`);
export const PROPOSAL_PATTERN = new RegExp(`^p-${TIME_AND_CHANCE}$`);
/** A job's, or bytes that a build kept by their digest alone; not a proposal's: what is kept for that goes with it. */
export const JOB_PATTERN = new RegExp(`^(j-${TIME_AND_CHANCE}|sha256:[0-9a-f]{64})$`);
