/** `npm run campaign:theorems`: see the usage below. */
import { spawnSync } from 'node:child_process';
import { askedOf } from '../campaigns/asked.ts';
import { exitOfChild } from '../campaigns/exit.ts';

const USAGE = `npm run campaign:theorems -- [seed] [scale] [which]

Every theorem on many more cases.

  seed      a whole number (default: the day's, so that every day brings other cases and a day can be repeated)
  scale     times the cases of npm test (default 20)
  which     the beginning of a file's name in test/theorems, as t04

Exits with 1 where a theorem does not hold, 2 for what it does not know.`;

const { seed, scale, which } = askedOf(USAGE, (words) => {
  const [first, scale = '20', which = '', ...rest] = words;
  const seed = first ?? new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const isKnown = /^\d{1,10}$/.test(seed) && /^\d{1,4}$/.test(scale) && /^[\w-]*$/.test(which);
  return isKnown && rest.length === 0 ? { seed, scale, which } : undefined;
});
console.info(`theorems: seed ${seed}, ${scale} times the cases of the tests`);
// T20 asks everything there is to ask, whatever the seed.
const theorems = [`test/theorems/${which}`, '--exclude', 'test/theorems/t20-claims.test.ts'];
const run = spawnSync('vitest', ['run', ...theorems, '--testTimeout', '0'], {
  stdio: 'inherit',
  env: { ...process.env, THEOREM_SEED: seed, THEOREM_SCALE: scale },
});
process.exit(exitOfChild(run));
