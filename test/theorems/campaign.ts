/**
 * Every theorem on many more cases: `npm run campaign:theorems -- [seed] [scale] [which]`. Without a seed it is the
 * day's, so that every day brings other cases and a day can be repeated; a scale of 1 is what `npm test` runs; `which` is the
 * beginning of a file's name.
 */
import { spawnSync } from 'node:child_process';
import { exitOfChild } from '../campaigns/exit.ts';

const [seed = new Date().toISOString().slice(0, 10).replaceAll('-', ''), scale = '20', which = ''] =
  process.argv.slice(2);
if (!/^\d{1,10}$/.test(seed) || !/^\d{1,4}$/.test(scale) || !/^[\w-]*$/.test(which)) {
  console.error('usage: npm run campaign:theorems -- [seed] [scale] [which]');
  process.exit(2);
}
console.info(`theorems: seed ${seed}, ${scale} times the cases of the tests`);
// T20 asks everything there is to ask, whatever the seed.
const theorems = [`test/theorems/${which}`, '--exclude', 'test/theorems/t20-claims.test.ts'];
const run = spawnSync('vitest', ['run', ...theorems, '--testTimeout', '0'], {
  stdio: 'inherit',
  env: { ...process.env, THEOREM_SEED: seed, THEOREM_SCALE: scale },
});
process.exit(exitOfChild(run));
