/** The one helper by which tests have two people sign a version: founders for the first, then people of its authorities. */
import type { Facts } from '../../functions/core/administration/change.ts';
import { peopleDigest } from '../../functions/core/administration/statement.ts';
import type { Digest, Json } from '../../functions/core/facts/canonical.ts';
import { readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { type Commit, homeOf } from '../../functions/store/commit.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { cameTo } from '../../functions/store/epochs.ts';
import { ALONE } from '../../functions/store/judge-approval.ts';
import { authoritiesAfter, type Keyring } from '../../functions/store/keyring.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { openFloor } from '../../functions/store/open-floor.ts';
import { publicKeyOf, signStatement } from '../../functions/store/person-signature.ts';
import {
  createPublisher,
  type Publication,
  type Publisher,
  type PublisherOptions,
  type Signatures,
} from '../../functions/store/publisher.ts';
import type { ObjectSource } from '../../functions/store/stored-object.ts';
import { wordOf } from '../../functions/store/word.ts';
import { LOCAL_FOUNDERS, localKey } from '../../infra/local/identities.ts';
import { signVersion } from '../../infra/local/local-approval.ts';

/** An authority for registries whose facts hold none: its people are those of the local founders. */
export const TEST_AUTHORITY: RawFact = {
  kind: 'authority',
  id: 'test-authority',
  name: 'Speaks where nobody else does',
  speaksFor: ['XXZ'],
  proposers: [],
  approvers: [],
  people: ['pat', 'alex'].map((name) => ({ name, keys: [publicKeyOf(localKey(name))] })),
  holders: [],
  valid: { from: '2000-01-01', to: null, zone: 'UTC' },
  sources: [{ citation: 'A test', verified: true }],
};

/** What the signatures are made on. */
export interface SignedBase {
  readonly digest: Digest;
  readonly commit: Commit;
  readonly objects: ObjectSource;
}

/** When versions of tests are recorded, and signed. */
export const SIGNED_AT = '2026-11-23T12:00:00.000Z';

/** A version to be signed. */
export interface Unsigned {
  readonly tables: Pick<StoreTables, 'state'>;
  readonly root: Digest;
  /** Facts that it adds or replaces; null for one that leaves. */
  readonly changed?: ReadonlyMap<string, Json | null> | undefined;
  /** The two, where it matters; by default founders, then two of an authority that changes, or of any. */
  readonly names?: readonly [string, string];
  readonly at?: string;
}

/** Signs a version as two people who may. */
export async function signedBy(base: SignedBase | null, unsigned: Unsigned): Promise<Signatures> {
  if (base === null) return signedOn(null, null, unsigned);
  const { keyring } = await wordOf(base, base.objects);
  return signedOn({ version: base.commit.version, digest: base.digest }, keyring, unsigned);
}

/** The same on a base that is only named. */
export function signedOn(
  base: { readonly version: number; readonly digest: Digest } | null,
  keyring: Keyring | null,
  { tables, root, changed = new Map(), names, at = SIGNED_AT }: Unsigned,
): Signatures {
  const before = keyring === null ? new Map<string, RawFact>() : authoritiesAfter(keyring.links);
  const after = new Map(before);
  for (const [key, fact] of changed) {
    if (!key.startsWith('authority/')) continue;
    if (fact === null) after.delete(key);
    else after.set(key, fact as RawFact);
  }
  if (base === null && after.size === 0) after.set('authority/test-authority', TEST_AUTHORITY);
  const [author, approver] = names ?? (base === null ? ['pat', 'alex'] : twoOf(before, changed));
  return signVersion([localKey(author), localKey(approver)], {
    ...{ stateTable: tables.state, keyring, root, before, after, at, base },
  });
}

/** Two people of the authority that changes, if one does, else of any. */
function twoOf(authorities: Facts, changed: ReadonlyMap<string, Json | null>): readonly [string, string] {
  const own = [...changed.keys()].flatMap((key) => authorities.get(key) ?? []);
  for (const raw of [...own, ...authorities.values()]) {
    const reading = readFact(raw);
    if (!reading.sound || reading.fact.kind !== 'authority') continue;
    const [author, approver] = (reading.fact.people ?? []).map(({ name }) => name);
    if (author !== undefined && approver !== undefined) return [author, approver];
  }
  throw new Error('no authority has two people');
}

/** A publisher whose every publication two people sign, but for one person's stops and a restore. */
export function signingPublisher(
  options: Omit<PublisherOptions, 'founders'> & Partial<PublisherOptions>,
): Publisher {
  const publisher = createPublisher({ founders: LOCAL_FOUNDERS, ...options });
  const { tables } = options;
  async function signed(publication: Publication): Promise<Publication> {
    const { base, staged, meta } = publication;
    const isCarried = ALONE.has(meta.kind) || meta.succession === 'restore';
    if (publication.signed !== undefined || isCarried) return publication;
    if (meta.succession === 'confirm' && base !== null)
      return { ...publication, signed: await confirmedBy(options, base) };
    return { ...publication, signed: await signedBy(base, { tables, root: staged.rootDigest }) };
  }
  const prepare = async (publication: Publication) => publisher.prepare(await signed(publication));
  return {
    ...publisher,
    prepare,
    commit: async (publication) => publisher.publish(await prepare(publication)),
  };
}

/** Everybody's word for a registry that came back: the founders', who are the test authority's people too. */
export async function confirmedBy(
  { client, tables }: Pick<PublisherOptions, 'client' | 'tables'>,
  base: SignedBase,
  names: readonly string[] = ['pat', 'alex'],
): Promise<Signatures> {
  const context = readingWithin(AbortSignal.timeout(60_000));
  const floor = await cameTo(openFloor(client, tables.floor, Date.now), base.objects, context);
  const { keyring } = await wordOf(base, base.objects);
  const statement = {
    operation: 'confirm',
    registry: homeOf(tables.state),
    at: SIGNED_AT,
    content: base.digest,
    base: { version: base.commit.version, digest: base.digest },
    epoch: base.commit.epoch,
    floor,
    root: base.commit.root,
    people: peopleDigest(authoritiesAfter(keyring.links)),
  } as const;
  return { approval: names.map((name) => signStatement(statement, localKey(name))), keyring };
}
