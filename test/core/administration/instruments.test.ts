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
    ['of another part', [adopting('OTHER-LIST-A'), of('OTHER-LIST-B')], []],
    ['of a later part', [adopting('OTHER-9'), of('OTHER-10')], []],
    ['with a part more', [adopting('OTHER-LIST'), of('OTHER-LIST-2')], []],
    ['of another figure', [adopting('EO13873'), of('EO13874')], []],
    ['of a Roman figure', [adopting('ANNEX-IV'), of('ANNEX-VI')], []],
    ['with a letter to its figure', [adopting('OTHER-889'), of('OTHER-889B')], []],
    ['of another section', [adopting('OTHER-S57'), of('OTHER-S51')], []],
  ];
  it.each(ROWS)('%s', (_name, facts, expected) => {
    expect(told(facts, facts.map(keyOf))).toEqual(expected);
  });

  it('is told to whoever writes the second name, alone too, and to nobody else', () => {
    const facts = [adopting('OTHER-LIST'), of('OTHER-LST')];
    expect(told(facts, ['designation/d'])).toEqual([ENTRY]);
    // What only restricts does not wait for a name.
    expect(told(facts, ['designation/d'], false)).toEqual([]);
    expect(told(facts, ['standard/NEXT'])).toEqual([BAN]);
    expect(told(facts, ['standard/TEST-TRUST'])).toEqual([]);
    expect(told(facts, ['network/net-one'])).toEqual([]);
  });

  it('that was named before may be corrected and ended, by either side', () => {
    const facts = [adopting('OTHER-LIST'), of('OTHER-LST')];
    const before = withFacts(...facts);
    const noted = { ...of('OTHER-LST'), note: 'as it was' };
    const titled = { ...adopting('OTHER-LIST'), title: 'Another title' };
    for (const changed of [noted, titled]) {
      const after = new Map(before).set(keyOf(changed), changed);
      const touched = [keyOf(changed)];
      const found = registryProblems(after, { sample: true, touched, before });
      expect(found.filter((p) => p.check === 'instruments')).toEqual([]);
    }
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
