/** A cited, time-limited fact that sets one waivable rule aside for one network. Favourable, and always visible. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner, publishedId, text } from './primitives.ts';
import { sources } from './provenance.ts';

export const waiver = z
  .strictObject({
    kind: z.literal('waiver'),
    id,
    authority: id,
    /** Whose information it applies to. Every responsible owner needs one of its own. */
    owner,
    standard: publishedId,
    /** The id of the rule inside the standard. */
    rule: id,
    network: id,
    reason: text,
    valid: validity,
    sources,
  })
  .check(z.refine((w) => w.valid.to !== null, 'a waiver ends: give "to"'));

/** One waivable rule set aside for one network, for a time. */
export type Waiver = z.infer<typeof waiver>;
