/** A dated, expiring judgement of a vendor or network against a published, vendor-neutral criteria set. */
import * as z from 'zod/mini';
import { day, validity } from './moment.ts';
import { digest, id, publishedId, set, text } from './primitives.ts';
import { source, sources } from './provenance.ts';

const ASSESSMENT_OUTCOMES = ['trusted', 'not-trusted', 'conditional'] as const;

const item = z.strictObject({
  criterion: publishedId,
  result: z.enum(['met', 'not-met', 'not-evidenced']),
  rationale: text,
  evidence: set(source, 1),
});

export const assessment = z
  .strictObject({
    kind: z.literal('assessment'),
    id,
    authority: id,
    subject: z.union([z.strictObject({ vendor: id }), z.strictObject({ network: id })]),
    /** `STATE-TRUST-2019-12`, `PRAGUE-2019` … */
    criteriaSet: publishedId,
    outcome: z.enum(ASSESSMENT_OUTCOMES),
    /** Results per criterion. Sets that are weighed need them; see the criteria set. */
    items: z.optional(set(item, 1)),
    conditions: z.optional(set(text, 1)),
    assessor: id,
    approver: id,
    assessedOn: day,
    /** Digest of the fact that was judged, whole; see `factDigest`. A mandate may accept no assessment without it. */
    judged: z.optional(digest),
    valid: validity,
    ending: z.optional(sources),
    sources,
  })
  .check(
    z.refine(
      (a) => a.assessor !== a.approver,
      'an assessment is approved by somebody other than its assessor',
    ),
    z.refine(
      (a) => a.outcome === 'not-trusted' || a.valid.to !== null,
      'a favourable assessment expires: give "to"',
    ),
    z.refine(
      (a) => a.outcome !== 'not-trusted' || a.valid.to === null || a.ending !== undefined,
      'an adverse fact ends only with a source: give "ending"',
    ),
  );

/** A dated judgement of a vendor or network against published criteria. */
export type Assessment = z.infer<typeof assessment>;
