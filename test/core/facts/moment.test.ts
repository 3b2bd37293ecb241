import { describe, expect, it } from 'vitest';
import {
  dayOf,
  endOfDay,
  holdsAt,
  instantOf,
  intervalOf,
  isDay,
  isZone,
  startOfDay,
  validity,
} from '../../../functions/core/facts/moment.ts';

const iso = (ms: number) => new Date(ms).toISOString();

describe('a calendar day in the instrument’s own zone', () => {
  it.each(
    // biome-ignore format: one row a line
    [
    ['UTC', '2020-01-28', '2020-01-28T00:00:00.000Z', '2020-01-29T00:00:00.000Z'],
    ['Europe/London', '2020-01-28', '2020-01-28T00:00:00.000Z', '2020-01-29T00:00:00.000Z'],
    ['Europe/London', '2022-10-13', '2022-10-12T23:00:00.000Z', '2022-10-13T23:00:00.000Z'],
    ['Europe/London, the clocks go forward', '2020-03-29', '2020-03-29T00:00:00.000Z', '2020-03-29T23:00:00.000Z'],
    ['Europe/London, the clocks go back', '2020-10-25', '2020-10-24T23:00:00.000Z', '2020-10-26T00:00:00.000Z'],
    ['America/New_York', '2019-05-16', '2019-05-16T04:00:00.000Z', '2019-05-17T04:00:00.000Z'],
    ['America/New_York, the clocks go forward', '2021-03-14', '2021-03-14T05:00:00.000Z', '2021-03-15T04:00:00.000Z'],
    ['Asia/Kolkata', '2021-06-15', '2021-06-14T18:30:00.000Z', '2021-06-15T18:30:00.000Z'],
    ['Pacific/Auckland', '2024-09-29', '2024-09-28T12:00:00.000Z', '2024-09-29T11:00:00.000Z'],
  ],
  )('%s %s is [%s, %s)', (named, day, from, to) => {
    const zone = named.split(',')[0] ?? '';
    expect(iso(startOfDay(day, zone))).toBe(from);
    expect(iso(endOfDay(day, zone))).toBe(to);
    // The second time comes from memory and must be the same.
    expect(iso(startOfDay(day, zone))).toBe(from);
    expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
    expect(dayOf(endOfDay(day, zone) - 1, zone)).toBe(day);
  });

  it('"by 2027-12-31" denies from 2028-01-01 there', () => {
    const until = intervalOf({ from: '2022-10-13', to: '2027-12-31', zone: 'Europe/London' });
    expect(holdsAt(until, Date.parse('2027-12-31T23:59:59.999Z'))).toBe(true);
    expect(holdsAt(until, Date.parse('2028-01-01T00:00:00.000Z'))).toBe(false);
  });
});

it('an interval holds from its first instant until just before its last, and never at no instant', () => {
  const hour = intervalOf({ from: '2024-06-15T12:00:00Z', to: '2024-06-15T13:00:00.000Z', zone: 'UTC' });
  const [from, to] = ['2024-06-15T12:00:00Z', '2024-06-15T13:00:00Z'].map(Date.parse);
  expect(hour).toEqual({ from, to });
  const asked = [hour.from - 1, hour.from, hour.to - 1, hour.to, Number.NaN];
  expect(asked.map((at) => holdsAt(hour, at))).toEqual([false, true, true, false, false]);
  const open = intervalOf({ from: '2024-06-15', to: null, zone: 'America/New_York' });
  expect(open).toEqual({ from: Date.parse('2024-06-15T04:00:00Z'), to: Number.POSITIVE_INFINITY });
});

describe('what is no day, no instant, no zone', () => {
  it.each([
    '2023-02-29',
    '2020-13-01',
    '2020-00-10',
    '20200128',
    '2020-1-28',
    ' 2020-01-28',
    '2020-01-28Z',
    '',
  ])('day %j', (text) => {
    expect(isDay(text)).toBe(false);
  });
  it.each([
    '2020-01-28',
    '2020-01-28T00:00:00',
    '2020-01-28T24:00:00Z',
    '2020-02-30T00:00:00Z',
    '2020-01-28T00:00:00+01:00',
    'now',
  ])('instant %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });
  it.each(['Europe/Atlantis', 'EST', 'Japan', 'GMT+1', '+01:00', '../etc', ''])('zone %j', (text) => {
    expect(isZone(text)).toBe(false);
  });
});

describe('validity states all three members', () => {
  const whole = { from: '2020-01-28', to: null, zone: 'Europe/London' };
  it('accepts them', () => expect(validity.safeParse(whole).success).toBe(true));
  it.each(['from', 'to', 'zone'])(
    'refuses a validity without %s: losing one must not make a fact last for ever',
    (name) => {
      const { [name as keyof typeof whole]: _gone, ...rest } = whole;
      expect(validity.safeParse(rest).success).toBe(false);
    },
  );
  it('refuses an end before its beginning', () => {
    expect(validity.safeParse({ ...whole, to: '2020-01-27' }).success).toBe(false);
    expect(validity.safeParse({ ...whole, to: '2020-01-28' }).success).toBe(true);
  });
});
