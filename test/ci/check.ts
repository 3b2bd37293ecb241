/** Runs every check and gathers what failed. What it runs with is an argument, so that each failure can be shown to count. */
import { advisoriesIn } from './advisories.ts';
import { unacceptedLicences } from './licences.ts';
import { GENERATED, STEPS_BEFORE_TESTS, type Step, stepsAfterTests } from './steps.ts';
import { type TestReport, type Verdict, verdictOn } from './verdict.ts';

/** The machine, as far as the checks need it. */
export interface System {
  /**
   * Runs a command to its end; `status` is 0 only where it ended well.
   *
   * @param output told as it comes, all of it at the end because another command runs meanwhile, or kept
   */
  run(
    command: Step['command'],
    output: 'shown' | 'shown at the end' | 'kept',
  ): Promise<{ readonly status: number; readonly stdout: string }>;
  /** The text of a file, or of all in a folder: of the checkout, or a path of its own. @throws Error where there is none */
  read(path: string): string;
  say(line: string): void;
}

export interface Checked {
  /** A folder for what is written on the way. */
  readonly folder: string;
  /** The revision before the change. */
  readonly since: string;
  /** How many tests there were when the count was last written down. */
  readonly tests: number;
}

async function stepFailures(system: System, { name, command }: Step): Promise<readonly string[]> {
  const { status } = await system.run(command, 'shown at the end');
  return status === 0 ? [] : [`${name} ended with ${status}`];
}

/** Steps that change nothing that others read, a few at once, each list in its order. */
async function together<T>(
  lists: readonly (readonly T[])[],
  failuresOf: (each: T) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const found = await Promise.all(
    lists.map(async (list) => {
      const failures: string[] = [];
      for (const each of list) failures.push(...(await failuresOf(each)));
      return failures;
    }),
  );
  return found.flat();
}

/** Writes a generated page anew: one that differs from the checkout was stale. */
async function stalePage(
  system: System,
  [script, path]: readonly [string, string],
): Promise<readonly string[]> {
  const before = system.read(path);
  const failures = await stepFailures(system, { name: script, command: ['npm', 'run', '--silent', script] });
  if (failures.length > 0) return failures;
  return system.read(path) === before ? [] : [`${path} was stale: npm run ${script}`];
}

async function advisories(system: System): Promise<readonly string[]> {
  const command: Step['command'] = ['npm', 'audit', '--audit=true', '--omit=dev', '--json'];
  const answer = advisoriesIn((await system.run(command, 'kept')).stdout);
  if (answer.asked) return answer.failures;
  system.say('\n— advisories: the registry did not answer, nothing is known');
  return [];
}

async function tests(system: System, { folder, tests: expected }: Checked): Promise<Verdict> {
  const file = `${folder}/report.json`;
  const { status } = await system.run(
    ['npm', 'test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    'shown',
  );
  let report: TestReport | undefined;
  try {
    report = JSON.parse(system.read(file)) as TestReport;
  } catch {
    report = undefined;
  }
  return verdictOn(report, status, expected);
}

/** Everything, whatever fails on the way. */
export async function checkAll(system: System, checked: Checked): Promise<Verdict> {
  const step = (each: Step) => stepFailures(system, each);
  const pages = Object.entries(GENERATED);
  const half = Math.ceil(pages.length / 2);
  const before = [
    ...(await together(STEPS_BEFORE_TESTS, step)),
    ...(await together([pages.slice(0, half), pages.slice(half)], (page) => stalePage(system, page))),
    ...unacceptedLicences(JSON.parse(system.read('package-lock.json'))),
    ...(await advisories(system)),
  ];
  const { passed, failures } = await tests(system, checked);
  const after = await together(stepsAfterTests(`${checked.folder}/release`, checked.since), step);
  return { passed, failures: [...before, ...failures, ...after] };
}

/** What is said at the end, and the exit code. */
export function closing({ passed, failures }: Verdict): {
  readonly lines: readonly string[];
  readonly code: number;
} {
  const failed = failures.length;
  return {
    lines: [...failures.map((f) => `FAILED: ${f}`), `${passed} passed, ${failed} failed`],
    code: failed === 0 ? 0 : 1,
  };
}
