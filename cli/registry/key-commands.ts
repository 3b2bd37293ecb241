import { Command } from 'commander';
import { say } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { KEY_FORMS, makeKey, PASSPHRASE } from './key-files.ts';
import { namedKey } from './named-key.ts';
import { ended } from './run.ts';

/** `key new`, `key show KEY` */
export function keyCommand(): Command {
  return new Command('key')
    .description('a person’s own key: what two people’s agreement is made of')
    .addCommand(newCommand())
    .addCommand(showCommand());
}

function newCommand(): Command {
  return new Command('new')
    .description(
      'make an Ed25519 key in a file of your own, and print its public half for the authority that lists you',
    )
    .requiredOption('--out <file>', 'where the private key goes; it is never overwritten')
    .option('--passphrase', `encrypt it with the passphrase in ${PASSPHRASE}`)
    .action(({ out, passphrase }: { readonly out: string; readonly passphrase?: true }) => {
      const secret = process.env[PASSPHRASE];
      if (passphrase === true && !secret) throw new UsageError(`put the passphrase into ${PASSPHRASE}`);
      say([makeKey(out, passphrase === true ? secret : undefined)]);
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('print the public half of a key, for the authority that lists you')
    .argument('<key>', KEY_FORMS)
    .action((name: string) =>
      ended({}, async () => {
        const { publicKey } = await namedKey(name);
        return { words: [publicKey], json: publicKey };
      }),
    );
}
