import type { Digest } from '../core/facts/canonical.ts';
import { ancestorAt } from './ancestry.ts';
import type { Commit } from './commit.ts';
import { DIGEST_BYTES, digestAt, rawDigest } from './digest-bytes.ts';
import type { Item, VerifiedHead } from './head.ts';
import type { AcknowledgedLinks } from './keyring.ts';
import type { ReadContext } from './object-items.ts';
import { pause } from './retrying.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/**
 * How far the registry has come, in a table of its own that only grows: one row for each publication that was
 * acknowledged. HEAD is one item that can be put back; the newest row here is what it may not lie below.
 */
export interface FloorRow {
  readonly epoch: number;
  readonly version: number;
  /** The commit's. */
  readonly digest: Digest;
  /** `tableIdOf` the table it was written to: in another one, rows came back from a backup. */
  readonly table: string;
  /** Of a keyring: the version that was acknowledged with it first. A HEAD read before that may have fewer links. */
  readonly since?: number;
}

/**
 * `COMMIT` has a row for every version, `APPROVAL` for those that two people made. `KEYRING` has one for every number of
 * links that an acknowledged keyring had in an epoch: that number as its version, and the digest of these links. `START` is
 * what the table with this id acknowledged first, and `END` what ended an epoch.
 */
export type FloorLine = 'COMMIT' | 'APPROVAL' | 'KEYRING' | 'END' | `START ${string}`;

/** Where a version stands: its number counts within an epoch. */
export type Place = Pick<Commit, 'epoch' | 'version'>;

/** The last version that a place has digits for. */
export const LAST_PLACE = 9_999_999_999;

/** Ten digits each, so that rows sort as (epoch, version) does. */
const PLACE = /^(\d{10})\.(\d{10})$/;

export function floorKey(line: FloorLine, { epoch, version }: Place): Item {
  const ten = (number: number) => String(number).padStart(10, '0');
  return { pk: { S: line }, sk: { S: `${ten(epoch)}.${ten(version)}` } };
}

export function encodeFloor(line: FloorLine, floor: FloorRow): Item {
  return {
    ...floorKey(line, floor),
    digest: { B: rawDigest(floor.digest) },
    table: { S: floor.table },
    ...(floor.since !== undefined && { since: { N: String(floor.since) } }),
  };
}

/** @throws StoreError FLOOR_MALFORMED */
export function decodeFloor(item: Item): FloorRow {
  const [, epoch, version] = PLACE.exec(item['sk']?.S ?? '') ?? [];
  const [raw, table] = [item['digest']?.B, item['table']?.S];
  const digest = raw?.length === DIGEST_BYTES ? digestAt(Buffer.from(raw), 0) : null;
  if (epoch === undefined || version === undefined || digest === null || table === undefined)
    throw new StoreError('FLOOR_MALFORMED');
  const since = item['since']?.N;
  return {
    ...{ epoch: Number(epoch), version: Number(version), digest, table },
    ...(since !== undefined && { since: Number(since) }),
  };
}

/** Of a row of keyrings, what is not where and when it was written: the number of links stands for a version. */
export function rowOfLinks({
  count,
  ...links
}: AcknowledgedLinks): Pick<FloorRow, 'version' | 'digest' | 'since'> {
  return { version: count, ...links };
}

/** Why a HEAD is held back although it is well signed; null where it may be used. */
export type FloorProblem = Extract<
  StoreErrorCode,
  'FLOOR_MISSING' | 'HEAD_BELOW_FLOOR' | 'HEAD_UNACKNOWLEDGED'
> | null;

/**
 * A HEAD must be the newest acknowledged version. One that comes after it was told to nobody: it could be taken back as if
 * it had never been, whatever it permitted.
 *
 * @param table the floor table's id as it is now
 */
export async function floorProblem(
  head: Pick<VerifiedHead, 'digest' | 'commit'>,
  floor: FloorRow | null,
  table: string,
  objects: ObjectSource,
): Promise<FloorProblem> {
  if (floor === null || floor.table !== table) return 'FLOOR_MISSING';
  if (comparePlaces(head.commit, floor) < 0) return 'HEAD_BELOW_FLOOR';
  if (head.digest === floor.digest) return null;
  if (head.commit.epoch > floor.epoch) return 'HEAD_UNACKNOWLEDGED';
  const { digest } = await ancestorAt(objects, head, floor.version);
  return digest === floor.digest ? 'HEAD_UNACKNOWLEDGED' : 'HEAD_BELOW_FLOOR';
}

/** Between moving HEAD and writing that down lie a few writes: looked at again after so many milliseconds each. */
const SETTLING_MS = [10, 20, 40, 80, 160];

/** What the floor says to a HEAD, looked at before, once a publication under way has had time to acknowledge it. */
export async function settled(
  first: FloorProblem,
  look: () => Promise<FloorProblem>,
  context: ReadContext,
): Promise<FloorProblem> {
  let problem = first;
  for (const ms of SETTLING_MS) {
    if (problem !== 'HEAD_UNACKNOWLEDGED') return problem;
    await pause(ms, context.signal);
    context.meter.batches += 1;
    problem = await look();
  }
  return problem;
}

/** Negative where `a` was before `b`: by epoch, then by version. */
export function comparePlaces(a: Place, b: Place): number {
  return a.epoch - b.epoch || a.version - b.version;
}
