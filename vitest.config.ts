import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const testsOf = (folders: readonly string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/**
 * Nothing in a process differs for the next file, so that one process serves many: pure code, and whatever is told its
 * settings and brings its own database. A handler reads its settings once in a process, and needs one of its own.
 */
const SHARED = [
  ...testsOf(['core', 'theorems', 'scenarios', 'client', 'authzen', 'board', 'explain', 'infra', 'store']),
  'test/registry/!(door|purged-in-force|readers-in-service).test.ts',
];

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
    // Programs that tests start are compiled once, not each time.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled'),
      // What the person who runs them says of their own guard is nothing to them.
      XDG_CONFIG_HOME: join(import.meta.dirname, 'node_modules/.cache/nobody'),
    },
    // Bundles are run as the cloud runs them: by Node, and not rewritten first.
    server: { deps: { external: [/\/routeguard-doors-[^/]+\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: SHARED,
          isolate: false,
          // What a file made of the environment, or of a global, is gone before the next.
          unstubEnvs: true,
          unstubGlobals: true,
          restoreMocks: true,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SHARED],
        },
      },
    ],
  },
});
