/** Who may speak: for which nation or organisation, and which roles may propose and approve its facts. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner, set, text } from './primitives.ts';
import { sources } from './provenance.ts';

export const authority = z
  .strictObject({
    kind: z.literal('authority'),
    id,
    name: text,
    speaksFor: set(owner, 1),
    /** Role names. One role never stands in both lists: two people are two people. */
    proposers: set(id),
    approvers: set(id),
    /** Roles that may stop traffic at once. */
    holders: set(id),
    /**
     * Authorities that may register a new one for these nations once nobody in force speaks for them: named in advance,
     * while this one still speaks. Left out, nobody may.
     */
    succession: z.optional(set(id)),
    valid: validity,
    sources,
  })
  .check(
    z.refine(
      (a) => !a.proposers.some((role) => a.approvers.includes(role)),
      'one role may not both propose and approve',
    ),
  );

export type Authority = z.infer<typeof authority>;
