/** What is said to do where nobody can confirm: a row that was made up is looked for before anything is given up. */
import { expect, it } from 'vitest';
import { confirmableInWords } from '../../cli/recover/words-of-loss.ts';
import type { StoreErrorCode } from '../../functions/store/store-error.ts';
import { digestOf } from '../registry/changes.ts';

const ROW = /\bremoved by hand\b/;
const OBJECTS = /--lost objects/;
const FLOOR = /adopt an empty floor/;
const POINT = /take another point/i;

it.each<[StoreErrorCode, readonly RegExp[]]>([
  ['OBJECT_MISSING', [OBJECTS, ROW, FLOOR]],
  ['DIGEST_MISMATCH', [OBJECTS]],
  ['OBJECT_MALFORMED', [OBJECTS]],
  ['OBJECT_PURGED', [OBJECTS]],
  ['FLOOR_CONTRADICTED', [ROW]],
  ['FLOOR_MALFORMED', [ROW]],
  ['APPROVAL_INVALID', [ROW, POINT]],
  ['HEAD_BELOW_FLOOR', [ROW, POINT]],
])('%s', (code, order) => {
  const digest = digestOf('last');
  const lost = { told: 'complete', acknowledged: { epoch: 1, version: 4, digest } } as never;
  const said = confirmableInWords({ ok: false, code, digest }, { objects: 'objects' } as never, lost).join(
    ' ',
  );
  const found = [ROW, OBJECTS, FLOOR, POINT].filter((each) => each.test(said));
  expect(found.toSorted((a, b) => said.search(a) - said.search(b))).toEqual(order);
});
