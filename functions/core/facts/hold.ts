/**
 * An emergency stop: everything, one owner's information, or one network. Adverse. Ends when two people lift it, or at the end
 * it was set with.
 */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner, text } from './primitives.ts';
import { sources } from './provenance.ts';

/**
 * Why something is stopped: a closed set, because a fact is kept for good, and so would be whatever somebody typed into it.
 * What else there is to say stands in the commit's note, from which it can be purged.
 */
export const CAUSES = {
  compromise: 'a network, a device or a key is in hands it should not be in, or is thought to be',
  spillage: 'information has travelled where it may not, or is about to',
  doubt: 'what the registry says of it may be wrong, and somebody is looking',
  failure: 'equipment or a service does not work as it was judged',
  order: 'a competent authority has ordered it',
  rehearsal: 'a drill: nothing is known to be wrong',
} as const satisfies Record<string, string>;

/** Why something is stopped, of a closed set. */
export type HoldCause = keyof typeof CAUSES;

export const cause = z.enum(Object.keys(CAUSES) as [HoldCause, ...HoldCause[]]);

export const holdScope = z.union([
  z.strictObject({ everything: z.literal(true) }),
  z.strictObject({ owner }),
  z.strictObject({ network: id }),
]);

/** What is stopped: everything, one owner’s information, or one network. */
export type HoldScope = z.infer<typeof holdScope>;

export const hold = z
  .strictObject({
    kind: z.literal('hold'),
    id,
    authority: id,
    scope: holdScope,
    cause: z.optional(cause),
    /**
     * What holds had in place of a cause. One that was set then still stops, because an adverse fact that cannot be read
     * refuses everything; none can be added any more (`checks/stops.ts`).
     */
    reason: z.optional(text),
    valid: validity,
    ending: z.optional(sources),
    sources,
  })
  .check(
    z.refine(
      (h) => (h.cause === undefined) !== (h.reason === undefined),
      `a hold has a "cause", one of ${Object.keys(CAUSES).join(', ')}; words of your own stand in the reason of the change`,
    ),
    z.refine(
      (h) => h.valid.to === null || h.ending !== undefined,
      'an adverse fact ends only with a source: give "ending"',
    ),
  );

/** A stop: of everything, one owner’s information or one network. */
export type Hold = z.infer<typeof hold>;
