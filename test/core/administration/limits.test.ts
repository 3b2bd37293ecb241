/** What is too large or too deep to store, by one byte and one level. */
import { expect, it } from 'vitest';
import {
  isPlainJson,
  MAX_FACT_BYTES,
  unfitForStorage,
} from '../../../functions/core/administration/plain-json.ts';
import { registryProblems } from '../../../functions/core/administration/validate.ts';
import { assessment, type Facts, mandate, network, withFacts } from './small-registry.ts';

const x = (n: number) => 'x'.repeat(n);
const nest = (levels: number): unknown => (levels === 0 ? 1 : [nest(levels - 1)]);
const LARGE = 'larger than 196608 bytes';

it.each<[string, unknown, string | undefined]>([
  ['a text of the whole budget', x(196_605), undefined],
  ['a byte more', x(196_606), LARGE],
  ['two bytes a letter', 'é'.repeat(98_303), LARGE],
  ['a member of the whole budget', { a: x(196_600) }, undefined],
  ['a byte more in the name', { ab: x(196_600) }, LARGE],
  ['a byte more in the text', { a: x(196_601) }, LARGE],
  ['many small things', Array.from({ length: 50_000 }, () => 1), LARGE],
  ['25 levels', nest(25), undefined],
  ['26 levels', nest(26), 'nested too deeply'],
  ['half a character', ['\ud800'], 'a text holds half of a surrogate pair'],
  ['half a character in a name', { '\udc00': 1 }, 'a name holds half of a surrogate pair'],
  ['a fraction', [0.5], 'numbers are whole: a share of 35 % is 3500'],
  ['minus zero', [-0], 'numbers are whole: a share of 35 % is 3500'],
  ['a number that is not exact', [2 ** 53], 'numbers are whole: a share of 35 % is 3500'],
  ['nothing', undefined, 'not JSON'],
  ['a member that is nothing', { a: undefined }, 'not JSON'],
  ['a function', [() => 1], 'not JSON'],
  ['a large integer', [1n], 'not JSON'],
  ['a map', new Map(), 'not plain JSON'],
  ['no prototype', Object.create(null), 'not plain JSON'],
  ['a prototype of its own', JSON.parse('{"__proto__":1}'), 'not plain JSON'],
  ['what JSON has', [null, true, false, 'a', 1, { b: [] }], undefined],
])('%s', (_what, value, expected) => {
  expect(unfitForStorage(value)).toBe(expected);
  expect(isPlainJson(value)).toBe(expected === undefined);
  expect(MAX_FACT_BYTES).toBe(196_608);
});

/** Sources that make a fact as large as it may be, and the last of them shorter or longer. */
const padding = (n: number, last = 500) => ({
  sources: Array.from({ length: n }, (_, i) => ({
    citation: `${i}${x(i === 0 ? last : 500)}`,
    verified: true,
  })),
});

it.each<[string, number, (last: number) => Facts]>(
  // biome-ignore format: one row a line
  [
  ['a network with what is said of it', 255 * 1024, (last) => withFacts(network('net-big', padding(300, last)), assessment('net-big', { network: 'net-big' }, padding(187)))],
  ['the law', 4 * 1024 * 1024 - 1024, (last) => withFacts(...Array.from({ length: 24 }, (_, i) => mandate(`m-${i}`, i === 0 ? padding(60, last) : padding(337, 599))))],
],
)('%s is stored to the byte', (_what, most, of) => {
  const sizes = (facts: Facts) =>
    registryProblems(facts, { sample: true })
      .filter((p) => p.check === 'document-sizes')
      .map((p) => p.message);
  const [size] = /\d+/.exec(sizes(of(599))[0] ?? '') ?? ['0'];
  const surplus = Number(size) - most;
  expect(surplus).toBeGreaterThan(0);
  expect(sizes(of(599 - surplus))).toEqual([]);
  expect(sizes(of(600 - surplus))).toEqual([
    `with everything that belongs to it, ${most + 1} bytes; ${most} fit`,
  ]);
});
