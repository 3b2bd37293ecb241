/**
 * What has to be signed, and by whom else, before a registry that came back from a backup goes on: its epoch and its
 * past.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { StatementOf } from '../core/administration/statement.ts';
import { beginningRules } from './approved-head.ts';
import { cameFrom, demandReturned, type LastWord } from './beginning.ts';
import { demandSoundStops } from './carried-stops.ts';
import { homeOf } from './commit.ts';
import type { StoreTables } from './dynamodb.ts';
import { floorTop } from './epochs.ts';
import { comparePlaces } from './floor.ts';
import { epochAfter } from './next-commit.ts';
import { readingWithin } from './object-items.ts';
import { openFloor } from './open-floor.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import { demandWayDown } from './way-down.ts';

/** Where a registry is, and whose keys everybody else's are believed from. */
export interface FoundedStore {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly founders: FounderKeys;
}

/**
 * What a confirmation of a HEAD begins, as a publication would number it: the epoch that HEAD has, where a lineage was begun
 * here and nothing in the floor is above it; otherwise a new one, of a lineage still to be begun.
 *
 * @throws StoreError FLOOR_MALFORMED where more has been written into the floor than anybody follows
 */
export async function beginningOf(
  { client, tables }: Pick<FoundedStore, 'client' | 'tables'>,
  head: Pick<OpenSnapshot, 'held' | 'commit' | 'objects'>,
  signal: AbortSignal,
): Promise<Pick<StatementOf<'confirm'>, 'epoch' | 'floor'>> {
  const context = readingWithin(signal);
  const floor = openFloor(client, tables.floor, Date.now);
  const { commit, held, objects } = head;
  const { last, highest } = await floorTop(floor, objects, context);
  const isBegun = !commit.confirmed && commit.home === homeOf(tables.state);
  const isOwn = held === null || (isBegun && comparePlaces(highest, commit) <= 0);
  return { epoch: isOwn ? commit.epoch : epochAfter(commit.epoch, highest.epoch), floor: last };
}

/**
 * Who else has to sign a confirmation, said before anybody does; null where nothing is known of a time before.
 *
 * @throws StoreError APPROVAL_INVALID for a HEAD that `decide` would never open, confirmed; FLOOR_CONTRADICTED where what was
 *   acknowledged since is not what the floor says, OBJECT_MISSING where not all of that can be read
 */
export async function demandConfirmable(
  { client, tables, founders }: FoundedStore,
  head: Pick<OpenSnapshot, 'digest' | 'commit' | 'objects'>,
  last: StatementOf<'confirm'>['floor'],
  signal: AbortSignal,
): Promise<LastWord | null> {
  const context = readingWithin(signal);
  const { objects } = head;
  const floor = openFloor(client, tables.floor, Date.now);
  const taken = await floor.epochs.takenAfter(last, objects, context);
  if (taken.some((by) => by !== null)) throw new StoreError('APPROVAL_INVALID', { digest: head.digest });
  const from = head.commit.confirmed ? head : await cameFrom(head, objects);
  await demandSoundStops(founders, from, head, objects);
  if (last === null) return null;
  return demandReturned(from, last, {
    ...beginningRules(founders, Date.now, floor, objects, context),
    demandWay: (top, below) => demandWayDown(top, below, { floor, source: objects, context }),
  });
}
