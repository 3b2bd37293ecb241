/**
 * How long the state table keeps what nothing rests on: results of long work, bytes beside proposals, and proposals that never
 * became a version. The table itself takes them away some time after `expires`; nothing here relies on that it has.
 */

/** What DynamoDB reads as the time to live of an item: seconds since the epoch. */
export const EXPIRES = 'expires';

/** Three times as long as a proposal may wait for its second person. Milliseconds. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** The member of an item that is kept for so long from now (epoch ms). */
export function keptFrom(now: number): { readonly [EXPIRES]: number } {
  return { [EXPIRES]: Math.ceil((now + KEPT_MS) / 1000) };
}
