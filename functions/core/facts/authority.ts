/** Who may speak: for which nation or organisation, and which roles may propose and approve its facts. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, owner, publicKey, set, text } from './primitives.ts';
import { sources } from './provenance.ts';

/** Somebody, by the keys that only they can sign with: an event's identity is a claim, a signature is not. */
const signatory = z.strictObject({
  /** Distinguishes people throughout the registry: two entries of one name are one person, in any authority. */
  name: id,
  /** Several while one of them is being replaced. */
  keys: set(publicKey, 1).check(z.maxLength(4)),
});

export const authority = z
  .strictObject({
    kind: z.literal('authority'),
    id,
    name: text,
    speaksFor: set(owner, 1),
    /** Role names. One role never stands in both lists: two people are two people. */
    proposers: set(id),
    approvers: set(id),
    /** Who signs what its proposers and approvers do. Left out, nobody can: then it can only stop traffic. */
    people: z.optional(set(signatory).check(z.maxLength(64))),
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
    z.refine((a) => isEachOnce((a.people ?? []).map(({ name }) => name)), 'a person stands in people once'),
    z.refine((a) => isEachOnce((a.people ?? []).flatMap(({ keys }) => keys)), 'a key belongs to one person'),
  );

function isEachOnce(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

/** The person of an authority that a key belongs to. */
export function nameOfKey(of: Pick<Authority, 'people'>, key: string): string | undefined {
  return of.people?.find(({ keys }) => keys.includes(key))?.name;
}

/** Who may speak for a nation or organisation, and whose keys count. */
export type Authority = z.infer<typeof authority>;
