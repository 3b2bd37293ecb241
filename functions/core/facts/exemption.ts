/**
 * An owner's word that somebody else's wide stop does not stop its information. Favourable, and always visible. What the hold's
 * own authority may stop for as long as it takes is never exempt: see `decision/exemptions.ts`.
 */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner } from './primitives.ts';
import { sources } from './provenance.ts';

export const exemption = z.strictObject({
  kind: z.literal('exemption'),
  id,
  authority: id,
  hold: id,
  /** Whose information goes on. Every responsible owner needs one of its own. */
  owner,
  valid: validity,
  sources,
});

/** An owner’s word that somebody else’s wide stop does not stop its information. */
export type Exemption = z.infer<typeof exemption>;
