/** Whose facts a version changed: they have a voice in what becomes of the reason that was given for it. */
import { everybodyIn, type Voice, voicesIn } from '../core/administration/consent.ts';
import type { FactChange } from '../core/administration/two-people.ts';
import { parentOf } from './acknowledged-past.ts';
import type { NamedCommit } from './ancestry.ts';
import { changesIn } from './history.ts';
import { authoritiesAfter } from './keyring.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { orIfPurged } from './store-error.ts';
import { wordOf } from './word.ts';

/** Who spoke then is told by the keyring of then: facts beside it may be one person's. */
export async function voicesOfVersion(head: OpenSnapshot, at: NamedCommit): Promise<readonly Voice[]> {
  const parent = await parentOf(head, at);
  const { keyring } = await wordOf(parent ?? at, head.objects);
  const changes = await changesMade(head, at);
  // The first version, and what changed nothing, as a restore and its confirmation, are about everything.
  const then = authoritiesAfter(keyring.links);
  return changes.length === 0 ? everybodyIn(then, Date.parse(at.commit.recordedAt)) : voicesIn(changes, then);
}

/** None where what was purged keeps it from being told: then it is everybody's. */
function changesMade(head: OpenSnapshot, at: NamedCommit): Promise<readonly FactChange[]> {
  const changes = async () => {
    const found: FactChange[] = [];
    for await (const { before, after } of changesIn(head.objects, at, 'facts'))
      found.push({ before, after } as FactChange);
    return found;
  };
  return orIfPurged(changes, []);
}
