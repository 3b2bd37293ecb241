import { mayReject } from '../core/administration/authority.ts';
import type { ReplyTo } from './answers.ts';
import { readBody, rejectBody } from './bodies.ts';
import { factsAt } from './change-staging.ts';
import { type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { demand } from './permissions.ts';
import { operationsOf, proposalView, readProposal } from './proposal-body.ts';
import { Refusal } from './refusal.ts';

/** Closes a proposal: its author withdraws it, or whoever could approve it refuses. */
export async function reject(context: RegistryContext, call: Call): Promise<ReplyTo<'reject'>> {
  const { reason } = readBody(rejectBody, call.body());
  const held = await readProposal(context, call);
  const { record } = held;
  if (record.status !== 'open' && record.status !== 'uploading')
    throw new Refusal('PROPOSAL_STATUS', 'only an open proposal can be rejected', {
      details: { status: record.status },
    });
  const { author } = record;
  if (author.arn !== call.caller.arn) {
    const changes = await operationsOf(context, record, call.signal);
    const head = await openHead(context, call);
    demand(mayReject(call.caller, { author, changes }, await factsAt(context, head), context.clock()));
  }
  const rejection = { by: call.caller, at: instantText(context.clock()), reason };
  const next = await context.proposals.update(
    held,
    { ...record, status: 'rejected', rejection },
    call.signal,
  );
  return { status: 200, body: proposalView(next.record, context.clock()) };
}
