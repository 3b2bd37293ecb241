/** A copy of the checkout in which a fault can be seeded and a test run, so that the checkout itself is never broken. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Mutation, mutated, testOf } from './mutation.ts';

/** `caught`: a test failed. `unseen`: all passed. `no-tests`: none ran. `hung`: no end in time. */
export type Verdict = 'caught' | 'unseen' | 'no-tests' | 'hung';

interface Counts {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string }[];
}

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

function vitest(folder: string, row: Pick<Mutation, 'caughtBy'>): Promise<Verdict> {
  const { path, named } = testOf(row);
  const report = join(folder, '.mutation-report.json');
  rmSync(report, { force: true });
  // This process's own Node, for the tests and for what they start: `vitest` itself would ask the system's.
  const bin = join(folder, 'node_modules/.bin');
  const child = spawn(
    process.execPath,
    [
      join(bin, 'vitest'),
      'run',
      path,
      '--bail=1',
      '--maxWorkers=1',
      '--reporter=json',
      `--outputFile=${report}`,
    ].concat(named === undefined ? [] : ['-t', named.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')]),
    {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, CI: 'true', PATH: [bin, process.env['PATH']].join(delimiter) },
    },
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      resolve('hung');
    }, HUNG_AFTER_MS);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(verdictOf(report, code));
    });
  });
}

function verdictOf(report: string, code: number | null): Verdict {
  let counts: Counts;
  try {
    counts = JSON.parse(readFileSync(report, 'utf8')) as Counts;
  } catch {
    return 'no-tests';
  }
  // A file that cannot even be loaded fails without a failed test: nothing could have been released with it either.
  if (counts.numFailedTests > 0 || counts.testResults.some((r) => r.status === 'failed')) return 'caught';
  if (counts.numPassedTests === 0) return 'no-tests';
  return code === 0 ? 'unseen' : 'caught';
}

/** @param root the checkout; its installed packages are used, not copied */
export function openWorkspace(root: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-mutations-'));
  for (const path of trackedFiles(root)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    applies(row) {
      try {
        return mutated(readFileSync(join(folder, row.file), 'utf8'), row) !== '';
      } catch {
        return false;
      }
    },
    check: (row) => vitest(folder, row),
    async try(row) {
      const path = join(folder, row.file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, mutated(text, row));
      try {
        return await vitest(folder, row);
      } finally {
        writeFileSync(path, text);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
