/** Whose facts a version changed: they have a voice in what becomes of the reason that was given for it. */
import { everybodyIn, type Voice, voicesIn } from '../core/administration/consent.ts';
import type { FactChange } from '../core/administration/two-people.ts';
import { openedBelow, parentOf } from './acknowledged-past.ts';
import type { NamedCommit } from './ancestry.ts';
import { diff } from './history.ts';
import { authoritiesAfter } from './keyring.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { orIfPurged } from './store-error.ts';
import { wordOf } from './word.ts';

/** Who spoke then is told by the keyring of then: facts beside it may be one person's. */
export async function voicesOfVersion(head: OpenSnapshot, at: NamedCommit): Promise<readonly Voice[]> {
  const parent = await parentOf(head, at);
  const { keyring } = await wordOf(parent ?? at, head.objects);
  const changes = parent === undefined ? [] : await changesMade(head, parent, at);
  // The first version, and what changed nothing, as a restore and its confirmation, are about everything.
  const then = authoritiesAfter(keyring.links);
  return changes.length === 0 ? everybodyIn(then, Date.parse(at.commit.recordedAt)) : voicesIn(changes, then);
}

/** None where what was purged keeps it from being told: then it is everybody's. */
function changesMade(
  head: OpenSnapshot,
  parent: NamedCommit,
  at: NamedCommit,
): Promise<readonly FactChange[]> {
  const changes = async () => {
    const found: FactChange[] = [];
    for await (const each of diff(await openedBelow(head, parent), await openedBelow(head, at), 'facts'))
      found.push({ before: each.before, after: each.after } as FactChange);
    return found;
  };
  return orIfPurged(changes, []);
}
