import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStrictJson } from '../../functions/core/strict-json.ts';
import { readBySlowReader } from './slow-reader.ts';

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
  ['[1.]', 'SYNTAX', 1],
  ['[1.5.]', 'SYNTAX', 4],
  ['[1e+]', 'SYNTAX', 1],
  ['-', 'SYNTAX', 0],
  ['truex', 'SYNTAX', 0],
  ['null-1', 'SYNTAX', 0],
  ['true/', 'SYNTAX', 4],
  ['{"a"', 'SYNTAX', 4],
  ['{"a":', 'SYNTAX', 5],
  ['{"a\\', 'SYNTAX', 1],
  ['[1,', 'SYNTAX', 3],
  ['x[[[', 'TOO_DEEP', 3],
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

  const PIECES = [
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      ' ',
      '\n',
      '\t',
      '\r',
      '/',
      '/*',
      '*/',
      '//',
      '\u0000',
      '\u00a0',
      '\u2028',
      '😀',
    ],
    ...[
      '"a"',
      '"b"',
      '"a":1',
      '"x":{',
      '"y":[',
      '"__proto__":',
      '\\',
      '\\"',
      '\\n',
      '\\u00',
      '\\u0041',
      '\\ud83d',
      '\\ude00',
    ],
    ...['1', '0', '-', '.', 'e', 'E', '+', '1.5', '1e5', '1e999', '-0', 'true', 'false', 'null', 'tru', 'a'],
  ];
  const whole = JSON.stringify({
    marking: { format: 'us-banner', text: 'SECRET//REL TO USA, GBR', 'ü"': '\ud83d\ude00' },
    path: [{ network: 'a' }, { n: -1.5e3, t: true, f: false, z: null, e: {}, l: [] }],
  });
  const anyText = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((parts) => parts.join(''));
  const change = fc.tuple(fc.nat(whole.length), fc.nat(2), fc.constantFrom('', ...PIECES));
  const changedText = fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce((text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone), whole),
    );

  test.each([
    ['any text', anyText, 40],
    ['a text that was sound', changedText, 150],
  ])(
    `%s: what an independent reader makes of it, to the place of what is wrong (seed ${seed})`,
    (name, texts, atLeast) => {
      let read = 0;
      fc.assert(
        fc.property(texts, (text) => {
          const ours = parseStrictJson(text);
          if (ours.ok) read += 1;
          if (text.isWellFormed()) expect(ours).toEqual(readBySlowReader(text));
          else expect(ours).toMatchObject({ code: 'LONE_SURROGATE' });
        }),
        { seed, numRuns: 5000 },
      );
      console.log(`seed ${seed}: 5000 of ${name}, ${read} read`);
      expect(read).toBeGreaterThan(atLeast);
    },
  );

  test('a reader that keeps the last of two members is caught', () => {
    const text = '{"cls":"SECRET","cls":"UNCLASSIFIED"}';
    expect(JSON.parse(text)).toEqual({ cls: 'UNCLASSIFIED' });
    expect(parseStrictJson(text)).toEqual({ ok: false, code: 'DUPLICATE_KEY', at: 16 });
  });
});
