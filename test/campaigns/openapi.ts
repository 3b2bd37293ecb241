/** `npm run campaign:openapi`: see the usage below. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { synthesise } from '../../infra/local/assembly.ts';
import { startLocalGuard } from '../../infra/local/local-guard.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { EXAMPLE_QUESTIONS } from '../../openapi/decision-examples.ts';
import { freePort } from '../local/guard-fixture.ts';
import { PUBLISHED_OPERATIONS, wrongInAnswer } from '../openapi/in-document.ts';
import { exitOf } from './exit.ts';
import { campaign, npmPackages } from './tools.ts';

const run = promisify(execFile);

const PACKAGES = [
  '@redocly/cli@2.77.0',
  '@types/node@24.19.2',
  '@usebruno/cli@4.1.0',
  'aws4fetch@1.0.20',
  'openapi-fetch@0.17.0',
  'openapi-typescript@7.13.0',
  'typescript@5.9.3',
];

const USAGE = `npm run campaign:openapi

docs/openapi.json to those who use such documents: the rules that Redocly recommends find nothing but what is answered here by name;
types generated from it by openapi-typescript compile, and a client with them asks the local guard; the collection in
examples/bruno is run against the same guard, and every answer is one that the document has.

Exits with 1 where something fails, 2 where it could not be run.`;

/** What is found and stays, by rule and place, with the reason. */
const ANSWERED: Readonly<Record<string, string>> = Object.fromEntries(
  ['ForecastResult', 'SimulationResult', 'VerificationResult'].map((name) => [
    `no-unused-components #/components/schemas/${name}`,
    'what the parts of a result are when they are put together: x-assembled names it, which the rule does not read',
  ]),
);

const CLIENT = `
import { AwsClient } from 'aws4fetch';
import createClient from 'openapi-fetch';
import type { components, paths } from './guard.ts';

const [baseUrl = ''] = process.argv.slice(2);
const as = (name: string) => {
  const accessKeyId = 'LOCAL' + name.toUpperCase();
  const aws = new AwsClient({ accessKeyId, secretAccessKey: 'local-only-' + name, service: 'execute-api', region: 'us-east-1', retries: 0 });
  return createClient<paths>({ baseUrl, fetch: (request: Request) => aws.fetch(request) });
};
const body: components['schemas']['DecisionRequest'] = ${JSON.stringify(EXAMPLE_QUESTIONS.decide)};
const asked = await as('caller').POST('/v1/decide', { body });
if (asked.data === undefined) throw new Error('no answer: ' + JSON.stringify(asked.error));
const decision: boolean = asked.data.decision;
const level: string | undefined = asked.data.label?.level;
// @ts-expect-error No answer has such a member.
asked.data.decided;
// @ts-expect-error A question without a message is none.
void (() => as('caller').POST('/v1/decide', { body: { path: body.path } }));
const log = await as('auditor').GET('/v1/registry/log', { params: { query: { limit: 5 } } });
const kind: string | undefined = log.data?.entries[0]?.kind;
const refused = await as('caller').GET('/v1/registry/log');
console.log([decision, level, kind, refused.response.status].join());
`;
const EXPECTED = 'true,SECRET,genesis,403\n';

type Check = () => Promise<string>;

interface Found {
  readonly ruleId: string;
  readonly location: readonly { readonly pointer?: string }[];
}

/** What is wrong, one thing a line; empty where nothing is. */
async function lint(bin: string): Promise<string> {
  const command = [
    join(bin, 'redocly'),
    'lint',
    'docs/openapi.json',
    '--extends=recommended',
    '--format=json',
  ];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout } = await run(process.execPath, command, {
    cwd: projectRoot,
    env,
    maxBuffer: 64 << 20,
  }).catch((error: { stdout: string }) => error);
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly Found[] };
  const found = problems.map(({ ruleId, location: [at] }) => `${ruleId} ${at?.pointer ?? ''}`);
  const answered = Object.keys(ANSWERED);
  return [
    ...found.filter((each) => !answered.includes(each)),
    ...answered.filter((each) => !found.includes(each)).map((each) => `not found any more: ${each}`),
  ].join('\n');
}

async function generatedClient(bin: string, folder: string, url: string): Promise<string> {
  const generate = [
    join(bin, 'openapi-typescript'),
    join(projectRoot, 'docs/openapi.json'),
    '-o',
    'guard.ts',
  ];
  await run(process.execPath, generate, { cwd: folder });
  writeFileSync(join(folder, 'client.ts'), CLIENT);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit'];
  const modules = ['--module', 'nodenext', '--target', 'es2023', '--lib', 'es2023,dom', '--skipLibCheck'];
  const types = ['--allowImportingTsExtensions', '--types', 'node'];
  await run(process.execPath, [join(bin, 'tsc'), ...strict, ...modules, ...types, 'client.ts'], {
    cwd: folder,
  });
  const { stdout } = await run(process.execPath, ['client.ts', url], { cwd: folder });
  return stdout === EXPECTED ? '' : `the client said ${stdout}`;
}

interface BrunoRun {
  readonly results: readonly {
    readonly name: string;
    readonly response: { readonly status: number; readonly data: unknown };
  }[];
}

async function collection(bin: string, folder: string, url: string): Promise<string> {
  const copy = join(folder, 'bruno');
  cpSync(join(projectRoot, 'examples/bruno'), copy, { recursive: true });
  const command = [
    'run',
    '-r',
    '--env',
    'local',
    '--env-var',
    `baseUrl=${url}`,
    '--reporter-json',
    'run.json',
  ];
  await run(process.execPath, [join(bin, 'bru'), ...command], { cwd: copy });
  const [{ results }] = JSON.parse(readFileSync(join(copy, 'run.json'), 'utf8')) as readonly [BrunoRun];
  const byId = new Map(results.map((each) => [each.name.split('/').at(-1) ?? '', each.response]));
  const wrong = PUBLISHED_OPERATIONS.flatMap((operation) => {
    const answer = byId.get(operation.operationId);
    const why = answer === undefined ? 'not sent' : wrongInAnswer(operation, answer.status, answer.data);
    return why === undefined ? [] : [`${operation.operationId}: ${why}`];
  });
  return wrong.join('\n');
}

async function main(): Promise<number> {
  const modules = npmPackages('openapi', PACKAGES);
  const bin = join(modules, '.bin');
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-campaign-openapi-'));
  symlinkSync(modules, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const guard = await startLocalGuard({
    ...{
      port: await freePort(),
      data: undefined,
      environment: process.env,
      signal: new AbortController().signal,
    },
    ...{ report: console.error, log: () => {}, synthesise: () => synthesise('dev') },
  });
  const { baseUrl } = guard.context;
  const checks: Readonly<Record<string, Check>> = {
    'redocly lint': () => lint(bin),
    'a client generated from it': () => generatedClient(bin, folder, baseUrl),
    'the collection for Bruno': () => collection(bin, folder, baseUrl),
  };
  const failures: string[] = [];
  try {
    for (const [what, check] of Object.entries(checks)) {
      const wrong = await check().catch((error: unknown) => String(Object(error).stdout || error));
      if (wrong !== '') failures.push(what);
      console.info(wrong === '' ? `ok      ${what}` : `FAILED  ${what}\n${wrong}`);
    }
  } finally {
    await guard.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [what, why] of Object.entries(ANSWERED)) console.info(`stays   ${what}: ${why}`);
  return exitOf(failures);
}

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help) console.info(USAGE);
else process.exitCode = await campaign(main);
