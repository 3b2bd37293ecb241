/** `npm run campaign:engine`: see the usage below. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../infra/project-paths.ts';
import { freePort } from '../local/guard-fixture.ts';
import { ENGINE_DIFFERENCES } from './engine-differences.ts';
import { exitOf, exitOfChild } from './exit.ts';
import { campaign, javaLibraries } from './tools.ts';

const VERSION = '3.3.1';
/** Found on this machine, or said to be missing (tools.ts). */
const JAVA = 'java';
const USAGE = `npm run campaign:engine -- [options] [TESTS…]

The store's tests and the short form of the revocation campaign over AWS's own DynamoDB Local ${VERSION} (Maven Central; needs
Java 17 and Maven), instead of the embedded engine. What is known to differ is named in test/campaigns/engine-differences.ts,
with the reason; anything else that fails here is a finding, and so is a difference that is none any more.

  TESTS             paths of tests (default test/store)
  --decisions N     of the revocation campaign (default 300; 0 leaves it out)

Exits with 1 where something differs that is not named, 2 where it could not be run.`;

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { decisions: { type: 'string', default: '300' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.info(USAGE);
    return 0;
  }
  const libraries = javaLibraries('software.amazon.dynamodb', 'DynamoDBLocal', VERSION);
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-engine-'));
  const { child, endpoint } = await startDynamoDbLocal(libraries, folder);
  try {
    const launcher = join(folder, 'engine');
    const front = fileURLToPath(new URL('engine-front.ts', import.meta.url));
    writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${front}' "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, TEST_ENGINE: launcher, DYNAMODB_LOCAL: endpoint };
    const failures = [
      ...differing(runTests(positionals.length > 0 ? positionals : ['test/store'], folder, env)),
    ];
    if (values.decisions !== '0') {
      const args = [join(projectRoot, 'test/campaigns/revocation.ts'), '--decisions', values.decisions];
      const ran = spawnSync(process.execPath, args, { cwd: projectRoot, env, stdio: 'inherit' });
      if (exitOfChild(ran) !== 0) failures.push('the revocation campaign fails');
    }
    for (const failure of failures) console.error(`FAILED: ${failure}`);
    console.info(
      failures.length === 0 ? `As expected over DynamoDB Local ${VERSION}.` : `${failures.length} findings.`,
    );
    return exitOf(failures);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startDynamoDbLocal(
  libraries: string,
  cwd: string,
): Promise<{ readonly child: ChildProcess; readonly endpoint: string }> {
  const port = await freePort();
  const child = spawn(
    JAVA,
    [
      `-Dsqlite4java.library.path=${libraries}`,
      ...['-cp', `${libraries}/*`, 'software.amazon.dynamodb.services.local.main.ServerRunner'],
      ...['-inMemory', '-port', String(port)],
    ],
    // It leaves a note of itself where it is started.
    { cwd, stdio: ['ignore', 'ignore', 'ignore'], env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode}`);
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return { child, endpoint };
    await delay(200);
  }
  throw new Error('DynamoDB Local does not answer');
}

function runTests(tests: readonly string[], folder: string, env: NodeJS.ProcessEnv): JsonReport {
  const file = join(folder, 'report.json');
  const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    ...tests,
    '--maxWorkers=1',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  spawnSync(process.execPath, args, { cwd: projectRoot, env, stdio: ['ignore', 'inherit', 'ignore'] });
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What fails and is not named, and what is named and does not fail. */
function differing({ testResults }: JsonReport): readonly string[] {
  const failed = testResults.flatMap(({ name, message, assertionResults }) => {
    const file = name.slice(projectRoot.length + 1);
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    if (assertionResults.length === 0) return [{ test: file, why: message ?? '' }];
    return tests.map(({ fullName, failureMessages = [] }) => ({
      test: `${file} > ${fullName}`,
      why: failureMessages[0] ?? '',
    }));
  });
  const passed =
    testResults.reduce((sum, { assertionResults }) => sum + assertionResults.length, 0) - failed.length;
  console.info(`${passed} tests pass, ${failed.length} do not.`);
  const ran = new Set(
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName }) => `${name.slice(projectRoot.length + 1)} > ${fullName}`),
    ),
  );
  const named = new Map(ENGINE_DIFFERENCES.map(({ test, why }) => [test, why]));
  for (const { test } of failed)
    if (named.has(test)) console.info(`differs, as named: ${test}\n  ${named.get(test)}`);
  return [
    ...failed
      .filter(({ test }) => !named.has(test))
      .map(({ test, why }) => `${test}\n  ${why.split('\n').slice(0, 3).join('\n  ')}`),
    ...[...named.keys()]
      .filter((test) => ran.has(test) && !failed.some((each) => each.test === test))
      .map((test) => `${test} passes, and is named as a difference`),
  ];
}

process.exitCode = await campaign(main);
