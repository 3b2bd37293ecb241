/** On whose word a version rests: the signatures that its commit names, read and not yet judged. */
import type { NamedCommit } from './ancestry.ts';
import type { Approval } from './approval.ts';
import type { Keyring } from './keyring.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/** Whose signatures a version rests on, and the keyring they are judged by. */
export interface Word {
  readonly approval: Approval;
  readonly keyring: Keyring;
}

/** The signatures that a commit names, and the keyring they are judged by. */
export async function wordOf({ commit }: Pick<NamedCommit, 'commit'>, objects: ObjectSource): Promise<Word> {
  const found = await objects.load([commit.approval, commit.keyring], ['approval', 'keyring']);
  const [approval, keyring] = [found.get(commit.approval), found.get(commit.keyring)];
  if (approval?.type !== 'approval') throw new StoreError('OBJECT_MALFORMED', { digest: commit.approval });
  if (keyring?.type !== 'keyring') throw new StoreError('OBJECT_MALFORMED', { digest: commit.keyring });
  return { approval: approval.approval, keyring: keyring.keyring };
}
