/** What an approval takes: whose simulation it rests on, and whose word is missing. */
import type { WholeProposal } from './whole-proposal.ts';
import { operationsCounted, personInWords } from './words.ts';

/** Whether nobody but its author has asked what a proposal would change. */
function isAuthorsAlone({ author, simulation }: WholeProposal): boolean {
  const by = simulation?.by;
  return by === undefined || (by.role === author.role && by.session === author.session);
}

export function simulatedInWords(proposal: WholeProposal): readonly string[] {
  const { simulation } = proposal;
  if (simulation === undefined) return [];
  const { by, at } = simulation;
  const when = at === undefined ? '' : ` as of ${at}`;
  const who = by === undefined ? 'Simulated by nobody who is named' : `Simulated by ${personInWords(by)}`;
  return [
    isAuthorsAlone(proposal)
      ? `${who}${when}: nobody but the author has asked; approving asks again, and takes no other answer.`
      : `${who}${when}.`,
  ];
}

/** Who must agree besides the author, for which authority. */
export function approversInWords({ simulation }: WholeProposal): readonly string[] {
  return (simulation?.voices ?? []).map(({ anyOf, people, operations }) => {
    const named = people.length === 0 ? '' : ` (its people: ${people.join(', ')})`;
    const of = anyOf.length === 0 ? 'nobody: no authority speaks here' : anyOf.join(' or ');
    return `To be approved by a second person of ${of}${named}, for ${operationsCounted(operations)}.`;
  });
}

/** What a proposal has become, where nobody acknowledges, approves or signs it any more; undefined where somebody may. */
export function decidedInWords({ status, published, rejection }: WholeProposal): string | undefined {
  if (status === 'published')
    return `It is in force as version ${published?.version}: nothing of it is left to acknowledge, to approve or to sign.`;
  if (status === 'rejected')
    return `It was rejected by ${rejection === undefined ? 'nobody who is named' : personInWords(rejection.by)}: nobody can approve it any more.`;
  return status === 'expired'
    ? 'It has expired, and nobody can approve it any more: propose it again.'
    : undefined;
}
