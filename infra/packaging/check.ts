/**
 * `npm run release:check [DIRECTORY]`: installs a release in an empty folder with the network off and synthesises a
 * ten-line app from it. The network is taken away with `unshare` where the system has it; npm itself runs offline
 * with an empty cache either way.
 */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { projectRoot } from '../project-paths.ts';

/** Two keys that nobody uses. */
const FOUNDERS = [1, 2].map(() => publicKeyOf(generateKeyPairSync('ed25519').privateKey));

const APP = `import { App, Stack } from 'aws-cdk-lib';
import { TrafficRoutingGuard } from 'routeguard/construct';

const app = new App();
const stack = new Stack(app, 'Guard');
new TrafficRoutingGuard(stack, 'Guard', { founderKeys: ${JSON.stringify(FOUNDERS)} });
app.synth();
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

const packages = join(resolve(process.argv[2] ?? join(projectRoot, 'dist/release')), 'packages');
const folder = mkdtempSync(join(tmpdir(), 'routeguard-offline-'));
const prefix = withoutNetwork();

function run(command: string, ...args: readonly string[]): void {
  const [first = command, ...rest] = [...prefix, command, ...args];
  execFileSync(first, rest, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      CDK_OUTDIR: join(folder, 'out'),
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    },
  });
}

try {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'ten-lines', private: true, type: 'module' }),
  );
  writeFileSync(join(folder, 'app.mjs'), APP);
  const tarballs = readdirSync(packages).map((each) => join(packages, each));
  run(
    'npm',
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--cache',
    join(folder, '.cache'),
    ...tarballs,
  );
  run(process.execPath, 'app.mjs');
  run(process.execPath, 'node_modules/routeguard/cli/bin.js', '--version');
  if (!readdirSync(join(folder, 'out')).includes('Guard.template.json'))
    throw new Error('no template was written');
  console.log('Installed offline and synthesised.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
