import { Command } from 'commander';
import { contentOf, type StatementOf } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { purge as purgeShape } from '../../functions/registry/answers.ts';
import { several } from '../question.ts';
import { UsageError } from '../usage-error.ts';
import type { RegistryOptions } from './connection.ts';
import { withRegistryOptions, withSigningOptions } from './connection.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, run, runSigning } from './run.ts';
import { newSalt, type PersonSigner, type UnsentStatement } from './signing.ts';
import { versionArgument } from './stop-commands.ts';
import { personInWords } from './words.ts';

type Members = Readonly<Record<string, unknown>>;

const DOOR = '/v1/registry-purge';

/** What there was of it is there no more. */
const GONE: ReadonlySet<string> = new Set(['purged', 'already-purged', 'missing']);

/** `purge request`, `purge show ID`, `purge approve ID` */
export function purgeCommand(): Command {
  return new Command('purge')
    .description(
      'remove for good what should never have been recorded: one person asks, a second does it; digests and tombstones stay',
    )
    .addCommand(requestCommand())
    .addCommand(showCommand())
    .addCommand(approveCommand());
}

interface RequestOptions extends RegistryOptions {
  readonly authority: string;
  readonly reason: string;
  readonly noteOf: readonly string[];
  readonly proposal: readonly string[];
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
    .requiredOption(
      '--authority <id>',
      'the authority you ask for; everybody whose facts it is about consents too',
    )
    .requiredOption('--reason <text>', 'why; recorded for good, so it must not repeat what is purged')
    .action((options: RequestOptions) =>
      runSigning(options, async (registry, signer) => {
        const notes = [...new Set(options.noteOf.map(versionArgument))];
        if (notes.length + options.proposal.length === 0)
          throw new UsageError('name what is purged: --note-of or --proposal');
        const { authority, reason, proposal: proposals } = options;
        const salt = newSalt();
        const content = contentOf({ kind: 'purge', authority, reason, salt, notes, proposals });
        const signed = await signer.sign(await purgeStatement(signer, content));
        const body = { notes, proposals, authority, reason, salt, signed };
        return outcomeOf(await registry({ method: 'POST', door: DOOR, path: '', body }));
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
        const { authority, reason, salt, notes, proposals } = shown;
        const content = contentOf({ kind: 'purge', authority, reason, salt, notes, proposals });
        if (content !== options.request)
          throw new UsageError('the request is not the one --request names: look at it again');
        const signed = await signer.sign(await purgeStatement(signer, content));
        return outcomeOf(
          await registry({
            method: 'POST',
            door: DOOR,
            path: `${encodeURIComponent(id)}/approve`,
            body: { signed },
          }),
        );
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
  // Done, and yet something is still there: whoever relies on the purge must hear it.
  if (status === 'done' && Object.values(outcomes).some((each) => !GONE.has(each))) process.exitCode = 3;
  return { words: purgeInWords(request), json: request };
}

function purgeInWords(request: Members): readonly string[] {
  const outcomes = (request['outcomes'] ?? {}) as Readonly<Record<string, string>>;
  const notes = (request['notes'] as readonly number[]).map((version) => [
    String(version),
    `the reason of version ${version}`,
  ]);
  const what = [...notes, ...(request['proposals'] as readonly string[]).map((id) => [id, id])];
  const consents = (request['consents'] as readonly unknown[]).map(personInWords).join(', ');
  const lacking = (request['missing'] ?? []) as readonly string[];
  const missing = lacking.map((id) => `  missing: two people of ${id}`);
  return [
    `${request['id']}  ${request['status']}  for ${request['authority']}`,
    `  signed by ${consents} from ${request['createdAt']}`,
    ...missing,
    `  reason: ${request['reason']}`,
    ...what.map(([key = '', words]) => `  ${outcomes[key] ?? 'to be purged'}  ${words}`),
    `  digest ${request['digest']}`,
  ];
}
