/**
 * `npm run campaign:revocation [-- DECISIONS]`: no permit by a decision that started after a revocation was acknowledged,
 * over at least 20,000 decisions; and the same check over a build that caches HEAD, which must fail it.
 */
import { runCampaign } from './revocation-campaign.ts';

const decisions = Number(process.argv[2] ?? 20_000);
if (!Number.isSafeInteger(decisions) || decisions < 1) throw new TypeError('DECISIONS is a whole number');

const sound = await runCampaign({ decisions, windows: 20, stale: false });
console.log('HEAD read for each decision:', sound);
const stale = await runCampaign({ decisions: Math.min(decisions, 3_000), windows: 5, stale: true });
console.log('HEAD cached (must be caught):', stale);

const proven = sound.violations === 0 && sound.permits > 0 && sound.inWindows > 0;
const caught = stale.violations > 0;
if (!proven)
  console.error('FAILED: a revocation was not in force at its acknowledgement, or nothing was seen');
if (!caught) console.error('FAILED: the stale build was not caught');
process.exit(proven && caught ? 0 : 1);
