/** What every failure of the registry comes to, and under which class every reason is counted: tables of their own. */
import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../../functions/core/decision/reasons.ts';
import {
  DECISION_CLASSES,
  type DecisionClass,
  decisionClass,
} from '../../functions/decide/decision-class.ts';
import type { DecisionLine } from '../../functions/decide/decision-line.ts';
import { createGuard, type Guard, type GuardOptions } from '../../functions/decide/guard.ts';
import { oneHead } from '../../functions/decide/one-head.ts';
import { startRecording } from '../../functions/decide/record.ts';
import { statusOf } from '../../functions/decide/status-of.ts';
import type { OpenSnapshot, WantedVersion } from '../../functions/store/registry-reader.ts';
import { StoreError, type StoreErrorCode } from '../../functions/store/store-error.ts';
import { BUILD } from './rig.ts';

const REQUEST = { message: { id: 'm', marking: 'SECRET//NOFORN' }, path: { route: 'us-domestic' } };

function guardOver(open: GuardOptions['reader']['open'], over: Partial<GuardOptions> = {}): Guard {
  const clock = () => 0;
  return createGuard({
    reader: { open },
    build: BUILD,
    budgetMs: 5_000,
    leaseMs: 1,
    clock,
    newEvaluationId: () => 'e',
    mostExplained: 'codes',
    ...over,
  });
}

type Row = readonly [reason: string, cls: DecisionClass, outcome: string, retry: string, status: 200 | 400];
const BROKEN: Row = ['REGISTRY_INTEGRITY', 'integrity', 'indeterminate', 'never', 200];
const ABSENT: Row = ['REGISTRY_UNAVAILABLE', 'unavailable', 'indeterminate', 'after', 200];

const FAILURES: Readonly<Record<StoreErrorCode, Row>> = {
  STORE_UNAVAILABLE: ABSENT,
  STORE_REFUSED: ABSENT,
  CONFLICT: ABSENT,
  HOME_USED: BROKEN,
  HEAD_MISSING: ['REGISTRY_EMPTY', 'integrity', 'indeterminate', 'never', 200],
  HEAD_MALFORMED: BROKEN,
  SIGNATURE_INVALID: BROKEN,
  APPROVAL_INVALID: BROKEN,
  DIGEST_MISMATCH: BROKEN,
  OBJECT_MISSING: BROKEN,
  OBJECT_MALFORMED: BROKEN,
  FORMAT_UNKNOWN: ['REGISTRY_FORMAT', 'integrity', 'indeterminate', 'never', 200],
  OBJECT_PURGED: BROKEN,
  VERSION_REGRESSION: BROKEN,
  HISTORY_FORKED: BROKEN,
  TOO_LARGE: BROKEN,
  NOT_STORABLE: BROKEN,
  NOT_OPENABLE: BROKEN,
  HEAD_BELOW_FLOOR: ['REGISTRY_HELD', 'hold', 'deny', 'never', 200],
  HEAD_UNACKNOWLEDGED: ['REGISTRY_HELD', 'hold', 'deny', 'never', 200],
  FLOOR_MISSING: ['REGISTRY_HELD', 'hold', 'deny', 'never', 200],
  FLOOR_CONTRADICTED: BROKEN,
  FLOOR_MALFORMED: BROKEN,
  LINEAGE_CHANGED: ['REGISTRY_HELD', 'hold', 'deny', 'never', 200],
  REGISTRY_BEHIND: ['REGISTRY_BEHIND', 'unavailable', 'indeterminate', 'after', 200],
  VERSION_UNKNOWN: ['REGISTRY_VERSION_UNKNOWN', 'invalid', 'indeterminate', 'never', 400],
  VERSION_PURGED: ['REGISTRY_VERSION_PURGED', 'invalid', 'indeterminate', 'never', 400],
};

describe('a registry that cannot be read', () => {
  const errors = (Object.keys(FAILURES) as StoreErrorCode[]).map((code): [string, Error, Row] => [
    code,
    new StoreError(code),
    FAILURES[code],
  ]);
  it.each<[string, Error, Row]>([
    ...errors,
    [
      'a fault nobody foresaw',
      new TypeError('canary'),
      ['INTERNAL_FAULT', 'integrity', 'indeterminate', 'never', 200],
    ],
    [
      'an error that borrows a name',
      Object.assign(new Error('canary'), { name: 'StoreError', code: 'REGISTRY_BEHIND' }),
      ['INTERNAL_FAULT', 'integrity', 'indeterminate', 'never', 200],
    ],
  ])('by %s', async (_what, error, [code, cls, outcome, retry, status]) => {
    const lines: string[] = [];
    const { trace, done } = startRecording({ door: 'direct' }, (line) => lines.push(line));
    const answer = done(await guardOver(() => Promise.reject(error)).decideValue(REQUEST, trace));
    expect(answer).toMatchObject({ decision: false, outcome, retry, enforceable: true, reasons: [{ code }] });
    expect(answer.reasons).toHaveLength(1);
    expect(statusOf(answer, trace.reasons)).toBe(status);
    const line = JSON.parse(lines.join()) as DecisionLine;
    expect(line).toMatchObject({
      Class: cls,
      Faults: cls === 'integrity' ? 1 : 0,
      Permits: 0,
      decision: false,
    });
    expect(JSON.stringify([answer, line])).not.toContain('canary');
  });

  it('is refused within the budget, which the reader is told', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const guard = guardOver(
      (_wanted, signal) => {
        signals.push(signal);
        return new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(new StoreError('STORE_UNAVAILABLE'))),
        );
      },
      { budgetMs: 5 },
    );
    expect(await guard.decideValue(REQUEST)).toMatchObject({ decision: false, retry: 'after' });
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});

describe('the class of a decision', () => {
  /** From what an operator must hear first; what comes later is hidden by it. */
  const ORDER = [
    'INTERNAL_FAULT',
    'REGISTRY_UNAVAILABLE',
    'HOLD_NETWORK',
    'MARKING_INVALID',
    'HOP_UNKNOWN',
  ] as const;
  const CLASS = ['integrity', 'unavailable', 'hold', 'invalid', 'policy'] as const;
  const now = { decision: false, enforceable: true };
  const reasons = (...codes: readonly (typeof ORDER)[number][]) => codes.map((code) => ({ code }));

  it('is that of the worst reason, in whatever order they come', () => {
    for (const [i, worse] of ORDER.entries())
      for (const other of ORDER.slice(i))
        for (const pair of [reasons(worse, other), reasons(other, worse)])
          expect([worse, other, decisionClass(now, pair)]).toEqual([worse, other, CLASS[i]]);
  });

  it.each([
    ['a permit', true, true, reasons(), 'permit'],
    ['a refusal without a reason', false, true, reasons(), 'integrity'],
    ['a hypothetical permit', false, false, reasons(), 'hypothetical'],
    ['a hypothetical refusal', false, false, reasons('HOP_UNKNOWN'), 'hypothetical'],
    ['a hypothetical hold', false, false, reasons('HOLD_NETWORK'), 'hypothetical'],
    ['a hypothetical fault', false, false, reasons('INTERNAL_FAULT'), 'integrity'],
    ['a hypothetical outage', false, false, reasons('REGISTRY_UNAVAILABLE'), 'unavailable'],
    ['a permit beside a fault', true, true, reasons('INTERNAL_FAULT'), 'integrity'],
  ] as const)('%s', (_what, decision, enforceable, list, cls) => {
    expect(decisionClass({ decision, enforceable }, list)).toBe(cls);
  });

  it('is one of a closed list, whatever the reason', () => {
    expect([...DECISION_CLASSES].sort()).toEqual([
      'hold',
      'hypothetical',
      'integrity',
      'invalid',
      'permit',
      'policy',
      'unavailable',
    ]);
    const ofOne = REASON_CODES.map((code) => decisionClass(now, [{ code }]));
    expect([...new Set(ofOne)].sort()).toEqual(['hold', 'integrity', 'invalid', 'policy', 'unavailable']);
  });
});

describe('the status of an answer over HTTP', () => {
  const registry = { version: 1, digest: 'sha256:0' } as const;
  it.each([
    ['a permit', { registry }, [], 200],
    ['a refusal by policy', { registry }, [{ code: 'HOP_UNKNOWN' }], 200],
    ['a refusal by policy before the registry was read', {}, [{ code: 'HOP_UNKNOWN' }], 200],
    ['a decided answer with an invalid reason', { registry }, [{ code: 'MARKING_INVALID' }], 200],
    ['an unreadable request', {}, [{ code: 'REQUEST_INVALID' }], 400],
    [
      'an unreadable request, among other reasons',
      {},
      [{ code: 'HOP_UNKNOWN' }, { code: 'REQUEST_INVALID' }],
      400,
    ],
    ['a fault', {}, [{ code: 'INTERNAL_FAULT' }], 200],
    ['a refusal without a reason', {}, [], 200],
  ] as const)('%s', (_what, answer, reasons, status) => expect(statusOf(answer, reasons)).toBe(status));
});

describe('one read of HEAD for one caller’s request', () => {
  const snapshot = { version: 7 } as OpenSnapshot;
  function counting() {
    const opened: (WantedVersion | undefined)[] = [];
    const open = oneHead({
      open: async (wanted) => {
        opened.push(wanted);
        return snapshot;
      },
    });
    return { open, opened };
  }

  it('serves HEAD and every version it has reached, and refuses those it has not', async () => {
    const { open, opened } = counting();
    for (const wanted of [{}, { atLeast: 1 }, { atLeast: 7 }]) expect(await open(wanted)).toBe(snapshot);
    for (const atLeast of [8, Number.NaN])
      await expect(open({ atLeast })).rejects.toMatchObject({ code: 'REGISTRY_BEHIND', version: 7 });
    expect(opened).toEqual([undefined]);
  });

  it('opens an exact version beside it, once', async () => {
    const { open, opened } = counting();
    for (const wanted of [{ exact: 3 }, {}, { exact: 3 }, { exact: 4 }]) await open(wanted);
    expect(opened).toEqual([{ exact: 3 }, undefined, { exact: 4 }]);
  });

  it('however a version is asked for, HEAD is read once, for the next caller again, and what failed is not asked twice', async () => {
    let reads = 0;
    const fails = () => {
      reads += 1;
      return Promise.reject(new StoreError('STORE_UNAVAILABLE'));
    };
    const guard = guardOver(fails);
    for (const expected of [1, 2]) {
      const open = oneHead({ open: fails });
      for (const registry of [{}, { atLeast: 1 }, { atLeast: 2 }])
        expect(await guard.decideValue({ ...REQUEST, registry }, undefined, open)).toMatchObject({
          decision: false,
        });
      expect(reads).toBe(expected);
    }
    await guard.decideValue(REQUEST);
    expect(reads).toBe(3);
  });
});

describe('an invocation has one line', () => {
  it('of the first answer it gave, with the time until then', () => {
    const lines: string[] = [];
    let now = 10;
    const { trace, done } = startRecording(
      { door: 'direct' },
      (line) => lines.push(line),
      () => now,
    );
    const guard = guardOver(() => Promise.reject(new Error()));
    now = 35;
    done(guard.outOfTime(trace));
    now = 99;
    done(guard.outOfTime());
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { DecisionTime: 25, codes: ['BUDGET_EXHAUSTED'] },
    ]);
  });
});
