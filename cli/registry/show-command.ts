import { Command } from 'commander';
import { kindFault } from '../../functions/core/facts/fact-key.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { blame, factShape, keys as keysShape, versionShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import { explainAbsence } from './absent-fact.ts';
import { type AtVersion, atVersion, factPath, sound, versionAskedIn } from './at-version.ts';
import { type RegistryClient, withRegistryOptions } from './connection.ts';
import { differencesBetween, MOST_TOLD, untold } from './differences.ts';
import { differenceInWords, standingInWords } from './history-words.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, run } from './run.ts';
import { namesAt } from './shown-change.ts';
import { versionArgument } from './stop-commands.ts';
import { entryInWords } from './words.ts';

/** `show VERSION`, `show KIND`, `show KEY` */
export function showCommand(): Command {
  const command = new Command('show')
    .description('a version, the facts of one kind, or one fact')
    .argument('<what>', 'a version (12), a kind (network), or a fact (network/gb-a)')
    .option('--version <version>', 'as of this version (default: as it stands)')
    .action((what: string, options: AtVersion) => run(options, (registry) => show(registry, what, options)));
  return withRegistryOptions(command);
}

async function show(registry: RegistryClient, what: string, options: AtVersion): Promise<CommandOutcome> {
  if (/^\d+$/.test(what)) return showVersion(registry, versionArgument(what));
  if (/^p-\d/.test(what))
    throw new UsageError(`that is the id of a proposal: \`registry proposal ${what}\` shows it`);
  if (what.includes('/')) return showFact(registry, factPath(what), options);
  const query = atVersion(options);
  const answer = await registry({ method: 'GET', path: `facts/${sound(what, kindFault(what))}`, query });
  return { words: readAs(keysShape, answer).keys, json: answer };
}

async function showVersion(registry: RegistryClient, version: number): Promise<CommandOutcome> {
  const answer = readAs(versionShape, await registry({ method: 'GET', path: `versions/${version}` }));
  const facts = Object.entries(answer.facts).map(([kind, count]) => `  ${count} ${kind}`);
  const words = [...entryInWords(answer), ...facts];
  if (version === 1) return { words, wraps: true, json: answer };
  const found = await differencesBetween(registry, { from: String(version - 1), to: String(version) });
  const names = await namesAt(registry, version);
  const told = found.slice(0, MOST_TOLD).flatMap((each) => {
    const revoked = answer.kind === 'revoke' ? { ...answer, change: each.change } : undefined;
    return differenceInWords(each, names, revoked);
  });
  return { words: [...words, ...told, ...untold(found)], wraps: true, json: answer };
}

async function showFact(registry: RegistryClient, key: string, options: AtVersion): Promise<CommandOutcome> {
  const query = atVersion(options);
  const answer = await registry({ method: 'GET', path: `facts/${key}`, query }).catch((error: unknown) =>
    explainAbsence(registry, key, query, error),
  );
  const { fact } = readAs(factShape, answer);
  const last = readAs(blame, await registry({ method: 'GET', path: `blame/${key}`, query }));
  const names = await namesAt(registry, versionAskedIn(options));
  const words = standingInWords(key, fact as RawFact, last, names, Date.now());
  return { words, wraps: true, json: answer };
}
