/** What continuous integration counts as a failure, and that it goes on running everything it runs today. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import biome from '../../biome.json' with { type: 'json' };
import knip from '../../knip.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import tsconfig from '../../tsconfig.json' with { type: 'json' };
import vitestConfig from '../../vitest.config.ts';
import { advisoriesIn } from './advisories.ts';
import { checkAll, closing, type System } from './check.ts';
import { ACCEPTED, ACCEPTED_FOR_BUILDING, unacceptedLicences } from './licences.ts';
import { GENERATED, STEPS_BEFORE_TESTS, stepsAfterTests } from './steps.ts';
import { type TestReport, verdictOn } from './verdict.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** In the order in which their failures are told. */
const STEPS_BEFORE = STEPS_BEFORE_TESTS.flat();

describe('the report of the tests', () => {
  const green: TestReport = {
    numPassedTests: 100,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      { name: 'a.test.ts', status: 'passed', assertionResults: [{ fullName: 'is', status: 'passed' }] },
    ],
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

  it('names those that failed, and says why, in a line each', () => {
    const failed = (fullName: string, failureMessages?: string[]) => ({
      ...{ fullName, status: 'failed' },
      ...(failureMessages && { failureMessages }),
    });
    const assertionResults = [
      { fullName: 'holds', status: 'passed' },
      failed('a hold denies', ['\nError: expected 1\n    at b.test.ts:3']),
      failed('a revocation denies'),
    ];
    const testResults = [{ name: 'b.test.ts', status: 'failed', assertionResults }];
    expect(verdictOn({ ...green, numFailedTests: 3, testResults }, 1, 100).failures).toEqual([
      'b.test.ts > a hold denies: Error: expected 1',
      'b.test.ts > a revocation denies: no reason given',
      'a test that the report does not name',
    ]);
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

it('licences are accepted one by one', () => {
  expect([...ACCEPTED].toSorted()).toEqual([
    '(MIT OR Apache-2.0)',
    '(MIT OR GPL-3.0-or-later)',
    '0BSD',
    'Apache-2.0',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'ISC',
    'MIT',
    'MIT OR Apache-2.0',
  ]);
  expect([...ACCEPTED_FOR_BUILDING]).toEqual(['MPL-2.0']);
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

  const AUDIT = 'npm audit --audit=true --omit=dev --json';

  /** Everything well, but for commands that contain `failing`, and what files are and the audit says after what was asked. */
  async function run(
    failing: string,
    files: (path: string, asked: readonly string[]) => string | undefined = () => undefined,
    audit = '',
  ) {
    const asked: string[] = [];
    const system: System = {
      async run(command) {
        const words = command.join(' ');
        asked.push(words);
        const status = failing !== '' && words.includes(failing) ? 7 : 0;
        return { status, stdout: words === AUDIT ? audit : '' };
      },
      read: (path) => files(path, asked) ?? FILES[path] ?? 'a page',
      say: () => undefined,
    };
    return { ...closing(await checkAll(system, { folder: 'OUT', since: 'REV', tests: 5 })), asked };
  }

  it('passes, having run everything', async () => {
    const { lines, code, asked } = await run('');
    expect({ lines, code }).toEqual({ lines: ['5 passed, 0 failed'], code: 0 });
    expect(asked).toContain(AUDIT);
    expect(asked).toHaveLength(STEPS_BEFORE.length + Object.keys(GENERATED).length + 2 + 7);
  });

  const commands = [...STEPS_BEFORE, ...stepsAfterTests('OUT/release', 'REV').flat()].map((s) =>
    s.command.join(' '),
  );
  it.each([...commands.map((c) => c.replace('npm run ', '')), ...Object.keys(GENERATED), 'npm test'])(
    'one failure where this fails: %s',
    async (failing) => {
      const { lines, code } = await run(failing);
      expect([lines.length, lines.at(-1), code]).toEqual([2, '5 passed, 1 failed', 1]);
    },
  );

  it.each([
    [
      'a page that was stale',
      'docs/rules.md',
      (asked: readonly string[]) => `a page${asked.includes('npm run --silent docs:rules') ? ', anew' : ''}`,
    ],
    ['a licence', 'package-lock.json', () => '{"packages":{"node_modules/a":{"license":"none"}}}'],
    ['a skipped test', 'OUT/report.json', () => GREEN.replace('"numPendingTests":0', '"numPendingTests":1')],
    ['a test fewer', 'OUT/report.json', () => GREEN.replace('"numPassedTests":5', '"numPassedTests":4')],
  ])('one failure for %s', async (_name, file, text) => {
    const { lines, code } = await run('', (path, asked) => (path === file ? text(asked) : undefined));
    expect([lines.length, lines.at(-1)?.endsWith(', 1 failed'), code]).toEqual([2, true, 1]);
  });

  it('one failure for an advisory', async () => {
    const found = { vulnerabilities: { moderate: 0, high: 1, critical: 0 } };
    const { lines, code } = await run('', undefined, JSON.stringify({ metadata: found }));
    expect({ lines, code }).toEqual({
      lines: ['FAILED: 1 high advisories: npm audit --omit=dev', '5 passed, 1 failed'],
      code: 1,
    });
  });

  it.each([
    ['fails', 'exit 7', 7],
    ['is killed', 'kill -9 $$', 1],
  ])('a process in which every command %s ends with 1', (_how, does, status) => {
    const folder = mkdtempSync(join(tmpdir(), 'no-npm-'));
    try {
      writeFileSync(join(folder, 'npm'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
      const PATH = [folder, process.env['PATH']].join(delimiter);
      const ran = spawnSync(process.execPath, [join(ROOT, 'test/ci/main.ts')], {
        encoding: 'utf8',
        env: { ...process.env, PATH },
      });
      expect(ran.status).toBe(1);
      const said = ran.stdout.split('\n').filter((line) => line.startsWith('FAILED: '));
      const steps = [...STEPS_BEFORE.map(({ name }) => name), ...Object.keys(GENERATED)];
      expect(said.slice(0, steps.length)).toEqual(
        steps.map((name) => `FAILED: ${name} ended with ${status}`),
      );
      expect(said[steps.length]).toBe('FAILED: the tests left no report');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what is run', () => {
  it('every step, with its options', () => {
    const words = [...STEPS_BEFORE, ...stepsAfterTests('OUT', 'REV').flat()].map((s) => s.command.join(' '));
    expect(words).toEqual([
      'npm run --silent typecheck',
      'npm run --silent lint -- --error-on-warnings',
      'npm run --silent unused',
      'npm run --silent check:data',
      'npm run --silent release -- OUT',
      'npm run --silent release:check -- OUT',
      'npm run --silent campaign:revocation -- --decisions 300',
      'npm run --silent campaign:search -- 300',
      'npm run --silent campaign:theorems -- 31 1 t02',
      'npm run --silent mutations -- --since REV --seconds 15',
    ]);
  });

  it('scripts are what they say', () => {
    const SCRIPTS = {
      test: 'vitest run',
      typecheck: 'tsc --noEmit',
      lint: 'biome check .',
      unused: 'knip',
      ci: 'node test/ci/main.ts',
      mutations: 'node test/mutations/main.ts',
      release: 'node infra/packaging/main.ts',
      'release:check': 'node infra/packaging/check.ts',
      'release:reproduce': 'node infra/packaging/reproduce.ts',
      'release:sign': 'node cli/main.ts release sign',
      'release:verify': 'node cli/main.ts release verify',
      'check:data': 'node cli/main.ts check',
      'campaign:revocation': 'node test/campaigns/revocation.ts',
      'campaign:search': 'node test/access/campaign.ts',
      'campaign:theorems': 'node test/theorems/campaign.ts',
      'docs:bruno': 'node openapi/bruno-main.ts',
      'docs:glossary': 'node docs/build/glossary.ts',
      'docs:markings': 'node docs/build/markings.ts',
      'docs:openapi': 'node openapi/main.ts && biome format --write docs/openapi.json',
      'docs:parts': 'node docs/build/parts.ts',
      'docs:rules': 'node docs/build/rules.ts',
      'docs:runbook': 'node infra/monitoring/write-runbook.ts',
      'docs:schemas': 'node docs/build/fact-schemas.ts && biome format --write docs/schemas',
      'docs:scenario-schema':
        'node docs/build/scenario-schema.ts && biome format --write docs/scenario.schema.json',
      'docs:standards': 'node docs/build/standards.ts',
      'schemes:index': 'node docs/build/schemes-index.ts',
    };
    expect(manifest.scripts).toMatchObject(SCRIPTS);
    const steps = [...STEPS_BEFORE, ...stepsAfterTests('OUT', 'REV').flat()].map((s) => s.command[3] ?? '');
    expect([...steps, ...Object.keys(GENERATED)].filter((name) => !Object.hasOwn(SCRIPTS, name))).toEqual([]);
  });

  it('every script that writes a page is run, and its page compared', () => {
    const writers = Object.keys(manifest.scripts).filter((s) => /^docs:|:index$/.test(s));
    expect(Object.keys(GENERATED).toSorted()).toEqual(writers.toSorted());
    expect(GENERATED).toEqual({
      'docs:bruno': 'examples/bruno',
      'docs:glossary': 'docs/types.md',
      'docs:markings': 'docs/markings.md',
      'docs:openapi': 'docs/openapi.json',
      'docs:parts': 'docs/parts.md',
      'docs:rules': 'docs/rules.md',
      'docs:runbook': 'docs/runbook.md',
      'docs:schemas': 'docs/schemas',
      'docs:scenario-schema': 'docs/scenario.schema.json',
      'docs:standards': 'docs/standards.md',
      'schemes:index': 'functions/core/marking/schemes/index.ts',
    });
  });

  it('the linter has the rules of this project', () => {
    expect(biome.plugins).toEqual(['./lint/no-in-with-a-name.grit']);
    expect(biome.files).toEqual({ includes: ['**', '!**/cdk.out', '!**/dist', '!package-lock.json'] });
    expect(biome.linter).toEqual({
      rules: {
        preset: 'recommended',
        suspicious: {
          noExplicitAny: 'error',
          noImportCycles: { level: 'error', options: { ignoreTypes: false } },
          noConsole: 'off',
        },
        style: {
          noNonNullAssertion: 'error',
          useImportType: 'error',
          useNodejsImportProtocol: 'error',
          noUnusedTemplateLiteral: 'error',
          useConst: 'error',
        },
        complexity: { useLiteralKeys: 'off' },
        correctness: { noUnusedVariables: 'error', noUnusedImports: 'error' },
      },
    });
    expect(biome.overrides).toEqual([
      {
        includes: ['test/mutations/rows/**'],
        linter: { rules: { suspicious: { noTemplateCurlyInString: 'off' } } },
      },
    ]);
  });

  it('a name that came from outside is looked up in no object, and a written one may be', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linted-'));
    try {
      const plugins = [join(ROOT, 'lint/no-in-with-a-name.grit')];
      writeFileSync(join(folder, 'biome.json'), JSON.stringify({ plugins }));
      const text =
        "export const written = (table: object) => 'name' in table;\nexport const given = (table: object, name: string) => name in table;\n";
      writeFileSync(join(folder, 'sample.ts'), text);
      const { status, stdout, stderr } = spawnSync(
        join(ROOT, 'node_modules/.bin/biome'),
        ['lint', '--colors=off', 'sample.ts'],
        { cwd: folder, encoding: 'utf8' },
      );
      const places = `${stdout}${stderr}`.match(/sample\.ts:\d+/g);
      expect([status, places]).toEqual([1, ['sample.ts:2']]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('the compiler is strict, and reads everything', () => {
    expect(tsconfig).toEqual({
      compilerOptions: {
        target: 'ES2024',
        lib: ['ES2024'],
        module: 'NodeNext',
        moduleResolution: 'NodeNext',
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        noImplicitOverride: true,
        noImplicitReturns: true,
        noFallthroughCasesInSwitch: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        isolatedModules: true,
        allowImportingTsExtensions: true,
        resolveJsonModule: true,
        noEmit: true,
        skipLibCheck: true,
      },
      include: ['functions', 'client', 'cli', 'infra', 'openapi', 'docs', 'test', 'examples', '*.ts'],
    });
  });

  it('what nothing uses is looked for everywhere', () => {
    expect(knip).toEqual({
      $schema: 'https://unpkg.com/knip@6/schema.json',
      workspaces: {
        '.': {
          entry: [
            'functions/**/handler.ts',
            'functions/*/http.ts',
            'functions/*/direct.ts',
            'functions/probe/release-hook.ts',
            'cli/*-main.ts',
            'infra/app.ts',
            'infra/local/sandbox-child.ts',
            'infra/bundled/*.ts',
            'test/**/*.test.ts',
            'test/client/snippets/**/*.ts',
            'test/local/spin-until-killed.ts',
            'test/bench/bare/*.ts',
            'test/bench/measure-row.ts',
            'docs/build/*.ts',
            'examples/*/app.ts',
            'examples/*/handler.ts',
          ],
          project: ['{functions,cli,infra,openapi,test,docs,examples}/**/*.ts'],
        },
        client: {
          entry: ['*.ts'],
          project: ['*.ts'],
          // Peers that whoever imports what needs them brings.
          ignoreDependencies: ['@aws-sdk/client-lambda', '@opentelemetry/api'],
        },
      },
      ignoreBinaries: ['unshare', 'mkfifo'],
      // Its rules and its binary are run; nothing of it is imported.
      ignoreDependencies: ['@cdklabs/cdk-validator-cfnguard'],
    });
  });

  it.fails.each([
    ['a library', () => console.warn('a warning that is meant')],
    ['the process', () => process.emitWarning('a warning that is meant')],
  ])('a warning by %s fails the test during which it comes', async (_by, warn) => {
    warn();
    await setImmediate();
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
    const shared = [
      ...['core', 'theorems', 'scenarios', 'client', 'authzen', 'board', 'explain', 'infra', 'store'].map(
        (folder) => `test/${folder}/**/*.test.ts`,
      ),
      'test/registry/!(door|purged-in-force|readers-in-service).test.ts',
    ];
    const restores = { unstubEnvs: true, unstubGlobals: true, restoreMocks: true };
    expect(vitestConfig.test).toEqual({
      setupFiles: ['test/no-warnings.ts'],
      allowOnly: false,
      passWithNoTests: false,
      testTimeout: 180_000,
      hookTimeout: 180_000,
      maxWorkers: 3,
      env: {
        NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled'),
        XDG_CONFIG_HOME: join(ROOT, 'node_modules/.cache/nobody'),
      },
      server: { deps: { external: [/\/routeguard-doors-[^/]+\//] } },
      projects: [
        { extends: true, test: { name: 'shared', include: shared, isolate: false, ...restores } },
        {
          extends: true,
          test: {
            name: 'alone',
            include: ['test/**/*.test.ts'],
            exclude: ['**/node_modules/**', '**/.git/**', ...shared],
          },
        },
      ],
    });
  });
});
