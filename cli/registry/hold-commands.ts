import { Command } from 'commander';
import { holdInWords } from '../../functions/core/administration/hold-words.ts';
import type { HoldInForce } from '../../functions/core/administration/holds-in-force.ts';
import { CAUSES } from '../../functions/core/facts/hold.ts';
import { suggesting } from '../../functions/core/nearest.ts';
import { holds as holdsShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import { type StopOptions, stopping, withDryRun } from './acting.ts';
import { fileChange } from './change-commands.ts';
import { type RegistryOptions, withRegistryOptions, withSigningOptions } from './connection.ts';
import { readAs } from './read-answer.ts';
import { run, runSigning } from './run.ts';

interface HoldOptions extends StopOptions {
  readonly authority: string;
  readonly everything?: true;
  readonly owner?: string;
  readonly network?: string;
  readonly cause?: string;
  readonly until?: string;
  readonly reason: string;
}

/** `hold ID` */
export function holdCommand(): Command {
  const command = new Command('hold')
    .description(
      'stop everything, one owner’s information, or one network, from the next decision on; one person may. What stops more than your authority speaks for ends by itself after 24 hours',
    )
    .argument('<id>', 'a name for this hold')
    .requiredOption('--authority <id>', 'the authority you hold for')
    .option('--everything', 'stop every message of every owner, on every network')
    .option(
      '--owner <nation>',
      'stop the information of one nation or organisation, such as USA, on every network',
    )
    .option('--network <id>', 'stop every message over one network, by its id (`registry show network`)')
    .option('--cause <cause>', `why, in one word: ${Object.keys(CAUSES).join(', ')}`)
    .option('--until <instant>', 'when it ends by itself, such as 2026-12-01T08:00:00Z')
    .requiredOption(
      '--reason <text>',
      'why, in your words; stands in the note of the change, which can be purged',
    )
    .action((id: string, { authority, cause, until, reason, ...options }: HoldOptions) =>
      stopping(options, {
        path: 'hold',
        body: {
          ...{ id, authority, scope: scopeOf(options), cause: causeOf(cause), reason },
          ...(until !== undefined && { until }),
        },
        also: reachInWords,
      }),
    );
  return withDryRun(withRegistryOptions(command));
}

function scopeOf({
  everything,
  owner,
  network,
}: Pick<HoldOptions, 'everything' | 'owner' | 'network'>): Readonly<Record<string, unknown>> {
  const scopes = [
    ...(everything ? [{ everything: true }] : []),
    ...(owner === undefined ? [] : [{ owner }]),
    ...(network === undefined ? [] : [{ network }]),
  ];
  const [only] = scopes;
  if (only === undefined || scopes.length > 1)
    throw new UsageError('name one of --everything, --owner and --network');
  return only;
}

/** A word of the closed set: whoever is in a hurry is told all of them. */
function causeOf(given: string | undefined): string {
  if (given !== undefined && Object.hasOwn(CAUSES, given)) return given;
  const all = Object.entries(CAUSES).map(([word, means]) => `${word} (${means})`);
  const form = `--cause says why, in one word: ${all.join('; ')}`;
  if (given === undefined) throw new UsageError(form);
  throw new UsageError(
    `${sentence(suggesting('there is no such cause', given, Object.keys(CAUSES)))} ${form}`,
  );
}

function sentence(text: string): string {
  return text.endsWith('?') ? text : `${text}.`;
}

function reachInWords(answer: Readonly<Record<string, unknown>>): readonly string[] {
  const { wide, until } = answer;
  const end = typeof until === 'string' ? `it ends by itself at ${until}` : 'it ends when two people lift it';
  if (wide !== true) return [`It stops what is its authority’s own: ${end}.`];
  return [
    `It stops more than its authority speaks for: ${end}, and two people of each owner may exempt their own information from it (\`routeguard registry exempt\`).`,
  ];
}

/** `holds` */
export function holdsCommand(): Command {
  const command = new Command('holds')
    .description('every stop in force: what, by whom, since and until when, why, and how it is lifted')
    .action((options: RegistryOptions) =>
      run(options, async (registry) => {
        const answer = await registry({ method: 'GET', path: 'holds' });
        const { at, version } = readAs(holdsShape, answer);
        const holds = answer['holds'] as readonly HoldInForce[];
        const words = holds.flatMap((hold) => {
          const { what, says } = holdInWords(hold);
          return [what, ...says.map((line) => `  ${line}`)];
        });
        const none = `No hold is in force in version ${version} at ${at}.`;
        return { words: words.length === 0 ? [none] : words, json: answer };
      }),
    );
  return withRegistryOptions(command);
}

interface ExemptOptions extends RegistryOptions {
  readonly authority: string;
  readonly owner: string;
  readonly reason: string;
}

/** `exempt HOLD` */
export function exemptCommand(): Command {
  const command = new Command('exempt')
    .description(
      'propose that somebody else’s wide stop does not stop information of an owner you speak for; a second person approves it',
    )
    .argument('<hold>', 'the id of a hold, as `holds` shows it')
    .requiredOption('--authority <id>', 'the authority you speak for')
    .requiredOption('--owner <nation>', 'whose information goes on')
    .requiredOption('--reason <text>', 'why; stands in the note of the change')
    .action((hold: string, options: ExemptOptions) =>
      runSigning(options, (registry, signer) => {
        const changes = [{ op: 'add', fact: exemptionFact(hold, options, new Date()) }];
        return fileChange(registry, signer, { reason: options.reason, changes });
      }),
    );
  return withSigningOptions(command);
}

/** Named after hold, owner and minute: whoever exempts again after an exemption was ended takes a new id. */
function exemptionFact(hold: string, { authority, owner }: ExemptOptions, now: Date) {
  const minute = now.toISOString().slice(0, 16).replace(/\D/g, '');
  return {
    kind: 'exemption',
    id: `${hold.slice(0, 40)}-${owner.toLowerCase()}-${minute}`,
    ...{ authority, hold, owner },
    valid: { from: now.toISOString(), to: null, zone: 'UTC' },
    sources: [
      { citation: `Exemption of ${owner} by two people of ${authority}`, verified: true, primary: true },
    ],
  } as const;
}
