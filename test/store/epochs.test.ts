/** How epochs follow one another, as rows of the floor say, and whose rows these are. */
import { expect, it } from 'vitest';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { placesAfter } from '../../functions/store/epochs.ts';
import { encodeFloor } from '../../functions/store/floor.ts';
import { openFloor } from '../../functions/store/open-floor.ts';
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
      { line: 'END', epoch: 2, version: 0 },
      { line: 'COMMIT', epoch: 2, version: 8 },
    ],
  ],
])('%s takes its places', (_, last, expected) => {
  expect(placesAfter(last, FLOOR_ID)).toEqual(expected);
});

const COMMIT = { epoch: 5, version: 9 };
const objects = { load: async () => new Map([[DIGEST, { type: 'commit', commit: COMMIT }]]) } as never;

it.each<[string, string, boolean, unknown]>([
  ['this table, of what was acknowledged', FLOOR_ID, true, DIGEST],
  ['this table, of what never was', FLOOR_ID, false, null],
  ['another that came back', 'another', true, null],
])('rows of %s', async (_, table, isAcknowledged, expected) => {
  const database = memoryDatabase();
  const { epochs } = openFloor(database.client, TEST_TABLES.floor, Date.now);
  const own = encodeFloor('COMMIT', { ...COMMIT, digest: DIGEST, table });
  for (const last of [LAST, null])
    for (const { line, ...place } of placesAfter(last, FLOOR_ID)) {
      const row = encodeFloor(line, { ...place, digest: DIGEST, table });
      database.answer = ({ ExpressionAttributeValues: values }, honest) => {
        if (values?.[':line'] === undefined) return honest;
        const asked = `${values[':line'].S} ${values[':first']?.S}`;
        const rows = [row, ...(isAcknowledged ? [own] : [])];
        return { Items: rows.filter(({ pk, sk }) => `${pk?.S} ${sk?.S}` === asked) };
      };
      expect(await epochs.takenAfter(last, objects, context), line).toContain(expected);
      expect(await epochs.acknowledged({ epoch: 9, version: 1 }, context)).toBe(null);
    }
});
