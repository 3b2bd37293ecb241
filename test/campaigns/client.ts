/** `npm run campaign:client`: see the usage below. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { clientPackage, writeClientPackage } from '../../infra/packaging/client-package.ts';
import { settleModes } from '../../infra/packaging/release-files.ts';
import { tarballName } from '../../infra/packaging/tarball-name.ts';
import { packFolder } from '../../infra/packaging/tarballs.ts';
import { loopbackServer } from '../client/loopback-server.ts';
import { boundReply, earlierPermit, REQUEST } from '../client/vectors.ts';
import { exitOf } from './exit.ts';
import { campaign, npmPackages } from './tools.ts';

const run = promisify(execFile);

/** In support on 30 November 2026: https://nodejs.org/en/about/previous-releases */
const NODES = ['22', '24', '26'];
const BUNDLERS = [
  'esbuild',
  'webpack',
  'webpack-cli',
  'rollup',
  '@rollup/plugin-node-resolve',
  '@rollup/plugin-commonjs',
  '@rollup/plugin-json',
];

const USAGE = `npm run campaign:client

The package @routeguard/client as it is released, installed from its tarball into an empty folder beside the AWS SDK and middy: asked
by every Node in support today (${NODES.join(', ')}, from npm), as an ES module and as CommonJS, and bundled by esbuild, webpack and
rollup, over direct invocation and over HTTP, against a guard on this machine.

Exits with 1 where something fails, 2 where it could not be run.`;

const ASK = `
const asked = ${JSON.stringify(REQUEST)};
for (const transport of [lambdaTransport({ functionName: 'decide' }), httpTransport({ baseUrl: process.env.AWS_ENDPOINT_URL_LAMBDA, region: 'eu-west-2' })])
  new RouteGuard({ transport }).decide(asked).then(({ kind, cause }) => console.log(kind, cause ?? '-', typeof Dispatcher, typeof requireRoute));
`;
const NAMES = [
  ['RouteGuard', ''],
  ['lambdaTransport', '/lambda'],
  ['httpTransport', '/http'],
  ['requireRoute', '/middy'],
  ['Dispatcher', '/queue'],
] as const;
const MODULE =
  NAMES.map(([name, entry]) => `import { ${name} } from '@routeguard/client${entry}';\n`).join('') + ASK;
const COMMON =
  NAMES.map(([name, entry]) => `const { ${name} } = require('@routeguard/client${entry}');\n`).join('') + ASK;
const EXPECTED = 'permit - function function\n'.repeat(2);

interface Case {
  readonly what: string;
  /** In the service's folder. */
  readonly file: string;
  readonly node?: string;
  /** What makes the file first. */
  readonly made?: readonly [program: string, ...args: string[]];
}

function cases(): readonly Case[] {
  const platform = `node-${process.platform}-${process.arch}`;
  const byNode = NODES.flatMap((version) => {
    const node = join(
      npmPackages(`${platform}-${version}`, [`${platform}@${version}`]),
      platform,
      'bin/node',
    );
    return ['ask.mjs', 'ask.cjs'].map((file) => ({ what: `Node ${version}, ${file}`, file, node }));
  });
  const bundlers = npmPackages('client-bundlers', BUNDLERS);
  const esbuild = [join(bundlers, '.bin/esbuild'), '--bundle', '--platform=node'] as const;
  return [
    ...byNode,
    {
      what: 'esbuild, an ES module',
      file: 'esbuild.mjs',
      made: [...esbuild, 'ask.mjs', '--format=esm', '--main-fields=module,main', '--outfile=esbuild.mjs'],
    },
    {
      what: 'esbuild, CommonJS',
      file: 'esbuild.cjs',
      made: [...esbuild, 'ask.cjs', '--outfile=esbuild.cjs'],
    },
    {
      what: 'webpack',
      file: 'webpack.cjs',
      made: [join(bundlers, '.bin/webpack'), '--config', 'webpack.config.cjs'],
    },
    {
      what: 'rollup',
      file: 'rollup.mjs',
      made: [join(bundlers, '.bin/rollup'), '--config', 'rollup.config.mjs'],
    },
  ];
}

/** An empty folder into which somebody installs the tarball, and what they ask with. */
async function serviceIn(folder: string): Promise<string> {
  const [built, service] = [join(folder, 'built'), join(folder, 'service')];
  for (const each of [built, service]) mkdirSync(each);
  await writeClientPackage(built);
  settleModes(built);
  const tarball = join(folder, tarballName(clientPackage()));
  await packFolder(built, tarball);
  const plugin = (name: string) =>
    JSON.stringify(join(npmPackages('client-bundlers', BUNDLERS), `@rollup/plugin-${name}/dist/es/index.js`));
  const files = {
    'package.json': '{"private":true}',
    'ask.mjs': MODULE,
    'ask.cjs': COMMON,
    'webpack.config.cjs': `module.exports = { mode: 'production', target: 'node', entry: './ask.mjs',
      output: { path: ${JSON.stringify(service)}, filename: 'webpack.cjs' } };`,
    'rollup.config.mjs': `import resolve from ${plugin('node-resolve')};
      import commonjs from ${plugin('commonjs')};
      import json from ${plugin('json')};
      export default { input: 'ask.mjs', output: { file: 'rollup.mjs', inlineDynamicImports: true },
        plugins: [resolve({ preferBuiltins: true }), commonjs(), json()] };`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(service, name), text);
  const peers = ['@aws-sdk/client-lambda', '@middy/core'];
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', tarball, ...peers], { cwd: service });
  return service;
}

/** What a program says, whether it ends well or not. */
async function said(program: string, args: readonly string[], options: object): Promise<string> {
  try {
    const { stdout, stderr } = await run(program, args, options);
    return `${stdout}${stderr}`;
  } catch (error) {
    return String(error);
  }
}

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-campaign-client-'));
  const guard = await loopbackServer((heard, response) => {
    const reply = boundReply(heard.body, earlierPermit(new Date().toISOString(), `e-${guard.heard.length}`));
    response.end(reply.kind === 'answered' ? reply.text : '');
  });
  const failures: string[] = [];
  try {
    const cwd = await serviceIn(folder);
    const env = {
      PATH: process.env['PATH'],
      ...{ AWS_ENDPOINT_URL_LAMBDA: guard.url, AWS_REGION: 'eu-west-2' },
      ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' },
    };
    for (const { what, file, node = process.execPath, made } of cases()) {
      const [program, ...args] = made ?? [];
      const making = program === undefined ? '' : await said(program, args, { cwd });
      const answer = await said(node, [file], { cwd, env });
      const asked = answer === EXPECTED;
      if (!asked) failures.push(what);
      console.info(asked ? `ok      ${what}` : `FAILED  ${what}\n${making}${answer}`);
    }
  } finally {
    await guard.close();
    rmSync(folder, { recursive: true, force: true });
  }
  console.info(failures.length === 0 ? 'All of them ask.' : `${failures.length} failed.`);
  return exitOf(failures);
}

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help) console.info(USAGE);
else process.exitCode = await campaign(main);
