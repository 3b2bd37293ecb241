/**
 * Whether a publication is a proposal's own. What the proposal's record says of it may be anybody's who can write to the
 * table: it is told by what was signed, before anything is published by it and before anybody is told that it is in force.
 */
import { type Approval, saidBy } from '../store/approval.ts';
import type { Commit } from '../store/commit.ts';
import { ancestry } from '../store/history.ts';
import { approvedIn } from '../store/judge-approval.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { PreparedPublication, PublishedVersion } from '../store/publisher.ts';
import { wordOf } from '../store/word.ts';
import type { RegistryContext } from './context.ts';
import type { Proposal } from './proposal.ts';
import { wordIn } from './publication.ts';
import { CLOCKS_MS, timeOfId } from './records.ts';
import { Refusal } from './refusal.ts';

/**
 * What is in the history of it, under a HEAD that was judged.
 *
 * @throws Refusal PROPOSAL_STATUS where it is not there; StoreError for a HEAD that is held
 */
export async function inHistory(
  context: Pick<RegistryContext, 'reader'>,
  proposal: Proposal,
  said: PublishedVersion,
  signal: AbortSignal,
): Promise<PublishedVersion> {
  const at = await context.reader.open({ exact: said.version }, signal);
  const { approval } = await wordOf(at, at.objects);
  if (at.digest !== said.digest || !isMadeBy(at.commit, approval, proposal)) throw notItsOwn();
  const { version, digest, lineage, recordedAt } = at;
  return { version, digest, lineage, recordedAt };
}

/**
 * The version that a proposal has become, looked for since it was made: whatever its record says, and whatever became of who
 * published it. Undefined where it is none.
 *
 * @param head null before the first version
 */
export async function madeOf(
  head: OpenSnapshot | null,
  proposal: Proposal,
): Promise<PublishedVersion | undefined> {
  if (head === null) return undefined;
  for await (const at of ancestry(head)) {
    // By the id, which is the record's place in the table: its base is whatever the record says.
    if (Date.parse(at.commit.recordedAt) < timeOfId(proposal.id) - CLOCKS_MS) return undefined;
    const { approval } = await wordOf(at, head.objects);
    if (!isMadeBy(at.commit, approval, proposal)) continue;
    const { version, lineage, recordedAt } = at.commit;
    return { version, digest: at.digest, lineage, recordedAt };
  }
  return undefined;
}

/** @throws Refusal PROPOSAL_STATUS where two people signed it for another one; StoreError where it cannot be read */
export function demandOwn(proposal: Proposal, frozen: PreparedPublication): void {
  const { commit, approval } = wordIn(frozen);
  if (!isMadeBy(commit, approval, proposal)) throw notItsOwn();
}

/** True where these signatures made this version, for what the proposal asks. */
function isMadeBy(commit: Commit, approval: Approval, { digest }: Proposal): boolean {
  const isOwn = approvedIn(commit, saidBy(approval)) === commit.version;
  return isOwn && approval.every(({ statement }) => statement.content === digest);
}

function notItsOwn(): Refusal {
  return new Refusal(
    'PROPOSAL_STATUS',
    'it is not in the history what this proposal says it has published: propose it again',
  );
}
