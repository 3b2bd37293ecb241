/** Faults in what builds, checks and packages the project. */
import { mutationsOf } from '../mutation.ts';

export const BUILD = mutationsOf('build', [
  {
    file: 'test/ci/verdict.ts',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      ['a test fewer is fine', 'if (!(passed >= expected))', 'if (!(passed >= expected - 1))'],
      ['any number of new tests is fine', 'expected + SLACK', 'expected * SLACK'],
      ['skipped tests are fine', 'report.numPendingTests + report.numTodoTests', 'report.numTodoTests'],
      ['tests to be done are fine', 'report.numPendingTests + report.numTodoTests', 'report.numPendingTests'],
      ['a file without a test is fine', "'has no test'}`]", "'has no test'}`].slice(1)"],
      ['no report is fine', "failures: ['the tests left no report']", 'failures: []'],
      ['the exit code is not looked at', 'if (status !== 0 && failures', 'if (status > 1 && failures'],
      [
        'a test that failed is not named',
        "filter(({ status }) => status === 'failed')",
        'filter(() => false)',
      ],
      ['what is not named does not count', 'failed - named.length', 'named.length - failed'],
    ],
  },
  {
    file: 'test/ci/check.ts',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      ['steps after the tests are told and forgotten', '...failures, ...after]', '...failures]'],
      ['steps before the tests are told and forgotten', '[...before, ...failures', '[...failures'],
      ['a page that changed is not stale', 'system.read(path) === before', 'system.read(path) !== ""'],
      ['of what runs at once only the first is looked at', 'return found.flat();', 'return found[0] ?? [];'],
      ['a generator that fails wrote a fresh page', 'if (failures.length > 0) return failures;', ''],
      ['CI passes whatever failed', 'code: failed === 0 ? 0 : 1', 'code: 0'],
      ['failures are counted as none', '${failed} failed`', '0 failed`'],
      [
        'licences are not looked at',
        "...unacceptedLicences(JSON.parse(system.read('package-lock.json'))),",
        '',
      ],
    ],
  },
  {
    file: 'test/ci/steps.ts',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      ['warnings of the linter are fine', ", '--', '--error-on-warnings'", ''],
      [
        'types are not checked',
        "[{ name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'] }],",
        '',
      ],
      ['the runbook may be stale', "'docs:runbook': 'docs/runbook.md',", ''],
      ['the release is not installed', "'release:check', '--', release", "'release', '--', release"],
    ],
  },
  {
    file: 'test/ci/licences.ts',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      ['copyleft may ship', '&& (dev === true || devOptional === true)', ''],
      ['no licence is as good as one', "license = 'none'", "license = 'MIT'"],
    ],
  },
  {
    file: 'test/ci/advisories.ts',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      ['only critical advisories count', "['moderate', 'high', 'critical']", "['critical']"],
      ['a severity that is not counted is none', 'counts[severity] !== 0', '(counts[severity] ?? 0) !== 0'],
    ],
  },
  {
    file: 'vitest.config.ts',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      ['one test may be left alone', 'allowOnly: false', 'allowOnly: true'],
      ['nothing to run is a green run', 'passWithNoTests: false', 'passWithNoTests: true'],
      ['a test is repeated until it passes', 'maxWorkers: 3,', 'maxWorkers: 3,\n    retry: 3,'],
      ['warnings are not heard', "setupFiles: ['test/no-warnings.ts'],", ''],
      ['one folder of tests is left out', "include: ['test/**/*.test.ts']", "include: ['test/*/*.test.ts']"],
    ],
  },
  {
    file: '.ci/run',
    caughtBy: 'test/ci/ci.test.ts',
    faults: [
      [
        'CI ends well whatever happened',
        'npm run --silent ci || { status=$?; exit "$status"; }',
        'npm run --silent ci || true',
      ],
    ],
  },
]);
