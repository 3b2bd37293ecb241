import { peopleDigest } from '../core/administration/statement.ts';
import { resultOf, stageApplied } from '../store/applied-change.ts';
import { homeOf } from '../store/commit.ts';
import { beginningOf } from '../store/lineage.ts';
import { provenPeople } from '../store/proven-people.ts';
import type { ReplyTo } from './answers.ts';
import { askedOperations } from './asked-operations.ts';
import { readBody, signBody } from './bodies.ts';
import { applyTo, factsAt } from './change-staging.ts';
import { baseOf, type Call, openHead, type RegistryContext } from './context.ts';
import { demandUnexpired, proposalView, readProposal } from './proposal-body.ts';
import { Refusal } from './refusal.ts';
import { demandSigned } from './signatures.ts';
import { foundOf } from './simulate.ts';

/**
 * The author's own word for what the proposal comes to, once it was simulated: the second person then signs the same. Where
 * the registry has moved since, it is simulated and signed again.
 */
export async function sign(context: RegistryContext, call: Call): Promise<ReplyTo<'sign'>> {
  const { signed } = readBody(signBody, call.body());
  const held = await readProposal(context, call);
  const { record } = held;
  const { author, digest } = record;
  if (record.status !== 'open' || digest === null || record.kind === 'confirm')
    throw new Refusal('PROPOSAL_STATUS', 'only an open proposal is signed', {
      details: { status: record.status },
    });
  demandUnexpired(record, context.clock());
  if (author.arn !== call.caller.arn || author.key !== signed.key)
    throw new Refusal(
      'NOT_AUTHORISED',
      'the author of a proposal signs it, with the key it was proposed with',
    );
  const { summary: simulation } = await foundOf(context, record, call.signal);
  const head = await openHead(context, call);
  if (simulation.base?.digest !== head?.digest)
    throw new Refusal('FLIPS_CHANGED', 'the registry has moved: simulate the proposal again', {
      details: { simulation },
    });
  const applied = await applyTo(context, head, await askedOperations(context, record, call.signal));
  const agreed = demandSigned(context, signed, 'approve', {
    content: digest,
    base: baseOf(head),
    review: simulation.flips,
    ...resultOf(await stageApplied(head, applied), applied),
  });
  const next = await context.proposals.update(held, { ...record, agreed }, call.signal);
  return { status: 200, body: proposalView(next.record, context.clock()) };
}

/** `GET signing`: what signatures are for here, and the registry as it stands (or came back from a backup). */
export async function showSigning(context: RegistryContext, call: Call): Promise<ReplyTo<'signing'>> {
  const registry = homeOf(context.tables.state);
  const head = await openHead({ reader: context.anyReader }, call);
  if (head === null)
    return {
      status: 200,
      body: { registry, base: null, root: null, people: null, epoch: null, floor: null },
    };
  const { facts } = await provenPeople(head, await factsAt(context, head), context.founders);
  const people = peopleDigest(facts);
  const begins = await beginningOf(context, head, call.signal);
  return { status: 200, body: { registry, base: baseOf(head), root: head.commit.root, people, ...begins } };
}
