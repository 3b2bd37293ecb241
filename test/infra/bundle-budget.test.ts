/** What decides stays small: every kilobyte of it is read, compiled and run before a sandbox can answer first. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testBundles } from '../bundles.ts';

/**
 * The most that a bundle may have, in bytes. There is a kilobyte of room in it when this is written: who brings more, takes
 * something away.
 */
const BUDGET: Readonly<Record<string, number>> = {
  decide: 300 * 1024,
  'decide-http': 300 * 1024,
};

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly entryPoint?: string;
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
      }
    >
  >;
}

/** `functions/core/marking`, `zod`: who a file belongs to. */
function owner(file: string): string {
  const [, named] = file.split(/^.*node_modules\//);
  const parts = (named ?? file).split('/');
  return parts.slice(0, named === undefined ? 3 : named.startsWith('@') ? 2 : 1).join('/');
}

function heaviest(name: string, directory: string): readonly string[] {
  const file = join(directory, '../../maps', `${name}.meta.json`);
  const { outputs } = JSON.parse(readFileSync(file, 'utf8')) as Metafile;
  const sums = new Map<string, number>();
  for (const { inputs, entryPoint } of Object.values(outputs))
    for (const [input, { bytesInOutput }] of entryPoint === undefined ? [] : Object.entries(inputs))
      for (const key of [owner(input), input]) sums.set(key, (sums.get(key) ?? 0) + bytesInOutput);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([key, bytes]) => `${(bytes / 1000).toFixed(1)} KB ${key}`);
}

it.each(Object.entries(BUDGET))('the bundle of %s has at most %i bytes', async (name, most) => {
  const [bundle] = await testBundles([name]);
  if (bundle === undefined) throw new Error(`there is no bundle of ${name}`);
  const { bytes, directory } = bundle;
  expect(bytes, `the heaviest of ${bytes} bytes:\n${heaviest(name, directory).join('\n')}`).toBeLessThan(
    most,
  );
});
