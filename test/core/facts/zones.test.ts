/** Days begin where Temporal says, in every zone, wherever its clocks have moved or are known to move. */
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { isZone, startOfDay } from '../../../functions/core/facts/moment.ts';

const FROM = Temporal.Instant.from('2000-01-01T00:00:00Z');
const UNTIL = Date.parse('2038-01-01T00:00:00Z');

/** The days around each move of a zone's clocks at midnight, and around one in a hundred of the others. */
function daysOf(zone: string): readonly string[] {
  const days = new Set<string>();
  let others = 0;
  let at: Temporal.ZonedDateTime | null = FROM.toZonedDateTimeISO(zone);
  for (at = at.getTimeZoneTransition('next'); at !== null && at.epochMilliseconds < UNTIL; ) {
    const before = at.subtract({ nanoseconds: 1 });
    const atMidnight = at.hour === 0 || before.hour === 23 || !at.toPlainDate().equals(before.toPlainDate());
    if (atMidnight || others++ % 100 === 0)
      for (const offset of [-1, 0, 1]) days.add(at.toPlainDate().add({ days: offset }).toString());
    at = at.getTimeZoneTransition('next');
  }
  return [...days];
}

it('of every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone').filter(isZone);
  const wrong: string[] = [];
  let asked = 0;
  for (const zone of zones)
    for (const day of daysOf(zone)) {
      asked += 1;
      const expected = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
      if (startOfDay(day, zone) !== expected)
        wrong.push(
          `${zone} ${day}: ${new Date(startOfDay(day, zone)).toISOString()}, not ${new Date(expected).toISOString()}`,
        );
    }
  console.info(`${asked} days in ${zones.length} zones`);
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(1_000);
});
