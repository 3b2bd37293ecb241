/**
 * By which an information owner says: for my information from this level up, on this basis, *these* standards must
 * all permit, and *these* accreditors are recognised. Without a mandate there is no permit.
 */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { frame, id, level, owner, publishedId, set } from './primitives.ts';
import { sources } from './provenance.ts';
import { ASSURANCES } from './route.ts';

const BASES = ['trusted-transport', 'encrypted-transport'] as const;
/** What a mandate trusts: the carriers, or the tunnel over them. */
export type Basis = (typeof BASES)[number];

export const mandate = z
  .strictObject({
    kind: z.literal('mandate'),
    id,
    authority: id,
    owner,
    /** The lowest level it covers, per frame. A frame that is not named is not covered. */
    from: set(z.strictObject({ frame, level }), 1),
    basis: z.enum(BASES),
    /** All of these must permit. */
    standards: set(publishedId, 1),
    /** Authorities whose accreditations count. */
    accreditors: set(id, 1),
    /**
     * Path assurances the owner accepts. One that names `assumed` accepts a path that is only a caller's list of hops, and
     * every answer on such a path says so (`pathAssurance`).
     */
    assurances: set(z.enum(ASSURANCES), 1),
    /** False refuses a permit that relies on a citation nobody verified. */
    acceptUnverified: z.boolean(),
    /** False refuses also one that relies on a citation of which a report was read, and not its own text. */
    acceptSecondary: z.optional(z.boolean()),
    /**
     * Standards accepted though they ask less than their instrument. One that is incomplete and not named here, whether a
     * mandate names it or it is asked because another builds on it or was replaced by it, refuses.
     */
    acceptIncomplete: z.optional(set(publishedId)),
    /**
     * False refuses a permit that relies on an accreditation or assessment which does not bind the very fact it judged,
     * as that is registered now.
     */
    acceptUnbound: z.boolean(),
    valid: validity,
    sources,
  })
  .check(
    z.refine(
      (m) => m.acceptSecondary !== false || !m.acceptUnverified,
      'who takes no report of a text takes none that nobody read: set "acceptUnverified" to false',
    ),
  );

/** An owner’s word on which standards must permit, from which level up. */
export type Mandate = z.infer<typeof mandate>;
