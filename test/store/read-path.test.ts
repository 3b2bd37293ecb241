import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** The modules that end up in a bundle of one file, packages left out. */
async function modulesOf(file: string): Promise<string[]> {
  const result = await build({
    entryPoints: [`functions/store/${file}`],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.keys(result.metafile.inputs);
}

const WRITING =
  /publisher|raise-floor|inserts|staging|trie-write|next-commit|signer|history|verify|diff|purge/;

describe('the read path', () => {
  it('has nothing in it that writes, signs or looks back', async () => {
    expect((await modulesOf('registry-reader.ts')).filter((module) => WRITING.test(module))).toEqual([]);
  });

  it('is a check that would notice', async () => {
    expect((await modulesOf('publisher.ts')).filter((module) => WRITING.test(module))).not.toEqual([]);
  });
});
