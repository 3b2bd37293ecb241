/** What the command line prints of a walk through time that did not look to the end. */
import { expect, it } from 'vitest';
import { answerInWords } from '../../cli/print-answer.ts';
import { forecastInWords } from '../../cli/registry/words.ts';
import { timelineAsJson, timelineInWords } from '../../cli/timeline-table.ts';
import type { Forecast } from '../../functions/core/administration/simulation.ts';
import type { Answer } from '../../functions/core/decision/answer.ts';
import type { TimelineEntry } from '../../functions/core/decision/timeline.ts';

const AT = '2026-11-23T12:00:00.000Z';

it('a timeline ends in an entry without an outcome, and says when to ask again from', () => {
  const cut = { entries: [], lookedUntil: Date.parse(AT) };
  expect(timelineAsJson(cut)).toEqual([{ from: AT, outcome: null, unlooked: true }]);
  expect(timelineInWords(cut)).toEqual([
    `Looked until ${AT}: there are more dates than a timeline follows. Ask again from then on.`,
  ]);
  expect(timelineAsJson({ entries: [], lookedUntil: null })).toEqual([]);
});

it.each([
  ['2026-11-30T00:00:00.000Z', '2026-11-30', undefined],
  ['2026-11-30T04:04:10.000Z', '2026-11-30T04:04:10.000Z', '2026-11-30T04:04:10.000Z'],
])('what changes at %s is told of %s', (from, told, at) => {
  const change = { standards: [], reasonsAdded: [], reasonsRemoved: [], notesAdded: [], notesRemoved: [] };
  const answer = { outcome: 'deny', standards: [], mandates: [], reasons: [], notes: [] };
  const entry = { from: Date.parse(from), to: null, answer, change } as unknown as TimelineEntry;
  const timeline = { entries: [entry], lookedUntil: null };
  expect(timelineInWords(timeline)).toEqual([`${told}  DENY`]);
  const [shown] = timelineAsJson(timeline) as readonly Record<string, unknown>[];
  expect([shown?.['day'], shown?.['zone'], shown?.['at']]).toEqual(['2026-11-30', 'UTC', at]);
});

it.each([
  ['HOLD_EVERYTHING', true],
  ['HOLD_OWNER', true],
  ['HOLD_NETWORK', true],
  ['VENDOR_NOT_ASSESSED', false],
] as const)('an answer with %s says where to look for whose stop it is: %s', (code, isTold) => {
  const reasons = [{ code, text: 'A sentence.' }];
  const answer = {
    decision: false,
    outcome: 'deny',
    reasons,
    standards: [],
    dominance: 'satisfied',
    obligations: [],
  };
  const lines = answerInWords(answer as unknown as Answer);
  expect(lines.some((line) => line.includes('registry holds'))).toBe(isTold);
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
