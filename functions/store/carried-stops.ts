/**
 * What a registry that came back rests on besides people's word: stops by one person each, since the version that people signed
 * last. Confirmed, all of it is everybody's word, whatever it permits: so what they come to is looked at before anybody signs.
 */
import { onlyRestricts } from '../core/administration/polarity.ts';
import { loadRoot, type NamedCommit } from './ancestry.ts';
import { createLayoutJudge, factDifferences, type KeyedChange } from './audit-layout.ts';
import { approvedVersion, createPeopleJudge } from './judge-approval.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';
import { wordOf } from './word.ts';

/**
 * What people signed and what came back are both whole, or nothing is confirmed; whatever lies between may have been purged, and
 * says nothing.
 *
 * @param from the version that came back, with its word
 * @param head what was published on it before anybody confirmed it, or the same
 * @throws StoreError APPROVAL_INVALID, or what reading throws
 */
export async function demandSoundStops(
  founders: FounderKeys,
  from: NamedCommit,
  head: NamedCommit,
  objects: ObjectSource,
): Promise<void> {
  const refused = new StoreError('APPROVAL_INVALID', { digest: head.digest });
  const { approval, keyring } = await wordOf(from, objects);
  const people = createPeopleJudge(founders)(from.commit.keyring, keyring);
  if (!people.ok) throw refused;
  const by = { founders, now: Number.POSITIVE_INFINITY };
  const judged = approvedVersion(from.commit, approval, people.value, by);
  if (!judged.ok) throw refused;
  if (judged.value.root === head.commit.root) return;
  const [parent, root] = await Promise.all([
    loadRoot(objects, judged.value.root),
    loadRoot(objects, head.commit.root),
  ]);
  const changes: KeyedChange[] = [];
  for await (const change of factDifferences(objects, parent, root)) changes.push(change);
  if (root.format > parent.format || !changes.every(onlyRestricts)) throw refused;
  // What decisions read has to follow from the facts, or it could say anything. A stop leaves behind what only a newer build knows,
  // because what people signed is asked too: confirmed, it would be asked no more.
  if (!(await createLayoutJudge('refused')({ source: objects, root, parent, changes }))) throw refused;
}
