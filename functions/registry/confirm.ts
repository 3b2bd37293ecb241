import { mayApprove, mayPropose } from '../core/administration/authority.ts';
import type { Operation } from '../core/administration/change.ts';
import { factDigest } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { homeOf } from '../store/commit.ts';
import type { CommitMeta } from '../store/next-commit.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { stageAgain } from '../store/staging.ts';
import { confirmBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, type RegistryContext, type Reply } from './context.ts';
import { demand } from './permissions.ts';
import type { Proposal } from './proposal.ts';
import { bodyBytes, operationsOf, proposalDigest, proposalView } from './proposal-body.ts';
import { acknowledge, prepare } from './publication.ts';
import { type Held, newId } from './records.ts';
import { Refusal } from './refusal.ts';

/**
 * A registry that came back from a backup carries an old HEAD, which would un-revoke: readers keep it held. Proposes to
 * confirm its version; an approver of the same authority makes it so.
 */
export async function confirm(context: RegistryContext, call: Call): Promise<Reply> {
  const { version, digest, authority, reason } = readBody(confirmBody, call.body());
  const head = await context.anyReader.open({}, call.signal);
  if (head.held === null) throw new Refusal('PROPOSAL_STATUS', 'this registry needs no confirmation');
  if (head.version !== version || head.digest !== digest)
    throw new Refusal('CONFLICT', 'the registry that came back is not at this version', {
      details: { version: head.version, digest: head.digest },
    });
  const fact = (await factsAt(context, head)).get(`authority/${authority}`);
  if (fact === undefined)
    throw new Refusal('NOT_FOUND', 'there is no authority of this id', { path: '/authority' });
  const changes = restated(fact);
  demand(mayPropose(call.caller, changes, await factsAt(context, head), context.clock()));
  const now = context.clock();
  const parts = { kind: 'confirm' as const, reason, author: call.caller };
  const body = await context.blobs.put(bodyBytes(changes), call.signal);
  const proposal: Proposal = {
    ...parts,
    id: newId('p', now),
    status: 'open',
    createdAt: instantText(now),
    base: { version: head.version, digest: head.digest },
    digest: proposalDigest(parts, body),
    body,
    operations: 0,
  };
  const { record } = await context.proposals.create(proposal, call.signal);
  return { status: 201, body: proposalView(record, now) };
}

/**
 * Publishes a confirmation: a new lineage on top of what came back, then two people's word for it. Where an earlier
 * attempt stopped after the first, the second follows alone.
 */
export async function publishConfirmation(
  context: RegistryContext,
  call: Call,
  held: Held<Proposal>,
): Promise<Reply> {
  const proposal = held.record;
  const { author } = proposal;
  const changes = await operationsOf(context, proposal, call.signal);
  let head = await context.anyReader.open({}, call.signal);
  demand(mayApprove(call.caller, { author, changes }, await factsAt(context, head), context.clock()));
  const meta = { kind: 'confirm', author: nameOf(author), approvers: [nameOf(call.caller)] };
  if (needsLineage(context, head)) {
    if (head.digest !== proposal.base?.digest) throw moved(head);
    await publishOn(context, call, head, { ...meta, kind: 'restore', succession: 'restore' }, proposal);
    head = await context.anyReader.open({}, call.signal);
  }
  if (head.held === null) throw moved(head);
  const published = await publishOn(context, call, head, { ...meta, succession: 'confirm' }, proposal);
  await context.proposals.update(held, { ...proposal, status: 'published', published }, call.signal);
  return { status: 200, body: { ...acknowledge(context, published), proposal: proposal.id } };
}

async function publishOn(
  context: RegistryContext,
  call: Call,
  head: OpenSnapshot,
  meta: Omit<CommitMeta, 'recordedAt'>,
  proposal: Proposal,
) {
  const note = { reason: proposal.reason, proposal: proposal.digest, confirmed: head.version };
  const prepared = await prepare(context, head, stageAgain(head), meta, note, call.signal);
  return context.publisher.publish(prepared);
}

/** Everything that is held but a lineage begun here and not confirmed yet: what came back, or was put back. */
function needsLineage(context: RegistryContext, { held, commit }: OpenSnapshot): boolean {
  const isBegun = held === 'LINEAGE_CHANGED' && commit.home === homeOf(context.tables.state);
  return held !== null && !isBegun;
}

/** An authority's own fact once more: nothing changes, but only that authority's two people may say it. */
function restated(fact: RawFact): readonly Operation[] {
  return [{ op: 'replace', fact, was: factDigest(fact) }];
}

function moved(head: OpenSnapshot): Refusal {
  return new Refusal('CONFLICT', 'the registry is not the one this proposal confirms', {
    details: { version: head.version, digest: head.digest },
  });
}
