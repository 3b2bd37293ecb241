import { describe, expect, it } from 'vitest';
import { runCampaign } from '../campaigns/revocation-campaign.ts';
import { countHistory } from '../campaigns/revocation-history.ts';

/** Fewer processes than the campaign's, each of which takes a while to start; every role is there. */
const FEW = { decisions: 300, deciders: 2, publishers: 1 };

/** The campaign itself sees 20,000 decisions: `npm run campaign:revocation`. */
describe('revocation, with publishers, revokers and deciders in processes of their own', () => {
  it('is in force for every decision that starts after its acknowledgement', async () => {
    const result = await runCampaign({ ...FEW, windows: 2, stale: false });
    console.log(result);
    expect(result.violations).toBe(0);
    expect(result.permits).toBeGreaterThan(0);
    expect(result.inWindows).toBeGreaterThan(0);
  }, 60_000);

  it('and a build that caches HEAD is caught', async () => {
    const result = await runCampaign({ ...FEW, windows: 2, stale: true });
    console.log(result);
    expect(result.violations).toBeGreaterThan(0);
  }, 60_000);
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
