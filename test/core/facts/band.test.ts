/** Ways of writing a band, and which of them have a frequency in common: `undefined` where nobody can tell. */
import { expect, test } from 'vitest';
import { bandsMeet, isBand } from '../../../functions/core/facts/band.ts';

const SWEDISH = '3400-3720 MHz';
// biome-ignore format: one row a line
test.each<[one: string, other: string, meet: boolean | undefined]>([
  ['3.5 GHz', '3.5 GHz', true],
  ['3.5 GHz', '3500 MHz', true],
  ['3.5 GHz', '3.5GHz', true],
  ['3.5 GHz', SWEDISH, true],
  ['3.5 GHz', '3.4-3.72 GHz', true],
  ['3.5 GHz', '3.4 \u2013 3.72 GHz', true],
  ['3.5 GHz', 'n78', true],
  ['3.5 GHz', 'n77', true],
  ['3.5 GHz', 'n48', true],
  ['3.5 GHz', '3799.9-4200 MHz', true],
  ['3.5 GHz', '3800-4200 MHz', false],
  ['3.5 GHz', '2.3 GHz', false],
  ['3.5 GHz', 'n40', false],
  ['3.5 GHz', '26 GHz', false],
  [SWEDISH, '3720-3800 MHz', false],
  [SWEDISH, '3300-3400 MHz', false],
  [SWEDISH, '3719.999-3800 MHz', true],
  [SWEDISH, '3500-3510 MHz', true],
  ['2.3 GHz', '2300 MHz', true],
  ['2.3 GHz', 'n40', true],
  ['2.3 GHz', '2300-2380 MHz', true],
  // Between the two halves of a paired band there is another: of the band by its name nobody knows which is meant.
  ['n20', '821-832 MHz', false],
  ['800 MHz', '821-832 MHz', true],
  ['n1', '1920-1980 MHz', true],
  ['n1', '2110-2170 MHz', true],
  ['n1', 'n3', false],
  ['n258', 'n257', true],
  // Words nobody knows, and numbers that may be meant in another way, are alike only to themselves.
  ...['3,5 GHz', '3.400-3.720 MHz', '3.500 MHz', '3400-3720 GHz', '3720-3400 MHz', '3400-3400 MHz', '3.6 GHz', '3500', '3500 mhz', 'C-band',
    'n78, n77', 'N78', 'n999', 'band 78', '3.5 GHz TDD', 'constructor', '__proto__', ''].map(
    (word): [string, string, undefined] => ['3.5 GHz', word, undefined],
  ),
  ['C-band', 'C-band', true],
  ['C-band', 'c-band', undefined],
])('%s and %s', (one, other, meet) => {
  expect([bandsMeet(one, other), bandsMeet(other, one)]).toEqual([meet, meet]);
  if (meet !== undefined && one !== other) expect([isBand(one), isBand(other)]).toEqual([true, true]);
  if (meet === undefined) expect(isBand(one) && isBand(other)).toBe(false);
});
