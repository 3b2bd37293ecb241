/**
 * `npm run release:keep`: builds a release's `decide`, has it publish its own sample, asks it `questions.ts`, and keeps all
 * three in `kept/`. Everything of the release is run from its own checkout.
 */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import type { Item } from '../../functions/store/head.ts';
import type * as bundling from '../../infra/bundle.ts';
import { digestOfBundle } from '../../infra/bundle-digest.ts';
import type * as offered from '../../infra/functions.ts';
import type * as people from '../../infra/local/identities.ts';
import { functionArn } from '../../infra/local/names.ts';
import { Sandbox } from '../../infra/local/sandbox.ts';
import type * as seeding from '../../infra/local/seed.ts';
import { DEPLOYED_WITH } from '../doors/deployed-with.ts';
import { createTables, type Engine, engineClient, startEngine } from '../engine.ts';
import { isKept, type Tables, tablesOf, writeKept } from './kept-release.ts';
import { answerInWords, QUESTIONS } from './questions.ts';

const USAGE = `npm run release:keep -- CHECKOUT NAME

  CHECKOUT   a clone of this repository at the release's commit, with nothing changed and its packages
             installed: git clone . DIR && git -C DIR checkout COMMIT && npm ci --prefix DIR
  NAME       the release's version, or, for what is not released yet, that of what it will be: 0.2.0-pre.1

Keeps the release in test/releases/kept/: NAME.br (its bundle of decide, and the registry that it publishes
from its own sample) and NAME.json (where that comes from, and what it answers).
The bundle and the facts are the same each time. The key that commits are signed with is made anew and
thrown away.

Exits with 2 where it cannot be asked so, with 1 where the release could not be kept; then nothing is.`;

type Environment = Readonly<Record<string, string>>;

const ARN = functionArn('decide', 'live');

/** The release could not be kept, and the message says what to do. */
class KeepError extends Error {
  override readonly name = 'KeepError';
}

const git = (checkout: string, ...args: string[]): string =>
  execFileSync('git', ['-C', checkout, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** @throws KeepError for what nobody could build again */
function commitOf(checkout: string): { readonly commit: string; readonly committedAt: string } {
  if (!['.git', 'infra/bundle.ts'].every((each) => existsSync(join(checkout, each))))
    throw new KeepError(`${checkout} is no checkout of a release`);
  if (git(checkout, 'status', '--porcelain') !== '')
    throw new KeepError(`${checkout} has changes: a release is kept as it was committed`);
  if (!existsSync(join(checkout, 'node_modules')))
    throw new KeepError(`${checkout} has no packages: npm ci --prefix ${checkout}`);
  const [commit = '', committedAt = ''] = git(checkout, 'log', '-1', '--format=%H %cI').split(' ');
  return { commit, committedAt };
}

/** A module of the release, which brings what it needs from its own checkout. */
function load<Module>(checkout: string, path: string): Promise<Module> {
  return import(pathToFileURL(join(checkout, path)).href);
}

async function bundleOf(checkout: string, output: string): Promise<string> {
  const { functions: specs } = await load<typeof offered>(checkout, 'infra/functions.ts');
  const { bundleFunctions } = await load<typeof bundling>(checkout, 'infra/bundle.ts');
  const decide = specs.filter(({ name }) => name === 'decide');
  const [bundle] = await bundleFunctions(output, decide);
  if (bundle === undefined) throw new KeepError('the release has no function called decide');
  return bundle.directory;
}

/** Has the release publish its own sample, and returns the public keys that it is read with. */
async function publish(checkout: string, tables: StoreTables, engine: Engine): Promise<Environment> {
  const { seed } = await load<typeof seeding>(checkout, 'infra/local/seed.ts');
  const { LOCAL_FOUNDERS } = await load<Partial<typeof people>>(checkout, 'infra/local/identities.ts');
  const signing = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  await seed({
    ...{ tables, signing, region: DEPLOYED_WITH.AWS_REGION },
    dynamodb: { endpoint: engine.endpoint, credentials },
  });
  return {
    OBJECTS_TABLE: tables.objects,
    STATE_TABLE: tables.state,
    FLOOR_TABLE: tables.floor,
    COMMIT_PUBLIC_KEYS: signing.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    // Before there were keys of people, nobody was told of any.
    ...(LOCAL_FOUNDERS !== undefined && { FOUNDER_KEYS: LOCAL_FOUNDERS.join(',') }),
  };
}

async function dumpOf(client: DynamoDBClient, tables: StoreTables): Promise<Tables> {
  const itemsOf = async (TableName: string): Promise<readonly Item[]> => {
    const items: Item[] = [];
    for await (const page of paginateScan({ client }, { TableName })) items.push(...(page.Items ?? []));
    return items;
  };
  const [objects, state, floor] = [tables.objects, tables.state, tables.floor].map(itemsOf);
  return { objects: (await objects) ?? [], state: (await state) ?? [], floor: (await floor) ?? [] };
}

/** What the bundle answers, in a process of its own. */
async function askAll(directory: string, environment: Environment, endpoint: string) {
  const { hostname: host, port } = new URL(endpoint);
  const sandbox = await Sandbox.start({
    ...{ directory, handler: 'index.handler', memory: 512, timeout: 10 },
    environment: { ...environment, AWS_ENDPOINT_URL_DYNAMODB: endpoint },
    hosts: [{ host, to: { host, port: Number(port), tls: false } }],
    log: () => undefined,
    unreachable: (named, why) => console.error(`${named}: ${why}`),
  });
  if (!(sandbox instanceof Sandbox))
    throw new KeepError(`its bundle does not start: ${sandbox.errorMessage}`);
  try {
    const answers: Record<string, string> = {};
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const event = JSON.stringify({ request: JSON.stringify(question) });
      const result = await sandbox.invoke({ ...{ requestId: randomUUID(), event }, invokedFunctionArn: ARN });
      if (!result.ok) throw new KeepError(`${name}: ${result.fault.errorMessage}`);
      answers[name] = answerInWords(JSON.parse(result.payload));
    }
    return answers;
  } finally {
    await sandbox.kill();
  }
}

async function keep(checkout: string, release: string): Promise<void> {
  const from = commitOf(checkout);
  // Deleted in the end: bundles are large.
  const output = mkdtempSync(join(tmpdir(), 'routeguard-keep-'));
  const engine = await startEngine();
  const client = engineClient(engine.endpoint);
  try {
    console.info(`${release} is built and published from ${from.commit}`);
    const directory = await bundleOf(checkout, output);
    const bundle = readFileSync(join(directory, 'index.mjs'));
    const build = digestOfBundle(bundle);
    const tables = await createTables(engine.endpoint, tablesOf(release));
    const environment = await publish(checkout, tables, engine);
    const keptAt = new Date().toISOString();
    const answers = await askAll(
      directory,
      { ...DEPLOYED_WITH, ...environment, BUILD_DIGEST: build },
      engine.endpoint,
    );
    for (const [name, answer] of Object.entries(answers)) console.info(`  ${name}: ${answer}`);
    if (!Object.values(answers).includes('permit'))
      throw new KeepError('it permits nothing, and what it is kept for would not be seen');
    const kept = { ...from, keptAt, environment, answers, bundle, tables: await dumpOf(client, tables) };
    for (const path of writeKept(release, kept))
      console.info(`${relative(process.cwd(), path)}: ${statSync(path).size} bytes`);
    console.info(`build ${build}`);
  } finally {
    client.destroy();
    await engine.stop();
    rmSync(output, { recursive: true });
  }
}

function refuse(why: string): never {
  console.error(`${why}\n\n${USAGE}`);
  process.exit(2);
}

function asked() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', default: false } } });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<number> {
  const { values, positionals } = asked();
  if (values.help) {
    console.info(USAGE);
    return 0;
  }
  const [checkout, release, ...more] = positionals;
  if (checkout === undefined || release === undefined || more.length > 0) refuse('A checkout and a name');
  if (!/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(release)) refuse(`${release} is no version`);
  if (isKept(release))
    refuse(
      `${release} is kept already. What was kept stays as it was; one that was never released is removed first`,
    );
  try {
    await keep(resolve(checkout), release);
    return 0;
  } catch (error) {
    if (!(error instanceof KeepError)) throw error;
    console.error(error.message);
    return 1;
  }
}

process.exitCode = await main();
