/** What the command line prints of a walk through time that did not look to the end. */
import { expect, it } from 'vitest';
import { forecastInWords } from '../../cli/registry/words.ts';
import { timelineAsJson, timelineInWords } from '../../cli/timeline-table.ts';
import type { Forecast } from '../../functions/core/administration/simulation.ts';

const AT = '2026-11-23T12:00:00.000Z';

it('a timeline ends in an entry without an outcome, and says when to ask again from', () => {
  const cut = { entries: [], lookedUntil: Date.parse(AT) };
  expect(timelineAsJson(cut)).toEqual([{ from: AT, outcome: null, unlooked: true }]);
  expect(timelineInWords(cut)).toEqual([
    `Looked until ${AT}: there are more dates than a timeline follows. Ask again from then on.`,
  ]);
  expect(timelineAsJson({ entries: [], lookedUntil: null })).toEqual([]);
});

it('a forecast says until when every question was looked at, and which were not', () => {
  const forecast: Forecast = {
    ...{ at: AT, until: '2026-12-23T12:00:00.000Z', days: 30, complete: false, lookedUntil: AT },
    ...{ questions: 1, evaluations: 1, markings: ['M'], stopped: [] },
    outages: [
      {
        ...{ subject: { route: 'r' }, cases: [{ marking: 'M' }], from: AT, until: null },
        ...{ because: [], why: [], unlooked: true },
      },
    ],
  };
  expect(forecastInWords(forecast).slice(1)).toEqual([
    `Looked until ${AT} for every question: some answers have more dates than a forecast follows, and count as dark from there.`,
    `  ${AT}  route r was not looked at any further`,
  ]);
  expect(forecastInWords({ ...forecast, outages: [], lookedUntil: null })).toHaveLength(1);
});
