/** Publishes versions: objects first, then HEAD by one conditional write, then its other copies, then the floor. */
import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Digest, digestOf, type Json } from '../core/facts/canonical.ts';
import { loadCommit, type NamedCommit } from './ancestry.ts';
import { type Approval, encodeApproval } from './approval.ts';
import { createHeadJudge, createPastProofs } from './approved-head.ts';
import { encodeCommit, homeOf, isPeoplesWord } from './commit.ts';
import { type CommitKeys, commitMessage, isSigned, type Signer } from './commit-signature.ts';
import { documentText } from './document.ts';
import type { StoreTables } from './dynamodb.ts';
import { floorTop } from './epochs.ts';
import type { FloorLine } from './floor.ts';
import { encodeHead, type HeadContent, MOST_HEAD_COPIES, verifyHead } from './head.ts';
import { readHead } from './head-read.ts';
import { ALONE } from './judge-approval.ts';
import { encodeKeyring, type Keyring } from './keyring.ts';
import { moveCopies } from './move-copies.ts';
import { ConflictError, moveHead } from './move-head.ts';
import { type CommitMeta, nextCommit } from './next-commit.ts';
import { framed } from './object-bytes.ts';
import { createObjectCache } from './object-cache.ts';
import { insertObjects } from './object-inserts.ts';
import { type ReadContext, readingWithin } from './object-items.ts';
import { createObjectLoader } from './object-loader.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FounderKeys } from './person-signature.ts';
import { openRaisableFloor, type RaisableFloor } from './raise-floor.ts';
import type { StagedRegistry } from './staging.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

export { ConflictError };

export interface PublisherOptions {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly signer: Signer;
  readonly publicKeys: CommitKeys;
  /** Whose keys everybody else's are believed from. */
  readonly founders: FounderKeys;
  /** How many copies of HEAD there shall be, at least: no version that has more goes on with fewer. @default 1 */
  readonly headCopies?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
  /** Milliseconds for one `publish`. @default 60000 */
  readonly budgetMs?: number;
}

/** What to publish: on which base (null: the first version), what, and on whose word. */
export interface Publication {
  readonly base: OpenSnapshot | null;
  readonly staged: StagedRegistry;
  readonly meta: CommitMeta;
  /** What people signed, and who may sign from here on. Left out for one person's stop: then the base's stand. */
  readonly signed?: Signatures;
  /** Kept beside the commit as an object of its own: a reason, the proposal's digest … At most 60 KB. */
  readonly note: Json;
}

export interface Signatures {
  readonly approval: Approval;
  readonly keyring: Keyring;
}

/** A publication whose bytes are frozen: publishing it twice, or after a crash, is publishing it once. */
export interface PreparedPublication {
  readonly head: HeadContent;
  /** Digest of the parent commit, null at genesis. */
  readonly expected: Digest | null;
  /** Everything below the commit, by digest. */
  readonly objects: ReadonlyMap<Digest, Uint8Array>;
}

export interface PublishedVersion {
  readonly version: number;
  readonly digest: Digest;
  readonly lineage: string;
  readonly recordedAt: string;
}

export interface Publisher {
  /** Freezes the commit's bytes and signature. Reads ancestors, and for a restore the floor; writes nothing. */
  prepare(publication: Publication): Promise<PreparedPublication>;
  /**
   * Writes the objects, then moves HEAD, then its other copies, then raises the floor. Readers see the old registry or the new one, at whatever point this stops.
   * Idempotent: a lost acknowledgement is recognised by reading back, so the same `prepared` may be published again.
   *
   * @throws ConflictError if HEAD has moved elsewhere; StoreError NOT_OPENABLE for what would open for nobody,
   *   STORE_UNAVAILABLE if the outcome is not known,
   *   HEAD_BELOW_FLOOR for a genesis where HEAD is gone but something was acknowledged
   */
  publish(prepared: PreparedPublication): Promise<PublishedVersion>;
  /**
   * Raises the floor to a version that is in already: before somebody is told so who did not publish it. Whoever died
   * between HEAD, its copies and the floor is made good for by this, or by the next publication.
   */
  acknowledge(at: NamedCommit): Promise<void>;
  /** `prepare`, then `publish`. */
  commit(publication: Publication): Promise<PublishedVersion>;
}

export function createPublisher(options: PublisherOptions): Publisher {
  const { client, tables, signer, publicKeys, founders, headCopies = 1, clock = Date.now } = options;
  const loader = createObjectLoader(client, tables.objects, createObjectCache(0));
  // INVARIANT: about acknowledged versions, and epochs that have begun: what was found of them does not change.
  const past = createPastProofs(founders);

  async function prepare({ base, staged, meta, signed, note }: Publication): Promise<PreparedPublication> {
    const noteBytes = encodeNote(note);
    const word = signed === undefined ? carried(base) : encodeSignatures(signed);
    const place = {
      ...{ home: homeOf(tables.state), root: staged.rootDigest, note: digestOf(noteBytes) },
      ...{ approval: word.approval, keyring: word.keyring },
      ...(meta.succession === 'restore' && {
        floorEpoch: await highestEpoch(),
      }),
    };
    const commit = encodeCommit(await nextCommit(base, place, meta));
    const digest = digestOf(commit);
    const signature = await signer.sign(commitMessage(digest));
    // A signer whose public key nobody has been given would lock every reader out.
    if (!isSigned(digest, signature, publicKeys)) throw new StoreError('SIGNATURE_INVALID', { digest });
    const head = { commit, signature, root: staged.rootBytes };
    // Whatever copies are asked for later: one that did not fit would stop between two of them.
    encodeHead({ ...head, copies: MOST_HEAD_COPIES }, MOST_HEAD_COPIES - 1);
    const objects = new Map([...staged.objects, ...word.objects]);
    objects.set(place.note, noteBytes);
    objects.set(staged.rootDigest, staged.rootBytes);
    return { head, expected: base?.digest ?? null, objects };
  }

  async function highestEpoch(): Promise<number> {
    const { floor, objects, context } = begun();
    return (await floorTop(floor, objects, context)).highest.epoch;
  }

  /** A HEAD that is gone is no new beginning: what was revoked would be forgotten. */
  async function demandBeginning(ours: NamedCommit, { floor, context }: Work): Promise<void> {
    const newest = await floor.newest('COMMIT', context);
    if (newest === null || newest.digest === ours.digest) return;
    const head = await readHead(client, tables.state, publicKeys, context);
    if (head === undefined) throw new StoreError('HEAD_BELOW_FLOOR');
  }

  /**
   * No place of an epoch is left free below another, for whoever wants to have been there: whoever published the version before
   * may have died before the floor.
   */
  async function acknowledgeParent({ commit }: NamedCommit, work: Work): Promise<void> {
    const { floor, context, objects } = work;
    const [digest] = commit.ancestors;
    if (digest === undefined) return;
    const parent = await loadCommit(objects, digest);
    if (parent.epoch !== commit.epoch) return;
    const lines: readonly FloorLine[] = isPeoplesWord(parent) ? ['COMMIT', 'APPROVAL'] : ['COMMIT'];
    const rows = await Promise.all(lines.map((line) => floor.at(parent, context, line)));
    if (rows.some((row) => row?.digest !== digest)) await finish({ digest, commit: parent }, work);
  }

  /** Says what somebody else has moved HEAD to. No copy of HEAD is older than what anybody is told of, by the floor or by us. */
  async function finish(at: NamedCommit, { floor, objects, context }: Work): Promise<void> {
    const first = await readHead(client, tables.state, publicKeys, context);
    if (first !== undefined) await moveCopies({ client, tables, publicKeys, context }, first);
    await floor.raise(at, objects, context);
  }

  /**
   * What would open for nobody who decides is not published: signed at other clocks than this one, with rows of the floor in
   * its way, or with more than fits. HEAD stays where it is, and everybody can still act on it.
   */
  async function demandOpening(
    ours: NamedCommit,
    { floor, objects, context }: Work,
    id: string,
  ): Promise<void> {
    const judge = createHeadJudge(founders, clock, floor, undefined, past);
    try {
      if (ours.commit.confirmed) await judge.judge(ours, objects, context, false);
      if (await floor.hasRoom(ours, objects, context, id)) return;
    } catch (error) {
      if (!(error instanceof StoreError) || /^STORE_/.test(error.code)) throw error;
    }
    const head = await readHead(client, tables.state, publicKeys, context);
    // Whoever came first has moved HEAD before writing rows: that is for moving HEAD to find.
    if ((head?.digest ?? null) === (ours.commit.ancestors[0] ?? null))
      throw new StoreError('NOT_OPENABLE', { version: ours.commit.version });
  }

  function begun(): Work {
    const context = readingWithin(AbortSignal.timeout(options.budgetMs ?? 60_000));
    const floor = openRaisableFloor(client, tables.floor, clock);
    return { context, floor, objects: loader.within(context) };
  }

  async function publish(prepared: PreparedPublication): Promise<PublishedVersion> {
    const work = begun();
    const { floor, objects, context } = work;
    const ours = verifyHead(prepared.head, publicKeys);
    if (prepared.expected !== (ours.commit.ancestors[0] ?? null)) throw new StoreError('NOT_STORABLE');
    if (ours.commit.ancestors.length === 0) await demandBeginning(ours, work);
    await acknowledgeParent(ours, work);
    await insertObjects(client, tables.objects, prepared.objects, context);
    // After everything it refers to, and with its signature, which HEAD will not keep once it moves on.
    const companions = { signature: { B: prepared.head.signature } };
    const commitObject: [Digest, Uint8Array][] = [[ours.digest, prepared.head.commit]];
    const id = await floor.id.now(context);
    await insertObjects(client, tables.objects, commitObject, context, companions);
    // A stop is published whatever is in its way: where nothing opens then, everything is stopped.
    if (!ALONE.has(ours.commit.kind)) await demandOpening(ours, work, id);
    const access = { client, tables, publicKeys, context };
    await moveCopies(access, await moveHead(access, ours, headCopies));
    await floor.raise(ours, objects, context, id);
    const { version, lineage, recordedAt } = ours.commit;
    return { version, digest: ours.digest, lineage, recordedAt };
  }

  return {
    prepare,
    publish,
    acknowledge: (at) => finish(at, begun()),
    commit: async (publication) => publish(await prepare(publication)),
  };
}

interface Word {
  readonly approval: Digest;
  readonly keyring: Digest;
  readonly objects: readonly (readonly [Digest, Uint8Array])[];
}

/** One person's stop changes nothing of what people signed. */
function carried(base: OpenSnapshot | null): Word {
  if (base === null) throw new StoreError('NOT_STORABLE');
  const { approval, keyring } = base.commit;
  return { approval, keyring, objects: [] };
}

function encodeSignatures(signed: Signatures): Word {
  const [approval, keyring] = [encodeApproval(signed.approval), encodeKeyring(signed.keyring)];
  const objects = [approval, keyring].map((bytes) => [digestOf(bytes), bytes] as const);
  return { approval: digestOf(approval), keyring: digestOf(keyring), objects };
}

/** What one publication works with. */
interface Work {
  readonly context: ReadContext;
  readonly objects: ObjectSource;
  /** Opened for this one: which table it is, is asked anew. */
  readonly floor: RaisableFloor;
}

/** The salt keeps a purged note from being guessed from its digest. */
function encodeNote(note: Json): Uint8Array {
  const salted = { note, salt: randomBytes(16).toString('hex') };
  return framed('note', Buffer.from(documentText(salted), 'utf8'));
}
