import { Command } from 'commander';
import { contentOf, type StatementOf } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { purge as purgeShape } from '../../functions/registry/answers.ts';
import { EXIT } from '../exit.ts';
import { several } from '../question.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryOptions } from './connection.ts';
import { withRegistryOptions, withSigningOptions } from './connection.ts';
import {
  everywhere,
  type FoundPlace,
  factAsVersionsHadIt,
  isErasable,
  placeName,
  purgeSearchCommand,
  versionsOf,
} from './purge-search.ts';
import { purgeInWords, signedAlready } from './purge-words.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, run, runSigning } from './run.ts';
import { requestChanged } from './seen.ts';
import { newSalt, type PersonSigner, type UnsentStatement } from './signing.ts';
import { versionArgument } from './stop-commands.ts';

type Members = Readonly<Record<string, unknown>>;

const DOOR = '/v1/registry-purge';

/** What there was of it is there no more; what never was is not among it. */
const GONE: ReadonlySet<string> = new Set(['purged', 'already-purged']);

/** `purge search`, `purge request`, `purge show ID`, `purge approve ID` */
export function purgeCommand(): Command {
  return new Command('purge')
    .description(
      'remove for good what should never have been recorded: one person asks, and it is done once two people of everybody it is about have signed; digests and tombstones stay',
    )
    .addCommand(purgeSearchCommand())
    .addCommand(requestCommand())
    .addCommand(showCommand())
    .addCommand(approveCommand());
}

interface RequestOptions extends RegistryOptions {
  readonly authority: string;
  readonly reason: string;
  readonly noteOf: readonly string[];
  readonly proposal: readonly string[];
  readonly fact: readonly string[];
  readonly job: readonly string[];
  readonly object: readonly string[];
  readonly versions?: string;
}

function requestCommand(): Command {
  const command = new Command('request')
    .description('ask for a purge, as a proposer of the authority')
    .option(
      '--note-of <version>',
      'the note of a version, with its reason; may be repeated',
      several('--note-of'),
      [],
    )
    .option(
      '--proposal <id>',
      'a closed proposal, with its reason and operations; may be repeated',
      several('--proposal'),
      [],
    )
    .option(
      '--fact <key>',
      'a fact as versions have it that are not in force, wherever its text is; may be repeated',
      several('--fact'),
      [],
    )
    .option('--versions <from-to>', 'of --fact: only as these versions have it')
    .option(
      '--object <digest>',
      'what a search names and no version has: a note, or facts that were never published; may be repeated',
      several('--object'),
      [],
    )
    .option(
      '--job <id>',
      'an audit, a forecast or a simulation, with what it left; may be repeated',
      several('--job'),
      [],
    )
    .requiredOption(
      '--authority <id>',
      'the authority you ask for; everybody whose facts it is about consents too',
    )
    .requiredOption('--reason <text>', 'why; recorded for good, so it must not repeat what is purged')
    .action((options: RequestOptions) =>
      runSigning(options, async (registry, signer) => {
        const notes = [...new Set(options.noteOf.map(versionArgument))];
        const given = [...notes, ...options.proposal, ...options.fact, ...options.object, ...options.job];
        if (given.length === 0)
          throw new UsageError('name what is purged: --fact, --note-of, --proposal, --object or --job');
        const places: FoundPlace[] = [];
        const found: string[] = [];
        for (const fact of options.fact) {
          const there = await everywhere(registry, { fact, ...versionsOf(options.versions) });
          places.push(...there);
          found.push(`${factAsVersionsHadIt(fact, options.versions)} stands in`, ...there.map(placeName));
        }
        const kept = places.filter(({ table, what }) => !isErasable(table, what));
        if (kept.length > 0)
          throw new UsageError(
            `it stands in what is never purged: ${kept.map(({ what, name }) => `${what} ${name}`).join(', ')}`,
          );
        const named = (what: readonly string[]) => [
          ...new Set(places.filter((each) => what.includes(each.what)).map(({ name }) => name)),
        ];
        const subject = {
          notes,
          proposals: [...new Set([...options.proposal, ...named(['PROPOSALS'])])],
          objects: [...new Set([...options.object, ...named(['law', 'leaf'])])] as readonly Digest[],
          jobs: [...new Set([...options.job, ...named(['JOBS'])])],
        };
        const { authority, reason } = options;
        const salt = newSalt();
        const content = contentOf({ kind: 'purge', authority, reason, salt, ...subject });
        const signed = await signer.sign(await purgeStatement(signer, content));
        const body = { ...subject, authority, reason, salt, signed };
        const filed = await registry({ method: 'POST', door: DOOR, path: '', body });
        return { words: [...found, ...purgeInWords(filed)], json: filed };
      }),
    );
  return withSigningOptions(command);
}

function showCommand(): Command {
  const command = new Command('show')
    .description('show a request and what came of it')
    .argument('<id>')
    .action((id: string, options: RegistryOptions) =>
      run(options, async (registry) =>
        outcomeOf(await registry({ method: 'GET', door: DOOR, path: encodeURIComponent(id) })),
      ),
    );
  return withRegistryOptions(command);
}

function approveCommand(): Command {
  const command = new Command('approve')
    .description('consent to it; done once two people of everybody it is about have; there is no way back')
    .argument('<id>')
    .requiredOption('--request <digest>', 'digest of the request you have read, from `purge show`')
    .action((id: string, options: RegistryOptions & { readonly request: string }) =>
      runSigning(options, async (registry, signer) => {
        const shown = readAs(
          purgeShape,
          await registry({ method: 'GET', door: DOOR, path: encodeURIComponent(id) }),
        );
        const { authority, reason, salt, notes, proposals, jobs } = shown;
        const objects = shown.objects as readonly Digest[];
        const asked = { kind: 'purge', authority, reason, salt, notes, proposals, objects, jobs } as const;
        const content = contentOf(asked);
        if (content !== options.request) throw requestChanged(id);
        const signed = await signer.sign(await purgeStatement(signer, content));
        const path = `${encodeURIComponent(id)}/approve`;
        const answer = await registry({ method: 'POST', door: DOOR, path, body: { signed } });
        const { words, json } = outcomeOf(answer);
        const isAgain = shown.consents.some(({ key }) => key === signer.key);
        return { words: isAgain ? [...signedAlready(answer), ...words] : words, json };
      }),
    );
  return withSigningOptions(command);
}

/** What everybody signs: the request, in the epoch whose versions it names. */
async function purgeStatement(
  signer: Pick<PersonSigner, 'place'>,
  content: Digest,
): Promise<UnsentStatement<StatementOf<'purge'>>> {
  const { epoch } = await signer.place();
  if (epoch === null) throw new UsageError('there is nothing to purge: nothing has been published');
  return { operation: 'purge', content, epoch };
}

function outcomeOf(request: Members): CommandOutcome {
  const { status, outcomes = {} } = readAs(purgeShape, request);
  // Something is still there, or never was: whoever relies on the purge must hear it.
  if (Object.values(outcomes).some((each) => !GONE.has(each))) process.exitCode = EXIT.refused;
  const words = purgeInWords(request);
  return { words: status === 'done' ? [...words, ...AFTERWARDS] : words, json: request };
}

/** What a purge of the tables does not reach. */
const AFTERWARDS = [
  'What still holds it, and how long (docs/runbook.md, "After a purge"):',
  '  point-in-time recovery of the tables, up to 35 days; backups and exports made before, until they are deleted',
  '  processes that have read it, until they end; terminals, change records and files of whoever worked with it',
  'Prove that it is nowhere in the tables: `routeguard registry purge search FILE`, with the words in FILE (- reads them).',
];
