import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../functions/core/decision/answer.ts';
import { MAX_REQUEST_BYTES } from '../../functions/core/decision/request.ts';
import { DECISION_CLASSES, decisionClass } from '../../functions/decide/decision-class.ts';
import { type DecisionLine, MAX_LINE_BYTES, RESERVED_MEMBERS } from '../../functions/decide/decision-line.ts';
import type { Guard } from '../../functions/decide/guard.ts';
import { type Arrival, startRecording } from '../../functions/decide/record.ts';
import { METRICS, NAMESPACE } from '../../functions/metrics/names.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { type GuardRig, startGuardRig } from './rig.ts';

let rig: GuardRig;
let guard: Guard;
beforeAll(async () => {
  rig = await startGuardRig();
  guard = rig.guard();
});
afterAll(() => rig.stop());

const LIVE = 'arn:aws:lambda:us-east-1:123456789012:function:decide:live';
const PROBE = 'arn:aws:lambda:us-east-1:123456789012:function:decide:probe';
const ROLE = 'arn:aws:sts::123456789012:assumed-role/message-switch/session-1';

async function record(
  value: unknown,
  arrival: Partial<Arrival> = {},
): Promise<{ text: string; line: DecisionLine; answer: Answer }> {
  const lines: string[] = [];
  const recording = startRecording({ door: 'direct', invokedFunctionArn: LIVE, ...arrival }, (l) =>
    lines.push(l),
  );
  const answer = await (typeof value === 'string'
    ? guard.decideText(value, recording.trace)
    : guard.decideValue(value, recording.trace));
  recording.done(answer);
  expect(lines).toHaveLength(1);
  const text = lines[0] ?? '';
  return { text, line: JSON.parse(text), answer };
}

function request(over: Record<string, unknown> = {}, message: Record<string, unknown> = {}) {
  return {
    message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR', ...message },
    path: { hops: [{ network: 'gb-b' }], assurance: 'pinned' },
    ...over,
  };
}

/** What CloudWatch needs of a line: the embedded metric format's own rules. Returns what is wrong. */
function metricProblems(line: Record<string, unknown>): readonly string[] {
  const problems: string[] = [];
  const { Timestamp, CloudWatchMetrics } = line['_aws'] as DecisionLine['_aws'];
  if (!Number.isSafeInteger(Timestamp)) problems.push('timestamp');
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    if (Namespace !== NAMESPACE) problems.push('namespace');
    for (const name of Dimensions.flat()) {
      if (!['Service', 'Class'].includes(name)) problems.push(`dimension ${name}`);
      if (typeof line[name] !== 'string' || line[name] === '') problems.push(`no value of ${name}`);
    }
    for (const { Name, Unit } of Metrics) {
      if (METRICS[Name] !== Unit) problems.push(`unit of ${Name}`);
      if (!Number.isFinite(line[Name])) problems.push(`no number for ${Name}`);
    }
  }
  return problems;
}

describe('one line per decision', () => {
  it.each([
    ['a permit', request(), 'permit', { Permits: 1, Faults: 0 }],
    [
      'a refusal by policy',
      request({ path: { hops: [{ network: 'nowhere' }] } }),
      'policy',
      { Permits: 0, Faults: 0 },
    ],
    [
      'a marking nobody can read',
      request({}, { marking: 'EYES ONLY' }),
      'invalid',
      { Permits: 0, Faults: 0 },
    ],
    [
      'a hypothetical answer',
      request({ at: '2021-06-01T00:00:00Z' }),
      'hypothetical',
      { Permits: 0, Faults: 0 },
    ],
    [
      'a version that is not there yet',
      request({ registry: { atLeast: 99 } }),
      'unavailable',
      { Permits: 0, Faults: 0 },
    ],
    ['no JSON at all', '{', 'invalid', { Permits: 0 }],
  ] as const)('%s', async (_case, value, cls, values) => {
    const { line, answer } = await record(value);
    expect(line).toMatchObject({ event: 'decision', Class: cls, Decisions: 1, ...values });
    expect(line).toMatchObject({
      evaluationId: answer.evaluationId,
      outcome: answer.outcome,
      build: answer.build,
    });
    expect(metricProblems(line as unknown as Record<string, unknown>)).toEqual([]);
    expect(DECISION_CLASSES).toContain(line.Class);
  });

  it('says on what a permit rests, and what it cost', async () => {
    const { line } = await record(request());
    expect(line.registry?.version).toBe(1);
    expect(line.mandates.length).toBeGreaterThan(0);
    expect(line.standards.map((s) => s.id)).toContain('US-STATE-TRUST');
    expect(line.ReadUnits).toBeGreaterThan(0);
    expect(line.RegistryReadTime).toBeGreaterThan(0);
    expect(line.DecisionTime).toBeGreaterThanOrEqual(line.RegistryReadTime ?? Number.NaN);
    for (const name of RESERVED_MEMBERS) expect(line).not.toHaveProperty(name);
  });

  it('keeps its codes when the caller wants no explanation', async () => {
    const { line, answer } = await record(
      request({ explain: 'none', path: { hops: [{ network: 'nowhere' }] } }),
    );
    expect(answer.reasons).toEqual([]);
    expect(line.codes).toContain('HOP_UNKNOWN');
  });

  it('counts the probe apart, by the alias that was invoked', async () => {
    const { line } = await record(request(), { invokedFunctionArn: PROBE });
    expect(line).toMatchObject({ probe: true, Class: 'probe', ProbeDecisions: 1 });
    for (const { Metrics } of line._aws.CloudWatchMetrics)
      expect(Metrics.map((m) => m.Name)).toEqual(['ProbeDecisions']);
    expect((await record(request())).line.probe).toBe(false);
  });

  it.each([
    [ROLE, ROLE],
    ['arn:aws-us-gov:iam::123456789012:user/switch', 'arn:aws-us-gov:iam::123456789012:user/switch'],
    ['the message says: attack at dawn', 'unrecognised'],
    [`${ROLE}\n{"event":"decision"}`, 'unrecognised'],
    [undefined, undefined],
  ])('the caller %j is recorded as %j', async (caller, recorded) => {
    expect((await record(request(), { door: 'http', caller })).line.caller).toBe(recorded);
  });

  it('stays small whatever the request', async () => {
    const hops = Array.from({ length: 64 }, (_, i) => ({ network: `gb-c${i % 2 === 0 ? '' : i}` }));
    const standards = Array.from({ length: 32 }, (_, i) => `S-${'X'.repeat(60 - String(i).length)}${i}`);
    const { text, line } = await record(request({ path: { hops }, standards }));
    expect(line.reasonCount).toBeGreaterThan(line.reasons.length);
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_LINE_BYTES);
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
    flow: fc.constantFrom(undefined, SECRET.toLowerCase()),
    network: fc.constantFrom('gb-b', SECRET.toLowerCase()),
    standards: fc.constantFrom([], [SECRET], ['UK-HRV-2020-01', SECRET]),
    extra: fc.constantFrom(undefined, SECRET),
    explain: fc.constantFrom('none', 'codes'),
    caller: fc.constantFrom(undefined, SECRET, `${ROLE}"${SECRET}`),
    requestId: fc.constantFrom(undefined, `${SECRET}"`),
  });

  function plantedRequest(p: typeof planted extends fc.Arbitrary<infer T> ? T : never) {
    return {
      message: { id: p.id, marking: p.marking, ...(p.flow !== undefined && { flow: p.flow }) },
      path: { hops: [{ network: p.network }], assurance: 'pinned' },
      standards: p.standards,
      explain: p.explain,
      ...(p.extra !== undefined && { [p.extra]: p.extra }),
    };
  }

  it('whatever is planted where', async () => {
    const seed = Date.now() & 0x7fffffff;
    let permits = 0;
    await fc.assert(
      fc.asyncProperty(planted, async (p) => {
        const { text, line } = await record(plantedRequest(p), { caller: p.caller, requestId: p.requestId });
        if (line.decision) permits += 1;
        expect(text.toUpperCase()).not.toContain(SECRET);
        expect(metricProblems(line as unknown as Record<string, unknown>)).toEqual([]);
      }),
      { seed, numRuns: 300 },
    );
    console.log(`decision line: seed ${seed}, ${permits} permits in 300`);
    expect(permits).toBeGreaterThan(0);
  });

  it('and a line that copied the verdicts as they are would be caught', async () => {
    const { answer } = await record(request({ standards: [SECRET] }));
    expect(JSON.stringify({ standards: answer.standards })).toContain(SECRET);
  });
});

describe('a fault is counted as one, whatever it is', () => {
  it.each([
    ['the registry does not have its digest', new StoreError('DIGEST_MISMATCH'), 'integrity', 1],
    ['an older HEAD was put back', new StoreError('VERSION_REGRESSION'), 'integrity', 1],
    ['the code throws', new TypeError('a bug'), 'integrity', 1],
    ['the database does not answer', new StoreError('STORE_UNAVAILABLE'), 'unavailable', 0],
    ['a restored registry', new StoreError('LINEAGE_CHANGED'), 'hold', 0],
  ] as const)('%s', async (_case, error, cls, faults) => {
    const lines: string[] = [];
    const recording = startRecording({ door: 'direct', invokedFunctionArn: LIVE }, (l) => lines.push(l));
    const failing = rig.guard({ reader: { open: () => Promise.reject(error) } });
    recording.done(await failing.decideValue(request(), recording.trace));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      Class: cls,
      Faults: faults,
      Permits: 0,
      decision: false,
    });
  });
});

describe('the class of a decision', () => {
  it.each([
    [{ decision: false, enforceable: true }, [], 'integrity'],
    [{ decision: false, enforceable: true }, ['HOP_UNKNOWN', 'FACT_UNSOUND'], 'integrity'],
    [{ decision: false, enforceable: true }, ['HOLD_NETWORK', 'HOP_UNKNOWN'], 'hold'],
    [{ decision: false, enforceable: false }, ['HOP_UNKNOWN'], 'hypothetical'],
    [{ decision: false, enforceable: false }, ['INTERNAL_FAULT'], 'integrity'],
    [{ decision: true, enforceable: false }, [], 'hypothetical'],
    [{ decision: true, enforceable: true }, [], 'permit'],
  ] as const)('%j with %j is %s', (answer, codes, cls) => {
    expect(
      decisionClass(
        answer,
        codes.map((code) => ({ code })),
      ),
    ).toBe(cls);
  });
});
