import { Command } from 'commander';
import { contentOf } from '../../functions/core/administration/statement.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { UsageError } from '../usage-error.ts';
import { type StopOptions, stopping, withDryRun } from './acting.ts';
import { proposalOutcome } from './change-commands.ts';
import { computedStand } from './computed.ts';
import { type RegistryOptions, withRegistryOptions, withSigningOptions } from './connection.ts';
import { confirmationInWords } from './review.ts';
import { progress, runSigning } from './run.ts';
import { attestedBy, confirmStatement, newSalt, placeOf } from './signing.ts';

interface Reasoned extends RegistryOptions {
  readonly reason: string;
}

/** `lift ID` */
export function liftCommand(): Command {
  const command = new Command('lift')
    .description('propose to end a hold; a second person approves it')
    .argument('<hold>')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((hold: string, options: Reasoned) =>
      runSigning(options, async (registry, signer) => {
        const asked = { hold, reason: options.reason };
        const body = { ...asked, ...(await attestedBy(signer, { kind: 'lift', ...asked })) };
        return proposalOutcome(await registry({ method: 'POST', path: 'lift', body }));
      }),
    );
  return withSigningOptions(command);
}

/** `revoke KEY…` */
export function revokeCommand(): Command {
  const command = new Command('revoke')
    .description('end favourable facts now; one person may')
    .argument('<keys...>', 'such as accreditation/gb-a-secret')
    .requiredOption('--reason <text>', 'why; recorded for good')
    .action((facts: readonly string[], options: Reasoned & StopOptions) =>
      stopping(options, { path: 'revoke', body: { facts, reason: options.reason } }),
    );
  return withDryRun(withRegistryOptions(command));
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
        const { words, json } = proposalOutcome(await registry({ method: 'POST', path: 'confirm', body }));
        return { words, json: { ...json, computed } };
      }),
    );
  return withSigningOptions(command);
}

export function versionArgument(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError('a version is a whole number from 1');
  return Number(text);
}
