import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalBytes,
  canonicalText,
  digestOf,
  type Json,
  NotCanonicalError,
} from '../../../functions/core/facts/canonical.ts';

describe('canonical text', () => {
  it.each<[string, Json, string]>([
    ['sorts members by code unit', { b: 1, a: 2, B: 3 }, '{"B":3,"a":2,"b":1}'],
    ['keeps the order of lists', [3, 1, 2], '[3,1,2]'],
    ['writes no white space', { a: [{}, []] }, '{"a":[{},[]]}'],
    ['escapes as JSON does', 'a"\\\n', '"a\\"\\\\\\n"'],
    ['keeps a member called __proto__', JSON.parse('{"__proto__":1}') as Json, '{"__proto__":1}'],
  ])('%s', (_name, value, text) => expect(canonicalText(value)).toBe(text));

  it.each<[string, unknown]>([
    ['a fraction', 0.5],
    ['minus zero', -0],
    ['not a number', Number.NaN],
    ['an integer that is not safe', 2 ** 53],
    ['a lone surrogate', '\uD800'],
    ['a member name with a lone surrogate', { '\uD800': 1 }],
    ['undefined', undefined],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a member that is undefined', { a: undefined }],
  ])('refuses %s', (_name, value) => expect(() => canonicalText(value as Json)).toThrow(NotCanonicalError));

  it('depends on the value only, and reads back to it', () => {
    const seed = 20261123;
    const json = fc
      .jsonValue({ noUnicodeString: false })
      .map(
        (v) =>
          JSON.parse(
            JSON.stringify(v, (_k, x: unknown) => (typeof x === 'number' ? Math.trunc(x % 1e9) + 0 : x)),
          ) as Json,
      );
    fc.assert(
      fc.property(json, (value) => {
        let text: string;
        try {
          text = canonicalText(value);
        } catch (error) {
          return error instanceof NotCanonicalError;
        }
        expect(JSON.parse(text)).toEqual(value);
        expect(canonicalText(JSON.parse(text) as Json)).toBe(text);
        return true;
      }),
      { seed, numRuns: 2_000 },
    );
    console.log(`canonical text: seed ${seed}, 2000 values`);
  });

  it('has the SHA-256 of its UTF-8 bytes', () => {
    expect(digestOf(canonicalBytes({}))).toBe(
      'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    );
  });
});
