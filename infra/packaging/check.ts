/**
 * `npm run release:check [DIRECTORY]`: installs a release in an empty folder with the network off, loads the client, synthesises a ten-line app
 * with the CDK's command line from it, and signs and verifies a copy with its own. The network is taken away with `unshare`
 * where the system has it; npm itself runs offline with an empty cache either way.
 */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { projectRoot } from '../project-paths.ts';
import { LICENCE_PAGE } from './licence-page.ts';
import { PROVENANCE } from './release-files.ts';

/** Two keys that nobody uses. */
const FOUNDERS = [1, 2].map(() => publicKeyOf(generateKeyPairSync('ed25519').privateKey));

const APP = `import { App, Stack } from 'aws-cdk-lib';
import { TrafficRoutingGuard } from 'routeguard/construct';

const app = new App();
const stack = new Stack(app, 'Guard');
new TrafficRoutingGuard(stack, 'Guard', { founderKeys: ${JSON.stringify(FOUNDERS)} });
`;

function withoutNetwork(): readonly string[] {
  try {
    execFileSync('unshare', ['-rn', 'true'], { stdio: 'ignore' });
    return ['unshare', '-rn'];
  } catch {
    console.log('unshare is not allowed here: npm runs offline, the network stays');
    return [];
  }
}

const release = resolve(process.argv[2] ?? join(projectRoot, 'dist/release'));
const packages = join(release, 'packages');
const folder = mkdtempSync(join(tmpdir(), 'routeguard-offline-'));
const prefix = withoutNetwork();

function run(command: string, ...args: readonly string[]): void {
  const [first = command, ...rest] = [...prefix, command, ...args];
  execFileSync(first, rest, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      // What somebody has at home, a cache or a setting, is not in an empty folder.
      HOME: folder,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    },
  });
}

function demand(what: string, paths: readonly string[]): void {
  for (const path of paths) if (!existsSync(path)) throw new Error(`${what}: ${path} is not there`);
}

function install(): void {
  const manifest = { name: 'ten-lines', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const tarballs = readdirSync(packages).map((each) => join(packages, each));
  const quiet = [
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--cache',
    join(folder, '.cache'),
  ];
  run('npm', 'install', ...quiet, ...tarballs);
}

/** With the command line of the release, and no other: there is none but what was installed. */
function synthesise(): void {
  writeFileSync(join(folder, 'app.mjs'), APP);
  const cdk = join(folder, 'node_modules/.bin/cdk');
  run(cdk, 'synth', '--quiet', '--no-notices', '--app', 'node app.mjs', '--output', join(folder, 'out'));
  demand('no template was written', [join(folder, 'out/Guard.template.json')]);
  run(cdk, 'list', '--no-notices', '--app', join(release, 'cloudformation/prod'));
}

function licences(): void {
  const assets = globSync('cloudformation/*/asset.*', { cwd: release });
  const installed = join(folder, 'node_modules/routeguard');
  const places = [release, installed, ...assets.map((each) => join(release, each))];
  demand(
    'what is bundled comes without its licences',
    places.map((each) => join(each, LICENCE_PAGE)),
  );
}

/** The client by both ways to load it, and the command on the data that comes with it. */
function use(): void {
  for (const load of ["await import('@routeguard/client/http')", "require('@routeguard/client/http')"])
    run(process.execPath, '--input-type', load.startsWith('await') ? 'module' : 'commonjs', '--eval', load);
  run(process.execPath, 'node_modules/routeguard/cli/bin.js', 'check');
}

/** Of a copy: the release stays as it was written. */
function signAndVerify(): void {
  const copy = join(folder, 'copy');
  cpSync(release, copy, { recursive: true });
  const command = [process.execPath, 'node_modules/routeguard/cli/bin.js'] as const;
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(folder, 'key.pem'), pem, { mode: 0o600 });
  run(...command, 'release', 'sign', copy, '--key', join(folder, 'key.pem'));
  run(...command, 'release', 'verify', copy, '--key', publicKeyOf(privateKey));
}

try {
  install();
  use();
  synthesise();
  licences();
  // Nobody signs what is no commit's, and a checkout may be at work.
  if (readFileSync(join(release, PROVENANCE), 'utf8').includes('"gitCommit"')) signAndVerify();
  else console.log('Not signed: the release names no commit.');
  console.log('Installed offline, synthesised, and checked.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
