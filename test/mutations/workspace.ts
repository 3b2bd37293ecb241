/** A copy of the checkout in which a fault can be seeded and a test run, so that the checkout itself is never broken. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Mutation, mutated, testOf, type Verdict } from './mutation.ts';
import type { Order } from './tester.ts';

const HUNG_AFTER_MS = 300_000;

export interface Workspace {
  /** Whether the fault's text stands where the row says. */
  applies(row: Mutation): boolean;
  /** Runs the test that `caughtBy` names on the code as it is. */
  check(row: Pick<Mutation, 'caughtBy'>): Promise<Verdict>;
  /** Seeds the fault, runs the test that must fail, and takes the fault out again. */
  try(row: Mutation): Promise<Verdict>;
  remove(): void;
}

function trackedFiles(root: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return listed.split('\0').filter((path) => path !== '' && path !== 'node_modules');
}

/** Starts a tester in the folder: by this process's own Node, for the tests and for what they start. */
function startTester(folder: string): ChildProcess {
  const bin = join(folder, 'node_modules/.bin');
  return fork(join(folder, 'test/mutations/tester.ts'), {
    cwd: folder,
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, CI: 'true', PATH: [bin, process.env['PATH']].join(delimiter) },
  });
}

function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** @param root the checkout; its installed packages are used, not copied */
export function openWorkspace(root: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-mutations-'));
  // A file that was deleted and not yet committed is still listed.
  for (const path of trackedFiles(root).filter((each) => existsSync(join(root, each)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  let tester: ChildProcess | undefined;
  let changed: readonly string[] = [];

  /** The next word of the tester; it ends with a tester that says nothing. */
  function heard(from: ChildProcess): Promise<Verdict | 'ready'> {
    const { promise, resolve } = Promise.withResolvers<Verdict | 'ready'>();
    const timer = setTimeout(() => resolve('hung'), HUNG_AFTER_MS);
    const died = () => resolve('hung');
    from.once('message', (word) => resolve(word as Verdict | 'ready'));
    from.once('exit', died);
    return promise.finally(() => {
      clearTimeout(timer);
      from.off('exit', died);
    });
  }

  async function run(row: Pick<Mutation, 'caughtBy'>): Promise<Verdict> {
    if (tester === undefined) {
      tester = startTester(folder);
      await heard(tester);
    }
    const said = heard(tester);
    tester.send({ ...testOf(row), changed } satisfies Order);
    changed = [];
    const verdict = await said;
    if (verdict !== 'hung' && verdict !== 'ready') return verdict;
    kill(tester);
    tester = undefined;
    return 'hung';
  }

  return {
    applies(row) {
      try {
        return mutated(readFileSync(join(folder, row.file), 'utf8'), row) !== '';
      } catch {
        return false;
      }
    },
    check: run,
    async try(row) {
      const path = join(folder, row.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, mutated(text, row));
      changed = [...changed, path];
      try {
        return await run(row);
      } finally {
        writeFileSync(path, text);
        changed = [...changed, path];
      }
    },
    remove() {
      if (tester !== undefined) kill(tester);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
