/** What a review of a change says, part by part: the one order and the one wording that a terminal and a page have it in. */
import type { SaidPart } from '../../functions/core/administration/change-report.ts';
import { flipGroups } from '../../functions/core/administration/flip-groups.ts';
import { movedAway } from '../../functions/core/administration/moves.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { StatementOf } from '../../functions/core/administration/statement.ts';
import type { ChangeResult } from '../../functions/store/applied-change.ts';
import { approversInWords, decidedInWords, simulatedInWords } from './approval-words.ts';
import { NOT_COMPUTED } from './computed.ts';
import { contradictionsInWords } from './contradiction-lines.ts';
import { simulationInWords } from './flip-lines.ts';
import { flipsInShort, looseningInShort } from './in-short.ts';
import { MOST_OPERATIONS, operationsInWords } from './operation-words.ts';
import type { ChangeToShow } from './shown-change.ts';
import type { UnsentStatement } from './signing.ts';
import type { WholeProposal } from './whole-proposal.ts';
import { proposalInWords } from './words.ts';

/** A simulated proposal, with what is signed of it and what it is made to. */
export interface ReviewedChange {
  readonly proposal: WholeProposal;
  readonly statement: UnsentStatement<StatementOf<'approve'>>;
  /** Whether root and people were computed here, and are not the registry's word. */
  readonly computed: boolean;
  readonly change: ChangeToShow;
  readonly simulation: SimulationReport;
}

/** Keys of the facts that what is gained rests on: what is about them is told first. */
export function decisiveIn({ flips }: Pick<SimulationReport, 'flips'>): ReadonlySet<string> {
  return new Set(flips.flatMap(({ direction, restsOn }) => (direction === 'to-permit' ? restsOn : [])));
}

/**
 * Everything but who has read it: headings are for a page, whose lines are the terminal's.
 *
 * @param all every operation, group and answer, however many
 */
export function reviewParts(
  { proposal, statement, computed, change, simulation }: ReviewedChange,
  all: boolean,
): readonly SaidPart[] {
  const groups = flipGroups(simulation.flips);
  const decisive = decisiveIn(simulation);
  const { base } = statement;
  const decided = decidedInWords(proposal);
  const moved = movedAway(change.changes, change.facts, change.names);
  const madeOn =
    base === null
      ? 'It is the first version of all.'
      : `It is made on version ${base.version} (${base.digest}).`;
  return [
    { heading: 'Where its words contradict it', lines: contradictionsInWords(change, decisive) },
    // Before the reason, which may be as long as its author likes.
    { heading: 'What flips, in short', lines: flipsInShort(groups, change) },
    { heading: 'What lets more pass, in short', lines: looseningInShort(change) },
    {
      heading: 'What is proposed',
      lines: [...proposalInWords(proposal), madeOn, ...resultInWords('it comes to', statement, computed)],
    },
    {
      heading: 'What it does',
      lines: operationsInWords(change, all ? undefined : MOST_OPERATIONS, decisive),
    },
    {
      heading: 'What flips',
      lines: simulationInWords(simulation, groups, { all, moved, decided: decided !== undefined }),
    },
    {
      heading: 'Who decides',
      lines: [
        ...simulatedInWords(proposal),
        ...(decided === undefined ? approversInWords(proposal) : [decided]),
      ],
    },
  ];
}

/** What is signed that it comes to, and whose word that is. */
export function resultInWords(
  what: string,
  { root, people }: ChangeResult,
  computed: boolean,
): readonly string[] {
  const result = `${what} root ${root} and people ${people}`;
  return computed
    ? [`  computed here: ${result}`]
    : [`  as the registry says, ${result}`, `  NOT COMPUTED HERE: ${NOT_COMPUTED}`];
}
