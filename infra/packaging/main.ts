/**
 * `npm run release`: everything a network without internet and without a bundler installs from.
 *
 * - `packages/`: the package with prebuilt bundles, its peers and the CDK's command line, with all they need; the client by itself
 * - `cloudformation/<stage>/`: the template of each stage and its assets, checked by every rule pack
 * - `sbom.cdx.json`, `LICENSE`, `LICENSES.txt`, `CHANGELOG.md`, `provenance.json`, `SHA256SUMS`
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import { GuardStack } from '../guard-stack.ts';
import { projectRoot } from '../project-paths.ts';
import { addRulePacks } from '../rules/rule-packs.ts';
import { stages } from '../stage.ts';
import { type BundledPackage, packageId } from './bundled-packages.ts';
import { clientPackage, writeClientPackage } from './client-package.ts';
import { founderParameter } from './founder-parameter.ts';
import { LICENCE_PAGE } from './licence-page.ts';
import { carriedBy, closureOf, lockedPackages, lockedTree } from './lock-file.ts';
import { EXECUTABLE, ownPackage, type PackagedBundle, PEERS, writePackageFiles } from './package-files.ts';
import { LOCAL_BUILDER, provenanceText } from './provenance.ts';
import { ReleaseError } from './release-error.ts';
import {
  demandNoPaths,
  PROVENANCE,
  PROVENANCE_ENVELOPE,
  SUMS,
  SUMS_SIGNATURE,
  type Sums,
  settleModes,
  sha256Of,
  sumsBelow,
  sumsText,
} from './release-files.ts';
import { sbomText } from './sbom.ts';
import { sourceState } from './source-state.ts';
import { tarballName } from './tarball-name.ts';
import { fetchTarballs, packFolder } from './tarballs.ts';

const SBOM = 'sbom.cdx.json';

const HELP = `npm run release -- [DIRECTORY] [--source URI] [--builder URI]

Writes everything that a network without internet installs from into DIRECTORY (dist/release), which is
replaced where it holds a release already. It is signed afterwards: npm run release:sign -- DIRECTORY --key KEY

  --source URI   where the commit can be fetched, for the provenance: git+https://…
  --builder URI  who vouches for the machine that builds; without it, nobody does

SOURCE_DATE_EPOCH, in seconds, is the time of the release; without it, the commit's.`;

/** What stands at the top of a release, signed or not. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  ...['packages', 'cloudformation', SBOM, 'CHANGELOG.md', 'LICENSE', LICENCE_PAGE],
  ...[PROVENANCE, PROVENANCE_ENVELOPE, SUMS, SUMS_SIGNATURE],
]);

interface Release {
  readonly output: string;
  readonly source: string | undefined;
  readonly builder: string;
}

/** The CDK writes where in the sources each construct was made, as the disk of whoever builds has them. */
function withoutTraces(work: () => void): void {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    work();
  } finally {
    Error.stackTraceLimit = usual;
  }
}

/** The very bundles of the package, so that a template and a construct deploy the same build. */
function synthesise(output: string, assets: string): void {
  const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  for (const stage of stages) {
    console.log(`cloudformation/${stage}`);
    const app = new App({
      outdir: join(output, 'cloudformation', stage),
      context: { ...context, 'aws:cdk:disable-stack-trace': true },
      analyticsReporting: false,
    });
    new GuardStack(app, stage, (stack) => ({ assets, founderKeys: [founderParameter(stack)] }));
    addRulePacks(app);
    app.synth();
  }
}

/** A release's own files go, those of one that failed too; a folder with anything else in it stays as it is. */
function emptied(output: string): void {
  const others = existsSync(output) ? readdirSync(output).filter((name) => !OWN_NAMES.has(name)) : [];
  if (others.length > 0)
    throw new ReleaseError(
      `${output} holds ${others[0]}, which is of no release: name a folder that may be replaced`,
    );
  rmSync(output, { recursive: true, force: true });
  mkdirSync(join(output, 'packages'), { recursive: true });
}

/** A package of this project: where its files were written, and what is bundled in them. */
interface StagedPackage {
  readonly own: BundledPackage;
  readonly folder: string;
  readonly bundles: readonly PackagedBundle[];
}

async function staged(staging: string): Promise<readonly [StagedPackage, StagedPackage]> {
  const folders = { guard: join(staging, 'guard'), client: join(staging, 'client') };
  const bundles = await writePackageFiles(folders.guard);
  return [
    { own: ownPackage(), folder: folders.guard, bundles },
    {
      own: clientPackage(),
      folder: folders.client,
      bundles: await writeClientPackage(folders.client),
    },
  ];
}

function sbom(packages: readonly StagedPackage[], sums: Sums, date: Date | undefined): string {
  const tree = lockedTree();
  const sumOf = (name: string) => sums.get(name) ?? '';
  const fileOf = (own: BundledPackage) => `packages/${tarballName(own)}`;
  return sbomText({
    date,
    packages: packages.map(({ own }) => ({ ...own, file: fileOf(own), sha256: sumOf(fileOf(own)) })),
    bundles: packages.flatMap(({ own, folder, bundles }) =>
      bundles.map((bundle) => {
        const sha256 = sha256Of(readFileSync(join(folder, bundle.file)));
        const deployed = [...sums].filter(([, sum]) => sum === sha256).map(([name]) => name);
        return { ...bundle, sha256, places: [`${fileOf(own)}#package/${bundle.file}`, ...deployed] };
      }),
    ),
    tarballs: closureOf([...PEERS, 'aws-cdk'], tree).map((each) => {
      const file = `packages/${tarballName(each)}`;
      return { ...each, file, sha256: sumOf(file), carries: carriedBy(each.name, tree) };
    }),
    sha512: new Map(lockedPackages(tree).map((each) => [packageId(each), each.sha512])),
  });
}

async function release({ output, source, builder }: Release, staging: string): Promise<void> {
  const { commit, date } = sourceState();
  emptied(output);
  console.log('packages');
  const packages = await staged(staging);
  const [{ folder: guard }] = packages;
  for (const { own, folder } of packages) {
    demandNoPaths(folder, [projectRoot, staging]);
    settleModes(folder, EXECUTABLE);
    await packFolder(folder, join(output, 'packages', tarballName(own)));
  }
  const tree = lockedTree();
  fetchTarballs(closureOf([...PEERS, 'aws-cdk'], tree), join(output, 'packages'));
  withoutTraces(() => synthesise(output, join(guard, 'dist')));
  for (const each of ['CHANGELOG.md', 'LICENSE']) cpSync(join(projectRoot, each), join(output, each));
  cpSync(join(guard, LICENCE_PAGE), join(output, LICENCE_PAGE));
  writeFileSync(join(output, SBOM), sbom(packages, sumsBelow(output), date));
  const materials = lockedPackages(tree);
  const lockSha256 = sha256Of(readFileSync(join(projectRoot, 'package-lock.json')));
  const said = { commit, source, builder, lockSha256, materials, node: process.version };
  writeFileSync(join(output, PROVENANCE), provenanceText({ sums: sumsBelow(output), ...said }));
  demandNoPaths(output, [projectRoot, staging]);
  settleModes(output);
  writeFileSync(join(output, SUMS), sumsText(sumsBelow(output)), { mode: 0o644 });
  if (commit === undefined)
    console.log(
      'The files differ from any commit, or nobody knows which: the release says none, and is not signed.',
    );
  console.log(`Release in ${output}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean' },
    source: { type: 'string' },
    builder: { type: 'string', default: LOCAL_BUILDER },
  },
});
if (values.help) console.log(HELP);
else {
  const { source, builder } = values;
  const output = resolve(positionals[0] ?? join(projectRoot, 'dist/release'));
  const staging = mkdtempSync(join(tmpdir(), 'routeguard-package-'));
  try {
    await release({ output, source, builder }, staging);
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    console.error(`release: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(staging, { recursive: true });
  }
}
