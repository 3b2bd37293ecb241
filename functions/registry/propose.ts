import { mayPropose } from '../core/administration/authority.ts';
import { type Operation, readChanges } from '../core/administration/change.ts';
import { contentOf, type SignedContent, type SignedStatement } from '../core/administration/statement.ts';
import { digestOf, type Json } from '../core/facts/canonical.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { ReplyTo } from './answers.ts';
import { proposeBody, readBody } from './bodies.ts';
import { applyTo, factsAt, invalid } from './change-staging.ts';
import { baseOf, type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { demand } from './permissions.ts';
import { type Proposal, UPLOAD_MS } from './proposal.ts';
import { bodyBytes, proposalView } from './proposal-body.ts';
import { newId } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSaid, demandSigned, signatory } from './signatures.ts';
import { checkSynthetic } from './synthetic.ts';
import { demandSound, everythingWrong } from './validate.ts';

/** Files a change for a second person to approve; a large one begins as an upload. */
export async function propose(context: RegistryContext, call: Call): Promise<ReplyTo<'propose'>> {
  const body = readBody(proposeBody, call.body());
  const head = await openHead(context, call);
  checkBase(body.base, head);
  const { reason, salt, signed } = body;
  const parts = { kind: 'change' as const, reason, salt, signed };
  if ('changes' in body) {
    const changes = readOperations(body.changes);
    return fileProposal(context, call, { ...parts, head, changes, asked: askedFor(parts, changes) });
  }
  const now = context.clock();
  const { record } = await context.proposals.create(
    {
      ...newProposal(context, call, parts, head),
      status: 'uploading',
      upload: {
        ...body.upload,
        digest: body.upload.digest as `sha256:${string}`,
        received: {},
        expiresAt: now + UPLOAD_MS,
      },
    },
    call.signal,
  );
  return { status: 201, body: proposalView(record, now) };
}

type Attested = Pick<Proposal, 'kind' | 'reason' | 'salt'> & { readonly signed: SignedStatement };

/** What a proposal is made from, once all of it is there. */
export interface ProposalParts extends Attested {
  readonly head: OpenSnapshot | null;
  readonly changes: readonly Operation[];
  readonly asked: SignedContent;
}

/** Reads, authorises and files a proposal. */
export async function fileProposal(
  context: RegistryContext,
  call: Call,
  parts: ProposalParts,
): Promise<ReplyTo<'lift'>> {
  const { head } = parts;
  const opened = newProposal(context, call, parts, head);
  const filled = await fill(context, call, opened, head, parts);
  const { record } = await context.proposals.create(filled, call.signal);
  return { status: 201, body: proposalView(record, context.clock()) };
}

/** A proposal whose chunks have all come. */
export function fillUploaded(
  context: RegistryContext,
  call: Call,
  proposal: Proposal,
  head: OpenSnapshot | null,
  value: unknown,
): Promise<Proposal> {
  const changes = readOperations(value);
  return fill(context, call, proposal, head, { changes, asked: askedFor(proposal, changes) });
}

function askedFor(
  { reason, salt }: Pick<Proposal, 'reason' | 'salt'>,
  changes: readonly Operation[],
): SignedContent {
  return { kind: 'change', reason, salt, changes: digestOf(bodyBytes(changes)) };
}

/**
 * Gives a proposal its body: its author has signed what is asked for and may propose it, and it applies to HEAD.
 *
 * @throws Refusal PROPOSAL_INVALID, SIGNATURE_INVALID, NOT_AUTHORISED, CONFLICT, SYNTHETIC_REFUSED: an unsound fact is not filed
 */
async function fill(
  context: RegistryContext,
  call: Call,
  proposal: Proposal,
  head: OpenSnapshot | null,
  { changes, asked }: Pick<ProposalParts, 'changes' | 'asked'>,
): Promise<Proposal> {
  checkSynthetic(changes, context.sample);
  const digest = contentOf(asked);
  // An upload may take longer than a signature is fresh: that was asked when it began.
  const signed =
    proposal.status === 'uploading'
      ? demandSaid(context, proposal.signed, 'propose', { content: digest })
      : demandSigned(context, proposal.signed, 'propose', { content: digest });
  const { founders } = context;
  const facts = await factsAt(context, head);
  demand(mayPropose(proposal.author, changes, { facts, founders }, context.clock()), () =>
    everythingWrong(context, facts, changes),
  );
  const applied = await applyTo(context, head, changes);
  // Of a lift or a rollback nobody wrote the facts: what is wrong with it is told where it is simulated.
  if (proposal.kind === 'change') demandSound(context, applied, changes);
  const body = await context.blobs.of(proposal.id).put(bodyBytes(changes), call.signal);
  return {
    ...proposal,
    status: 'open',
    signed,
    asked,
    body,
    digest,
    operations: changes.length,
  };
}

function readOperations(value: unknown): readonly Operation[] {
  const reading = readChanges(value as Json);
  if (reading.ok) return reading.changes;
  throw invalid(reading.problems);
}

function newProposal(
  context: RegistryContext,
  call: Call,
  { kind, reason, salt, signed }: Attested,
  head: OpenSnapshot | null,
): Proposal {
  const now = context.clock();
  const { content } = signed.statement;
  return {
    id: newId('p', now),
    kind,
    status: 'open',
    author: signatory(call.caller, signed),
    createdAt: instantText(now),
    reason,
    salt,
    signed: demandSigned(context, signed, 'propose', { content }),
    base: baseOf(head),
    asked: null,
    digest: null,
    body: null,
    operations: 0,
  };
}

/** The version a proposal says it was written against must be the one there is. */
function checkBase(base: number | null | undefined, head: OpenSnapshot | null): void {
  if (head === null && base !== null)
    throw new Refusal(
      'REGISTRY_EMPTY',
      'no registry has been published yet: the first proposal has base null (`propose --genesis`)',
      {
        path: '/base',
      },
    );
  if (head === null || base === undefined || base === head.version) return;
  if (base === null)
    throw new Refusal(
      'CONFLICT',
      'a registry has been published already, and only its first proposal has base null: leave --genesis out',
      { path: '/base', details: { version: head.version, digest: head.digest } },
    );
  throw new Refusal('CONFLICT', 'the registry has moved on: rebase on the version in details', {
    path: '/base',
    details: { version: head.version, digest: head.digest },
  });
}
