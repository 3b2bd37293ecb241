import { Command } from 'commander';
import type { Forecast } from '../../functions/core/administration/simulation.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factInWords } from '../../functions/core/facts/words/fact-words.ts';
import { blame, forecast, logShape, verification } from '../../functions/registry/answers.ts';
import { MOST_FORECAST_DAYS } from '../../functions/registry/bodies.ts';
import { MOST_LOG_ENTRIES } from '../../functions/registry/limits.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { explainAbsence } from './absent-fact.ts';
import { type AtVersion, atVersion, factPath, versionAskedIn } from './at-version.ts';
import { type RegistryOptions, withRegistryOptions } from './connection.ts';
import { finishJob, jobResultOf } from './jobs.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, ended, progress, run } from './run.ts';
import { namesAt } from './shown-change.ts';
import { withTablesOptions } from './tables.ts';
import { type OfflineOptions, offlineAudit } from './verify-offline.ts';
import { entryInWords, forecastInWords, isOfNewerFormat, verifyInWords } from './words.ts';

type Members = Readonly<Record<string, unknown>>;

/** `log` */
export function logCommand(): Command {
  const command = new Command('log')
    .description('who changed the registry, when and why, newest first')
    .option('--limit <n>', `how many versions, at most ${MOST_LOG_ENTRIES}`, '20')
    .option('--before <version>', 'only versions before this one')
    .action((options: RegistryOptions & { readonly limit: string; readonly before?: string }) => {
      const query = {
        limit: wholeNumber('--limit', 'how many versions', options.limit, MOST_LOG_ENTRIES),
        ...(options.before !== undefined && {
          before: wholeNumber('--before', 'a version', options.before, MOST_VERSIONS),
        }),
      };
      return run(options, async (registry) => {
        const answer = await registry({ method: 'GET', path: 'log', query });
        return { words: readAs(logShape, answer).entries.flatMap(entryInWords), json: answer };
      });
    });
  return withRegistryOptions(command);
}

const MOST_VERSIONS = 999_999_999;

function wholeNumber(option: string, what: string, text: string, most: number): string {
  if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > most)
    throw new UsageError(`${option} is ${what}, a whole number from 1 to ${most}`);
  return text;
}

/** `blame KEY` */
export function blameCommand(): Command {
  const command = new Command('blame')
    .description('who last set a fact, when, why, and what it says')
    .argument('<key>')
    .option('--version <version>', 'as of this version (default: as it stands)')
    .action((key: string, options: AtVersion) =>
      run(options, async (registry) => {
        const path = `blame/${factPath(key)}`;
        const query = atVersion(options);
        const asked = registry({ method: 'GET', path, query });
        const answer = readAs(
          blame,
          await asked.catch((error: unknown) => explainAbsence(registry, key, query, error)),
        );
        const did = answer.kind === 'revoke' ? 'REVOKED' : answer.change;
        const since = `${key} is as it is since this version, or before: what stood before was purged`;
        const head = [answer.change === 'unknown' ? since : `${key} was ${did} by`, ...entryInWords(answer)];
        if (answer.fact === null)
          return { words: [...head, '  It is not there any more.'], wraps: true, json: answer };
        const names = await namesAt(registry, versionAskedIn(options));
        const { gist, details } = factInWords(answer.fact as RawFact, names);
        const says = [`It says: ${gist}`, ...details.map((line) => `  ${line}`)];
        return { words: [...head, ...says], wraps: true, json: answer };
      }),
    );
  return withRegistryOptions(command);
}

/** `verify` */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description(
      'verify the whole history against what is stored; exit code 3 where it is not sound, 4 where this build cannot read it',
    )
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
  // Not verified is another thing than not sound: it is neither well nor found wrong.
  if (isOfNewerFormat(problems)) process.exitCode = EXIT.unavailable;
  else if (!sound || problems.length > 0) process.exitCode = EXIT.refused;
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
