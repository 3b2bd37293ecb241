/** The client against the guard itself, over a real engine with the sample registry. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Flow,
  type ObligationHandlers,
  type Reply,
  RouteGuard,
  type RouteRequest,
} from '../../client/index.ts';
import { FLOW_WORDS } from '../../functions/core/facts/scope-words.ts';
import type { GuardOptions } from '../../functions/decide/guard.ts';
import { type GuardRig, startGuardRig } from '../decide/rig.ts';

let rig: GuardRig;
beforeAll(async () => {
  rig = await startGuardRig();
});
afterAll(() => rig.stop());

/** A client that hands its text straight to a guard. */
function clientOf(overrides: Partial<GuardOptions> = {}, obligations: ObligationHandlers = {}): RouteGuard {
  const guard = rig.guard(overrides);
  return new RouteGuard({
    obligations,
    attempts: 1,
    maxLeaseSeconds: 60,
    transport: {
      async send(text): Promise<Reply> {
        const answer = await guard.decideText(text);
        return { kind: 'answered', status: 200, functionError: null, text: JSON.stringify(answer) };
      },
    },
  });
}

const asking = (network: string, message: object = {}): RouteRequest => ({
  message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR', ...message },
  path: { hops: [{ network }] },
});

describe('the client and the guard agree', () => {
  it('on what a message may be part of', async () => {
    const words: Readonly<Record<Flow, true>> = {
      'us-diplomatic-facility': true,
      'us-diplomatic-facility-2g': true,
      'us-diplomatic-facility-3g': true,
      'us-diplomatic-facility-4g': true,
      'us-diplomatic-facility-5g': true,
      'us-diplomatic-facility-fixed': true,
      'federal-contract-service': true,
      'federal-contractor-own-use': true,
      'agency-internal': true,
      private: true,
      other: true,
    };
    expect(Object.keys(words).sort()).toEqual([...FLOW_WORDS].sort());
    for (const flow of FLOW_WORDS)
      expect([flow, (await clientOf().decide(asking('gb-b', { flow }))).kind]).toEqual([flow, 'permit']);
    expect((await clientOf().decide(asking('gb-b', { flow: 'federal-contract-servise' }))).kind).toBe('deny');
  });

  it('on a permit', async () => {
    const client = clientOf();
    expect(await client.decide(asking('gb-b'))).toMatchObject({ kind: 'permit', obligations: [] });
    // Every evaluation has an id of its own, so the next one is not taken for a repetition.
    expect(await client.decide(asking('gb-b'))).toMatchObject({ kind: 'permit' });
  });

  it('on a deny, with the codes', async () => {
    const result = await clientOf().decide(asking('gb-d'));
    expect(result).toMatchObject({ kind: 'deny', cause: 'denied', retry: 'never' });
    expect(result.kind === 'deny' && result.reasons.length).toBeGreaterThan(0);
  });

  it.each<[string, object]>([
    ['a marking nobody knows', { marking: 'COSMIC BANANA' }],
    ['an id that is none', { id: 'm 1' }],
  ])('on a deny for %s', async (_, message) => {
    expect(await clientOf().decide(asking('gb-b', message))).toMatchObject({ kind: 'deny', cause: 'denied' });
  });

  it('on a deny that may pass, where the registry cannot be read', async () => {
    const reader = {
      open: async () => {
        throw new Error('no database');
      },
    };
    const result = await clientOf({ reader: reader as unknown as GuardOptions['reader'] }).decide(
      asking('gb-b'),
    );
    expect(result).toMatchObject({ kind: 'deny', cause: 'denied' });
  });

  it('on a lease that is over when the permit is made', async () => {
    const result = await clientOf({ leaseMs: 0 }).decide(asking('gb-b'));
    expect(result).toMatchObject({ kind: 'deny', retry: 'after', cause: 'denied' });
  });
});
