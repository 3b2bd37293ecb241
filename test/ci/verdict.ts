/** What the test runner's report comes to. A run that tested less than it should is a failure, however green. */

/** The members that are read of the runner's JSON report. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

export interface Verdict {
  readonly passed: number;
  /** A sentence a failure. */
  readonly failures: readonly string[];
}

/** Tests that may come without the expected count being raised; more would be room to lose some unseen. */
const SLACK = 40;

function whereEmpty({
  name,
  status,
  assertionResults,
}: TestReport['testResults'][number]): readonly string[] {
  if (assertionResults.length > 0) return [];
  return [`${name}: ${status === 'failed' ? 'could not be loaded' : 'has no test'}`];
}

/** What ends a log is all that some will see of it: which tests, and why in a line. */
function failedIn({ name, assertionResults }: TestReport['testResults'][number]): readonly string[] {
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => {
      const [why = 'no reason given'] = (failureMessages?.[0] ?? '').split('\n').filter(Boolean);
      return `${name} > ${fullName}: ${why}`;
    });
}

/**
 * @param report undefined where the runner left none
 * @param status the runner's exit code
 * @param expected how many tests there were when the count was last written down
 */
export function verdictOn(report: TestReport | undefined, status: number, expected: number): Verdict {
  if (report === undefined) return { passed: 0, failures: ['the tests left no report'] };
  const { numPassedTests: passed, numFailedTests: failed } = report;
  const named = report.testResults.flatMap(failedIn);
  const failures = [
    ...named,
    ...Array.from(
      { length: Math.max(0, failed - named.length) },
      () => 'a test that the report does not name',
    ),
    ...report.testResults.flatMap(whereEmpty),
  ];
  const left = report.numPendingTests + report.numTodoTests;
  if (left !== 0) failures.push(`${left} tests are skipped or to be done: mend or delete them`);
  if (!(passed >= expected))
    failures.push(
      `${passed} tests passed where there were ${expected}: say why, in test/ci/count.json's commit`,
    );
  if (!(passed <= expected + SLACK))
    failures.push(`${passed} tests passed: raise the count in test/ci/count.json from ${expected}`);
  if (status !== 0 && failures.length === 0) failures.push(`the test runner ended with ${status}`);
  return { passed, failures };
}
