/** How epochs follow one another, as rows of the floor say, and whose rows these are. */
import { expect, it } from 'vitest';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { epochsIn, placesAfter } from '../../functions/store/epochs.ts';
import { encodeFloor } from '../../functions/store/floor.ts';
import { TEST_TABLES } from '../engine.ts';
import { FLOOR_ID, memoryDatabase } from './memory-database.ts';

const DIGEST = digestOf(Buffer.from('a commit'));
const LAST = { epoch: 2, version: 7 };
const context = { signal: AbortSignal.timeout(60_000), meter: { readUnits: 0, batches: 0 } };

it.each([
  ['what a table starts with', null, [{ line: `START ${FLOOR_ID}`, epoch: 0, version: 0 }]],
  [
    'what follows an epoch',
    LAST,
    [
      { line: 'COMMIT', epoch: 2, version: 8 },
      { line: 'END', epoch: 2, version: 0 },
    ],
  ],
])('%s takes its places', (_, last, expected) => {
  expect(placesAfter(last, FLOOR_ID)).toEqual(expected);
});

it.each([
  ['this table', FLOOR_ID, DIGEST],
  ['another that came back', 'another', null],
])('rows of %s', async (_, table, expected) => {
  const database = memoryDatabase();
  const epochs = epochsIn(database.client, TEST_TABLES.floor);
  for (const { line, ...place } of [...placesAfter(LAST, FLOOR_ID), ...placesAfter(null, FLOOR_ID)]) {
    database.floor = encodeFloor(line, { ...place, digest: DIGEST, table });
    const { version } = place;
    if (line === 'COMMIT') expect(await epochs.acknowledged(place, context), line).toBe(expected);
    if (line === 'COMMIT') expect(await epochs.takenAfter(LAST, context), line).toContain(expected);
    if (line.startsWith('START')) expect(await epochs.takenAfter(null, context)).toEqual([expected]);
    expect(await epochs.acknowledged({ epoch: 9, version }, context)).toBe(null);
  }
});
