import { mayPropose } from '../core/administration/authority.ts';
import { type Operation, readChanges } from '../core/administration/change.ts';
import type { Json } from '../core/facts/canonical.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { proposeBody, readBody } from './bodies.ts';
import { applyTo, factsAt, invalid } from './change-staging.ts';
import { type Call, instantText, openHead, type RegistryContext, type Reply } from './context.ts';
import { demand } from './permissions.ts';
import { type Proposal, type ProposalKind, UPLOAD_MS } from './proposal.ts';
import { bodyBytes, proposalDigest, proposalView } from './proposal-body.ts';
import { newId } from './records.ts';
import { Refusal } from './refusal.ts';
import { checkSynthetic } from './synthetic.ts';

/** Files a change for a second person to approve; a large one begins as an upload. */
export async function propose(context: RegistryContext, call: Call): Promise<Reply> {
  const body = readBody(proposeBody, call.body());
  const head = await openHead(context, call);
  checkBase(body.base, head);
  if ('changes' in body) {
    return fileProposal(context, call, { kind: 'change', reason: body.reason, head, changes: body.changes });
  }
  const now = context.clock();
  const { record } = await context.proposals.create(
    {
      ...newProposal(context, call, 'change', body.reason, head),
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

/** What a proposal is made from, once all of it is there. */
export interface ProposalParts {
  readonly kind: ProposalKind;
  readonly reason: string;
  readonly head: OpenSnapshot | null;
  readonly changes: unknown;
  readonly rollbackTo?: number;
}

/** Reads, authorises and files a proposal. */
export async function fileProposal(
  context: RegistryContext,
  call: Call,
  parts: ProposalParts,
): Promise<Reply> {
  const { kind, reason, head, rollbackTo } = parts;
  const opened = newProposal(context, call, kind, reason, head);
  const filled = await fill(context, call, opened, head, parts.changes);
  const { record } = await context.proposals.create(
    { ...filled, ...(rollbackTo !== undefined && { rollbackTo }) },
    call.signal,
  );
  return { status: 201, body: proposalView(record, context.clock()) };
}

/**
 * Gives a proposal its body: the operations are sound in form, the author may propose them, and they apply to HEAD.
 *
 * @throws Refusal PROPOSAL_INVALID, NOT_AUTHORISED, CONFLICT, SYNTHETIC_REFUSED
 */
export async function fill(
  context: RegistryContext,
  call: Call,
  proposal: Proposal,
  head: OpenSnapshot | null,
  value: unknown,
): Promise<Proposal> {
  const changes = readOperations(value);
  checkSynthetic(changes, context.sample);
  demand(mayPropose(proposal.author, changes, await factsAt(context, head), context.clock()));
  await applyTo(context, head, changes);
  const body = await context.blobs.put(bodyBytes(changes), call.signal);
  return {
    ...proposal,
    status: 'open',
    body,
    digest: proposalDigest(proposal, body),
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
  kind: ProposalKind,
  reason: string,
  head: OpenSnapshot | null,
): Proposal {
  const now = context.clock();
  return {
    id: newId('p', now),
    kind,
    status: 'open',
    author: call.caller,
    createdAt: instantText(now),
    reason,
    base: head === null ? null : { version: head.version, digest: head.digest },
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
      'no registry has been published yet: the first proposal has base null',
      {
        path: '/base',
      },
    );
  if (head === null || base === undefined || base === head.version) return;
  throw new Refusal('CONFLICT', 'the registry has moved on: rebase on the version in details', {
    path: '/base',
    details: { version: head.version, digest: head.digest },
  });
}
