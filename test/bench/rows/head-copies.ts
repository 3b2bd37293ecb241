/**
 * Where HEAD stops serving, with 1, 4 and 16 copies. The real reader over tables in memory, with DynamoDB's limit in front: so
 * many strong reads of one item a second, and no more than a tenth of a second's at once. Time is virtual and the limit is a
 * thirtieth of DynamoDB's 3,000, because what counts is the ratio. The floor's newest row is limited like HEAD.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { floorForMs } from '../../../functions/decide/assemble.ts';
import { createRegistryReader, type SnapshotReader } from '../../../functions/store/registry-reader.ts';
import { LOCAL_FOUNDERS } from '../../../infra/local/identities.ts';
import { TEST_TABLES } from '../../engine.ts';
import { chainOf, KEYS } from '../../store/memory-chain.ts';
import { type Effort, type Figure, overFloor, type Row } from '../row.ts';

const UNITS_PER_SECOND = 100;
const BURST_SECONDS = 0.1;
/** How long a decision keeps its sandbox. */
const DECISION_MS = 5;
const SECONDS = 4;
const LEASE_MS = 5_000;
const SETTINGS = [1, 4, 16];
/** Of what one copy serves at most. */
const OFFERED = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 8, 12, 13, 14, 15, 16, 20];
/** What counts as served: DynamoDB is asked once, where the guard asks twice. */
const SERVED = 0.99;

/** What is left of each item's limit, by the item's place. */
function createLimit(now: () => number) {
  const buckets = new Map<string, { left: number; at: number }>();
  return (place: string): boolean => {
    const at = now();
    const most = UNITS_PER_SECOND * BURST_SECONDS;
    const bucket = buckets.get(place) ?? { left: most, at };
    const left = Math.min(most, bucket.left + ((at - bucket.at) / 1000) * UNITS_PER_SECOND);
    buckets.set(place, { left: left >= 1 ? left - 1 : left, at });
    return left >= 1;
  };
}

/** Cases are fixed: two runs draw the same copies. */
function createRandom(): () => number {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

interface Found {
  readonly served: number;
  readonly offered: number;
}

async function offer(headCopies: number, perSecond: number): Promise<Found> {
  const { database } = await chainOf();
  let now = Date.parse('2026-11-23T12:01:00.000Z');
  const start = now;
  const isLeft = createLimit(() => now);
  database.answer = ({ command, Key, ExpressionAttributeValues: values }, honest) => {
    const place = command === 'GetItemCommand' ? Key?.['pk']?.S : values?.[':line']?.S;
    if (place !== undefined && !isLeft(place))
      throw Object.assign(new Error('throttled'), { name: 'ThrottlingException' });
    return honest;
  };
  const random = createRandom();
  const idle: SnapshotReader[] = [];
  const busy: { readonly until: number; readonly reader: SnapshotReader }[] = [];
  const found = { served: 0, offered: SECONDS * perSecond };
  for (let asked = 0; asked < found.offered; asked += 1) {
    now = start + (asked * 1000) / perSecond;
    while (busy[0] !== undefined && busy[0].until <= now)
      idle.push(...busy.splice(0, 1).map((one) => one.reader));
    const reader = idle.pop() ?? newReader(database.client, headCopies, random, () => now);
    busy.push({ until: now + DECISION_MS, reader });
    const isServed = await reader.open().then(
      () => true,
      () => false,
    );
    if (isServed) found.served += 1;
  }
  database.client.destroy();
  return found;
}

function newReader(
  client: DynamoDBClient,
  headCopies: number,
  random: () => number,
  clock: () => number,
): SnapshotReader {
  return createRegistryReader({
    ...{ client, tables: TEST_TABLES, publicKeys: KEYS, founders: LOCAL_FOUNDERS, budgetMs: 60_000 },
    ...{ headCopies, random, clock, floorForMs: floorForMs({ headCopies, leaseMs: LEASE_MS }) },
  });
}

const percent = (part: number) => `${(100 * part).toFixed(0)} %`.padStart(7);

async function measure({ quick, say }: Effort): Promise<readonly Figure[]> {
  say(
    `offered as a multiple of what one item serves (${UNITS_PER_SECOND} a second here, 3,000 at DynamoDB); served, throttled`,
  );
  say(['offered', ...SETTINGS.map((copies) => `${copies} copies`.padStart(17))].join('  '));
  const knees = new Map<number, number>();
  for (const multiple of quick ? [1, 2] : OFFERED) {
    const cells: string[] = [];
    for (const copies of SETTINGS) {
      const { served, offered } = await offer(copies, Math.round(multiple * UNITS_PER_SECOND));
      if (served / offered >= SERVED) knees.set(copies, multiple);
      cells.push(`${percent(served / offered)} ${percent(1 - served / offered)}`);
    }
    say([`${multiple}`.padStart(7), ...cells.map((cell) => cell.padStart(17))].join('  '));
  }
  const one = knees.get(1) ?? Number.NaN;
  return SETTINGS.map((copies) =>
    overFloor(`knee with ${copies}, ${SERVED * 100} % served`, 'times', knees.get(copies) ?? Number.NaN, [
      'one copy',
      one,
    ]),
  );
}

export const headCopies: Row = {
  name: 'head-copies',
  question: 'where HEAD stops serving, by how many copies of it there are (docs/scale.md)',
  against: 'one copy, in virtual time',
  toReach: '–',
  measure,
};
