/** What the contract tests of the doors cannot bring about: waivers, long lists, and text planted wherever it can be. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../functions/core/decision/answer.ts';
import type { Reason } from '../../functions/core/decision/reasons.ts';
import { MAX_REQUEST_BYTES } from '../../functions/core/request.ts';
import { type DecisionLine, decisionLine, MAX_LINE_BYTES } from '../../functions/decide/decision-line.ts';
import type { Guard } from '../../functions/decide/guard.ts';
import { type Arrival, startRecording } from '../../functions/decide/record.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { embedded, namesOf } from '../../functions/metrics/embedded.ts';
import { METRICS, NAMESPACE } from '../../functions/metrics/names.ts';
import { type GuardRig, startGuardRig } from './rig.ts';

let rig: GuardRig;
let guard: Guard;
beforeAll(async () => {
  rig = await startGuardRig();
  guard = rig.guard();
});
afterAll(() => rig.stop());

const ROLE = 'arn:aws:sts::123456789012:assumed-role/message-switch/session-1';

async function record(text: string, arrival: Partial<Arrival> = {}) {
  const lines: string[] = [];
  const { trace, done } = startRecording({ door: 'direct', ...arrival }, (line) => lines.push(line));
  const answer = done(await guard.decideText(text, trace));
  expect(lines).toHaveLength(1);
  const [written = ''] = lines;
  return { text: written, line: JSON.parse(written) as DecisionLine, answer };
}

const ANSWER: Answer = {
  decision: true,
  question: {},
  outcome: 'permit',
  enforceable: true,
  retry: 'never',
  evaluationId: 'e',
  evaluatedAt: '2026-11-28T12:00:00.000Z',
  build: 'sha256:0',
  dominance: 'satisfied',
  standards: [],
  reasons: [],
  obligations: [],
};
const CONTEXT = { service: 's', door: 'direct', probe: false, totalMs: 3 } as const;
const lineOf = (
  { exemptions = [], waivers = [], ...over }: Partial<Answer>,
  reasons: readonly Reason[] = [],
  context: object = {},
) =>
  decisionLine(
    { ...ANSWER, ...over },
    { ...newTrace(), reasons, exemptions, waivers },
    { ...CONTEXT, ...context },
  );

describe('what is counted', () => {
  it.each([
    ['a permit', {}, { Permits: 1, WaivedPermits: 0, Faults: 0 }],
    [
      'a permit that rests on a waiver',
      { waivers: ['waiver/w'] },
      { Permits: 1, WaivedPermits: 1, Faults: 0 },
    ],
    [
      'a refusal in spite of a waiver',
      { decision: false, waivers: ['waiver/w'] },
      { Permits: 0, WaivedPermits: 0, Faults: 1 },
    ],
    [
      'a hypothetical permit on a waiver',
      { decision: false, enforceable: false, waivers: ['waiver/w'] },
      { Permits: 0, WaivedPermits: 0, Faults: 0 },
    ],
  ] as const)('%s', (_what, answer, values) => {
    const { Decisions, Permits, Faults, WaivedPermits, DecisionTime, waivers } = lineOf(answer);
    expect({ Permits, Faults, WaivedPermits }).toEqual(values);
    expect([Decisions, DecisionTime, waivers]).toEqual([1, 3, 'waivers' in answer ? answer.waivers : []]);
  });

  it('is every metric under its name and unit, and nothing that is no number', () => {
    const count = [
      'Decisions',
      'Permits',
      'Faults',
      'WaivedPermits',
      'ReadUnits',
      'ProbeDecisions',
      'ProbeQuestions',
      'ProbeWrong',
      'ProbeNewlyWrong',
      'ProbeUnanswered',
      'StopsRehearsed',
      'RehearsalsDied',
      'StopsTurnedAway',
      'NewHeadCopiesAstray',
      'WatchFailures',
      'HeadBelowFloor',
      'HeadCopiesAstray',
      'HeadMoved',
      'HistoryProblems',
      'NewHistoryProblems',
      'NewWideHolds',
      'NewRoutesDarkIn1Day',
      'NewNationsSilentIn7Days',
      'HttpThrottled',
      'HttpForbidden',
      'AccessErrors',
      'VersionsUnaudited',
      'HoldsInForce',
      'WideHolds',
      'WaiversInForce',
      'ProposalsWaiting',
      'StandbyFailures',
      'StandbyShortcomings',
      'StandbyEnded',
      'StandbyUnproven',
      'RoutesDarkIn1Day',
      'RoutesDarkIn7Days',
      'RoutesDarkIn30Days',
      'FactsEndingIn1Day',
      'FactsEndingIn7Days',
      'FactsEndingIn30Days',
      'NationsSilentIn7Days',
      'NationsSilentIn30Days',
      'NationsSilentIn90Days',
    ];
    expect(NAMESPACE).toBe('Routeguard');
    expect(METRICS).toEqual({
      ...Object.fromEntries(count.map((name) => [name, 'Count'])),
      DecisionTime: 'Milliseconds',
      RegistryReadTime: 'Milliseconds',
      RegistryVersion: 'None',
      ProbeWrongMark: 'None',
      HeadCopiesAstrayMark: 'None',
      HistoryProblemsMark: 'None',
      WideHoldsMark: 'None',
      RoutesDarkIn1DayMark: 'None',
      NationsSilentIn7DaysMark: 'None',
      RegistryAge: 'Seconds',
      StandbyBehind: 'Seconds',
    });
    expect(
      namesOf({ Faults: 0, Decisions: 1, DecisionTime: Number.NaN, ReadUnits: Number.POSITIVE_INFINITY }),
    ).toEqual(['Decisions', 'Faults']);
    const directive = {
      Namespace: 'Routeguard',
      Dimensions: [['Service']],
      Metrics: [{ Name: 'RegistryAge', Unit: 'Seconds' }],
    };
    const none = { dimensions: ['Service', 'Class'], names: [] } as const;
    expect(embedded(7, [none, { dimensions: ['Service'], names: ['RegistryAge'] }])).toEqual({
      _aws: { Timestamp: 7, CloudWatchMetrics: [directive] },
    });
  });
});

describe('what is kept of a list, and of who asked', () => {
  it('at most 32 of each, and how many reasons there were', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);
    const reasons = ids.map((_, hop): Reason => ({ code: 'HOP_UNKNOWN', hop }));
    const standards = ids.map((id) => ({ id, by: 'mandate', outcome: 'deny' }) as const);
    const line = lineOf(
      { decision: false, mandates: ids, exemptions: ids, waivers: ids, standards },
      reasons,
    );
    const listed = [line.mandates, line.exemptions, line.waivers];
    expect(listed).toEqual(listed.map(() => ids.slice(0, 32)));
    expect([line.standards, line.reasons]).toEqual([standards.slice(0, 32), reasons.slice(0, 32)]);
    expect([line.codes, line.reasonCount]).toEqual([['HOP_UNKNOWN'], 40]);
  });

  it('of a standard nobody registered, only that there was one', () => {
    const verdict = (id: string, by: 'request' | 'mandate') =>
      ({ id, by, outcome: 'indeterminate' }) as const;
    const standards = [verdict('CANARY', 'request'), verdict('KNOWN', 'request'), verdict('LOST', 'mandate')];
    const reasons = ['CANARY', 'LOST'].map((standard): Reason => ({ code: 'STANDARD_UNKNOWN', standard }));
    const line = lineOf({ decision: false, standards }, [
      ...reasons,
      { code: 'HOP_UNKNOWN', standard: 'KNOWN' },
    ]);
    expect(line.standards).toEqual([verdict('KNOWN', 'request'), verdict('LOST', 'mandate')]);
    expect(line.reasons).toEqual([
      { code: 'STANDARD_UNKNOWN' },
      { code: 'STANDARD_UNKNOWN', standard: 'LOST' },
      { code: 'HOP_UNKNOWN', standard: 'KNOWN' },
    ]);
  });

  it('which takes no place from the others', () => {
    const invented = Array.from({ length: 32 }, (_, i) => `CANARY-${i}`);
    const standards = [...invented, 'KNOWN'].map(
      (id) => ({ id, by: 'request', outcome: 'indeterminate' }) as const,
    );
    const reasons = invented.map((standard): Reason => ({ code: 'STANDARD_UNKNOWN', standard }));
    expect(lineOf({ decision: false, standards }, reasons).standards).toEqual([
      { id: 'KNOWN', by: 'request', outcome: 'indeterminate' },
    ]);
  });

  it.each([
    [ROLE, ROLE],
    ['arn:aws-us-gov:iam::123456789012:user/switch', 'arn:aws-us-gov:iam::123456789012:user/switch'],
    ['the message says: attack at dawn', 'unrecognised'],
    [`${ROLE}\n{"event":"decision"}`, 'unrecognised'],
    [`x ${ROLE}`, 'unrecognised'],
    ['arn:aws:lambda:us-east-1:123456789012:function:decide', 'unrecognised'],
    [`${ROLE}${'x'.repeat(512)}`, 'unrecognised'],
    ['', 'unrecognised'],
    [undefined, undefined],
  ])('the caller %j is recorded as %j', (caller, recorded) => {
    expect(lineOf({}, [], { caller }).caller).toBe(recorded);
  });

  it.each([
    ['a-B-9', 'a-B-9'],
    ['x'.repeat(64), 'x'.repeat(64)],
    ['x'.repeat(65), undefined],
    ['', undefined],
    ['a b', undefined],
    ['a\n', undefined],
  ])('the request id %j is recorded as %j', (requestId, recorded) => {
    expect(lineOf({}, [], { requestId }).requestId).toBe(recorded);
  });

  it('so that a line is small whatever the request', async () => {
    const hops = Array.from({ length: 64 }, (_, i) => ({ network: `gb-c${i % 2 === 0 ? '' : i}` }));
    const standards = Array.from({ length: 32 }, (_, i) => `S-${'X'.repeat(60 - String(i).length)}${i}`);
    const request = { message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' }, path: { hops }, standards };
    const { text, line } = await record(JSON.stringify(request));
    expect(line.reasonCount).toBeGreaterThan(line.reasons.length);
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_LINE_BYTES);
    expect(MAX_LINE_BYTES).toBe(65_536);
    const huge = await record('x'.repeat(MAX_REQUEST_BYTES * 2));
    expect(Buffer.byteLength(huge.text)).toBeLessThan(4096);
  });
});

describe('nothing a caller wrote is in the line', () => {
  const SECRET = 'ZQXJKVBWP';
  /** Requests with a token in every place where text can be put, most of them otherwise well-formed. */
  const planted = fc.record({
    id: fc.constantFrom(SECRET, `a.${SECRET}`),
    marking: fc.constantFrom('SECRET//REL TO USA, GBR', `SECRET//${SECRET}`, SECRET, { [SECRET]: SECRET }),
    flow: fc.constantFrom(undefined, 'private', SECRET.toLowerCase()),
    network: fc.constantFrom('gb-b', SECRET.toLowerCase()),
    standards: fc.constantFrom([], [SECRET], ['UK-HRV-2020-01', SECRET]),
    extra: fc.constantFrom(undefined, SECRET),
    explain: fc.constantFrom('none', 'codes'),
    caller: fc.constantFrom(undefined, SECRET, `${ROLE}"${SECRET}`),
    requestId: fc.constantFrom(undefined, `${SECRET}"`),
  });

  it('whatever is planted where', async () => {
    const seed = 20_261_128;
    let permits = 0;
    await fc.assert(
      fc.asyncProperty(
        planted,
        async ({ id, marking, flow, network, standards, extra, explain, ...arrival }) => {
          const request = {
            message: { id, marking, flow },
            path: { hops: [{ network }] },
            standards,
            explain,
            ...(extra !== undefined && { [extra]: extra }),
          };
          const { text, line } = await record(JSON.stringify(request), arrival);
          if (line.decision) permits += 1;
          expect(text.toUpperCase()).not.toContain(SECRET);
        },
      ),
      { seed, numRuns: 300 },
    );
    console.info(`decision line: seed ${seed}, ${permits} permits in 300`);
    expect(permits).toBeGreaterThan(0);
  });
});
