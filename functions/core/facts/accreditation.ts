/** An authority's dated statement of what a network, or a registered protected tunnel, may carry. Favourable. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { category, country, digest, frame, id, level, set } from './primitives.ts';
import { sources } from './provenance.ts';

const carries = z.strictObject({
  frame,
  /** The highest level carried. */
  level,
  /** Exact nodes: holding `SI` does not grant `SI-G`, and holding `SI-G` does not grant `SI-G ABCD`. */
  compartments: set(category),
  /** Controls the network honours. */
  controls: set(category),
});

export const accreditation = z
  .strictObject({
    kind: z.literal('accreditation'),
    id,
    /** The accreditor. Counts only where the owner's mandate recognises it. */
    authority: id,
    subject: z.union([z.strictObject({ network: id }), z.strictObject({ protection: id })]),
    carries: set(carries, 1),
    /** Every nation whose people or systems can reach what is carried. Never empty: ∅ is inside every release list. */
    audience: set(country, 1),
    /** Digest of the fact that was judged, whole; see `factDigest`. A mandate may accept no accreditation without it. */
    judged: z.optional(digest),
    valid: validity,
    sources,
  })
  .check(
    z.refine((a) => a.valid.to !== null, 'an accreditation expires: give "to"'),
    z.refine((a) => new Set(a.carries.map((c) => c.frame)).size === a.carries.length, 'one entry per frame'),
  );

/** An authority’s dated word on what a network or tunnel may carry. */
export type Accreditation = z.infer<typeof accreditation>;
