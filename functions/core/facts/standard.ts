/** A named, dated, cited set of restrict-only rules. A library entry, until an owner's mandate makes it the law. */
import * as z from 'zod/mini';
import { rule } from '../rules/vocabulary.ts';
import { day, validity } from './moment.ts';
import { frame, id, level, owner, publishedId, set, text } from './primitives.ts';
import { source } from './provenance.ts';

/** What an instrument is about. One that is not about carrying traffic is never applicable to it: it is noted. */
const SUBJECT_MATTERS = [
  'carriage',
  'export-licence',
  'procurement-ban',
  'subsidy-ban',
  'equipment-authorization',
] as const;

/** A `proposed` instrument is never in force, whatever its dates say. */
const LEGAL_STATUSES = ['statute', 'licence', 'contract', 'policy', 'advice', 'proposed'] as const;

const keyedSource = z.extend(source, { key: id });

export const standard = z
  .strictObject({
    kind: z.literal('standard'),
    id: publishedId,
    authority: id,
    owner,
    title: text,
    status: z.enum(LEGAL_STATUSES),
    about: z.enum(SUBJECT_MATTERS),
    announced: z.nullable(day),
    complyBy: z.nullable(day),
    /** When it is in force. */
    valid: validity,
    scope: z.strictObject({
      /** The lowest level it speaks about, per frame. */
      levels: set(z.strictObject({ frame, level }), 1),
      /** Flows it is limited to; `null` for every flow. */
      flows: z.nullable(set(id, 1)),
      /** Provider sets it binds, and what it says of every other network; `null` where it binds every network. */
      providers: z.nullable(
        z.strictObject({ sets: set(id, 1), others: z.enum(['satisfied', 'not-applicable']) }),
      ),
    }),
    /** What it says of information below its scope: satisfied, or nothing at all. */
    belowScope: z.enum(['satisfied', 'not-applicable']),
    rules: z.array(rule).check(z.minLength(1), z.maxLength(64)),
    sources: set(keyedSource, 1),
  })
  .check(
    z.refine((s) => new Set(s.rules.map((r) => r.id)).size === s.rules.length, 'two rules have the same id'),
    z.refine(
      (s) => s.rules.every((r) => r.cites.every((key) => s.sources.some((x) => x.key === key))),
      'a rule cites a source that is not listed',
    ),
  );

export type Standard = z.infer<typeof standard>;
