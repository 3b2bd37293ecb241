/** `routeguard release …`: signs what `npm run release` wrote, and says whether a release is what was signed. */
import { renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { PROVENANCE_ENVELOPE, SUMS_SIGNATURE } from '../infra/packaging/release-files.ts';
import { EXIT } from './exit.ts';
import { KEY_FILE, KEY_FORMS } from './registry/key-files.ts';
import { namedKey } from './registry/named-key.ts';
import { type CommandOutcome, ended, progress } from './registry/run.ts';
import { envelopeText, signedForm } from './release/envelope.ts';
import { type ReleaseFindings, releaseFindings, unsignedFindings } from './release/flaws.ts';
import { plainSignature, publicKeyIn } from './release/plain-signature.ts';
import { UsageError } from './usage-error.ts';

interface ReleaseOptions {
  readonly key?: string;
  readonly commit?: string;
  readonly releaseVersion?: string;
  readonly json?: true;
}

function folderOf(directory: string): string {
  const folder = resolve(directory);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new UsageError(`${folder} is no folder: name what \`npm run release\` wrote`);
}

function refused({ flaws }: ReleaseFindings): CommandOutcome {
  process.exitCode = EXIT.failed;
  return { words: [...flaws.map(({ message }) => message), 'REFUSED'], json: { flaws } };
}

/** A new file takes the name: what stands there may be another name of somebody else's file. */
function placeAnew(path: string, contents: string | Uint8Array): void {
  const partial = `${path}.new`;
  writeFileSync(partial, contents, { mode: 0o644, flag: 'wx' });
  renameSync(partial, path);
}

async function sign(
  directory: string,
  { key: name = process.env[KEY_FILE] }: ReleaseOptions,
): Promise<CommandOutcome> {
  if (!name) throw new UsageError(`--key (or ${KEY_FILE}) names the private key to sign with`);
  const folder = folderOf(directory);
  progress('reading every file of the release');
  const found = unsignedFindings(folder);
  if (found.flaws.length > 0 || found.read === undefined) return refused(found);
  const key = await namedKey(name);
  // What was judged is signed, and nothing that was read after.
  const { sums, provenance } = found.read;
  // Both before either is written: half a signed release is none.
  const ofSums = await plainSignature(key, sums);
  const ofStatement = await plainSignature(key, signedForm(provenance));
  placeAnew(join(folder, SUMS_SIGNATURE), ofSums);
  placeAnew(join(folder, PROVENANCE_ENVELOPE), envelopeText(provenance, key.publicKey, ofStatement));
  const { files, statement: built } = found;
  return {
    words: [
      `signed ${files} files, built from commit ${built?.commit}`,
      `whoever checks it is told the key in another way than with the release: ${key.publicKey}`,
    ],
    json: { files, commit: built?.commit, key: key.publicKey },
  };
}

async function verify(
  directory: string,
  { key = '', commit, releaseVersion: version }: ReleaseOptions,
): Promise<CommandOutcome> {
  const publicKey = publicKeyIn(key);
  if (commit !== undefined && !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
    throw new UsageError('--commit is the whole name of a commit, as `git rev-parse` prints it');
  const folder = folderOf(directory);
  progress('reading every file of the release');
  const found = releaseFindings(folder, publicKey, { commit, version });
  if (found.flaws.length > 0) return refused(found);
  const { files, statement } = found;
  return {
    words: [
      `${files} files are what was signed`,
      `commit ${statement?.commit}, built by ${statement?.builder}`,
    ],
    json: { flaws: [], files, commit: statement?.commit, builder: statement?.builder },
  };
}

export function releaseCommand(): Command {
  return new Command('release')
    .description('Signs a release and checks one. Exit code 0 signed or as signed, 1 refused.')
    .addCommand(
      new Command('sign')
        .description('sign the sums and the provenance of a release, where it is whole and from one commit')
        .argument('<directory>', 'what `npm run release` wrote')
        .option('--key <key>', KEY_FORMS)
        .option('--json', 'print the result as JSON')
        .action((directory: string, options: ReleaseOptions) =>
          ended(options, () => sign(directory, options)),
        ),
    )
    .addCommand(
      new Command('verify')
        .description(
          'whether a release is what was signed: no file missing, altered or added, and by that key',
        )
        .argument('<directory>', 'the release, as it was carried here')
        .requiredOption('--key <key>', 'the public key, which came another way than the release')
        .option('--commit <commit>', 'the commit that it must be built from: older releases were signed, too')
        .option('--release-version <version>', 'the version of routeguard that it must hold')
        .option('--json', 'print the result as JSON')
        .action((directory: string, options: ReleaseOptions) =>
          ended(options, () => verify(directory, options)),
        ),
    );
}
