/** From spans of answers to flips: which follow on, where they break off, their order and their acknowledgement. */
import { expect, it } from 'vitest';
import {
  changesOver,
  type FlipExplainer,
  numbered,
  UnfinishedWalkError,
} from '../../../functions/core/administration/flips.ts';
import type { Flip } from '../../../functions/core/administration/simulation.ts';
import { unreadable } from '../../../functions/core/decision/unreadable.ts';

const DENY = {
  ...unreadable([{ code: 'HOP_UNKNOWN' }, { code: 'HOP_UNKNOWN', hop: 1 }], null),
  outcome: 'deny',
} as const;
const HELD = { ...unreadable([{ code: 'HOLD_EVERYTHING' }], null), outcome: 'deny' } as const;
const PERMIT = { ...unreadable([], null), outcome: 'permit' } as const;
const UNKNOWN = { ...DENY, outcome: 'indeterminate' } as const;

/** The codes of the side that refuses. */
const explain: FlipExplainer = (_at, before, after) => {
  const { reasons, outcome: refused } = before.outcome === 'permit' ? after : before;
  return { refused, why: [...new Set(reasons.map((r) => r.code))].map((code) => ({ code })), restsOn: [] };
};

/** Spans of a second each, from the epoch on. */
const told = (
  ...answers: readonly (readonly [
    typeof DENY | typeof HELD | typeof PERMIT | typeof UNKNOWN,
    typeof PERMIT | typeof DENY | typeof HELD,
  ])[]
) =>
  changesOver(
    answers.map((pair, i) => ({
      from: i * 1000,
      until: i === answers.length - 1 ? null : (i + 1) * 1000,
      answer: { each: pair, validUntil: null },
    })),
    0,
    explain,
  );
const inBrief = (changes: ReturnType<typeof told>) =>
  changes.map(
    (c) =>
      `${c.direction} ${c.from ?? 'now'}..${c.until ?? ''} ${c.before}>${c.after} ${c.why.map(({ code }) => code)}`,
  );

const S1 = '1970-01-01T00:00:01.000Z';
const S2 = '1970-01-01T00:00:02.000Z';

it.each(
  // biome-ignore format: one row a line
  [
  ['nothing', [[DENY, DENY], [PERMIT, PERMIT]], []],
  ['spans that say the same are one', [[DENY, PERMIT], [DENY, PERMIT]], ['to-permit now.. deny>permit HOP_UNKNOWN']],
  ['other reasons', [[DENY, PERMIT], [HELD, PERMIT]], [`to-permit now..${S1} deny>permit HOP_UNKNOWN`, `to-permit ${S1}.. deny>permit HOLD_EVERYTHING`]],
  ['another outcome', [[DENY, PERMIT], [UNKNOWN, PERMIT]], [`to-permit now..${S1} deny>permit HOP_UNKNOWN`, `to-permit ${S1}.. indeterminate>permit HOP_UNKNOWN`]],
  ['the other way', [[DENY, PERMIT], [PERMIT, DENY]], [`to-permit now..${S1} deny>permit HOP_UNKNOWN`, `to-deny ${S1}.. permit>deny HOP_UNKNOWN`]],
  ['a gap', [[DENY, PERMIT], [DENY, DENY], [DENY, PERMIT]], [`to-permit now..${S1} deny>permit HOP_UNKNOWN`, `to-permit ${S2}.. deny>permit HOP_UNKNOWN`]],
  ['an end', [[DENY, PERMIT], [DENY, DENY]], [`to-permit now..${S1} deny>permit HOP_UNKNOWN`]],
] as const,
)('%s', (_, spans, expected) => {
  expect(inBrief(told(...spans))).toEqual(expected);
});

const S3 = '1970-01-01T00:00:03.000Z';

it.each(
  // biome-ignore format: one row a line
  [
  ['a permit that is new moves no end', [[DENY, PERMIT], [DENY, DENY]], [undefined]],
  ['one that stays and ends later', [[PERMIT, PERMIT], [DENY, PERMIT], [DENY, DENY]], [{ was: S1, becomes: S2 }]],
  ['one that stays and ends never', [[PERMIT, PERMIT], [DENY, PERMIT]], [{ was: S1, becomes: null }]],
  ['one that stays and ends sooner', [[PERMIT, PERMIT], [PERMIT, DENY], [DENY, DENY]], [{ was: S2, becomes: S1 }]],
  ['for whatever reasons one after the other', [[PERMIT, PERMIT], [PERMIT, DENY], [PERMIT, HELD], [DENY, DENY]], [{ was: S3, becomes: S1 }, { was: S3, becomes: S1 }]],
  ['a break in a permit is lost, and moves no end', [[PERMIT, PERMIT], [PERMIT, DENY], [PERMIT, PERMIT]], [undefined]],
  ['one that begins sooner', [[DENY, PERMIT], [PERMIT, PERMIT]], [undefined]],
  ['one that is gained after another was lost', [[PERMIT, PERMIT], [PERMIT, DENY], [DENY, PERMIT], [DENY, DENY]], [{ was: S2, becomes: S1 }, undefined]],
] as const,
)('ends: %s', (_, spans, expected) => {
  expect(told(...spans).map((c) => c.ends)).toEqual(expected);
});

it('time that nobody looked at is no flip and no report', () => {
  const cut = { from: 1000, until: null, answer: undefined };
  expect(() => changesOver([cut], 0, explain)).toThrow(UnfinishedWalkError);
  expect(() => changesOver([cut], 0, explain)).toThrow(`which looked until ${S1}: `);
});

it('what becomes permit is numbered first, and each of those is acknowledged by its own number', () => {
  const flip = (direction: Flip['direction'], network: string) =>
    ({
      direction,
      subject: { network },
      from: null,
      until: null,
      before: 'deny',
      after: 'permit',
      why: [],
      restsOn: [],
      obliges: [],
      cases: [],
    }) as const;
  const flips = numbered([flip('to-deny', 'a'), flip('to-permit', 'b'), flip('to-permit', 'a')]);
  expect(flips.map((f) => [f.number, f.direction, f.subject])).toEqual([
    [1, 'to-permit', { network: 'a' }],
    [2, 'to-permit', { network: 'b' }],
    [3, 'to-deny', { network: 'a' }],
  ]);
});
