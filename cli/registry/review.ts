import { changeReport } from '../../functions/core/administration/change-report.ts';
import { type FlipGroup, flipGroups } from '../../functions/core/administration/flip-groups.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { Statement, StatementOf } from '../../functions/core/administration/statement.ts';
import { canonicalBytes, type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { simulation as simulationShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import { decidedInWords } from './approval-words.ts';
import { recordFrom } from './change-record.ts';
import { computedChange, computedStand } from './computed.ts';
import type { RegistryClient } from './connection.ts';
import { RegistryRefusedError } from './errors.ts';
import { showsEveryGroup } from './flip-lines.ts';
import { demandFlips } from './found-simulation.ts';
import { inShort } from './in-short.ts';
import { jobResultOf } from './jobs.ts';
import { MOST_OPERATIONS, operationsAsData } from './operation-words.ts';
import { readAs } from './read-answer.ts';
import { decisiveIn, resultInWords, reviewParts } from './review-parts.ts';
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
import { whoseReview } from './whose-review.ts';
import { proposalInWords } from './words.ts';

/** Everything a person who signs a proposal agrees to: computed here, and shown before a key is used. */
export interface Review {
  readonly words: readonly string[];
  /** What is signed, but for the registry it is for and the time. */
  readonly statement: UnsentStatement<Statement>;
  /**
   * Of the statement, the operations and who reads them: that person has seen exactly this. Null where nobody is said to
   * read it, or not all of it is shown.
   */
  readonly digest: Digest | null;
  /** Whose review another digest is; undefined where that of nobody who is known, or of something else. */
  whose(digest: string): Promise<string | undefined>;
  /** What flips, as it is acknowledged. */
  readonly groups: readonly FlipGroup[];
  /** True where root and people were computed here; false where they are the registry's word. */
  readonly computed: boolean;
  readonly json: unknown;
  /** The same lines as a page, with tables beneath; of a confirmation there is none. */
  readonly page?: () => string;
}

export interface ReviewTerms {
  /** To compute from what it comes to; undefined for the registry's word. */
  readonly tables: Tables | undefined;
  /** The public key of who reads; undefined for nobody. */
  readonly reader: string | undefined;
  /** Every operation, group and answer, however many; without it the digest is withheld where some are not shown. */
  readonly all: boolean;
}

/** @throws UsageError where what the registry shows does not hang together: nobody may sign that */
export async function reviewOf(registry: RegistryClient, id: string, terms: ReviewTerms): Promise<Review> {
  const proposal = await wholeProposal(registry, id);
  return proposal.kind === 'confirm'
    ? reviewOfConfirmation(registry, proposal, terms)
    : reviewOfChange(registry, proposal, terms);
}

/** What a review ends with, and who else may have read the same. */
function ending(
  registry: RegistryClient,
  { reader }: ReviewTerms,
  isWhole: boolean,
  readBy: (reader: string) => Digest,
): Pick<Review, 'digest' | 'whose'> & { readonly lines: readonly string[] } {
  const digest = isWhole && reader !== undefined ? readBy(reader) : null;
  const whose = (other: string) => whoseReview(registry, readBy, other);
  if (!isWhole) return { digest, whose, lines: ['Not reviewed: some of it is not shown (--all shows it)'] };
  if (digest === null)
    return {
      digest,
      whose,
      lines: ['Not reviewed: --key says who reads it, and a review is that person’s alone'],
    };
  return { digest, whose, lines: [`Read with the key ${reader}`, `Reviewed ${digest}`] };
}

async function reviewOfConfirmation(
  registry: RegistryClient,
  proposal: WholeProposal,
  terms: ReviewTerms,
): Promise<Review> {
  const place = await placeOf(registry);
  const statement = confirmStatement(proposal, place);
  const computed = await computedStand(terms.tables, statement);
  const { lines, digest, whose } = ending(registry, terms, true, (reader) =>
    digestOfReview(statement, null, reader),
  );
  const words = [...proposalInWords(proposal), ...confirmationInWords(statement, computed), ...lines];
  const json = { reviewed: digest, computed, statement, proposal };
  return { words, statement, digest, whose, groups: [], computed, json };
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
  terms: ReviewTerms,
): Promise<Review> {
  const { changes, simulation } = proposal;
  const { tables, all } = terms;
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
  const computed = await computedChange(tables, { ...statement, changes, simulation: report });
  const change = await shownChange(registry, { ...proposal, changes }, base?.version ?? null);
  const groups = flipGroups(report.flips);
  const isWhole = all || (changes.length <= MOST_OPERATIONS && showsEveryGroup(groups, all));
  const operations = changesDigest(changes);
  const { lines, digest, whose } = ending(registry, terms, isWhole, (reader) =>
    digestOfReview(statement, operations, reader),
  );
  const reviewed = { proposal, statement, computed, change, simulation: report };
  // Whoever approves again what is in force completes it, and has read it; nobody else has anything to sign.
  const isOpen = decidedInWords(proposal) === undefined;
  const said = [...reviewParts(reviewed, all), { heading: 'Who has read it', lines: isOpen ? lines : [] }];
  const words = said.flatMap((part) => part.lines);
  const decisive = decisiveIn(report);
  const json = {
    inShort: inShort(groups, change, decisive),
    contradictions: change.contradictions.map(({ operation, sentence }) => ({ operation, sentence })),
    operations: operationsAsData(change, decisive),
    ...{ reviewed: isOpen ? digest : null, computed, statement, proposal, groups, simulation: report },
  };
  const page = () => changeReport({ title: 'Review of a change', ...recordFrom(reviewed), said });
  return { words, statement, digest, whose, groups, computed, json, page };
}

function digestOfReview(
  statement: UnsentStatement<Statement>,
  operations: Digest | null,
  reader: string,
): Digest {
  return digestOf(canonicalBytes({ statement, operations, reader }));
}
