/** No fact without provenance: where it was read, and whether somebody has read it there. */
import * as z from 'zod/mini';
import { day } from './moment.ts';
import { set, text } from './primitives.ts';

export const source = z.strictObject({
  /** What a reader would ask a librarian for. */
  citation: text,
  /** Where it was read, if it can be linked. */
  uri: z.optional(z.string().check(z.regex(/^https?:\/\/[!-~]{3,500}$/, 'an http(s) address'))),
  /** False when nobody has checked the text itself: shown wherever the fact decides. */
  verified: z.boolean(),
  retrieved: z.optional(day),
});

export const sources = set(source, 1);

export type Source = z.infer<typeof source>;
