/** `npm run campaign:runtime`: see the usage below. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LocalAssembly, synthesise } from '../../infra/local/assembly.ts';
import { isCustom } from '../../infra/local/custom-resources.ts';
import { functionIds, type LocalFunction, localFunction } from '../../infra/local/functions.ts';
import { Ignored } from '../../infra/local/ignored.ts';
import { type LocalGuard, startLocalGuard } from '../../infra/local/local-guard.ts';
import { functionArn, LOCAL_REGION, localNames } from '../../infra/local/names.ts';
import { publicKeyText } from '../../infra/local/signing-key.ts';
import { freePort } from '../local/guard-fixture.ts';
import { exitOf } from './exit.ts';
import { type RuntimeApi, type RuntimeWord, startRuntimeApi } from './runtime-api.ts';
import { campaign, npmPackages } from './tools.ts';

const VERSION = '4.0.2';
const USAGE = `npm run campaign:runtime

The assets that CDK deploys, under the client by which Lambda's own runtime speaks (aws-lambda-ric ${VERSION}, from npm; it has a
native part, which is built here and needs a C++ compiler, CMake, autotools and minutes), against Lambda's Runtime API on this
machine. Every function of dev and prod comes up; decide answers real questions over the sample registry, directly and by HTTP;
what cannot be read is denied and is no fault of the function.

Exits with 1 where something fails, 2 where it could not be run.`;

/** A real question about the sample registry, what is expected of it, and what a door is told. */
const QUESTIONS: readonly {
  readonly what: string;
  readonly request: unknown;
  readonly decision: boolean;
  readonly code?: string;
}[] = [
  {
    what: 'a permit',
    request: {
      message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' },
      path: { route: 'sms-gb-primary' },
    },
    decision: true,
  },
  {
    what: 'a denial',
    request: { message: { id: 'm-2', marking: 'TOP SECRET//SI//NOFORN' }, path: { route: 'sms-gb-primary' } },
    decision: false,
  },
  {
    what: 'a marking that is none',
    request: { message: { id: 'm-3', marking: 'NOT A MARKING' }, path: { route: 'sms-gb-primary' } },
    decision: false,
    code: 'MARKING_INVALID',
  },
];

interface Running {
  readonly api: RuntimeApi;
  readonly child: ChildProcess;
  readonly output: () => string;
}

/** Time is not what is looked at here, and the machine may be busy. */
const PATIENT = { DYNAMODB_CONNECT_MS: '2000', DYNAMODB_READ_MS: '10000', DECIDE_BUDGET_MS: '25000' };
const STARTS_WITHIN_MS = 60_000;

async function run(client: string, target: LocalFunction, { context }: LocalGuard): Promise<Running> {
  const api = await startRuntimeApi(functionArn(target.name, 'live'));
  const { credentials, endpoint } = context.dynamodb;
  const patient = Object.entries(PATIENT).filter(([name]) => Object.hasOwn(target.environment, name));
  // Nothing of this process: a function has its own variables and Lambda's (Developer Guide, "Defined runtime environment variables").
  const env = {
    ...target.environment,
    ...Object.fromEntries(patient),
    PATH: process.env['PATH'],
    AWS_LAMBDA_RUNTIME_API: api.address,
    AWS_LAMBDA_FUNCTION_NAME: target.name,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memory),
    AWS_LAMBDA_LOG_GROUP_NAME: target.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    LAMBDA_TASK_ROOT: target.directory,
    LAMBDA_RUNTIME_DIR: target.directory,
    _HANDLER: target.handler,
    TZ: ':UTC',
  };
  const child = spawn(process.execPath, [join(client, 'aws-lambda-ric/index.mjs'), target.handler], {
    ...{ cwd: target.directory, env, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return { api, child, output: () => said };
}

/** @throws Error with what the process said, where it does not come up, or ends */
async function within<T>({ child, output }: Running, wanted: Promise<T>): Promise<T> {
  const { promise: gone, reject } = Promise.withResolvers<never>();
  const tell = (what: string) => () => reject(new Error(`${what}: ${output().slice(-600)}`));
  child.once('exit', tell('the runtime ended'));
  const timer = setTimeout(tell('nothing came in a minute'), STARTS_WITHIN_MS);
  try {
    return await Promise.race([wanted, gone]);
  } finally {
    clearTimeout(timer);
  }
}

function answerIn(
  word: RuntimeWord,
  isHttp: boolean,
): { readonly decision?: unknown; readonly reasons?: readonly { readonly code: string }[] } {
  if (word.kind !== 'response') throw new Error(`the function failed: ${word.body.slice(0, 300)}`);
  const said = JSON.parse(word.body);
  return isHttp ? JSON.parse(said.body) : said;
}

function eventOf(request: unknown, isHttp: boolean): string {
  const body = JSON.stringify(request);
  if (!isHttp) return JSON.stringify({ request: body });
  return JSON.stringify({
    ...{ resource: '/v1/decide', path: '/v1/decide', httpMethod: 'POST', body, isBase64Encoded: false },
    ...{
      headers: { 'content-type': 'application/json' },
      multiValueHeaders: { 'content-type': ['application/json'] },
    },
    requestContext: {
      ...{
        resourcePath: '/v1/decide',
        httpMethod: 'POST',
        requestId: 'r',
        accountId: '000000000000',
        stage: 'guard',
      },
      identity: { userArn: 'arn:aws:sts::000000000000:assumed-role/Caller/pat', sourceIp: '127.0.0.1' },
    },
  });
}

/** What goes wrong with one function. */
async function look(client: string, target: LocalFunction, guard: LocalGuard): Promise<readonly string[]> {
  const running = await run(client, target, guard);
  const { api, child, output } = running;
  const wrong: string[] = [];
  try {
    const first = await within(running, api.started);
    if (first !== 'ready')
      return [`${target.shortName} does not start: ${first.body.slice(0, 300)} ${output().slice(-300)}`];
    const isHttp = target.shortName === 'decide-http';
    if (target.shortName === 'decide' || isHttp) {
      for (const { what, request, decision, code } of QUESTIONS) {
        const answer = answerIn(await within(running, api.invoke(eventOf(request, isHttp))), isHttp);
        const codes = answer.reasons?.map((reason) => reason.code) ?? [];
        if (answer.decision !== decision || (code !== undefined && !codes.includes(code)))
          wrong.push(
            `${target.shortName} answers ${what} with ${String(answer.decision)} ${codes.join(', ')}`,
          );
        else
          console.info(`  ${target.shortName}: ${what}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}`);
      }
      // An event of no known shape is an answer that denies, never a fault.
      const word = await within(running, api.invoke('{"nothing":1}'));
      if (word.kind !== 'response' || word.body.includes('"decision":true'))
        wrong.push(
          `${target.shortName} answers an event of no shape with ${word.kind} ${word.body.slice(0, 200)}`,
        );
    }
    console.info(`  ${target.shortName}: comes up`);
  } catch (error) {
    wrong.push(`${target.shortName}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    api.stop();
  }
  return wrong;
}

/** The functions as the stage's template has them, with what its custom resource answers here. */
function functionsOf(assembly: LocalAssembly, { context }: LocalGuard): readonly LocalFunction[] {
  const { stackName, template } = assembly;
  const key = publicKeyText(context.signing);
  const answers = Object.entries(template.Resources)
    .filter(([, resource]) => isCustom(resource))
    .map(([id]) => [id, { PublicKey: key }] as const);
  const names = localNames(stackName, template, new Map(answers));
  return functionIds(template).map((id) => localFunction(assembly, id, names, new Ignored()));
}

async function main(): Promise<number> {
  const { help } = parseArgs({ options: { help: { type: 'boolean', default: false } } }).values;
  if (help) {
    console.info(USAGE);
    return 0;
  }
  const client = npmPackages(`aws-lambda-ric-${VERSION}`, [`aws-lambda-ric@${VERSION}`]);
  const failures: string[] = [];
  for (const stage of ['dev', 'prod'] as const) {
    console.info(`${stage}:`);
    let assembly: LocalAssembly | undefined;
    const guard = await startLocalGuard({
      ...{ port: await freePort(), data: undefined, environment: {}, report: console.error, log: () => {} },
      signal: new AbortController().signal,
      synthesise: async () => {
        assembly = await synthesise(stage);
        return assembly;
      },
    });
    try {
      if (assembly === undefined) throw new Error('nothing was synthesised');
      for (const target of functionsOf(assembly, guard))
        failures.push(...(await look(client, target, guard)));
    } finally {
      await guard.stop();
    }
  }
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  console.info(
    failures.length === 0
      ? `All functions run under aws-lambda-ric ${VERSION}.`
      : `${failures.length} failures.`,
  );
  return exitOf(failures);
}

process.exit(await campaign(main));
