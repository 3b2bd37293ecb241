import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer as answerSchema } from '../../functions/core/decision/answer-schema.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { explainedAnswer } from '../../functions/explain/answer-schema.ts';
import { createExplainer, type ExplainedAnswer, type Explainer } from '../../functions/explain/explain.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { type GuardRig, startGuardRig } from '../decide/rig.ts';

let rig: GuardRig;
let explainer: Explainer;
beforeAll(async () => {
  rig = await startGuardRig();
  const reader = rig.store.reader();
  explainer = createExplainer(rig.guard({ reader, mostExplained: 'full' }));
});
afterAll(() => rig.stop());

function ask(hops: readonly string[], over: Record<string, unknown> = {}): Promise<ExplainedAnswer> {
  const request = {
    message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
    path: { hops: hops.map((network) => ({ network })) },
    ...over,
  };
  return explainer.explainText(JSON.stringify(request), newTrace());
}

describe('a full explanation', () => {
  it('rests on the version the answer does, read once, and is left out where it fails', async () => {
    const real = rig.store.reader();
    let opened = 0;
    let reads = 0;
    const reader = {
      ...real,
      async open(...args: Parameters<typeof real.open>) {
        opened += 1;
        const snapshot = await real.open(...args);
        // The answer takes the first read; the explanation, which reads again, finds the database gone.
        return Object.assign(Object.create(snapshot) as typeof snapshot, {
          read: async (keys: readonly string[]) => {
            reads += 1;
            if (reads > 1) throw new StoreError('STORE_UNAVAILABLE');
            return snapshot.read(keys);
          },
        });
      },
    };
    const failing = createExplainer(rig.guard({ reader, mostExplained: 'full' }));
    const answer = await failing.explainText(
      JSON.stringify({ message: { id: 'm', marking: 'SECRET//NOFORN' }, path: { route: 'us-domestic' } }),
      newTrace(),
    );
    expect([opened, reads, answer.decision, answer.explanation]).toEqual([1, 2, true, undefined]);
  });

  it('of a permit: nothing to repair, what it may carry at most, and when it ends', async () => {
    const { decision, enforceable, explanation, unverified, at = '' } = await ask(['gb-b']);
    expect({ decision, enforceable }).toEqual({ decision: true, enforceable: true });
    expect(explanation).toMatchObject({ repairs: [], repairsComplete: true });
    const lacks = explanation?.missing ?? [];
    expect(new Set(lacks.map((m) => m.standard))).toEqual(new Set(['US-STATE-TRUST']));
    expect(lacks.every((m) => m.paragraph !== undefined && m.missing.length > 10)).toBe(true);
    expect(explanation?.highest).toContainEqual(
      expect.objectContaining({ owner: 'USA', frame: 'US', level: 'SECRET' }),
    );
    expect(explanation?.unverified).toEqual(unverified);
    expect(explanation?.nextFlip?.outcome).not.toBe('permit');
    const flip = explanation?.nextFlip?.at ?? '';
    expect(flip > at).toBe(true);
    const before = new Date(Date.parse(flip) - 1000).toISOString();
    expect(await ask(['gb-b'], { at: before })).toMatchObject({ hypothetical: { decision: true } });
    expect(await ask(['gb-b'], { at: flip })).toMatchObject({ hypothetical: { decision: false } });
  });

  it('of a refusal: what to do, about whom', async () => {
    const { decision, reasons, explanation } = await ask(['us-c', 'gb-b']);
    expect(decision).toBe(false);
    expect(reasons.some((r) => r.vendor !== undefined)).toBe(true);
    expect(explanation?.repairsComplete).toBe(true);
    const vendors = explanation?.repairs.filter((r) => r.repair === 'assess-vendor');
    expect(vendors?.length).toBeGreaterThan(0);
    for (const { vendor, text, hops } of vendors ?? [])
      expect({ vendor, text, hops }).toEqual({
        vendor: expect.any(String),
        text: expect.any(String),
        hops: [0],
      });
  });

  it('says that there may be more where a hop is not known', async () => {
    expect((await ask(['nowhere'])).explanation).toMatchObject({
      repairsComplete: false,
      repairs: [{ repair: 'register-network', hops: [0] }],
    });
  });

  it('of an exact version and another time stays hypothetical', async () => {
    const answer = await ask(['gb-b'], { registry: { exact: 1 }, at: '2024-01-01T00:00:00Z' });
    expect(answer).toMatchObject({
      ...{ decision: false, enforceable: false, hypothetical: { outcome: expect.any(String) } },
      explanation: { highest: expect.any(Array) },
    });
    expect(answer).not.toHaveProperty('useBy');
  });

  it('is only as full as asked', async () => {
    const answer = await ask(['us-c'], { explain: 'codes' });
    expect(answer).not.toHaveProperty('explanation');
    expect(answer.reasons.every((r) => r.vendor === undefined)).toBe(true);
  });
});

describe('the document of the API', () => {
  it('says what answers are, to the last member', async () => {
    for (const answer of [await ask(['gb-b']), await ask(['us-c', 'gb-d']), await ask(['nowhere'])])
      expect(explainedAnswer.safeParse(answer).error).toBeUndefined();
    for (const explain of ['none', 'codes'] as const) {
      const plain = await ask(['us-c', 'gb-d'], { explain, standards: ['UK-HRV-2020-01'] });
      expect(answerSchema.safeParse(plain).error).toBeUndefined();
    }
    expect(answerSchema.safeParse(await explainer.explainText('{', newTrace())).success).toBe(true);
  });
});

describe('what cannot be explained', () => {
  it('a marking nobody reads', async () => {
    const answer = await ask(['gb-b'], { message: { id: 'm', marking: 'VERY canary' } });
    expect(answer).not.toHaveProperty('explanation');
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('a registry that fails', async () => {
    const reader = { open: () => Promise.reject(new StoreError('SIGNATURE_INVALID')) };
    const failing = createExplainer(rig.guard({ reader, mostExplained: 'full' }));
    const text = JSON.stringify({
      message: { id: 'm', marking: 'SECRET//NOFORN' },
      path: { route: 'us-domestic' },
    });
    const answer = await failing.explainText(text, newTrace());
    expect(answer).toMatchObject({ decision: false, reasons: [{ code: 'REGISTRY_INTEGRITY' }] });
    expect(answer).not.toHaveProperty('explanation');
  });
});
