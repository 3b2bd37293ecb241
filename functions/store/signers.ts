/** Whose signatures a version carries: an event's session is a claim, so whoever reads history is told the keys. */
import type { Facts } from '../core/administration/change.ts';
import { nameOfKey } from '../core/facts/authority.ts';
import { readingOf } from '../core/facts/reading.ts';
import type { NamedCommit } from './ancestry.ts';
import { saidBy } from './approval.ts';
import { approvedIn, trustedPeople } from './judge-approval.ts';
import { authoritiesAfter, linkMadeBy } from './keyring.ts';
import { type FounderKeys, isSignedByItsKey } from './person-signature.ts';
import type { ObjectSource } from './stored-object.ts';
import { wordOf } from './word.ts';

/** A key that signed, and who it belonged to. */
export interface VersionSigner {
  /** Base64 DER SPKI. */
  readonly key: string;
  /** The person's, as authorities of that version or the one before it list it; null where none does. */
  readonly name: string | null;
  /** True for a key that the guard was deployed with. */
  readonly founder: boolean;
  /** Ids of the authorities that list the key. */
  readonly authorities: readonly string[];
}

/**
 * In the order of signing. Empty for a stop: one person's role alone made it, and its event says who.
 *
 * @throws StoreError where the signatures cannot be read
 */
export async function signersOf(
  { commit }: Pick<NamedCommit, 'commit'>,
  objects: ObjectSource,
  founders: FounderKeys,
): Promise<readonly VersionSigner[]> {
  const { approval, keyring } = await wordOf({ commit }, objects);
  if (approvedIn(commit, saidBy(approval)) !== commit.version) return [];
  // Names that nobody proves from the founders' keys are whatever the publisher wrote.
  if (!trustedPeople(keyring, founders).ok)
    return approval.filter(isSignedByItsKey).map(({ key }) => signerOf(key, [], founders));
  const isLink = linkMadeBy(keyring, approval) !== undefined;
  const before = isLink ? [authoritiesAfter(keyring.links.slice(0, -1))] : [];
  const versions = [...before, authoritiesAfter(keyring.links)];
  return approval.filter(isSignedByItsKey).map(({ key }) => signerOf(key, versions, founders));
}

function signerOf(key: string, versions: readonly Facts[], founders: FounderKeys): VersionSigner {
  const names = new Set<string>();
  const authorities = new Set<string>();
  for (const raw of versions.flatMap((facts) => [...facts.values()])) {
    const reading = readingOf(raw);
    const name =
      reading.sound && reading.fact.kind === 'authority' ? nameOfKey(reading.fact, key) : undefined;
    if (name === undefined || !reading.sound) continue;
    names.add(name);
    authorities.add(reading.fact.id);
  }
  const name = [...names].at(0) ?? null;
  return { key, name, founder: founders.includes(key), authorities: [...authorities].sort() };
}
