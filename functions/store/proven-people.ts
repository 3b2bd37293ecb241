import type { Facts } from '../core/administration/change.ts';
import { peopleDigest } from '../core/administration/statement.ts';
import { trustedPeople } from './judge-approval.ts';
import { authoritiesOf, type Keyring } from './keyring.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import { wordOf } from './word.ts';

/**
 * The authorities of a version that nobody has judged, because it is held: as its keyring proves them from the founders'
 * keys, and no others.
 *
 * @param facts all of that version
 * @throws StoreError APPROVAL_INVALID, or what loading throws
 */
export async function provenPeople(
  head: Pick<OpenSnapshot, 'commit' | 'digest' | 'objects'>,
  facts: Facts,
  founders: FounderKeys,
): Promise<{ readonly facts: Facts; readonly keyring: Keyring }> {
  const { keyring } = await wordOf(head, head.objects);
  const judged = trustedPeople(keyring, founders);
  const authorities = authoritiesOf(facts);
  if (!judged.ok || peopleDigest(authorities) !== peopleDigest(judged.value.now))
    throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
  return { facts: authorities, keyring };
}
