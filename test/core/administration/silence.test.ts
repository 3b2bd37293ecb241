/** Which nations fall silent, and when: their authorities' intervals laid end to end. */
import { expect, it } from 'vitest';
import { silencesWithin } from '../../../functions/core/administration/silence.ts';
import { stored } from '../decision/facts.ts';
import { authority } from './small-registry.ts';

const at = Date.parse('2026-06-01T00:00:00Z');
const on = (day: string | null) => day && `2026-${day}T00:00:00Z`;
const office = (from: string, to: string | null, more: object = {}) =>
  stored(authority(`from-${from}`, 'FRA'), {
    valid: { from: on(from), to: on(to), zone: 'UTC' },
    ...more,
  });

it.each<[string, readonly ReturnType<typeof office>[], string | undefined]>([
  ['nobody ever spoke for it', [], undefined],
  ['no end', [office('01-01', null)], undefined],
  ['an end at the last instant looked at', [office('01-01', '08-30')], '08-30'],
  ['an end after it', [office('01-01', '08-31')], undefined],
  ['an end now', [office('01-01', '06-01')], '06-01'],
  ['an end before now', [office('01-01', '05-01')], '06-01'],
  ['a beginning still to come', [office('07-01', null)], undefined],
  ['another follows at once', [office('01-01', '07-01'), office('07-01', null)], undefined],
  ['another overlaps', [office('01-01', '07-01'), office('06-15', '08-01')], '08-01'],
  ['another follows after a day', [office('01-01', '07-01'), office('07-02', null)], '07-01'],
  ['the longer of two', [office('01-01', '07-01'), office('02-01', '08-01')], '08-01'],
  ['one that cannot be read', [office('01-01', null, { name: 1 })], '06-01'],
  ['one of another nation', [office('01-01', '07-01', { speaksFor: ['DEU'] })], undefined],
])('%s', (_what, facts, expected) => {
  const until = at + 90 * 86_400_000;
  const french = silencesWithin(facts, at, until).filter(({ nation }) => nation === 'FRA');
  expect(french).toEqual(
    expected === undefined ? [] : [{ nation: 'FRA', from: Date.parse(on(expected) ?? '') }],
  );
});

it('the soonest first, then by name', () => {
  const of = (from: string, to: string, nations: readonly string[]) =>
    office(from, to, { speaksFor: nations });
  const facts = [of('01-01', '08-01', ['FRA', 'BEL']), of('01-02', '07-01', ['DEU'])];
  expect(silencesWithin(facts, at, at + 90 * 86_400_000).map(({ nation }) => nation)).toEqual([
    'DEU',
    'BEL',
    'FRA',
  ]);
});
