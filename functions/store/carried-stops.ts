/**
 * What a registry that came back rests on besides people's word: stops by one person each, since the version that people signed
 * last. Confirmed, all of it is everybody's word, whatever it permits: so each is audited before anybody signs.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ancestorAt, type NamedCommit } from './ancestry.ts';
import { approvalProblems } from './audit-approvals.ts';
import { createFindings } from './audit-findings.ts';
import { createLayoutJudge } from './audit-layout.ts';
import { createPeopleJudge } from './judge-approval.ts';
import { readingWithin } from './object-items.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import type { FounderKeys } from './person-signature.ts';
import { StoreError } from './store-error.ts';
import type { ObjectSource } from './stored-object.ts';

/**
 * @param store where the version's objects are, and whose keys everybody else's are believed from
 * @throws StoreError APPROVAL_INVALID, by the newest version that is not what it says, or what reading throws
 */
export async function demandSoundStops(
  {
    client,
    objects,
    founders,
  }: { readonly client: DynamoDBClient; readonly objects: string; readonly founders: FounderKeys },
  head: Pick<OpenSnapshot, 'digest' | 'commit' | 'objects'>,
  signal: AbortSignal,
): Promise<void> {
  const by = { founders, judgePeople: createPeopleJudge(founders), isLaidOut: createLayoutJudge() };
  // As the audit reads: what was purged since is no reason to trust nothing.
  const { load } = createFindings(client, objects, readingWithin(signal));
  let at: NamedCommit = head;
  for (;;) {
    const { version } = at.commit;
    const source: ObjectSource = { load: (digests, allowed) => load(digests, allowed, version) };
    const parent = version === 1 ? null : await ancestorAt(head.objects, at, version - 1);
    const [problem] = await approvalProblems(source, at, parent?.commit ?? null, by);
    if (problem !== undefined) throw new StoreError('APPROVAL_INVALID', { version, digest: at.digest });
    // Down to the version that people signed, which has been looked at with its own word.
    if (parent === null || parent.commit.approval !== at.commit.approval) return;
    at = parent;
  }
}
