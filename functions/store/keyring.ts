import * as z from 'zod/mini';
import type { Facts } from '../core/administration/change.ts';
import { canonicalBytes, canonicalText, type Digest, digestOf } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { type Approval, readApproval } from './approval.ts';
import { parseStored } from './document.ts';
import { framed } from './object-bytes.ts';
import { StoreError } from './store-error.ts';

/**
 * Who may sign, and on whose word: the founders' first authorities, then every change of an authority with the approval
 * that made it. One object, so that a reader needs no history to know whose keys count.
 */
export interface Keyring {
  readonly links: readonly KeyringLink[];
}

export interface KeyringLink {
  readonly approval: Approval;
  /** Authorities that changed, by key; null for one that left the registry. */
  readonly authorities: Readonly<Record<string, RawFact | null>>;
}

const keyring = z.strictObject({
  links: z
    .array(
      z.strictObject({
        approval: z.pipe(z.unknown(), z.transform(readApproval)),
        authorities: z.record(
          z.string().check(z.regex(/^authority\/[A-Za-z0-9._-]{1,64}$/)),
          z.nullable(z.custom<RawFact>((v) => typeof v === 'object' && v !== null && !Array.isArray(v))),
        ),
      }),
    )
    .check(z.minLength(1)),
});

export function encodeKeyring(ring: Keyring): Uint8Array {
  return framed('keyring', canonicalBytes(ring));
}

/** What a commit names it by. */
export function keyringDigest(ring: Keyring): Digest {
  return digestOf(encodeKeyring(ring));
}

export function decodeKeyring(body: Buffer): Keyring {
  const parsed = z.safeParse(keyring, parseStored(body.toString('utf8')));
  if (!parsed.success) throw new StoreError('OBJECT_MALFORMED');
  return parsed.data;
}

/** What the floor says of keyrings: links, and the digest of that many. */
export interface AcknowledgedLinks {
  readonly count: number;
  readonly digest: Digest;
  /** The version that was acknowledged with them first. */
  readonly since?: number;
}

/** The digest of the first link, of the first two, and so on: each is taken over the one before it. */
function linkDigests({ links }: Keyring): readonly Digest[] {
  const digests: Digest[] = [];
  for (const link of links) digests.push(digestOf(canonicalBytes([digests.at(-1) ?? null, link])));
  return digests;
}

/** What of a keyring is acknowledged: all of it. */
export function acknowledgedLinks(ring: Keyring): AcknowledgedLinks {
  const digests = linkDigests(ring);
  const digest = digests.at(-1);
  if (digest === undefined) throw new StoreError('OBJECT_MALFORMED');
  return { count: digests.length, digest };
}

/** True where it begins with whatever was acknowledged: it has every one of these numbers of links, and the same links. */
export function beginsWith(ring: Keyring, acknowledged: readonly AcknowledgedLinks[]): boolean {
  const digests = linkDigests(ring);
  return acknowledged.every(({ count, digest }) => digests[count - 1] === digest);
}

/** The authorities among some facts: all that a keyring is about. */
export function authoritiesOf(facts: Facts): Facts {
  return new Map([...facts].filter(([key]) => key.startsWith('authority/')));
}

/** The authorities that a link leaves. */
export function afterLink(before: Facts, { authorities }: KeyringLink): Facts {
  const after = new Map(before);
  for (const [key, fact] of Object.entries(authorities)) {
    if (fact === null) after.delete(key);
    else after.set(key, fact);
  }
  return after;
}

/** The authorities that some links leave, from nobody on. */
export function authoritiesAfter(links: readonly KeyringLink[]): Facts {
  return links.reduce<Facts>(afterLink, new Map());
}

/** The last link, where it is the change that this approval made, and not one of an earlier version. */
export function linkMadeBy({ links }: Keyring, approval: Approval): KeyringLink | undefined {
  const last = links.at(-1);
  return last !== undefined && canonicalText(last.approval) === canonicalText(approval) ? last : undefined;
}

/**
 * The keyring of a version that two people approved: the same where no authority changed.
 *
 * @param ring that of its base; null for the first version of all
 */
export function extendKeyring(
  ring: Keyring | null,
  approval: Approval,
  before: Facts,
  after: Facts,
): Keyring {
  const [was, is] = [authoritiesOf(before), authoritiesOf(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter(
    (key) => textOf(was.get(key)) !== textOf(is.get(key)),
  );
  if (ring !== null && changed.length === 0) return ring;
  const authorities = Object.fromEntries(changed.sort().map((key) => [key, is.get(key) ?? null]));
  return { links: [...(ring?.links ?? []), { approval, authorities }] };
}

function textOf(fact: RawFact | undefined): string {
  return canonicalText(fact ?? null);
}
