import { mayApprove } from '../core/administration/authority.ts';
import type { Operation } from '../core/administration/change.ts';
import type { Signatory } from '../core/administration/person.ts';
import { unacknowledged } from '../core/administration/simulate.ts';
import type { SimulationReport } from '../core/administration/simulation.ts';
import {
  type Asked,
  contentOf,
  isSignedAs,
  peopleDigest,
  type Signed,
  type SignedAs,
} from '../core/administration/statement.ts';
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import { wordOf } from '../store/approved-head.ts';
import { authoritiesOf, extendKeyring } from '../store/keyring.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { ConflictError, type Published, type Signatures } from '../store/publisher.ts';
import type { StagedRegistry } from '../store/staging.ts';
import { approveBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { type Applied, applyTo, factsAt, stageApplied } from './change-staging.ts';
import { joinConfirmation } from './confirm.ts';
import { type Call, instantText, openHead, type RegistryContext, type Reply } from './context.ts';
import { demand } from './permissions.ts';
import type { Approval, Proposal } from './proposal.ts';
import { bodyBytes, demandUnexpired, operationsOf, readProposal } from './proposal-body.ts';
import { acknowledge, freeze, prepare, thaw } from './publication.ts';
import type { Held } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSaid, demandSigned, type Expected, signatory } from './signatures.ts';
import { simulationReply, startSimulation } from './simulate.ts';
import { jsonBlob } from './simulate-slice.ts';
import { demandSound } from './validate.ts';

type ApproveBody = ReturnType<typeof readApproval>;

function readApproval(call: Call) {
  return readBody(approveBody, call.body());
}

/** A simulation is of an instant; after this long (ms) its future is another one, and it is done again. */
const SIMULATION_MS = 24 * 60 * 60 * 1000;

/** Steps of one approval: it is frozen, published, and both again for each publication that comes between. */
const MOST_STEPS = 20;

/** The second person's word: binds proposal, base and flips, and publishes. */
export async function approve(context: RegistryContext, call: Call): Promise<Reply> {
  const body = readApproval(call);
  let held = await readProposal(context, call);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { record } = held;
    checkProposal(record, body);
    if (record.status === 'published' && record.published !== undefined)
      return published(context, record, record.published);
    if (record.status === 'approving') {
      const finished = await finish(context, call, held);
      if ('reply' in finished) return finished.reply;
      held = finished.held;
      continue;
    }
    const bound = await bind(context, call, held, body);
    if ('reply' in bound) return bound.reply;
    held = bound.held;
  }
  throw new Refusal('CONFLICT', 'the registry keeps moving: approve again');
}

type Step = { readonly reply: Reply } | { readonly held: Held<Proposal> };

/** Checks everything an approval rests on, then freezes the publication: from then on it happens once or never. */
async function bind(
  context: RegistryContext,
  call: Call,
  held: Held<Proposal>,
  body: ApproveBody,
): Promise<Step> {
  const proposal = held.record;
  demandUnexpired(proposal, context.clock());
  if (proposal.kind === 'confirm') return { reply: await joinConfirmation(context, call, held, body.signed) };
  if (!isSignedAs(body.signed, 'approve'))
    throw new Refusal('SIGNATURE_INVALID', 'this takes a statement to approve', {
      path: '/signed/statement/operation',
    });
  const head = await openHead(context, call);
  const changes = await operationsOf(context, proposal, call.signal);
  const now = context.clock();
  const author = demandAuthor(context, proposal, changes);
  const second = signatory(call.caller, body.signed);
  const ground = { facts: await factsAt(context, head), founders: context.founders };
  demand(mayApprove(second, { author, changes }, ground, now));
  const current = await currentSimulation(context, call, held, head, body.signed);
  if ('reply' in current) return current;
  await demandAcknowledged(context, current.proposal.record, body, call.signal);
  const applied = await applyTo(context, head, changes);
  demandSound(context, applied, changes);
  const staged = await stageApplied(head, applied);
  const signed = await signaturesOf(context, current.proposal.record, body.signed, { head, applied, staged });
  const { review: flips } = body.signed.statement;
  const approval: Approval = {
    by: second,
    at: instantText(now),
    proposal: body.signed.statement.content,
    flips,
    permits: body.permits,
  };
  const bound = { head, staged, signed, approval, changes };
  return { held: await freezeApproved(context, call, current.proposal, bound) };
}

/** What is stored may be anybody's: that its author asked for this is proven again by the signature. */
function demandAuthor(
  context: RegistryContext,
  { author, asked, signed, digest, kind, reason }: Proposal,
  changes: readonly Operation[],
): Signatory {
  const isWhole =
    asked !== null &&
    asked.kind === kind &&
    asked.reason === reason &&
    contentOf(asked) === digest &&
    (asked.kind !== 'change' || asked.changes === digestOf(bodyBytes(changes)));
  if (!isWhole || author.key !== signed.key)
    throw new Refusal('SIGNATURE_INVALID', 'this is not what its author proposed: propose it again');
  demandSaid(context, signed, 'propose', { content: contentOf(asked) });
  return author;
}

interface Comes {
  readonly head: OpenSnapshot | null;
  readonly applied: Applied;
  readonly staged: StagedRegistry;
}

/** Both signatures over exactly what is about to be published, and the keyring that they leave. */
async function signaturesOf(
  context: RegistryContext,
  proposal: Proposal,
  given: Signed,
  { head, applied, staged }: Comes,
): Promise<Signatures> {
  const expected = {
    content: proposal.digest ?? contentOf(proposal.asked as Asked),
    base: head === null ? null : { version: head.version, digest: head.digest },
    review: proposal.simulation?.flips as Digest,
    root: staged.rootDigest,
    people: peopleDigest(authoritiesOf(applied.after)),
  };
  const second = demandSigned(context, given, 'approve', expected);
  const first = agreedBy(context, proposal, expected);
  const approval = [first, second];
  const ring = head === null ? null : (await wordOf(head, head.objects)).keyring;
  return { approval, keyring: extendKeyring(ring, approval, applied.before, applied.after) };
}

function agreedBy(
  context: RegistryContext,
  { agreed, author }: Proposal,
  expected: Expected<'approve'>,
): SignedAs<'approve'> {
  try {
    if (agreed !== undefined && agreed.key === author.key)
      return demandSaid(context, agreed, 'approve', expected);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw new Refusal(
    'AUTHOR_SIGNATURE_MISSING',
    'its author has not signed what the proposal comes to on the registry as it stands',
    { details: { sign: expected } },
  );
}

function checkProposal(proposal: Proposal, body: ApproveBody): void {
  if (proposal.status === 'uploading' || proposal.status === 'rejected')
    throw new Refusal('PROPOSAL_STATUS', 'this proposal cannot be approved', {
      details: { status: proposal.status },
    });
  if (proposal.digest !== body.signed.statement.content)
    throw new Refusal('CONFLICT', 'this is not the proposal that was approved', {
      path: '/signed/statement/content',
      details: { proposal: proposal.digest },
    });
}

/** The simulation the approval names, done again where HEAD has moved or too long has passed; its flips must be the same. */
async function currentSimulation(
  context: RegistryContext,
  call: Call,
  held: Held<Proposal>,
  head: OpenSnapshot | null,
  { statement: { base, review } }: SignedAs<'approve'>,
): Promise<{ readonly reply: Reply } | { readonly proposal: Held<Proposal> }> {
  const { simulation } = held.record;
  if (simulation === undefined)
    throw new Refusal('FLIPS_CHANGED', 'simulate the proposal before it is approved');
  const isNamed = simulation.base?.digest === base?.digest && simulation.flips === review;
  const isCurrent = simulation.base?.digest === head?.digest;
  const isFresh = context.clock() - Date.parse(simulation.at) < SIMULATION_MS;
  if (isCurrent && isFresh && isNamed) return { proposal: held };
  if (isCurrent && isFresh) {
    // Simulated again since: what counts is what flips, not on which base it was first seen.
    if (simulation.flips === review) return { proposal: held };
    throw flipsChanged(simulation);
  }
  const again = await startSimulation(context, call, held, head, simulation.recent);
  if (again.job.status !== 'done') return { reply: simulationReply(again.job, again.proposal) };
  const renewed = await context.proposals.read(held.record.id, call.signal);
  if (renewed?.record.simulation === undefined) throw new Refusal('CONFLICT', 'the proposal has changed');
  if (renewed.record.simulation.flips !== review) throw flipsChanged(renewed.record.simulation);
  return { proposal: renewed };
}

function flipsChanged(simulation: NonNullable<Proposal['simulation']>): Refusal {
  return new Refusal(
    'FLIPS_CHANGED',
    'other answers flip than those that were approved: look at them again',
    {
      path: '/signed/statement/review',
      details: { simulation },
    },
  );
}

async function demandAcknowledged(
  context: RegistryContext,
  proposal: Proposal,
  body: ApproveBody,
  signal: AbortSignal,
): Promise<void> {
  const job = await context.jobs.read(proposal.simulation?.job ?? '', signal);
  const report = await jsonBlob<SimulationReport>(context, job?.record.result, signal);
  if (report === undefined)
    throw new Refusal('RESULT_GONE', 'simulate again: the result is not kept any more');
  const missing = unacknowledged(report, body.permits);
  if (missing.length === 0) return;
  throw new Refusal(
    'ACKNOWLEDGEMENT_MISSING',
    'every answer that becomes permit is acknowledged by its number',
    { path: '/permits', details: { missing } },
  );
}

interface Bound {
  readonly head: OpenSnapshot | null;
  readonly staged: StagedRegistry;
  readonly signed: Signatures;
  readonly approval: Approval;
  readonly changes: readonly Operation[];
}

async function freezeApproved(
  context: RegistryContext,
  call: Call,
  held: Held<Proposal>,
  { head, staged, signed, approval, changes }: Bound,
): Promise<Held<Proposal>> {
  const { record } = held;
  const meta = {
    kind: head === null ? 'genesis' : record.kind,
    author: nameOf(record.author),
    approvers: [nameOf(approval.by)],
  };
  const note = {
    reason: record.reason,
    proposal: approval.proposal,
    flips: approval.flips,
    permits: record.simulation?.permits ?? 0,
    operations: changes.length,
    author: record.author.arn,
    approver: approval.by.arn,
    ...(record.rollbackTo !== undefined && { rollbackTo: record.rollbackTo }),
  };
  const prepared = await prepare(context, head, staged, meta, note, call.signal, signed);
  const frozen = await context.blobs.put(freeze(prepared), call.signal);
  return context.proposals.update(
    held,
    { ...record, status: 'approving', approval, prepared: frozen },
    call.signal,
  );
}

/** Publishes what was frozen, as often as it takes. A HEAD that moved first opens the proposal again. */
async function finish(context: RegistryContext, call: Call, held: Held<Proposal>): Promise<Step> {
  const { record } = held;
  const bytes = record.prepared && (await context.blobs.get(record.prepared, call.signal));
  if (!bytes) throw new Refusal('RESULT_GONE', 'the frozen publication of this proposal is gone');
  let done: Published;
  try {
    done = await context.publisher.publish(thaw(bytes));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const { approval: _approval, prepared: _prepared, agreed: _agreed, ...rest } = record;
    return { held: await context.proposals.update(held, { ...rest, status: 'open' }, call.signal) };
  }
  const reply = published(context, record, done);
  await noteAsPublished(context, call, held, done);
  return { reply };
}

/** The publication is in, whatever becomes of this note: a failure here must not look like one of the approval. */
async function noteAsPublished(
  context: RegistryContext,
  call: Call,
  held: Held<Proposal>,
  done: Published,
): Promise<void> {
  try {
    await context.proposals.update(
      held,
      { ...held.record, status: 'published', published: done },
      call.signal,
    );
  } catch {
    // Approving again finds it published.
  }
}

function published(context: RegistryContext, proposal: Proposal, done: Published): Reply {
  return {
    status: 200,
    body: { ...acknowledge(context, done), proposal: proposal.id, recordedAt: done.recordedAt },
  };
}
