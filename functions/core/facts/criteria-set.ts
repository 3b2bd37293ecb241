/** A published, vendor-neutral set of criteria, with how its results are weighed. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { hundredths, id, publishedId, set, text } from './primitives.ts';
import { sources } from './provenance.ts';

const criterion = z.strictObject({
  id: publishedId,
  text,
  mode: z.enum(['mandatory', 'weighted']),
  /** Relative weight; mandatory criteria carry one too, so that meeting them counts. */
  weight: z
    .number()
    .check(z.refine((n) => Number.isInteger(n) && n >= 1 && n <= 1000, 'a whole number from 1 to 1000')),
});

export const criteriaSet = z.strictObject({
  kind: z.literal('criteria-set'),
  id: publishedId,
  authority: id,
  name: text,
  criteria: set(criterion, 1),
  /** Least weighted result that passes, in hundredths of a percent. */
  passAt: hundredths,
  valid: validity,
  sources,
});

/** Published criteria for assessments, and how they weigh. */
export type CriteriaSet = z.infer<typeof criteriaSet>;
