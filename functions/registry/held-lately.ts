import { LATELY_MS } from '../core/administration/wide-stops.ts';
import type { RawFact } from '../core/facts/view.ts';
import type { NamedCommit } from '../store/ancestry.ts';
import { ancestry, changesIn } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { orIfPurged } from '../store/store-error.ts';
import type { ObjectSource } from '../store/stored-object.ts';

type Held = readonly (readonly [string, RawFact])[];

/**
 * The holds that one person alone has set since a wide one could still matter, by key, as they were set and whatever became of them
 * since: told from the signed commits. One that was purged is left out, because a stop must not wait for what nobody can tell.
 *
 * @param now epoch ms
 */
export async function heldLately(head: OpenSnapshot, now: number): Promise<Held> {
  const held: Held[] = [];
  for await (const at of ancestry(head)) {
    if (Date.parse(at.commit.recordedAt) < now - LATELY_MS) break;
    if (at.commit.kind === 'hold') held.push(await orIfPurged(() => addedIn(head.objects, at), []));
  }
  return held.flat();
}

async function addedIn(source: ObjectSource, at: NamedCommit): Promise<Held> {
  const added: [string, RawFact][] = [];
  for await (const { key, after } of changesIn(source, at, 'facts')) added.push([key, after as RawFact]);
  return added;
}
