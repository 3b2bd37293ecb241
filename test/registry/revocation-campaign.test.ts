/** What the revocation campaign counts; the campaign itself runs 50,000 decisions: `npm run campaign:revocation`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../../functions/decide/guard.ts';
import { caching } from '../campaigns/caching-reader.ts';
import { countHistory, type Decided } from '../campaigns/revocation-history.ts';
import { BUILD } from '../decide/rig.ts';
import { type RegistryRig, startRegistryRig } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

const QUESTION = JSON.stringify({
  message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
  path: { hops: [{ network: 'gb-b' }] },
});

describe('a revocation, in one process and in order', () => {
  it('is in force for every decision after its acknowledgement, and a build that caches HEAD is caught', async () => {
    const times = { budgetMs: 20_000, leaseMs: 5_000, clock: Date.now };
    const more = { build: BUILD, newEvaluationId: () => 'campaign', mostExplained: 'codes' as const };
    const sound = createGuard({ reader: rig.store.reader(), ...times, ...more });
    const stale = createGuard({ reader: caching(rig.store.reader()), ...times, ...more });
    let at = 0n;
    const decided = async (guard: typeof sound): Promise<Decided> => {
      at += 2n;
      return { started: at - 1n, ended: at, permit: (await guard.decideText(QUESTION)).decision };
    };
    const before = [await decided(sound), await decided(stale)];
    expect(before.map(({ permit }) => permit)).toEqual([true, true]);
    const revoked = { facts: ['accreditation/us-on-gb-b'], reason: 'A test' };
    expect((await rig.as('usa-approver').post('revoke', revoked)).status).toBe(200);
    const window = { acknowledged: at, restoring: 1_000n };
    const found = { decisions: 4, permits: 2, inWindows: 2 };
    const fair = [...before, await decided(sound), await decided(sound)];
    expect(countHistory(fair, [window])).toMatchObject({ ...found, violations: 0 });
    const broken = [...before, await decided(stale), await decided(stale)];
    expect(countHistory(broken, [window])).toMatchObject({ ...found, permits: 4, violations: 2 });
  });
});

describe('the count of a history', () => {
  const window = { acknowledged: 10n, restoring: 20n };
  const decided = (started: bigint, ended: bigint, permit: boolean) => ({ started, ended, permit });
  it.each([
    ['before the acknowledgement', decided(9n, 12n, true), 0, 0],
    ['after it', decided(11n, 12n, true), 1, 1],
    ['denied after it', decided(11n, 12n, false), 1, 0],
    ['answered when the restoration had begun', decided(19n, 21n, true), 0, 0],
  ])('%s', (_what, decision, inWindows, violations) => {
    expect(countHistory([decision], [window])).toMatchObject({ decisions: 1, inWindows, violations });
  });
});
