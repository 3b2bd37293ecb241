/**
 * A vendor: an organisation that makes, hosts, manages or operates. It has no country and no verdict of its own;
 * what is said about it are designations, assessments and ownership, each with its source.
 */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { hundredths, id, set, text } from './primitives.ts';
import { sources } from './provenance.ts';

const ownership = z.strictObject({
  owner: id,
  /** Voting or equity share, whichever is larger. */
  share: hundredths,
  valid: validity,
});

export const vendor = z.strictObject({
  kind: z.literal('vendor'),
  id,
  name: text,
  synthetic: z.boolean(),
  /** Known owners. Required even when empty: ownership is how a designation reaches an affiliate. */
  ownedBy: set(ownership),
  valid: validity,
  sources,
});

/** Who makes or runs something, and who owns them. */
export type Vendor = z.infer<typeof vendor>;
/** Who holds how much of a vendor, and from when. */
export type Ownership = z.infer<typeof ownership>;
