import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/no-warnings.ts'],
    // A test left alone, or a run of nothing, must not look like a run of everything.
    allowOnly: false,
    passWithNoTests: false,
    // Generous: a busy machine is not what is tested, and no assertion depends on time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
