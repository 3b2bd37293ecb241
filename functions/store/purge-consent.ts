/** Whether a tombstone stands in the place of facts because everybody who spoke in their version signed that they may go. */
import type { Digest } from '../core/facts/canonical.ts';
import type { Commit } from './commit.ts';
import type { Item } from './head.ts';
import { authoritiesAfter, type Keyring } from './keyring.ts';
import { decodeWord, type Homes, isConsented } from './purge-word.ts';
import { loadOne, type ObjectSource } from './stored-object.ts';

/** What stands in an object's place, and the version that it was of. */
export interface TombstoneMet {
  readonly digest: Digest;
  readonly tombstone: Item;
  readonly commit: Commit;
}

/** @param head HEAD's commit; its keyring, judged: who spoke when it was signed is told from it; and where it was since that version */
export async function isTombstoneMeant(
  { digest, tombstone, commit }: TombstoneMet,
  head: { readonly commit: Commit; readonly keyring: Keyring; readonly homes: Homes },
  source: ObjectSource,
): Promise<boolean> {
  const word = decodeWord(tombstone);
  // What is in force is never purged: whatever word it bears, nobody can read the registry any more.
  if (word === undefined || commit.version === head.commit.version) return false;
  const then = await loadOne(source, commit.keyring, 'keyring');
  return isConsented(word, digest, {
    keyring: head.keyring,
    homes: head.homes,
    speaking: authoritiesAfter(then.keyring.links),
    recordedAt: Date.parse(commit.recordedAt),
  });
}
