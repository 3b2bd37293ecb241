/** No fact without provenance: where it was read, and whether somebody has read it there, in its own words or another's. */
import * as z from 'zod/mini';
import { day } from './moment.ts';
import { set, text } from './primitives.ts';

const CITED = {
  /** What a reader would ask a librarian for. */
  citation: text,
  /** Where it was read, if it can be linked. */
  uri: z.optional(z.string().check(z.regex(/^https?:\/\/[!-~]{3,500}$/, 'an http(s) address'))),
  /** False when nobody has checked the text itself: shown wherever the fact decides. */
  verified: z.boolean(),
  /** True where what was read is the instrument's own text; left out, a report of it. */
  primary: z.optional(z.boolean()),
  retrieved: z.optional(day),
} as const;

const readBeforeGraded = z.refine<{ verified: boolean; primary?: boolean | undefined }>(
  (s) => s.primary !== true || s.verified,
  'nobody read it, so nobody read its own text: leave "primary" out, or set "verified" once it is read',
);

export const source = z.strictObject(CITED).check(readBeforeGraded);

/** A source that others refer to by its key. */
export function keyedSource<K extends z.core.SomeType>(key: K) {
  return z.strictObject({ ...CITED, key }).check(readBeforeGraded);
}

export const sources = set(source, 1);

/** Where a fact is written, and whether somebody read it. */
export type Source = z.infer<typeof source>;

/** How well a citation is known, the best first: its own text was read, a report of it was, or nobody read either. */
export const GRADES = ['primary', 'secondary', 'unverified'] as const;
/** How well a citation is known. */
export type Grade = (typeof GRADES)[number];

/** What a grade is told from. */
export type GradeBasis = Pick<Source, 'verified' | 'primary'>;

/** The grade of one citation. What is not said never makes it better. */
export function gradeOf({ verified, primary }: GradeBasis): Grade {
  if (!verified) return 'unverified';
  return primary === true ? 'primary' : 'secondary';
}

/** True where a citation is known at least as well as somebody asks. */
export function isOfGrade(source: GradeBasis, least: Grade): boolean {
  return GRADES.indexOf(gradeOf(source)) <= GRADES.indexOf(least);
}
