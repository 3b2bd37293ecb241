/** `routeguard digest FILE…`: what an accreditation or an assessment writes as `judged`, for facts in files. */
import { Command } from 'commander';
import { claimedKey } from '../functions/core/administration/change.ts';
import { factDigest } from '../functions/core/facts/canonical.ts';
import { factProblems } from '../functions/core/facts/fact.ts';
import { factsIn } from './fact-files.ts';
import { DataFileError } from './read-json-file.ts';
import { say } from './terminal.ts';
import { UsageError } from './usage-error.ts';

interface DigestOptions {
  readonly of?: string;
}

function run(files: readonly string[], { of }: DigestOptions): void {
  try {
    const facts = factsIn(files).filter((fact) => of === undefined || claimedKey(fact) === of);
    if (facts.length === 0) throw new UsageError('no such fact in these files');
    for (const fact of facts) {
      // A fact that cannot be read is not registered, so nobody can have judged it.
      if (factProblems(fact).length > 0)
        throw new UsageError('a fact in these files is not sound: `routeguard check` says why');
      say([of === undefined ? `${factDigest(fact)}  ${claimedKey(fact)}` : factDigest(fact)]);
    }
  } catch (error) {
    if (error instanceof DataFileError) throw new UsageError(error.message);
    throw error;
  }
}

export function digestCommand(): Command {
  return new Command('digest')
    .description('The digests of facts in files: what a judgement of one of them writes as "judged".')
    .argument('<files...>', 'files or folders of facts, as JSON or YAML; a proposal counts as what it adds')
    .option('--of <key>', 'only this fact, such as network/gb-b, and its digest alone')
    .addHelpText('after', '\nExample:\n  routeguard digest samples/registry/networks.json --of network/gb-b')
    .action(run);
}
