/**
 * An owner's word that somebody else's wide stop does not stop its information. Favourable, and always visible. What the hold's
 * own authority may stop for as long as it takes is never exempt: see `decision/exemptions.ts`.
 */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner } from './primitives.ts';
import { gradeOf, sources } from './provenance.ts';

export const exemption = z.strictObject({
  kind: z.literal('exemption'),
  id,
  authority: id,
  hold: id,
  /** Whose information goes on. Every responsible owner needs one of its own. */
  owner,
  valid: validity,
  // An owner's own act is read in its own text by whoever signs it: so no mandate can find its citation too weak.
  sources: sources.check(
    z.refine(
      (all) => all.every((s) => gradeOf(s) === 'primary'),
      'an exemption is the owner’s own act: every source says "verified": true and "primary": true',
    ),
  ),
});

export type Exemption = z.infer<typeof exemption>;
