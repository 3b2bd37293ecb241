/** What continuous integration counts as a failure, and that it goes on running everything it runs today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import biome from '../../biome.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import vitestConfig from '../../vitest.config.ts';
import { advisoriesIn } from './advisories.ts';
import { checkAll, closing, type System } from './check.ts';
import { unacceptedLicences } from './licences.ts';
import { GENERATED, STEPS_BEFORE_TESTS, stepsAfterTests } from './steps.ts';
import { type TestReport, verdictOn } from './verdict.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('the report of the tests', () => {
  const green: TestReport = {
    numPassedTests: 100,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{}] }],
  };
  const file = (status: string) => ({ name: 'b.test.ts', status, assertionResults: [] });
  it.each<[string, Partial<TestReport>, number, number, number]>([
    ['as many as expected', {}, 0, 100, 0],
    ['some more', {}, 0, 60, 0],
    ['more than the slack', {}, 0, 59, 1],
    ['one fewer than expected', {}, 0, 101, 1],
    ['two failed', { numFailedTests: 2 }, 1, 100, 2],
    ['one skipped', { numPendingTests: 1 }, 0, 100, 1],
    ['one to be done', { numTodoTests: 1 }, 0, 100, 1],
    ['a file that does not load', { testResults: [file('failed')] }, 1, 100, 1],
    ['a file without tests', { testResults: [file('passed')] }, 0, 100, 1],
    ['an exit code and nothing else', {}, 1, 100, 1],
    ['no count at all', { numPassedTests: Number.NaN }, 0, 100, 2],
  ])('%s', (_name, part, status, expected, failures) => {
    expect(verdictOn({ ...green, ...part }, status, expected).failures).toHaveLength(failures);
  });

  it('none at all', () => {
    expect(verdictOn(undefined, 0, 0)).toEqual({ passed: 0, failures: ['the tests left no report'] });
  });
});

it.each([
  [{ license: 'MIT' }, 0],
  [{ license: 'MPL-2.0', dev: true }, 0],
  [{ license: 'MPL-2.0', devOptional: true }, 0],
  [{ license: 'MPL-2.0' }, 1],
  [{ license: 'GPL-3.0-only', dev: true }, 1],
  [{}, 1],
])('licence %j: %d failures', (entry, failures) => {
  expect(unacceptedLicences({ packages: { '': {}, 'node_modules/a': entry } })).toHaveLength(failures);
});

describe('advisories', () => {
  const answer = (part: object) =>
    JSON.stringify({ metadata: { vulnerabilities: { low: 3, moderate: 0, high: 0, critical: 0, ...part } } });
  it.each([
    ['none that matters', answer({}), 0],
    ['a moderate one', answer({ moderate: 1 }), 1],
    ['two kinds', answer({ high: 2, critical: 1 }), 2],
    ['a severity left out', answer({ high: undefined }), 1],
  ])('%s', (_name, text, failures) => {
    const found = advisoriesIn(text);
    expect(found.asked && found.failures.length).toBe(failures);
  });
  it.each(['', '<html>', '{}', '{"error":{"summary":"405"},"metadata":{"vulnerabilities":{}}}'])(
    'an answer that is none: %s',
    (text) => {
      expect(advisoriesIn(text)).toEqual({ asked: false });
    },
  );
});

describe('everything together', () => {
  const GREEN = JSON.stringify({
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ name: 'a', status: 'passed', assertionResults: [{}] }],
  });
  const FILES: Readonly<Record<string, string>> = {
    'package-lock.json': '{"packages":{}}',
    'OUT/report.json': GREEN,
  };

  /** Everything well, but for commands that contain `failing`, and files as they are the `nth` time they are read. */
  function run(failing: string, files: (path: string, nth: number) => string | undefined = () => undefined) {
    const asked: string[] = [];
    const reads = new Map<string, number>();
    const system: System = {
      run(command) {
        asked.push(command.join(' '));
        return { status: failing !== '' && command.join(' ').includes(failing) ? 7 : 0, stdout: '' };
      },
      read(path) {
        const nth = (reads.get(path) ?? 0) + 1;
        reads.set(path, nth);
        return files(path, nth) ?? FILES[path] ?? 'a page';
      },
      say: () => undefined,
    };
    return { ...closing(checkAll(system, { folder: 'OUT', since: 'REV', tests: 5 })), asked };
  }

  it('passes, having run everything', () => {
    const { lines, code, asked } = run('');
    expect({ lines, code }).toEqual({ lines: ['5 passed, 0 failed'], code: 0 });
    expect(asked).toHaveLength(STEPS_BEFORE_TESTS.length + Object.keys(GENERATED).length + 2 + 7);
  });

  const commands = [...STEPS_BEFORE_TESTS, ...stepsAfterTests('OUT/release', 'REV')].map((s) =>
    s.command.join(' '),
  );
  it.each([...commands.map((c) => c.replace('npm run ', '')), ...Object.keys(GENERATED), 'npm test'])(
    'one failure where this fails: %s',
    (failing) => {
      const { lines, code } = run(failing);
      expect([lines.length, lines.at(-1), code]).toEqual([2, '5 passed, 1 failed', 1]);
    },
  );

  it.each([
    ['a page that was stale', 'docs/rules.md', (nth: number) => `page ${nth}`],
    ['a licence', 'package-lock.json', () => '{"packages":{"node_modules/a":{"license":"none"}}}'],
    ['a skipped test', 'OUT/report.json', () => GREEN.replace('"numPendingTests":0', '"numPendingTests":1')],
    ['a test fewer', 'OUT/report.json', () => GREEN.replace('"numPassedTests":5', '"numPassedTests":4')],
  ])('one failure for %s', (_name, file, text) => {
    const { lines, code } = run('', (path, nth) => (path === file ? text(nth) : undefined));
    expect([lines.length, lines.at(-1)?.endsWith(', 1 failed'), code]).toEqual([2, true, 1]);
  });
});

describe('what is run', () => {
  it('every step, with its options', () => {
    const words = [...STEPS_BEFORE_TESTS, ...stepsAfterTests('OUT', 'REV')].map((s) => s.command.join(' '));
    expect(words).toEqual([
      'npm run --silent typecheck',
      'npm run --silent lint -- --error-on-warnings',
      'npm run --silent unused',
      'npm run --silent check:data',
      'npm run --silent release -- OUT',
      'npm run --silent release:check -- OUT',
      'npm run --silent campaign:revocation -- --decisions 300',
      'npm run --silent campaign:search -- 300',
      'npm run --silent campaign:theorems -- 31 1',
      'npm run --silent mutations -- --since REV --seconds 100',
    ]);
  });

  it('scripts are what they say', () => {
    const { test, typecheck, lint, ci, mutations } = manifest.scripts;
    expect({ test, typecheck, lint, ci, mutations }).toEqual({
      test: 'vitest run',
      typecheck: 'tsc --noEmit',
      lint: 'biome check .',
      ci: 'node test/ci/main.ts',
      mutations: 'node test/mutations/main.ts',
    });
  });

  it('every script that writes a page is run, and its page compared', () => {
    const writers = Object.keys(manifest.scripts).filter((s) => /^docs:|:index$/.test(s));
    expect(Object.keys(GENERATED).toSorted()).toEqual(writers.toSorted());
  });

  it('the linter has the rules of this project', () => {
    expect(biome.plugins).toEqual(['./lint/no-in-with-a-name.grit']);
  });

  it('the landing check is an installation and all of it', () => {
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8').split('\n').slice(2)).toEqual([
      'set -u',
      'cd "$(dirname "$0")/.."',
      'npm ci || { echo "0 passed, 1 failed"; exit 1; }',
      'npm run --silent ci || { status=$?; exit "$status"; }',
      '',
    ]);
  });

  it('no test is left out, alone, repeated until it passes, or allowed to warn', () => {
    const pure = ['core', 'theorems', 'scenarios', 'client'].map((folder) => `test/${folder}/**/*.test.ts`);
    expect(vitestConfig.test).toEqual({
      setupFiles: ['test/no-warnings.ts'],
      allowOnly: false,
      passWithNoTests: false,
      testTimeout: 180_000,
      hookTimeout: 180_000,
      maxWorkers: 2,
      projects: [
        { extends: true, test: { name: 'pure', include: pure, isolate: false } },
        {
          extends: true,
          test: {
            name: 'doors',
            include: ['test/**/*.test.ts'],
            exclude: ['**/node_modules/**', '**/.git/**', ...pure],
          },
        },
      ],
    });
  });
});
