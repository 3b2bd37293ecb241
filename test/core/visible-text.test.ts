/** What reads on a screen as it is written, character by character: what is taken from people, and how it is shown. */
import { describe, expect, it } from 'vitest';
import { text } from '../../functions/core/facts/primitives.ts';
import { isVisible, visible } from '../../functions/core/visible-text.ts';

const mark = '\u0301';

describe.each<[string, readonly (readonly [text: string, shown: string])[]]>([
  [
    'blanks that are not the space',
    [
      ['a\u00a0b', 'a[U+00A0]b'],
      ['a\u1680b', 'a[U+1680]b'],
      ['a\u2003b', 'a[U+2003]b'],
      ['a\u202fb', 'a[U+202F]b'],
      ['a\u3000b', 'a[U+3000]b'],
      ['a\u2800b', 'a[U+2800]b'],
    ],
  ],
  [
    'signs drawn as nothing',
    [
      ['a\u{1d159}b', 'a[U+1D159]b'],
      ['a\u{16fe4}b', 'a[U+16FE4]b'],
      ['a\u3164b', 'a[U+3164]b'],
      ['a\u17b4b', 'a[U+17B4]b'],
    ],
  ],
  [
    'non-characters, and halves of characters',
    [
      ['a\ufdd0b', 'a[U+FDD0]b'],
      ['a\ufffeb', 'a[U+FFFE]b'],
      ['a\u{1ffff}b', 'a[U+1FFFF]b'],
      ['a\ud800b', 'a[U+D800]b'],
    ],
  ],
  [
    'marks on nothing, too many of them, and such as strike through',
    [
      [`${mark}abc`, '[U+0301]abc'],
      [`a ${mark}b`, 'a [U+0301]b'],
      [`a"${mark}b`, 'a"[U+0301]b'],
      [`a${mark.repeat(5)}`, `a${mark.repeat(4)}[U+0301]`],
      [`a${mark.repeat(7)}b`, `a${mark.repeat(4)}[U+0301][U+0301][U+0301]b`],
      ['d\u0336e\u0338', 'd[U+0336]e[U+0338]'],
      ['a\u20dd', 'a[U+20DD]'],
      ['а\u0488', 'а[U+0488]'],
      ['a\u20e0', 'a[U+20E0]'],
    ],
  ],
  [
    'runs of spaces',
    [
      ['Fine.   x', 'Fine.[3 spaces]x'],
      [`Fine.${' '.repeat(300)}x${' '.repeat(4)}`, 'Fine.[300 spaces]x[4 spaces]'],
      [`${' '.repeat(13)}x`, '[13 spaces]x'],
    ],
  ],
  [
    'directions',
    [
      ['a\u202eb', 'a[U+202E]b'],
      ['a\u2067b', 'a[U+2067]b'],
      ['a\u061cb', 'a[U+061C]b'],
    ],
  ],
])('%s', (_what, cases) => {
  it.each(cases)('%j', (written, shown) => {
    expect([isVisible(written), text.safeParse(written).success]).toEqual([false, false]);
    expect(visible(written)).toBe(shown);
  });
});

it.each([
  ['Routine renewal, 35 % of sites; see “Annex B” (2026-11-29)'],
  ['Société Générale, Größe, Łódź, Ελλάδα, Київ'],
  ['Vie\u0323\u0302t Nam'],
  ['हिन्दी में, ภาษาไทยที่นี่, தமிழ், 日本語、中文, 한국어'],
  ['ｆｕｌｌ, 𝟐𝟎𝟑𝟎, ‒ – — … € ✓'],
])('%s reads as it is written', (written) => {
  expect([isVisible(written), visible(written)]).toEqual([true, written]);
});

/** U+2067 and U+2069 isolate: outside of them nothing turns. */
it.each([
  ['אב', '\u2067אב\u2069'],
  ['name: "אב" → "דה"', 'name: "\u2067אב\u2069" → "\u2067דה\u2069"'],
  ['שלום לכם, ا ٣ 12', '\u2067שלום לכם\u2069, \u2067ا ٣\u2069 12'],
  ['\u{1e900}\u{1e901}', '\u2067\u{1e900}\u{1e901}\u2069'],
  ['שָׁ', '\u2067שָׁ\u2069'],
])('%s is isolated', (written, shown) => {
  expect([isVisible(written), visible(written)]).toEqual([true, shown]);
});

it.each([
  ['fine', []],
  ['a\u{1f600}\u202eb\u0000', ['character 3 is [U+202E]']],
  ['\u0301a\u200b', ['character 1 is [U+0301]']],
  ['a  b\u200b', ['character 2 is [2 spaces]']],
])('%j is refused with the first character that is not seen', (written, said) => {
  const { error } = text.safeParse(written);
  expect(error?.issues.map(({ message }) => message.split('; ').at(-1)) ?? []).toEqual(said);
});

it('two spaces are ours to write between columns, and nobody else’s', () => {
  expect([visible(`${' '.repeat(12)}p-1  open`), isVisible('p-1  open')]).toEqual([
    `${' '.repeat(12)}p-1  open`,
    false,
  ]);
});
