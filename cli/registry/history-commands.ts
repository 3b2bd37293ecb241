import { Command } from 'commander';
import type { Forecast } from '../../functions/core/administration/simulation.ts';
import { factKeyFault, kindFault } from '../../functions/core/facts/fact-key.ts';
import {
  blame,
  differences as differencesShape,
  factShape,
  forecast,
  keys as keysShape,
  logShape,
  verification,
  versionShape,
} from '../../functions/registry/answers.ts';
import { MOST_FORECAST_DAYS } from '../../functions/registry/bodies.ts';
import { UsageError } from '../usage-error.ts';
import { type RegistryClient, type RegistryOptions, withRegistryOptions } from './connection.ts';
import { EXIT } from './errors.ts';
import { finishJob, jobResultOf } from './jobs.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, ended, progress, run } from './run.ts';
import { versionArgument } from './stop-commands.ts';
import { withTablesOptions } from './tables.ts';
import { type OfflineOptions, offlineAudit } from './verify-offline.ts';
import { entryInWords, forecastInWords, verifyInWords } from './words.ts';

type Members = Readonly<Record<string, unknown>>;

interface AtVersion extends RegistryOptions {
  readonly version?: string;
}

/** `log` */
export function logCommand(): Command {
  const command = new Command('log')
    .description('who changed the registry, when and why, newest first')
    .option('--limit <n>', 'how many versions', '20')
    .option('--before <version>', 'only versions before this one')
    .action((options: RegistryOptions & { readonly limit: string; readonly before?: string }) =>
      run(options, async (registry) => {
        const query = {
          limit: options.limit,
          ...(options.before !== undefined && { before: options.before }),
        };
        const answer = await registry({ method: 'GET', path: 'log', query });
        return { words: readAs(logShape, answer).entries.flatMap(entryInWords), json: answer };
      }),
    );
  return withRegistryOptions(command);
}

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
  if (/^\d+$/.test(what)) {
    const answer = readAs(
      versionShape,
      await registry({ method: 'GET', path: `versions/${versionArgument(what)}` }),
    );
    const facts = Object.entries(answer.facts).map(([kind, count]) => `  ${count} ${kind}`);
    return { words: [...entryInWords(answer), ...facts], json: answer };
  }
  if (/^p-\d/.test(what))
    throw new UsageError(`that is the id of a proposal: \`registry proposal ${what}\` shows it`);
  const query = atVersion(options);
  if (what.includes('/')) {
    const answer = await registry({ method: 'GET', path: `facts/${factPath(what)}`, query });
    return { words: JSON.stringify(readAs(factShape, answer).fact, null, 2).split('\n'), json: answer };
  }
  const answer = await registry({ method: 'GET', path: `facts/${sound(what, kindFault(what))}`, query });
  return { words: readAs(keysShape, answer).keys, json: answer };
}

/** `diff FROM [TO]` */
export function diffCommand(): Command {
  const command = new Command('diff')
    .description('facts that differ between two versions')
    .argument('<from>')
    .argument('[to]', 'default: as it stands')
    .action((from: string, to: string | undefined, options: RegistryOptions) =>
      run(options, async (registry) => {
        const query = {
          from: String(versionArgument(from)),
          ...(to !== undefined && { to: String(versionArgument(to)) }),
        };
        const differences: Members[] = [];
        for (let after: string | null = ''; after !== null; ) {
          const answer = await registry({
            method: 'GET',
            path: 'diff',
            query: { ...query, ...(after !== '' && { after }) },
          });
          const page = readAs(differencesShape, answer);
          differences.push(...page.differences);
          after = page.next;
        }
        const words = differences.map((each) => `${each['change']}  ${each['key']}`);
        return { words: words.length === 0 ? ['No fact differs.'] : words, json: differences };
      }),
    );
  return withRegistryOptions(command);
}

/** `blame KEY` */
export function blameCommand(): Command {
  const command = new Command('blame')
    .description('who last set a fact, when, why, and from what source')
    .argument('<key>')
    .option('--version <version>', 'as of this version (default: as it stands)')
    .action((key: string, options: AtVersion) =>
      run(options, async (registry) => {
        const answer = await registry({
          method: 'GET',
          path: `blame/${factPath(key)}`,
          query: atVersion(options),
        });
        const { change, sources, ending = [] } = readAs(blame, answer);
        const cited = [...sources, ...ending].map(
          (s) => `  source: ${s.citation}${s.verified ? '' : ' (not verified)'}`,
        );
        return {
          words: [`${key} was ${change} by`, ...entryInWords(answer), ...cited],
          json: answer,
        };
      }),
    );
  return withRegistryOptions(command);
}

/** `verify` */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('verify the whole history against what is stored; exit code 3 where it is not sound')
    .option(
      '--offline',
      'read the tables yourself, with AWS credentials that may read them, and ask no guard',
    )
    .action((options: OfflineOptions) => {
      if (options.offline === true) {
        const audit = offlineAudit(options);
        return ended(options, async () => verified({ ...(await audit()) }));
      }
      return run(options, async (registry) => {
        const started = await registry({ method: 'POST', path: 'verify', body: {} });
        return verified(await jobResultOf<Members>(registry, await finishJob(registry, started, progress)));
      });
    });
  return withTablesOptions(withRegistryOptions(command), 'with --offline');
}

function verified(report: Members): CommandOutcome {
  const { sound, problems } = readAs(verification, report);
  if (!sound || problems.length > 0) process.exitCode = EXIT.refused;
  return { words: verifyInWords(report), json: report };
}

/** `forecast` */
export function forecastCommand(): Command {
  const command = new Command('forecast')
    .description('which routes and networks go dark over the days to come, when and why')
    .option('--days <n>', 'how far to look', '30')
    .action((options: RegistryOptions & { readonly days: string }) =>
      run(options, async (registry) => {
        const body = { days: daysOf(options.days) };
        const started = await registry({ method: 'POST', path: 'forecast', body });
        const report = await jobResultOf<Forecast>(registry, await finishJob(registry, started, progress));
        readAs(forecast, report);
        return { words: forecastInWords(report), json: report };
      }),
    );
  return withRegistryOptions(command);
}

function daysOf(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > MOST_FORECAST_DAYS)
    throw new UsageError(`--days is how far to look, a whole number of days from 1 to ${MOST_FORECAST_DAYS}`);
  return Number(text);
}

function atVersion({ version }: AtVersion): Readonly<Record<string, string>> {
  return version === undefined ? {} : { version: String(versionArgument(version)) };
}

function factPath(key: string): string {
  return sound(key, factKeyFault(key));
}

/** @throws UsageError with the fault, where there is one */
function sound(text: string, fault: string | undefined): string {
  if (fault !== undefined) throw new UsageError(fault);
  return text;
}
