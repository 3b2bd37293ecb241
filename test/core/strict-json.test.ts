import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../functions/core/strict-json.ts';

const REFUSED: readonly (readonly [text: unknown, code: string, at: number])[] = [
  ['{"a":1,"a":2}', 'DUPLICATE_KEY', 7],
  ['{"a":{"b":1,"b":2}}', 'DUPLICATE_KEY', 12],
  ['[{"a":1},{"a":1,"a":1}]', 'DUPLICATE_KEY', 16],
  ['{"a":1,"\\u0061":2}', 'DUPLICATE_KEY', 7],
  ['{"__proto__":{"admin":true}}', 'FORBIDDEN_KEY', 1],
  ['{"\\u005f_proto__":1}', 'FORBIDDEN_KEY', 1],
  ['{"constructor":{"prototype":1}}', 'FORBIDDEN_KEY', 1],
  ['{"prototype":1}', 'FORBIDDEN_KEY', 1],
  ['\ufeff{}', 'BYTE_ORDER_MARK', 0],
  ['"\ud800"', 'LONE_SURROGATE', 1],
  ['"\\ud800"', 'LONE_SURROGATE', 0],
  ['{"\\udc00":1}', 'LONE_SURROGATE', 1],
  ['[1e999]', 'NUMBER_OUT_OF_RANGE', 1],
  ['[[[]]]', 'TOO_DEEP', 2],
  ['{"a":{"b":{}}}', 'TOO_DEEP', 10],
  [`"${'x'.repeat(100)}"`, 'TOO_LARGE', 0],
  [`"${'€'.repeat(40)}"`, 'TOO_LARGE', 0],
  ['{"a":1,}', 'SYNTAX', 7],
  ['{"a":1}{"a":2}', 'SYNTAX', 7],
  ['{"a":1 /* b */}', 'SYNTAX', 7],
  ['// a\n1', 'SYNTAX', 0],
  ["{'a':1}", 'SYNTAX', 1],
  ['', 'SYNTAX', 0],
  ['nul', 'SYNTAX', 0],
  ['01', 'SYNTAX', 1],
  ['"a\nb"', 'SYNTAX', 0],
  ['NaN', 'SYNTAX', 0],
  [undefined, 'NOT_TEXT', 0],
  [{}, 'NOT_TEXT', 0],
];

const limits = { maxBytes: 96, maxDepth: 2 };

describe('one meaning per text', () => {
  test.each(REFUSED)('%j is %s at %i', (text, code, at) => {
    const result = parseStrictJson(text, limits);
    expect(result.ok ? 'accepted' : result.code).toBe(code);
    if (!result.ok) expect(result.at).toBe(at);
  });

  test('brackets inside strings are not depth', () => {
    expect(parseStrictJson('{"a":"[[[[\\"[["}', limits)).toEqual({ ok: true, value: { a: '[[[["[[' } });
  });

  test('depth is counted before any parser sees the text', () => {
    expect(parseStrictJson('['.repeat(60_000))).toMatchObject({ ok: false, code: 'TOO_DEEP', at: 16 });
  });

  const seed = 16_180;
  test(`whatever JSON.stringify writes is read back (seed ${seed})`, () => {
    let read = 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        const result = parseStrictJson(text);
        if (result.ok) read += 1;
        // A generated key may be one of the three that are refused; nothing else may be.
        if (result.ok) expect(result.value).toEqual(JSON.parse(text));
        else expect(result.code).toBe('FORBIDDEN_KEY');
      }),
      { seed, numRuns: 1000 },
    );
    console.log(`seed ${seed}: 1000 values, ${read} read`);
    expect(read).toBeGreaterThan(900);
  });

  test(`any text: never throws, and accepts nothing JSON.parse does not (seed ${seed})`, () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      'a',
      '\\',
      '1',
      '-',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
      '/*',
      '*/',
      '\u2028',
      '\ud83d',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
        (text) => {
          const result = parseStrictJson(text);
          if (result.ok) expect(result.value).toEqual(JSON.parse(text));
        },
      ),
      { seed, numRuns: 5000 },
    );
  });

  test('a reader that keeps the last of two members is caught', () => {
    const text = '{"cls":"SECRET","cls":"UNCLASSIFIED"}';
    expect(JSON.parse(text)).toEqual({ cls: 'UNCLASSIFIED' });
    expect(parseStrictJson(text)).toEqual({ ok: false, code: 'DUPLICATE_KEY', at: 16 });
  });
});
