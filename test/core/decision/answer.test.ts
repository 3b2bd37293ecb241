import { describe, expect, it } from 'vitest';
import {
  type Answer,
  answerOf,
  type DecisionInContext,
  type Envelope,
  refusingAnswer,
} from '../../../functions/core/decision/answer.ts';
import type { Explain } from '../../../functions/core/request.ts';
import { decideOver, labelFor } from './ask.ts';
import { AT, CAPPED, designation, FACTS, vendor } from './facts.ts';

const LEASE_ENDS = AT + 30_000;
const ENVELOPE: Envelope = {
  question: {},
  evaluationId: 'e',
  evaluatedAt: AT,
  build: 'b',
  explain: 'codes',
  hypothetical: false,
};

function answer(
  facts: readonly unknown[],
  explain: Explain,
  more: Partial<DecisionInContext> = {},
  hypothetical = false,
): Answer {
  return answerOf(
    { ...ENVELOPE, explain, hypothetical },
    {
      decision: decideOver(facts),
      label: labelFor({}),
      at: AT,
      registry: { version: 1, digest: 'sha256:0' },
      leaseEnds: LEASE_ENDS,
      ...more,
    },
  );
}

/** A vendor of the core is owned, by more than half, by one that is kept out of the core. */
const OWNED = [
  ...FACTS.filter((f) => !(f.kind === 'vendor' && f.id === 'maker-a')).map((f) =>
    f.kind === 'mandate' && f.id === 'us-trusted' ? { ...f, standards: [CAPPED.id] } : f,
  ),
  vendor({
    id: 'maker-a',
    ownedBy: [{ owner: 'maker-b', share: 6000, valid: { from: '2019-01-01', to: null, zone: 'UTC' } }],
  }),
  designation({ id: 'listed', class: 'listed' }),
];

describe('an explanation of a share', () => {
  const shared = (explain: 'full' | 'codes') =>
    answer(FACTS, explain, {
      decision: {
        ...decideOver(FACTS),
        reasons: [{ code: 'SHARE_OVER_CAP', standard: 'CAPPED', share: 4711 }],
      },
    }).reasons;
  it('has the figure in full alone', () => {
    expect([
      shared('full')[0]?.share,
      JSON.stringify(shared('codes')).includes('4711'),
      shared('codes').length,
    ]).toEqual([4711, false, 1]);
  });
});

describe('an explanation', () => {
  it('in full names vendors, facts and figures', () => {
    const [reason] = answer(OWNED, 'full').reasons;
    expect(reason).toMatchObject({ vendor: 'maker-a', fact: 'designation/risky-b', ownedShare: 6000 });
  });
  it('in codes names none of them', () => {
    const told = JSON.stringify(answer(OWNED, 'codes'));
    for (const secret of ['maker-', 'risky-b', '6000', 'ownedShare']) expect(told).not.toContain(secret);
    expect(answer(OWNED, 'codes').reasons.length).toBeGreaterThan(0);
  });
  it('of none has no reasons', () => {
    expect(answer(OWNED, 'none')).toMatchObject({ decision: false, reasons: [] });
    expect(answer(OWNED, 'none')).not.toHaveProperty('notes');
  });
});

it.each(['permit', 'deny', 'indeterminate', 'not-applicable'] as const)('of %s permits or not', (outcome) => {
  const obliged = { ...decideOver(FACTS), outcome, obligations: [{ type: 'no-sms' as const }] };
  for (const hypothetical of [false, true]) {
    const told = answer(FACTS, 'codes', { decision: obliged }, hypothetical);
    const permit = outcome === 'permit';
    const obligations = permit ? [{ id: 'no-sms', type: 'no-sms' }] : [];
    const result = { decision: permit, outcome, obligations };
    const nothing = { decision: false, outcome: 'indeterminate', obligations: [] };
    expect([told, 'useBy' in told]).toMatchObject([
      hypothetical
        ? { ...nothing, enforceable: false, hypothetical: result }
        : { ...result, enforceable: true },
      permit && !hypothetical,
    ]);
    expect('hypothetical' in told).toBe(hypothetical);
  }
});

it.each([
  [['REGISTRY_UNAVAILABLE'], 'indeterminate', 'after'],
  [['HOP_UNKNOWN'], 'deny', 'never'],
  [['HOP_UNKNOWN', 'REGISTRY_UNAVAILABLE'], 'deny', 'after'],
  [['REGISTRY_UNAVAILABLE', 'INTERNAL_FAULT'], 'indeterminate', 'after'],
  [[], 'deny', 'never'],
] as const)('a refusal because of %j is %s, and to be asked again: %s', (codes, outcome, retry) => {
  const told = refusingAnswer(
    ENVELOPE,
    codes.map((code) => ({ code })),
  );
  expect([told.decision, told.outcome, told.retry]).toEqual([false, outcome, retry]);
});

describe('a permit', () => {
  it('lasts for its lease', () => {
    expect(answer(FACTS, 'codes')).toMatchObject({
      decision: true,
      enforceable: true,
      useBy: new Date(LEASE_ENDS).toISOString(),
    });
  });
  it('lasts no longer than what it rests on', () => {
    const soon = new Date(AT + 1000).toISOString();
    const facts = FACTS.map((f) =>
      f.id === 'net-a-accredited' ? { ...f, valid: { from: '2019-01-01', to: soon, zone: 'UTC' } } : f,
    );
    expect(answer(facts, 'codes')).toMatchObject({ decision: true, validUntil: soon, useBy: soon });
  });
});
