/** Two people's signatures, by keys held in this process: for the sample of one machine, and for tests. */
import type { KeyObject } from 'node:crypto';
import type { Facts } from '../../functions/core/administration/change.ts';
import { contentOf, peopleDigest } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { Approval } from '../../functions/store/approval.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { authoritiesOf, extendKeyring, type Keyring } from '../../functions/store/keyring.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import type { Signatures } from '../../functions/store/publisher.ts';

/** What is to be signed: on which version, and what it comes to. */
export interface SignedVersion {
  readonly stateTable: string;
  readonly base: { readonly version: number; readonly digest: Digest } | null;
  /** The base's, null before the first version. */
  readonly keyring: Keyring | null;
  readonly root: Digest;
  readonly before: Facts;
  readonly after: Facts;
  readonly at: string;
}

const NOTHING = `sha256:${'0'.repeat(64)}` as const;

/** Both keys' signatures over it, and the keyring that they leave. */
export function signVersion(keys: readonly [KeyObject, KeyObject], version: SignedVersion): Signatures {
  const { stateTable, base, keyring, root, before, after, at } = version;
  // Nothing here is ever purged: there is no reason to hide.
  const salt = '0'.repeat(32);
  const statement = {
    operation: 'approve',
    registry: homeOf(stateTable),
    at,
    content: contentOf({ kind: 'change', reason: 'signed on one machine', salt, changes: NOTHING }),
    base,
    review: NOTHING,
    root,
    people: peopleDigest(authoritiesOf(after)),
  } as const;
  const approval: Approval = keys.map((key) => signStatement(statement, key));
  return { approval, keyring: extendKeyring(keyring, approval, before, after) };
}
