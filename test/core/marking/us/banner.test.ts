import { describe, expect, test } from 'vitest';
import { readMarking } from '../../../../functions/core/marking/read.ts';
import { INVALID_BANNERS, VALID_BANNERS } from './corpus.ts';

const on = '2026-01-01';
const read = (text: string) => readMarking(text, { format: 'us-banner', on });

describe('banners of the register', () => {
  test.each(VALID_BANNERS)('%s', (text) => {
    const result = read(text);
    expect(result.ok ? [] : result.errors).toEqual([]);
    if (!result.ok) return;
    // print∘parse is the identity on canonical forms, and the abbreviated and spelled-out forms are one label.
    const again = read(result.canonical);
    expect(again.ok && again.canonical).toBe(result.canonical);
    expect(again.ok && again.label).toEqual(result.label);
  });
});

describe('what the register does not allow', () => {
  test.each(INVALID_BANNERS)('%j is %s', (text, code) => {
    const result = read(text);
    expect(result.ok ? 'accepted' : result.errors[0].code).toBe(code);
    if (!result.ok) for (const error of result.errors) expect(error.at).toBeLessThanOrEqual(text.length);
  });
});

describe('what a label says', () => {
  const cases: readonly [
    string,
    Partial<
      Record<'level' | 'compartments' | 'controls' | 'owners' | 'fgi' | 'audience' | 'displayOnly', unknown>
    >,
  ][] = [
    ['SECRET//REL TO USA, FVEY', { level: 'SECRET', audience: ['AUS', 'CAN', 'GBR', 'NZL', 'USA'] }],
    [
      'TOP SECRET//SI-G ABCD/TK//ORCON/NOFORN',
      { compartments: ['SI', 'SI-G', 'SI-G ABCD', 'TK'], controls: ['ORCON'], audience: ['USA'] },
    ],
    ['SECRET', { audience: ['USA'], controls: [] }],
    ['UNCLASSIFIED', { audience: null }],
    ['UNCLASSIFIED//FOUO', { audience: null, controls: ['FOUO'] }],
    ['UNCLASSIFIED//RELIDO', { audience: ['USA'] }],
    ['UNCLASSIFIED//DOE UCNI', { audience: ['USA'], compartments: ['DOE UCNI'] }],
    ['UNCLASSIFIED//FGI GBR', { audience: ['USA'], fgi: ['GBR'] }],
    ['UNCLASSIFIED//SBU NOFORN', { audience: ['USA'], controls: ['SBU'] }],
    ['SECRET//DISPLAY ONLY AFG', { audience: ['USA'], displayOnly: ['AFG'] }],
    ['//GBR SECRET//REL TO USA, GBR', { owners: ['GBR'], audience: ['GBR', 'USA'] }],
    ['//GBR SECRET', { owners: ['GBR'], audience: ['USA'] }],
    ['//FGI SECRET//NOFORN', { owners: [], audience: ['USA'] }],
    ['//JOINT SECRET GBR USA//REL TO USA, GBR', { owners: ['GBR', 'USA'], audience: ['GBR', 'USA'] }],
    [
      '//COSMIC TOP SECRET//BOHEMIA',
      { level: 'TOP SECRET', owners: ['NATO'], compartments: ['BOHEMIA', 'NATO'] },
    ],
    ['SECRET//SAR-BP-J12 J54//NOFORN', { compartments: ['SAR-BP', 'SAR-BP-J12', 'SAR-BP-J12 J54'] }],
    [
      'SECRET//RD-CNWDI-SIGMA 14 20//NOFORN',
      { compartments: ['RD', 'RD-CNWDI', 'RD-SIGMA 14', 'RD-SIGMA 20'] },
    ],
    ['SECRET//FGI//NOFORN', { fgi: ['FGI'], owners: ['USA'] }],
  ];
  test.each(cases)('%s', (text, expected) => {
    const result = read(text);
    expect(result.ok && result.label).toMatchObject({ frame: 'US', markedBy: 'USA', ...expected });
  });

  test('membership is read on the day of the decision', () => {
    const audience = (day: string) => {
      const result = readMarking('SECRET//REL TO USA, NATO', { format: 'us-banner', on: day });
      return result.ok ? result.label.audience : undefined;
    };
    expect(audience('2023-04-03')).not.toContain('FIN');
    expect(audience('2023-04-04')).toContain('FIN');
    expect(audience('2024-03-06')).not.toContain('SWE');
    expect(audience('2024-03-07')).toContain('SWE');
  });

  test('a hostile 64 KB line is refused unread', () => {
    for (const text of ['A'.repeat(65_536), '/'.repeat(65_536), 'SECRET//REL TO USA, '.repeat(4000)]) {
      const result = read(text);
      expect(result.ok ? 'accepted' : result.errors[0].code).toBe('TOO_LONG');
    }
  });
});
