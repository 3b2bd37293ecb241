/** `npm run campaign:revocation`: see the usage below. */
import { parseArgs } from 'node:util';
import { exitOf } from './exit.ts';
import { failuresOf } from './revocation-history.ts';

const USAGE = `npm run campaign:revocation -- [options]

No permit by a decision that started after a revocation was acknowledged, with publishers, revokers and deciders in
processes of their own; and the same check over a build that caches HEAD, which must fail it.

  --decisions N     decisions to see (default 20000; 300 is the short form, of some seconds)

Exits with 1 where a revocation was not in force at its acknowledgement, where nothing was seen, or where the build
that caches HEAD was not caught; with 2 for options it does not know.`;

function decisionsAsked(): number | 'help' {
  const { help, decisions } = parseArgs({
    options: { decisions: { type: 'string', default: '20000' }, help: { type: 'boolean', default: false } },
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
  const windows = Math.max(2, Math.ceil(decisions / 1_000));
  const sound = await runCampaign({ decisions, windows, stale: false, ...few });
  console.info('HEAD read for each decision:', sound);
  const caught = { decisions: Math.min(decisions, 3_000), windows: Math.min(windows, 5) };
  const stale = await runCampaign({ ...caught, stale: true, ...few });
  console.info('HEAD cached (must be caught):', stale);
  const failures = failuresOf(sound, stale);
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  return exitOf(failures);
}

process.exitCode = await main();
