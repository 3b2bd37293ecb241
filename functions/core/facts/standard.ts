/** A named, dated, cited set of restrict-only rules. A library entry, until an owner's mandate makes it the law. */
import * as z from 'zod/mini';
import { rule } from '../rules/vocabulary.ts';
import { day, validity } from './moment.ts';
import { frame, id, level, owner, publishedId, set, text } from './primitives.ts';
import { keyedSource } from './provenance.ts';

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

/** What may have become of something an instrument asks. */
const FATES = ['encoded', 'outOfScope', 'missing'] as const;

/** One thing the instrument asks, by its own paragraph, and what became of it here. */
const requirement = z
  .strictObject({
    paragraph: text,
    says: text,
    /** The rules that ask it: of this standard, or of one it builds on. */
    encoded: z.optional(set(id, 1)),
    /** Why it says nothing of what may carry a message. */
    outOfScope: z.optional(text),
    /** Why it is not encoded. A permit then rests on less than the instrument asks. */
    missing: z.optional(text),
  })
  .check(
    z.refine(
      (r) => FATES.filter((fate) => r[fate] !== undefined).length === 1,
      'say what became of it, and one thing only: "encoded" with the ids of rules, "outOfScope" with the reason, or "missing" with the reason',
    ),
  );

/** Rules of another standard that are asked here as well, as if they were written here: `null` for all of them. */
const foundation = z.strictObject({ standard: publishedId, rules: z.nullable(set(id, 1)) });

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
        z.strictObject({
          sets: set(id, 1),
          others: z.enum(['satisfied', 'not-applicable']),
          /** Whom the instrument binds, in words, and where that is said. */
          who: z.optional(text),
          cites: z.optional(set(id, 1)),
        }),
      ),
    }),
    /** What it says of information below its scope: satisfied, or nothing at all. */
    belowScope: z.enum(['satisfied', 'not-applicable']),
    rules: z.array(rule).check(z.minLength(1), z.maxLength(64)),
    /** Everything the instrument asks. Left out, nobody has listed it, and the standard is incomplete. */
    requirements: z.optional(set(requirement, 1)),
    /** How it carries what still stands of an earlier one. */
    buildsOn: z.optional(set(foundation, 1)),
    /** Standards of the same owner that this one takes the place of, from the day it is in force, for whom it binds. */
    replaces: z.optional(set(publishedId, 1)),
    /** What ended it. */
    endedBy: z.optional(z.strictObject({ says: text, cites: set(id, 1) })),
    sources: set(keyedSource(id), 1),
  })
  .check(
    z.refine((s) => new Set(s.rules.map((r) => r.id)).size === s.rules.length, {
      error: 'two rules have the same id',
      path: ['rules'],
    }),
    z.refine(
      (s) =>
        areListed(
          s,
          s.rules.flatMap((r) => r.cites),
        ),
      {
        error: 'a rule cites a source that is not listed',
        path: ['rules'],
      },
    ),
    z.refine((s) => areListed(s, s.scope.providers?.cites ?? []), {
      error: 'whom it binds is cited from a source that is not listed',
      path: ['scope', 'providers', 'cites'],
    }),
    z.refine((s) => areListed(s, s.endedBy?.cites ?? []), {
      error: 'what ended it is cited from a source that is not listed',
      path: ['endedBy', 'cites'],
    }),
    z.refine((s) => s.endedBy === undefined || s.valid.to !== null, {
      error: 'what has no end was not ended: give "valid.to"',
      path: ['endedBy'],
    }),
    z.refine(
      (s) =>
        encodedIn(s).every((rule) => s.rules.some((r) => r.id === rule) || mayBring(s.buildsOn ?? [], rule)),
      {
        error: 'a requirement is encoded by a rule that is neither here nor built on',
        path: ['requirements'],
      },
    ),
    z.refine((s) => !(s.replaces ?? []).includes(s.id), {
      error: 'a standard does not replace itself',
      path: ['replaces'],
    }),
  );

/** A named, dated, cited set of rules that only restrict. */
export type Standard = z.infer<typeof standard>;
/** Another standard that one builds on, and what of it. */
export type Foundation = z.infer<typeof foundation>;

function areListed({ sources }: Pick<Standard, 'sources'>, keys: readonly string[]): boolean {
  return keys.every((key) => sources.some((source) => source.key === key));
}

function encodedIn({ requirements = [] }: Pick<Standard, 'requirements'>): readonly string[] {
  return requirements.flatMap((r) => r.encoded ?? []);
}

function mayBring(foundations: readonly Foundation[], rule: string): boolean {
  return foundations.some(({ rules }) => rules === null || rules.includes(rule));
}

/**
 * True of a standard that asks less than its instrument, or of which nobody has said what that asks.
 *
 * @param asks ids of the rules it asks, those it builds on among them: what another one should encode is missing
 */
export function isIncomplete(
  { requirements }: Pick<Standard, 'requirements'>,
  asks: ReadonlySet<string>,
): boolean {
  const isAsked = (r: NonNullable<Standard['requirements']>[number]) =>
    r.outOfScope !== undefined || (r.encoded?.every((id) => asks.has(id)) ?? false);
  return requirements?.every(isAsked) !== true;
}
