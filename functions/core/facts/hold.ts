/** An emergency stop: everything, one owner's information, or one network. Adverse. Ends only when two people lift it. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner, text } from './primitives.ts';
import { sources } from './provenance.ts';

export const hold = z
  .strictObject({
    kind: z.literal('hold'),
    id,
    authority: id,
    scope: z.union([
      z.strictObject({ everything: z.literal(true) }),
      z.strictObject({ owner }),
      z.strictObject({ network: id }),
    ]),
    reason: text,
    valid: validity,
    ending: z.optional(sources),
    sources,
  })
  .check(
    z.refine(
      (h) => h.valid.to === null || h.ending !== undefined,
      'an adverse fact ends only with a source: give "ending"',
    ),
  );

/** A stop: of everything, one owner’s information or one network. */
export type Hold = z.infer<typeof hold>;
