/** Runs every check and gathers what failed. What it runs with is an argument, so that each failure can be shown to count. */
import { advisoriesIn } from './advisories.ts';
import { unacceptedLicences } from './licences.ts';
import { GENERATED, STEPS_BEFORE_TESTS, type Step, stepsAfterTests } from './steps.ts';
import { type TestReport, type Verdict, verdictOn } from './verdict.ts';

/** The machine, as far as the checks need it. */
export interface System {
  /** Runs a command to its end; `status` is 0 only where it ended well. */
  run(
    command: Step['command'],
    output: 'shown' | 'kept',
  ): { readonly status: number; readonly stdout: string };
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

function stepFailures(system: System, { name, command }: Step): readonly string[] {
  system.say(`\n— ${name}`);
  const { status } = system.run(command, 'shown');
  return status === 0 ? [] : [`${name} ended with ${status}`];
}

/** Writes every generated page anew: what differs from the checkout was stale. */
function stalePages(system: System): readonly string[] {
  return Object.entries(GENERATED).flatMap(([script, path]) => {
    const before = system.read(path);
    const failures = stepFailures(system, { name: script, command: ['npm', 'run', '--silent', script] });
    if (failures.length > 0) return failures;
    return system.read(path) === before ? [] : [`${path} was stale: npm run ${script}`];
  });
}

function advisories(system: System): readonly string[] {
  const command: Step['command'] = ['npm', 'audit', '--audit=true', '--omit=dev', '--json'];
  const answer = advisoriesIn(system.run(command, 'kept').stdout);
  if (answer.asked) return answer.failures;
  system.say('\n— advisories: the registry did not answer, nothing is known');
  return [];
}

function tests(system: System, { folder, tests: expected }: Checked): Verdict {
  const file = `${folder}/report.json`;
  system.say('\n— tests');
  const { status } = system.run(
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
export function checkAll(system: System, checked: Checked): Verdict {
  const before = [
    ...STEPS_BEFORE_TESTS.flatMap((step) => stepFailures(system, step)),
    ...stalePages(system),
    ...unacceptedLicences(JSON.parse(system.read('package-lock.json'))),
    ...advisories(system),
  ];
  const { passed, failures } = tests(system, checked);
  const after = stepsAfterTests(`${checked.folder}/release`, checked.since).flatMap((step) =>
    stepFailures(system, step),
  );
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
