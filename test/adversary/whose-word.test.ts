/**
 * Attempts by two people of one nation to turn another owner's refusal into a permit, by what they may say themselves: a
 * translation of their own levels, and criteria under a name that the other one's standard weighs by.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { asStored } from '../core/decision/ask.ts';
import * as make from '../core/decision/facts.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { NOW } from '../doors/expected.ts';

const entry = (frame: string, level: string) => ({ frame, level, compartments: [], controls: [] });
const translation = (id: string, authority: string, level: string) =>
  make.equivalence({ id, authority, from: { frame: 'US', level }, to: { frame: 'UK', level: 'SECRET' } });
const missed = { criterion: 'LAW', result: 'not-met' as const, rationale: 'r', evidence: [make.READ] };

/** British accreditors accept the network for UK SECRET; what of American levels that is, only `both` says for both. */
const FACTS = asStored([
  ...make.FACTS.filter((f) => f.kind !== 'accreditation' && f.kind !== 'mandate'),
  make.authority({ id: 'both', speaksFor: ['GBR', 'USA'] }),
  make.accreditation({ id: 'us', carries: [entry('US', 'TOP SECRET')] }),
  make.accreditation({ id: 'gb', authority: 'gb-office', carries: [entry('UK', 'SECRET')] }),
  make.accreditation({
    id: 'gb-alone',
    authority: 'gb-office',
    carries: [entry('UK', 'SECRET')],
    audience: ['GBR'],
  }),
  make.mandate({ id: 'us' }),
  make.mandate({
    id: 'gb',
    ...{ owner: 'GBR', authority: 'gb-office', accreditors: ['gb-office'], standards: ['CAPPED'] },
    from: [{ frame: 'US', level: 'CONFIDENTIAL' }],
  }),
  make.mandate({
    id: 'gb-own',
    ...{ owner: 'GBR', authority: 'gb-office', accreditors: ['gb-office'], standards: ['WEIGHED'] },
    from: [{ frame: 'UK', level: 'OFFICIAL' }],
  }),
  make.standard({
    id: 'WEIGHED',
    ...{ owner: 'GBR', authority: 'gb-office' },
    rules: [
      {
        rule: 'assessed',
        id: 'a',
        cites: ['text'],
        subjects: ['network'],
        criteriaSet: 'UK-CRIT',
        authorities: ['gb-office'],
        results: 'weighed',
        criteriaAuthority: 'gb-office',
      },
    ],
  }),
  make.assessment({ id: 'gb-judges', authority: 'gb-office', criteriaSet: 'UK-CRIT', items: [missed] }),
  make.route({ id: 'only-a', hops: ['net-a'] }),
  translation('agreed', 'both', 'SECRET'),
  // What the attackers say.
  translation('hostile', 'us-office', 'TOP SECRET'),
  make.criteriaSet({
    id: 'UK-CRIT',
    authority: 'us-office',
    passAt: 0,
    criteria: [{ id: 'LAW', text: 't', mode: 'weighted', weight: 1 }],
  }),
]);

let doors: Doors;
let decide: Door;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(NOW) });
  doors = await startDoors(['decide'], undefined, new Map(FACTS.map((f) => [make.keyOf(f), f])));
  decide = await doors.fresh('decide');
});
afterAll(async () => {
  await doors.stop();
  vi.useRealTimers();
});

it.each<[marking: string, format: string, codes: readonly string[]]>([
  ['TOP SECRET//REL TO USA, GBR', 'us-banner', []],
  ['//JOINT SECRET GBR USA//REL TO USA, GBR', 'us-banner', []],
  ['//GBR SECRET//REL TO USA, GBR', 'us-banner', []],
  ['//JOINT TOP SECRET GBR USA//REL TO USA, GBR', 'us-banner', ['FRAME_NOT_ACCREDITED']],
  ['//GBR TOP SECRET//REL TO USA, GBR', 'us-banner', ['FRAME_NOT_ACCREDITED']],
  ['UK SECRET', 'uk-gsc', ['CRITERIA_SET_UNKNOWN']],
])('%s, with what another nation says of it', async (marking, markingFormat, codes) => {
  const request = { message: { id: 'm', marking, markingFormat }, path: { route: 'only-a' } };
  const said = (await decide({ request: JSON.stringify(request) })) as {
    readonly decision: boolean;
    readonly reasons: readonly { readonly code: string }[];
  };
  expect([said.decision, said.reasons.map((r) => r.code)]).toEqual([codes.length === 0, codes]);
});
