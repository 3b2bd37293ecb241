import { describe, expect, test } from 'vitest';
import { readMarking } from '../../../functions/core/marking/read.ts';

const on = '2026-01-01';

describe('which format', () => {
  const cases: readonly [
    input: unknown,
    context: { format?: string; originator?: string },
    outcome: string,
  ][] = [
    ['SECRET//REL TO USA, GBR', {}, 'us-banner'],
    ['(S//NF)', {}, 'us-portion'],
    ['SECRET', {}, 'AMBIGUOUS'],
    ['SECRET', { originator: 'USA' }, 'us-banner'],
    ['SECRET', { originator: 'GBR' }, 'uk-gsc'],
    ['SECRET', { originator: 'FRA' }, 'fra-text'],
    ['SECRET', { originator: 'AUS' }, 'aus-pspf'],
    ['SECRET', { originator: 'CAN' }, 'can-text'],
    ['SECRET', { originator: 'NZL' }, 'nzl-text'],
    ['SECRET', { originator: 'DEU' }, 'UNRECOGNISED'],
    ['TOP SECRET', { originator: 'FRA' }, 'UNRECOGNISED'],
    ['SECRET', { originator: 'FRA', format: 'aus-pspf' }, 'ORIGINATOR_CONTRADICTS'],
    ['NATO SECRET', { originator: 'USA' }, 'UNRECOGNISED'],
    ['NATO SECRET', {}, 'nato-text'],
    ['GEHEIM', {}, 'deu-text'],
    ['CUI//SP-CTI', {}, 'cui-banner'],
    ['[SEC=PROTECTED]', {}, 'aus-epms-subject'],
    ['PROTECTED', {}, 'aus-pspf'],
    ['PROTECTED B', {}, 'can-text'],
    ['{"banner":"SECRET","portions":["(S)"]}', {}, 'us-document'],
    ['SECRET', { originator: 'XXX' }, 'UNKNOWN_ORIGINATOR'],
    ['SECRET', { originator: 'GBR', format: 'us-banner' }, 'ORIGINATOR_CONTRADICTS'],
    ['SECRET//NOFORN', { originator: 'GBR' }, 'UNRECOGNISED'],
    ['UK SECRET', {}, 'uk-gsc'],
    ['SECRET', { format: 'no-such-format' }, 'UNKNOWN_FORMAT'],
    ['S//NF', {}, 'UNRECOGNISED'],
    ['', {}, 'UNRECOGNISED'],
    ['', { format: 'us-banner' }, 'EMPTY'],
    [7, { format: 'us-banner' }, 'NOT_A_MARKING'],
    [null, { format: 'uk-gsc' }, 'NOT_A_MARKING'],
  ];
  test.each(cases)('%j with %j: %s', (input, context, outcome) => {
    const result = readMarking(input, { ...context, on });
    expect(result.ok ? result.format : result.errors[0].code).toBe(outcome);
  });

  test('an effective date that is not a day is refused', () => {
    for (const bad of ['', '2026', '2026-02-30', '2026-1-1', 'today']) {
      const result = readMarking('SECRET', { format: 'us-banner', on: bad });
      expect(result.ok ? 'accepted' : result.errors[0].code).toBe('INVALID_DATE');
    }
  });
});
