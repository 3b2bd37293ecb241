import { mayReject } from '../core/administration/authority.ts';
import type { ReplyTo } from './answers.ts';
import { readBody, rejectBody } from './bodies.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { madeOf } from './own-publication.ts';
import { demand } from './permissions.ts';
import type { Proposal } from './proposal.ts';
import { demandAtRest, operationsOf, proposalView, readProposal } from './proposal-body.ts';
import { Refusal } from './refusal.ts';

/** Also what was approved and is not in the history: who approved it was told that it failed, or nothing. */
const REJECTABLE: ReadonlySet<Proposal['status']> = new Set(['open', 'uploading', 'approving']);

/** Closes a proposal: its author withdraws it, or whoever could approve it refuses. */
export async function reject(context: RegistryContext, call: Call): Promise<ReplyTo<'reject'>> {
  const { reason } = readBody(rejectBody, call.body());
  const held = await readProposal(context, call);
  const { record } = held;
  if (!REJECTABLE.has(record.status)) throw closed(record.status);
  demandAtRest(record, context.clock());
  if (record.triedAt !== undefined || record.status === 'approving') {
    const made = await madeOf(await openHead(context, call), record);
    if (made !== undefined) {
      await context.proposals.update(held, { ...record, status: 'published', published: made }, call.signal);
      throw closed('published');
    }
  }
  const { author } = record;
  if (author.arn !== call.caller.arn) {
    const changes = await operationsOf(context, record, call.signal);
    const head = await openHead(context, call);
    demand(mayReject(call.caller, { author, changes }, await factsAt(context, head), context.clock()));
  }
  const rejection = { by: call.caller, at: instantText(context.clock()), reason };
  const { prepared, ...rest } = record;
  const next = await context.proposals.update(held, { ...rest, status: 'rejected', rejection }, call.signal);
  if (prepared !== undefined) await context.blobs.of(record.id).remove(prepared, call.signal);
  return { status: 200, body: proposalView(next.record, context.clock()) };
}

function closed(status: Proposal['status']): Refusal {
  return new Refusal('PROPOSAL_STATUS', 'only an open proposal can be rejected', { details: { status } });
}
