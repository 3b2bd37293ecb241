/**
 * An agreed translation of a level from one frame into another, in one direction. Favourable. None ships by default:
 * public tables contradict each other, and equivalences come from bilateral agreements (ACP 122(F) §907-909).
 */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { frame, id, level, text } from './primitives.ts';
import { sources } from './provenance.ts';

const rung = z.strictObject({ frame, level });

export const equivalence = z
  .strictObject({
    kind: z.literal('equivalence'),
    id,
    authority: id,
    /** The level on the message. */
    from: rung,
    /** The level it counts as where a network is accredited in that frame only. */
    to: rung,
    agreement: text,
    valid: validity,
    sources,
  })
  .check(z.refine((e) => e.from.frame !== e.to.frame, 'an equivalence joins two different frames'));

/** Which level of one frame is accepted as which of another, by whom. */
export type Equivalence = z.infer<typeof equivalence>;
