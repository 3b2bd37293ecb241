import { configDefaults, defineConfig } from 'vitest/config';

/** Tests of pure code: nothing in a process can differ for the next file, so that one process serves them all. */
const PURE = ['core', 'theorems', 'scenarios', 'client'].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    setupFiles: ['test/no-warnings.ts'],
    // A test left alone, or a run of nothing, must not look like a run of everything.
    allowOnly: false,
    passWithNoTests: false,
    // Generous: a busy machine is not what is tested, and no assertion depends on time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 3,
    // Bundles are run as the cloud runs them: by Node, and not rewritten first.
    server: { deps: { external: [/\/routeguard-doors-[^/]+\//] } },
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'doors',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...PURE],
        },
      },
    ],
  },
});
