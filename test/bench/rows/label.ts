/**
 * A marking read with its format named, beside a regular expression that only finds its parts in the same string; a document
 * of 64 KB, which is the most that is read (a text is refused unread beyond 1 KB), beside one of 8; and the format found among all there are.
 */
import { dayOf } from '../../../functions/core/facts/moment.ts';
import { allNations } from '../../../functions/core/marking/codes/codes.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';
import { newQuestions, take } from '../questions.ts';
import { atMost, atMostTimes, type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { median, microseconds, percentile, turnAbout } from '../timing.ts';

/** Level, compartments, controls and release list: what is there, not what it means. */
const PARTS =
  /^(TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED)(?:\/\/((?:[A-Z]{2,3})(?:\/[A-Z]{2,3})*))?(?:\/\/((?:ORCON|FISA|PROPIN|NOFORN)(?:\/(?:ORCON|FISA|PROPIN|NOFORN))*))?(?:\/\/REL TO ((?:[A-Z]{3,4})(?:, [A-Z]{3,4})*))?$/;

const CODES = allNations()
  .map(([code]) => code)
  .filter((code) => code !== 'USA')
  .sort();

/** Portions of a quarter of a kilobyte, no two with one release list: 256, the most that is read, are 64 KB. */
function documentOf(portions: number) {
  return {
    portions: Array.from({ length: portions }, (_, n) => {
      const released = Array.from({ length: 46 }, (_x, i) => CODES[(n + i * 5) % CODES.length] ?? '');
      return `(S//REL TO USA, ${[...new Set(released)].sort().join(', ')})`;
    }),
  };
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const on = dayOf(Date.now(), 'UTC');
  let markings: readonly string[] = [];
  const prepareFrom = (source: ReturnType<typeof newQuestions>) => (calls: number) => {
    markings = take(source, calls).map((q) => q.marking);
  };
  const prepare = () => prepareFrom(newQuestions(1));
  const read = (format?: 'us-banner') => (call: number) => {
    const { ok } = readMarking(markings[call], { on, ...(format && { format }) });
    if (!ok) throw new Error('what is measured is a marking');
  };
  const expression = (call: number) => {
    if (!PARTS.test(markings[call] ?? '')) throw new Error('the expression does not know it');
  };
  const few = effort.quick;
  const sides = {
    named: { prepare: prepare(), run: read('us-banner') },
    detected: { prepare: prepare(), run: read() },
    expression: { prepare: prepare(), run: expression },
  };
  const together = await turnAbout(
    sides,
    few ? { warmUp: 300, rounds: 3, calls: 50 } : { warmUp: 5_000, rounds: 40, calls: 100 },
  );
  const alone = await turnAbout(
    { named: sides.named, expression: sides.expression },
    few ? { warmUp: 10, rounds: 20 } : { warmUp: 500, rounds: 10_000 },
  );
  const documents = { short: documentOf(32), long: documentOf(256) };
  const bytes = {
    short: JSON.stringify(documents.short).length,
    long: JSON.stringify(documents.long).length,
  };
  const readDocument = (size: 'short' | 'long') => () => {
    const { ok } = readMarking(documents[size], { on, format: 'us-document' });
    if (!ok) throw new Error('what is measured is a document');
  };
  const lengths = await turnAbout(
    { short: { run: readDocument('short') }, long: { run: readDocument('long') } },
    few ? { warmUp: 3, rounds: 5 } : { warmUp: 50, rounds: 200 },
  );
  const us = (samples: readonly number[]) => microseconds(median(samples));
  const perKB = (size: 'short' | 'long') => (us(lengths[size]) * 1024) / bytes[size];
  return [
    overFloor('format named, median', 'µs', us(together.named), [
      'regular expression',
      us(together.expression),
    ]),
    {
      ...overFloor('format named, p99', 'µs', microseconds(percentile(alone.named, 99)), [
        'regular expression',
        microseconds(percentile(alone.expression, 99)),
      ]),
      toReach: atMost(5),
    },
    {
      ...overFloor(`a KB of a document of ${Math.round(bytes.long / 1024)} KB`, 'µs', perKB('long'), [
        `a KB of one of ${Math.round(bytes.short / 1024)} KB`,
        perKB('short'),
      ]),
      toReach: atMostTimes(1.25),
    },
    {
      ...overFloor('found among all formats, median', 'µs', us(together.detected), [
        'regular expression',
        us(together.expression),
      ]),
      toReach: atMost(8),
    },
  ];
}

export const label: Row = {
  name: 'label',
  question: 'label parse',
  against: 'a regular expression on the same string',
  toReach: '≤ 5 µs at p99, linear to 64 KB; detection among all formats ≤ 8 µs',
  measure,
};
