import type { NamedCommit } from '../store/ancestry.ts';
import { ancestry, changesIn } from '../store/history.ts';
import { ALONE } from '../store/judge-approval.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { orIfPurged } from '../store/store-error.ts';
import type { ObjectSource } from '../store/stored-object.ts';

/**
 * What one person has taken away since a version. It is told from what happened, by the kind of each signed commit: how two
 * versions differ does not say it, because in between a fact may have been replaced, renewed for later, and have left.
 *
 * @param among keys that are asked about: all of them count where a purge took what one person ended, because nobody can
 *   tell any more
 */
export async function revokedSince(
  head: OpenSnapshot,
  version: number,
  among: readonly string[],
): Promise<ReadonlySet<string>> {
  const revoked = new Set<string>();
  for await (const at of ancestry(head)) {
    if (at.commit.version <= version) break;
    if (!ALONE.has(at.commit.kind)) continue;
    for (const key of await orIfPurged(() => endedIn(head.objects, at), among)) revoked.add(key);
  }
  return revoked;
}

/** Keys of what was there before: what one person adds is a stop. */
async function endedIn(source: ObjectSource, at: NamedCommit): Promise<readonly string[]> {
  const ended: string[] = [];
  for await (const { key, before } of changesIn(source, at, 'facts'))
    if (before !== undefined) ended.push(key);
  return ended;
}
