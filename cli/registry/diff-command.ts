/** `routeguard registry diff`: two versions of the registry, or facts in files against the registry as it stands. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { type FactNames, NO_NAMES } from '../../functions/core/facts/words/names.ts';
import { EXIT } from '../exit.ts';
import { isYaml } from '../fact-files.ts';
import { UsageError } from '../usage-error.ts';
import { type RegistryClient, type RegistryOptions, withRegistryOptions } from './connection.ts';
import { differencesOf, type FileDifferences } from './diff-files.ts';
import { differencesBetween, MOST_TOLD, revocationOf, untold } from './differences.ts';
import { differenceInWords } from './history-words.ts';
import { operationsInWords } from './operation-words.ts';
import { type CommandOutcome, run } from './run.ts';
import { namesAt } from './shown-change.ts';
import { versionArgument } from './stop-commands.ts';

interface DiffOptions extends RegistryOptions {
  readonly all?: true;
  readonly out?: string;
}

const isVersion = (what: string) => /^\d+$/.test(what);

/** `diff FROM [TO]`, `diff FILE…` */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description(
      'facts that differ between two versions, or that files would change of the registry as it stands (exit code 3 where they would)',
    )
    .argument('<what...>', 'a version, or two (9 12); or files and folders of facts')
    .option('--all', 'the files are all there is: say also what is registered and in none of them')
    .option(
      '--out <file>',
      'write what they would change as a change that `registry propose` takes (.yaml, .json)',
    )
    .action((what: readonly string[], options: DiffOptions) => {
      if (what.every((each) => !isVersion(each)))
        return run(options, async (registry) => {
          const found = await differencesOf(registry, what, options.all === true);
          const names = found.version === null ? NO_NAMES : await namesAt(registry, found.version);
          return outcomeOf(found, names, options.out);
        });
      const [from = '', to, ...more] = what;
      if (!what.every(isVersion) || more.length > 0)
        throw new UsageError('compare one or two versions, or files: a file whose name is a number is ./12');
      if (options.all === true || options.out !== undefined)
        throw new UsageError('--all and --out are for files: versions are compared whole');
      return run(options, (registry) => betweenVersions(registry, from, to));
    })
    .addHelpText(
      'after',
      '\nExamples:\n  routeguard registry diff 9 12 --as auditor\n  routeguard registry diff facts/ --out change.yaml --as proposer\n  routeguard registry propose change.yaml --reason "As our files have it" --as proposer',
    );
  return withRegistryOptions(command);
}

async function betweenVersions(
  registry: RegistryClient,
  from: string,
  to: string | undefined,
): Promise<CommandOutcome> {
  const later = to === undefined ? undefined : versionArgument(to);
  if (later !== undefined && versionArgument(from) > later)
    throw new UsageError(`compare the earlier version with the later one: diff ${to} ${from}`);
  const at = later === undefined ? {} : { version: String(later) };
  const found = await differencesBetween(registry, {
    from: String(versionArgument(from)),
    ...(later !== undefined && { to: String(later) }),
  });
  if (found.length === 0) return { words: ['No fact differs.'], json: found };
  const names = await namesAt(registry, later);
  const words: string[] = [];
  for (const each of found.slice(0, MOST_TOLD))
    words.push(...differenceInWords(each, names, await revocationOf(registry, each, at)));
  return { words: [...words, ...untold(found)], json: found };
}

function outcomeOf(found: FileDifferences, names: FactNames, out: string | undefined): CommandOutcome {
  const { version, changes, same, missing, standing } = found;
  const change = { changes, facts: standing, names, contradictions: [] };
  if (changes.length + missing.length > 0) process.exitCode = EXIT.refused;
  const written = changes.length > 0 && out !== undefined;
  if (written) writeFileSync(out, changeFile(out, { changes }));
  return {
    words: [
      version === null ? 'Against an empty registry:' : `Against version ${version}:`,
      ...(changes.length === 0 ? ['No fact in these files differs.'] : operationsInWords(change)),
      `${same} facts are registered as they are here.`,
      ...missing.map((key) => `registered, and in none of these files: ${key}`),
      ...(written ? [`The change is in ${out}.`] : []),
    ],
    json: { version, changes, same, missing },
  };
}

function changeFile(file: string, change: object): string {
  return isYaml(file)
    ? stringify(change, { lineWidth: 0, aliasDuplicateObjects: false })
    : `${JSON.stringify(change, null, 2)}\n`;
}
