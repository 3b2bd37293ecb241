/** The check of names that standards and designations meet by, and of selections that select nothing. */
import { describe, expect, it } from 'vitest';
import { registryProblems } from '../../../functions/core/administration/validate.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { keyOf } from '../decision/facts.ts';
import { designation, standard, withFacts } from './small-registry.ts';

const adopting = (instrument: string) =>
  standard('NEXT', {
    rules: [
      {
        rule: 'adopted-designation-absent',
        id: 'listed',
        cites: ['text'],
        adopt: [{ instrument, authority: 'us-office', classes: ['listed'], affiliates: [] }],
        where: {},
      },
    ],
  });
const of = (instrument: string, id = 'd') => designation(id, 'maker-two', { instrument });

function told(facts: readonly RawFact[], touched: readonly string[], dependants = true): readonly string[] {
  const all = withFacts(...facts);
  const before = new Map([...all].filter(([key]) => !touched.includes(key)));
  return registryProblems(all, { sample: true, touched, before, dependants })
    .filter((p) => p.check === 'instruments')
    .map((p) => `${p.key}: ${p.message}`);
}

const BAN = 'standard/NEXT: no designation is of this instrument; did you mean OTHER-LST of us-office?';
const ENTRY = 'designation/d: no standard adopts this instrument; did you mean OTHER-LIST of us-office?';

describe('an instrument', () => {
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [name: string, facts: readonly RawFact[], expected: readonly string[]])[] = [
    ['both name', [adopting('OTHER-LIST'), of('OTHER-LIST')], []],
    ['misspelt by one', [adopting('OTHER-LIST'), of('OTHER-LST')], [ENTRY, BAN]],
    ['with two letters that differ', [adopting('OTHER-LIST'), of('OTHRE-LSIT')], [ENTRY, BAN.replace('OTHER-LST', 'OTHRE-LSIT')]],
    ['that is another by far', [adopting('OTHER-LIST'), of('SOME-REGISTER')], []],
    ['of another edition', [adopting('OTHER-2021'), of('OTHER-2022')], []],
    ['misspelt where the right one is there too', [adopting('OTHER-LIST'), of('OTHER-LIST', 'e'), of('OTHER-LST')], [ENTRY]],
    ['with a figure too few', [adopting('OTHER-2021'), of('OTHER-221')], [ENTRY.replace('LIST', '2021'), BAN.replace('LST', '221')]],
    ['of another part', [adopting('OTHER-LIST-A'), of('OTHER-LIST-B')], []],
    ['of another section', [adopting('OTHER-S57'), of('OTHER-S51')], []],
  ];
  it.each(ROWS)('%s', (_name, facts, expected) => {
    expect(told(facts, facts.map(keyOf))).toEqual(expected);
  });

  it('is told to whoever writes the second name, alone too, and to nobody else', () => {
    const facts = [adopting('OTHER-LIST'), of('OTHER-LST')];
    expect(told(facts, ['designation/d'])).toEqual([ENTRY]);
    expect(told(facts, ['designation/d'], false)).toEqual([ENTRY]);
    expect(told(facts, ['standard/NEXT'])).toEqual([BAN]);
    expect(told(facts, ['standard/TEST-TRUST'])).toEqual([]);
    expect(told(facts, ['network/net-one'])).toEqual([]);
  });
});

describe('a selection', () => {
  const about = (where: object) =>
    standard('NEXT', { rules: [{ ...(adopting('X')['rules'] as object[])[0], where }] as never });
  // biome-ignore format: one row a line
  const ROWS: readonly (readonly [where: object, selects: boolean])[] = [
    [{}, true],
    [{ segments: ['core'], functions: ['AMF', 'OPTICAL'] }, true],
    [{ segments: ['core'], functions: ['OPTICAL'] }, false],
    [{ segments: ['access-mobile'], class: 'uk-critical' }, false],
    [{ functions: ['OSS'], class: 'de-management' }, true],
    [{ functions: ['AMF'], class: 'de-management' }, false],
    [{ generations: ['5G'], siteClasses: ['sensitive'] }, true],
  ];
  it.each(ROWS)('%j is about something: %s', (where, selects) => {
    const found = 'standard/NEXT: no function is in all of these: the rule is about nothing';
    expect(told([about(where)], ['standard/NEXT'])).toEqual(selects ? [] : [found]);
  });
});
