import { Command } from 'commander';
import { contentOf } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { acknowledgement, proposal as proposalShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import { computedStand } from './computed.ts';
import { type Ask, type RegistryOptions, withRegistryOptions, withSigningOptions } from './connection.ts';
import { readAs } from './read-answer.ts';
import { confirmationInWords } from './review.ts';
import { progress, run, runSigning } from './run.ts';
import { attestedBy, confirmStatement, newSalt, placeOf } from './signing.ts';
import { acknowledgementInWords, proposalInWords } from './words.ts';

interface Reasoned extends RegistryOptions {
  readonly reason: string;
}

/** A command that files a proposal, of what it asks for. */
function proposing(
  options: RegistryOptions,
  asked: Parameters<typeof attestedBy>[1] & { readonly kind: 'lift' | 'rollback' },
): Promise<void> {
  return runSigning(options, async (registry, signer) => {
    const { kind, ...rest } = asked;
    const body = { ...rest, ...(await attestedBy(signer, asked)) };
    const proposal = await registry({ method: 'POST', path: kind, body });
    return { words: proposalInWords(readAs(proposalShape, proposal)), json: proposal };
  });
}

/** A command that acts at once. */
function acting(options: RegistryOptions, ask: Ask): Promise<void> {
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
  return withRegistryOptions(command);
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
      proposing(options, { kind: 'lift', hold, reason: options.reason }),
    );
  return withSigningOptions(command);
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
  return withRegistryOptions(command);
}

/** `rollback VERSION` */
export function rollbackCommand(): Command {
  const command = new Command('rollback')
    .description('propose the facts of an earlier version again')
    .argument('<version>')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((version: string, options: Reasoned) =>
      proposing(options, { kind: 'rollback', version: versionArgument(version), reason: options.reason }),
    );
  return withSigningOptions(command);
}

/** `confirm VERSION DIGEST` */
export function confirmCommand(): Command {
  const command = new Command('confirm')
    .description(
      'propose to confirm the version of a registry that came back from a backup; two founders and two people of every authority sign (`approve`)',
    )
    .argument('<version>')
    .argument('<digest>')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((given: string, digest: string, options: Reasoned) =>
      runSigning(options, async (registry, signer, tables) => {
        const version = versionArgument(given);
        const { reason } = options;
        const salt = newSalt();
        const asked = { kind: 'confirm', reason, salt, version, digest: digest as Digest } as const;
        const shown = { ...asked, asked, digest: contentOf(asked) };
        const statement = confirmStatement(shown, await placeOf(registry));
        const computed = await computedStand(tables, statement);
        for (const line of confirmationInWords(statement, computed)) progress(line);
        const signed = await signer.sign(statement);
        const body = { version, digest, reason, salt, signed };
        const proposal = await registry({ method: 'POST', path: 'confirm', body });
        return {
          words: proposalInWords(readAs(proposalShape, proposal)),
          json: { ...proposal, computed },
        };
      }),
    );
  return withSigningOptions(command);
}

export function versionArgument(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError('a version is a whole number from 1');
  return Number(text);
}
