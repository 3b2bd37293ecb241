import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { Statement, StatementOf } from '../../functions/core/administration/statement.ts';
import { canonicalBytes, type Digest, digestOf, type Json } from '../../functions/core/facts/canonical.ts';
import { simulation as simulationShape } from '../../functions/registry/answers.ts';
import type { ChangeResult } from '../../functions/store/applied-change.ts';
import { UsageError } from '../usage-error.ts';
import { computedChange, computedStand, NOT_COMPUTED } from './computed.ts';
import type { RegistryClient } from './connection.ts';
import { RegistryRefusedError } from './errors.ts';
import { demandFlips } from './found-simulation.ts';
import { jobResultOf } from './jobs.ts';
import { contradictionsInWords, MOST_OPERATIONS, operationsInWords } from './operation-words.ts';
import { readAs } from './read-answer.ts';
import { shownChange } from './shown-change.ts';
import {
  approvalStatement,
  changesDigest,
  confirmStatement,
  placeOf,
  type UnsentStatement,
} from './signing.ts';
import type { Tables } from './tables.ts';
import { type WholeProposal, wholeProposal } from './whole-proposal.ts';
import { proposalInWords, simulationInWords } from './words.ts';

/** Everything a person who signs a proposal agrees to: computed here, and shown before a key is used. */
export interface Review {
  readonly words: readonly string[];
  /** What is signed, but for the registry it is for and the time. */
  readonly statement: UnsentStatement<Statement>;
  /** Of the statement and the operations: whoever gives it has seen exactly this. Null where not all of it is shown. */
  readonly digest: Digest | null;
  /** True where root and people were computed here; false where they are the registry's word. */
  readonly computed: boolean;
  readonly json: unknown;
}

/**
 * @param tables to compute from what it comes to; undefined for the registry's word
 * @param all show every operation, however many; without it the digest is withheld where some are not shown
 * @throws UsageError where what the registry shows does not hang together: nobody may sign that
 */
export async function reviewOf(
  registry: RegistryClient,
  id: string,
  tables: Tables | undefined,
  all = true,
): Promise<Review> {
  const proposal = await wholeProposal(registry, id);
  return proposal.kind === 'confirm'
    ? reviewOfConfirmation(registry, proposal, tables)
    : reviewOfChange(registry, proposal, tables, all);
}

async function reviewOfConfirmation(
  registry: RegistryClient,
  proposal: WholeProposal,
  tables: Tables | undefined,
): Promise<Review> {
  const place = await placeOf(registry);
  const statement = confirmStatement(proposal, place);
  const computed = await computedStand(tables, statement);
  const digest = digestOfReview(statement, null);
  const words = [
    ...proposalInWords(proposal),
    ...confirmationInWords(statement, computed),
    `Reviewed ${digest}`,
  ];
  return { words, statement, digest, computed, json: { reviewed: digest, computed, statement, proposal } };
}

/** What whoever signs a confirmation is shown before the key is used. */
export function confirmationInWords(
  statement: UnsentStatement<StatementOf<'confirm'>>,
  computed: boolean,
): readonly string[] {
  const { base, epoch, floor } = statement;
  return [
    `It confirms version ${base.version} (${base.digest}) as the present, in epoch ${epoch}.`,
    floor === null
      ? 'Nothing says how far the registry had come.'
      : `The registry had come to version ${floor.version} (${floor.digest}), in epoch ${floor.epoch}: what that held besides is given up.`,
    ...resultInWords('that is', statement, computed),
  ];
}

async function reviewOfChange(
  registry: RegistryClient,
  proposal: WholeProposal,
  tables: Tables | undefined,
  all: boolean,
): Promise<Review> {
  const { changes, simulation } = proposal;
  if (changes === null)
    throw new UsageError(
      'this proposal has no operations yet, or they were purged: nobody can have seen them',
    );
  if (simulation === undefined)
    throw new RegistryRefusedError({ code: 'FLIPS_CHANGED', message: 'simulate the proposal first' });
  const statement = approvalStatement(proposal);
  const report = await jobResultOf<SimulationReport>(registry, { id: simulation.job });
  readAs(simulationShape, report);
  demandFlips(report, simulation);
  const { base } = statement;
  const computed = await computedChange(tables, { ...statement, changes });
  const change = await shownChange(registry, { ...proposal, changes }, base?.version ?? null);
  const isWhole = all || changes.length <= MOST_OPERATIONS;
  const digest = isWhole ? digestOfReview(statement, changesDigest(changes)) : null;
  const words = [
    ...contradictionsInWords(change),
    ...proposalInWords(proposal),
    base === null
      ? 'It is the first version of all.'
      : `It is made on version ${base.version} (${base.digest}).`,
    ...resultInWords('it comes to', statement, computed),
    ...operationsInWords(change, isWhole ? undefined : MOST_OPERATIONS),
    ...simulationInWords(report),
    digest === null ? 'Not reviewed: some operations are not shown (--all shows them)' : `Reviewed ${digest}`,
  ];
  const json = { reviewed: digest, computed, statement, proposal, simulation: report };
  return { words, statement, digest, computed, json };
}

function resultInWords(what: string, { root, people }: ChangeResult, computed: boolean): readonly string[] {
  const result = `${what} root ${root} and people ${people}`;
  return computed
    ? [`  computed here: ${result}`]
    : [`  as the registry says, ${result}`, `  NOT COMPUTED HERE: ${NOT_COMPUTED}`];
}

function digestOfReview(statement: UnsentStatement<Statement>, operations: Digest | null): Digest {
  return digestOf(canonicalBytes({ statement, operations } as unknown as Json));
}
