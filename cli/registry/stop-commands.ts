import { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { type Ask, type ConnectionOptions, withConnectionOptions } from './connection.ts';
import { run } from './run.ts';
import { acknowledgement, proposal as proposalShape, readAs } from './shapes.ts';
import { acknowledgementInWords, proposalInWords } from './words.ts';

interface Reasoned extends ConnectionOptions {
  readonly reason: string;
}

/** A command that files a proposal. */
function proposing(options: ConnectionOptions, ask: Ask): Promise<void> {
  return run(options, async (registry) => {
    const proposal = await registry(ask);
    return { words: proposalInWords(readAs(proposalShape, proposal)), json: proposal };
  });
}

/** A command that acts at once. */
function acting(options: ConnectionOptions, ask: Ask): Promise<void> {
  return run(options, async (registry) => {
    const answer = await registry(ask);
    return { words: acknowledgementInWords(readAs(acknowledgement, answer)), json: answer };
  });
}

interface HoldOptions extends Reasoned {
  readonly authority: string;
  readonly everything?: true;
  readonly owner?: string;
  readonly network?: string;
}

/** `hold ID` */
export function holdCommand(): Command {
  const command = new Command('hold')
    .description(
      'stop everything, one owner’s information, or one network, from the next decision on; one person may',
    )
    .argument('<id>', 'a name for this hold')
    .requiredOption('--authority <id>', 'the authority you hold for')
    .option('--everything')
    .option('--owner <nation>')
    .option('--network <id>')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((id: string, options: HoldOptions) =>
      acting(options, {
        method: 'POST',
        path: 'hold',
        body: { id, authority: options.authority, scope: scopeOf(options), reason: options.reason },
      }),
    );
  return withConnectionOptions(command);
}

function scopeOf({ everything, owner, network }: HoldOptions): Readonly<Record<string, unknown>> {
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

/** `lift ID` */
export function liftCommand(): Command {
  const command = new Command('lift')
    .description('propose to end a hold; a second person approves it')
    .argument('<hold>')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((hold: string, options: Reasoned) =>
      proposing(options, { method: 'POST', path: 'lift', body: { hold, reason: options.reason } }),
    );
  return withConnectionOptions(command);
}

/** `revoke KEY…` */
export function revokeCommand(): Command {
  const command = new Command('revoke')
    .description('end favourable facts now; one person may')
    .argument('<keys...>', 'such as accreditation/gb-a-secret')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((facts: readonly string[], options: Reasoned) =>
      acting(options, { method: 'POST', path: 'revoke', body: { facts, reason: options.reason } }),
    );
  return withConnectionOptions(command);
}

/** `rollback VERSION` */
export function rollbackCommand(): Command {
  const command = new Command('rollback')
    .description('propose the facts of an earlier version again')
    .argument('<version>')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((version: string, options: Reasoned) =>
      proposing(options, {
        method: 'POST',
        path: 'rollback',
        body: { version: versionOf(version), reason: options.reason },
      }),
    );
  return withConnectionOptions(command);
}

/** `confirm VERSION DIGEST` */
export function confirmCommand(): Command {
  const command = new Command('confirm')
    .description('propose to confirm the version of a registry that came back from a backup')
    .argument('<version>')
    .argument('<digest>')
    .requiredOption('--authority <id>', 'the authority whose two people confirm it')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((version: string, digest: string, options: Reasoned & { readonly authority: string }) =>
      proposing(options, {
        method: 'POST',
        path: 'confirm',
        body: {
          version: versionOf(version),
          digest,
          authority: options.authority,
          reason: options.reason,
        },
      }),
    );
  return withConnectionOptions(command);
}

export function versionOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError('a version is a whole number from 1');
  return Number(text);
}
