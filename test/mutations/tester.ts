/**
 * One open test runner inside a workspace, in a process of its own: starting it anew for every fault would take most of
 * the time, and a test that never ends can be killed with it. It is told what changed and which test to run.
 */
import { createVitest, type TestModule } from 'vitest/node';
import type { Verdict } from './mutation.ts';

export interface Order {
  readonly path: string;
  readonly named: string | undefined;
  /** Files that were changed, or put back, since the last order. */
  readonly changed: readonly string[];
}

function verdictOf(modules: readonly TestModule[], errors: number): Verdict {
  const states = modules.flatMap((m) => [...m.children.allTests()].map((test) => test.result().state));
  // A file that cannot even be loaded fails without a failed test: nothing could have been released with it either.
  if (states.includes('failed') || errors > 0 || modules.some((m) => !m.ok())) return 'caught';
  return states.includes('passed') ? 'unseen' : 'no-tests';
}

const vitest = await createVitest('test', {
  watch: false,
  maxWorkers: 1,
  reporters: [{}],
  silent: true,
});

process.on('message', async ({ path, named, changed }: Order) => {
  for (const file of changed) vitest.invalidateFile(file);
  if (named === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(new RegExp(named.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  vitest.state.clearErrors();
  const specifications = await vitest.globTestSpecifications([path]);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, true);
  // What earlier orders ran is still known to the runner, and is not this one's.
  const asked = new Set(specifications.map(({ moduleId }) => moduleId));
  const run = testModules.filter(({ moduleId }) => asked.has(moduleId));
  process.send?.(verdictOf(run, unhandledErrors.length));
});

process.send?.('ready');
