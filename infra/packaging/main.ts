/**
 * `npm run release`: everything a network without internet and without a bundler installs from.
 *
 * - `packages/`: the package with prebuilt bundles, and its peers with all they need
 * - `cloudformation/<stage>/`: the template of each stage and its assets, checked by every rule pack
 * - `sbom.cdx.json`, `CHANGELOG.md`, `SHA256SUMS`
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { GuardStack } from '../guard-stack.ts';
import { projectRoot } from '../project-paths.ts';
import { addRulePacks } from '../rules/rule-packs.ts';
import { stages } from '../stage.ts';
import { founderParameter } from './founder-parameter.ts';
import { PEERS, writePackageFiles } from './package-files.ts';
import { closureOf, packInstalled } from './peer-tarballs.ts';

const output = resolve(process.argv[2] ?? join(projectRoot, 'dist/release'));
const packages = join(output, 'packages');
const staging = join(output, '.package');

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((each) => join(directory, each))
    .filter((each) => statSync(each).isFile())
    .sort();
}

/** The very bundles of the package, so that a template and a construct deploy the same build. */
function synthesise(assets: string): void {
  const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  for (const stage of stages) {
    const app = new App({
      outdir: join(output, 'cloudformation', stage),
      context,
      analyticsReporting: false,
    });
    new GuardStack(app, stage, (stack) => ({ assets, founderKeys: [founderParameter(stack)] }));
    addRulePacks(app);
    app.synth();
  }
}

function sbom(): string {
  return execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function checksums(): string {
  return filesBelow(output)
    .map(
      (file) =>
        `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${relative(output, file)}\n`,
    )
    .join('');
}

rmSync(output, { recursive: true, force: true });
mkdirSync(packages, { recursive: true });
await writePackageFiles(staging);
execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packages, staging], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
packInstalled(closureOf(PEERS), packages);
synthesise(join(staging, 'dist'));
rmSync(staging, { recursive: true });
writeFileSync(join(output, 'sbom.cdx.json'), sbom());
cpSync(join(projectRoot, 'CHANGELOG.md'), join(output, 'CHANGELOG.md'));
writeFileSync(join(output, 'SHA256SUMS'), checksums());
console.log(`Release in ${output}`);
