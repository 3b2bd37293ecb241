import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { INDEX_FILE, schemesIndex } from '../../../docs/build/schemes-index.ts';
import { Refusals } from '../../../functions/core/marking/errors.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';
import { readScheme } from '../../../functions/core/marking/scheme.ts';
import { checkScheme, SchemeFileError } from '../../../functions/core/marking/scheme-format.ts';
import { SCHEME_FORMATS, SCHEMES } from '../../../functions/core/marking/schemes/index.ts';

const on = '2026-01-01';
const FOLDER = new URL('../../../functions/core/marking/schemes/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const parse = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

test('the index is what the folder says (npm run schemes:index)', () => {
  expect(readFileSync(INDEX_FILE, 'utf8').replaceAll(/\s+/g, '')).toBe(schemesIndex().replaceAll(/\s+/g, ''));
  expect(SCHEME_FORMATS.length).toBe(files.length);
});

describe.each(SCHEME_FORMATS)('%s', (format) => {
  const { examples, ladders, retired } = SCHEMES[format];
  const levels = ladders.flatMap((ladder) => ladder.levels);

  test('reads its own examples and refuses its counter-examples', () => {
    for (const text of examples.valid)
      expect([text, readMarking(text, { format, on }).ok]).toEqual([text, true]);
    for (const text of examples.invalid)
      expect([text, readMarking(text, { format, on }).ok]).toEqual([text, false]);
  });

  test('every spelling of a level is one label with one canonical form', () => {
    for (const level of levels) {
      const labels = level.spellings.map((spelling) => readMarking(spelling, { format, on }));
      for (const result of labels) {
        expect(result.ok && result.canonical).toBe(level.spellings[0]);
        expect(result.ok && result.label.level).toBe(level.name);
        expect(result.ok && result.label.audience === null).toBe(level.untagged === 'unrestricted');
      }
    }
  });

  test('retired words are refused as retired', () => {
    for (const word of retired) {
      const result = readMarking(word, { format, on });
      expect(result.ok ? 'accepted' : result.errors[0].code).toBe('RETIRED_MARKING');
    }
  });

  test('small changes of a level are not the level', () => {
    for (const { name } of levels) {
      for (const text of [
        ` ${name}`,
        `${name} `,
        `${name}.`,
        name.toLowerCase(),
        `(${name})`,
        `${name}\r\n${name}`,
        `${name} ${name}`,
        `${name}//`,
        `X${name}`,
      ]) {
        const result = readMarking(text, { format, on });
        expect([text, result.ok]).toEqual([text, false]);
      }
    }
  });

  test('the combination of a caveat and a level is what the table says', () => {
    const { caveats, separators } = SCHEMES[format];
    for (const caveat of caveats) {
      for (const level of levels) {
        const list =
          caveat.effect === 'release' ? [caveat.includes, 'USA'].toSorted().join(caveat.listSeparator) : '';
        const result = readMarking(`${level.spellings[0]}${separators[0]}${caveat.spellings[0]}${list}`, {
          format,
          on,
        });
        expect([caveat.name, level.name, result.ok]).toEqual([
          caveat.name,
          level.name,
          caveat.levels.includes(level.name),
        ]);
        if (result.ok && caveat.effect === 'audience')
          expect([result.label.audience, result.label.controls]).toEqual([
            caveat.audience.toSorted(),
            caveat.also === 'control' ? [caveat.name] : [],
          ]);
      }
    }
  });
});

test.each([
  ['before its first day', '2026-01-02', undefined, 'RETIRED_MARKING'],
  ['on its first day', '2026-01-01', undefined, 'read'],
  ['on its last day', undefined, '2026-01-01', 'read'],
  ['after its last day', undefined, '2025-12-31', 'RETIRED_MARKING'],
])('a scheme %s', (_when, from, until, expected) => {
  const refusals = new Refusals();
  const inForce = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  const marking = readScheme({ ...SCHEMES['fra-text'], inForce }, 'SECRET', on, refusals.report);
  expect(marking === undefined ? refusals.errors[0]?.code : 'read').toBe(expected);
});

/** Puts a value at a path of a parsed scheme file. */
function set(target: unknown, path: readonly (string | number)[], value: unknown): void {
  const [head, ...rest] = path;
  const holder = target as Record<string | number, unknown>;
  if (head === undefined) return;
  if (rest.length === 0) holder[head] = value;
  else set(holder[head], rest, value);
}

describe('a mistake in a scheme file', () => {
  const broken: readonly (readonly [string, (scheme: Record<string, unknown>) => void, RegExp])[] = [
    [
      'an unknown member',
      (scheme) => {
        scheme['caveat'] = [];
      },
      /aus\.json: \$\.caveat: unknown member/,
    ],
    [
      'a missing member',
      (scheme) => {
        delete scheme['retired'];
      },
      /aus\.json: \$\.retired: missing member/,
    ],
    [
      'no source',
      (scheme) => {
        scheme['sources'] = [];
      },
      /aus\.json: \$\.sources: write at least 1/,
    ],
    [
      'a bad date',
      (scheme) => {
        scheme['inForce'] = { from: '1 October 2018' };
      },
      /aus\.json: \$\.inForce\.from: write a date/,
    ],
    [
      'a bad format id',
      (scheme) => {
        scheme['format'] = 'AUS';
      },
      /aus\.json: \$\.format: write lower-case/,
    ],
    [
      'a misspelled level',
      (scheme) => {
        set(scheme, ['caveats', 0, 'levels'], ['SECERT']);
      },
      /aus\.json: \$\.caveats\[0\]\.levels: write one of "UNOFFICIAL"/,
    ],
    [
      'a misspelled effect',
      (scheme) => {
        set(scheme, ['caveats', 0, 'effect'], 'audiance');
      },
      /aus\.json: \$\.caveats\[0\]\.effect: write one of/,
    ],
    [
      'a second effect nobody knows',
      (scheme) => {
        set(scheme, ['caveats', 0, 'also'], 'controls');
      },
      /aus\.json: \$\.caveats\[0\]\.also: write one of "control"/,
    ],
    [
      'a second effect of a control',
      (scheme) => {
        set(scheme, ['caveats', 3, 'also'], 'control');
      },
      /aus\.json: \$\.caveats\[3\]\.also: not used with "control"/,
    ],
    [
      'two levels with one spelling',
      (scheme) => {
        set(scheme, ['ladders', 0, 'levels', 1, 'spellings'], ['SECRET']);
      },
      /aus\.json: \$: two levels or caveats share a spelling/,
    ],
    [
      'an exclusion of nothing',
      (scheme) => {
        set(scheme, ['caveats', 0, 'excludes'], ['NOBODY']);
      },
      /aus\.json: \$\.caveats\[0\]\.excludes: write one of/,
    ],
  ];
  test.each(broken)('%s fails with file, place and remedy', (_name, change, message) => {
    const scheme = structuredClone(parse('aus.json'));
    change(scheme);
    expect(() => checkScheme(scheme, 'aus.json')).toThrow(SchemeFileError);
    expect(() => checkScheme(scheme, 'aus.json')).toThrow(message);
  });
});
