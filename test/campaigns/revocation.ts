/** `npm run campaign:revocation`: see the usage below. */
import { parseArgs } from 'node:util';
import { exitOf } from './exit.ts';
import type { CampaignResult } from './revocation-campaign.ts';
import { failuresOf } from './revocation-history.ts';

const USAGE = `npm run campaign:revocation -- [options]

No permit by a decision that started after a revocation was acknowledged, with publishers, revokers and deciders in
processes of their own. HEAD has 1, 4 and 16 copies; whoever publishes dies at each step in turn and sends the same request
again, and copies are put back to old versions. The same check over a build that caches HEAD, and over one that tells before
every copy has moved, which must both fail it.

  --decisions N     decisions to see, all in all (default 50000; 300 is the short form, with 4 copies)

Exits with 1 where a revocation was not in force at its acknowledgement, where nothing was seen, or where a broken build
was not caught; with 2 for options it does not know.`;

function decisionsAsked(): number | 'help' {
  const { help, decisions } = parseArgs({
    options: { decisions: { type: 'string', default: '50000' }, help: { type: 'boolean', default: false } },
  }).values;
  if (help) return 'help';
  if (!/^[1-9]\d{0,8}$/.test(decisions)) throw new TypeError('--decisions takes a whole number');
  return Number(decisions);
}

async function main(): Promise<number> {
  let decisions: number | 'help';
  try {
    decisions = decisionsAsked();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (decisions === 'help') {
    console.info(USAGE);
    return 0;
  }
  // Not before it is known that it will run: everything else comes with it.
  const { runCampaign } = await import('./revocation-campaign.ts');
  // The short form has few processes, each of which takes a while to start; every role is there.
  const few = decisions < 5_000 ? { deciders: 2, publishers: 1 } : {};
  const settings = decisions < 5_000 ? [4] : [1, 4, 16];
  const each = Math.ceil(decisions / settings.length);
  const windows = Math.max(2, Math.ceil(each / 1_000));
  const sound: CampaignResult[] = [];
  for (const copies of settings) {
    const found = await runCampaign({ decisions: each, windows, broken: null, copies, ...few });
    console.info(`One of ${copies} copies of HEAD read for each decision:`, found);
    sound.push(found);
  }
  const caught = { decisions: Math.min(each, 3_000), windows: Math.min(windows, 5), ...few };
  const broken = {
    caches: await runCampaign({ ...caught, broken: 'caches', copies: 1 }),
    early: await runCampaign({ ...caught, broken: 'early', copies: 16 }),
  };
  console.info('Must be caught:', broken);
  const failures = failuresOf(sound, broken);
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  return exitOf(failures);
}

process.exitCode = await main();
