/** The second person’s approval: what it binds is checked, frozen and published, in steps that can be repeated. */
import { mayApprove } from '../core/administration/authority.ts';
import type { Operation } from '../core/administration/change.ts';
import { isSignedAs, type SignedAs, type SignedStatement } from '../core/administration/statement.ts';
import { canonicalText, type Digest } from '../core/facts/canonical.ts';
import { type AppliedFacts, resultOf, stageApplied } from '../store/applied-change.ts';
import { extendKeyring } from '../store/keyring.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import {
  ConflictError,
  type PreparedPublication,
  type PublishedVersion,
  type Signatures,
} from '../store/publisher.ts';
import type { StagedRegistry } from '../store/staging.ts';
import { StoreError } from '../store/store-error.ts';
import { wordOf } from '../store/word.ts';
import { demandAcknowledged, demandNumbers } from './acknowledged.ts';
import type { ReplyTo } from './answers.ts';
import { askedOperations } from './asked-operations.ts';
import { approveBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { applyTo, factsAt } from './change-staging.ts';
import { joinConfirmation } from './confirm.ts';
import { baseOf, type Call, instantText, openHead, type RegistryContext } from './context.ts';
import { keepingFor } from './kept-for.ts';
import { demandOwn, inHistory, madeOf } from './own-publication.ts';
import { demand } from './permissions.ts';
import { type ApprovalRecord, expiresAt, type Proposal } from './proposal.ts';
import { demandAtRest, demandUnexpired, operationsOf, readProposal, tooOld } from './proposal-body.ts';
import { acknowledge, freeze, prepare, rootIn, thaw, wordIn } from './publication.ts';
import { demandReaders } from './readers-in-service.ts';
import type { StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandRoomForStops } from './room-for-stops.ts';
import { demandSigned, type ExpectedStatement, isSaid, signatory } from './signatures.ts';
import { type FoundSimulation, foundOf, simulationReply, startSimulation } from './simulate.ts';
import { demandSound } from './validate.ts';

type ApproveBody = ReturnType<typeof readApproval>;

function readApproval(call: Call) {
  return readBody(approveBody, call.body());
}

/** A simulation is of an instant; after this long (ms) its future is another one, and it is done again. */
const SIMULATION_MS = 24 * 60 * 60 * 1000;

/** Steps of one approval: it is frozen and published, and both again for each publication that comes between. */
const MOST_STEPS = 20;

/** The second person's word: binds proposal, base and flips, and publishes. */
export async function approve(context: RegistryContext, call: Call): Promise<ReplyTo<'approve'>> {
  const body = readApproval(call);
  const held = await readProposal(context, call);
  return keepingFor(context, held.record.id, () => carryOut(context, call, held, body));
}

async function carryOut(
  context: RegistryContext,
  call: Call,
  first: StoredRecord<Proposal>,
  body: ApproveBody,
): Promise<ReplyTo<'approve'>> {
  let held = first;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { record } = held;
    checkProposal(record, body);
    if (record.status === 'published' && record.published !== undefined)
      return published(context, record, await inHistory(context, record, record.published, call.signal));
    const wasTried = record.triedAt !== undefined || record.status === 'approving';
    const head = wasTried ? await openHead(context, call) : null;
    const made = wasTried ? await madeOf(head, record) : undefined;
    if (made !== undefined) {
      await noteAsPublished(context, call, held, made);
      return published(context, record, made);
    }
    const next =
      record.status === 'approving'
        ? await resume(context, call, { held, head }, body)
        : await bind(context, call, held, body);
    if ('reply' in next) return next.reply;
    held = next.held;
    if (held.record.prepared === undefined) continue;
    const finished = await finish(context, call, held);
    if ('reply' in finished) return finished.reply;
    held = finished.held;
  }
  throw new Refusal('CONFLICT', 'the registry keeps moving: approve again');
}

type Step = { readonly reply: ReplyTo<'approve'> } | { readonly held: StoredRecord<Proposal> };

/** Checks everything an approval rests on, then freezes the publication: from then on it happens once or never. */
async function bind(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  body: ApproveBody,
): Promise<Step> {
  const proposal = held.record;
  demandUnexpired(proposal, context.clock());
  if (proposal.kind === 'confirm') {
    demandNumbers(0, body.permits);
    return { reply: await joinConfirmation(context, call, held, body.signed) };
  }
  if (!isSignedAs(body.signed, 'approve')) throw notToApprove();
  const head = await openHead(context, call);
  const changes = await askedOperations(context, proposal, call.signal);
  const { author, digest: content } = proposal;
  if (content === null) throw new Refusal('PROPOSAL_STATUS', 'the chunks of this proposal have not all come');
  const now = context.clock();
  const second = signatory(call.caller, body.signed);
  const ground = { facts: await factsAt(context, head), founders: context.founders };
  demand(mayApprove(second, { author, changes }, ground, now));
  const current = await currentSimulation(context, call, held, head, body.signed);
  if ('reply' in current) return current;
  const { found } = current;
  await demandAcknowledged(context, found, body, call.signal);
  const applied = await applyTo(context, head, changes);
  demandSound(context, applied, changes);
  const staged = await stageApplied(head, applied);
  demandRoomForStops(staged, changes);
  const { flips, permits } = found.summary;
  const comes = { content, flips, head, applied, staged };
  const signed = await signaturesOf(context, current.proposal.record, body.signed, comes);
  const by = { by: second, at: instantText(now) };
  const approval: ApprovalRecord = { ...by, proposal: content, flips, permits: body.permits };
  const bound = { head, staged, signed, approval, changes, permits };
  return { held: await freezeApproved(context, call, current.proposal, bound) };
}

interface Comes {
  readonly content: Digest;
  readonly flips: Digest;
  readonly head: OpenSnapshot | null;
  readonly applied: AppliedFacts;
  readonly staged: StagedRegistry;
}

/** Both signatures over exactly what is about to be published, and the keyring that they leave. */
async function signaturesOf(
  context: RegistryContext,
  proposal: Proposal,
  given: SignedStatement,
  { content, flips, head, applied, staged }: Comes,
): Promise<Signatures> {
  const expected = { content, base: baseOf(head), review: flips, ...resultOf(staged, applied) };
  const second = demandSigned(context, given, 'approve', expected);
  const first = agreedBy(context, proposal, expected);
  const approval = [first, second];
  const ring = head === null ? null : (await wordOf(head, head.objects)).keyring;
  return { approval, keyring: extendKeyring(ring, approval, applied.before, applied.after) };
}

function agreedBy(
  context: RegistryContext,
  { agreed, author }: Proposal,
  expected: ExpectedStatement<'approve'>,
): SignedAs<'approve'> {
  if (agreed !== undefined && agreed.key === author.key && isSaid(context, agreed, 'approve', expected))
    return agreed;
  throw new Refusal(
    'AUTHOR_SIGNATURE_MISSING',
    'its author has not signed what the proposal comes to on the registry as it stands: `registry sign` shows and signs it',
    { details: { sign: expected } },
  );
}

function checkProposal(proposal: Proposal, body: ApproveBody): void {
  if (proposal.status === 'uploading' || proposal.status === 'rejected' || proposal.purged === true)
    throw new Refusal('PROPOSAL_STATUS', 'this proposal cannot be approved', {
      details: { status: proposal.status },
    });
  if (proposal.digest !== body.signed.statement.content)
    throw new Refusal('CONFLICT', 'this is not the proposal that was approved', {
      path: '/signed/statement/content',
      details: { proposal: proposal.digest },
    });
}

type Current =
  | { readonly reply: ReplyTo<'approve'> }
  | { readonly proposal: StoredRecord<Proposal>; readonly found: FoundSimulation };

/**
 * The simulation the approval names, done again where HEAD has moved, too long has passed or its author alone has asked for
 * it; its flips must be the same.
 */
async function currentSimulation(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  head: OpenSnapshot | null,
  { statement: { review } }: SignedAs<'approve'>,
): Promise<Current> {
  const found = await foundOf(context, held.record, call.signal);
  const { summary: simulation } = found;
  const isCurrent = simulation.base?.digest === head?.digest;
  const isFresh = context.clock() - Date.parse(simulation.at) < SIMULATION_MS;
  // The author chose when it was asked, and what else was: somebody else asks before it counts.
  const isAuthorsAlone = found.by.arn === held.record.author.arn;
  if (isCurrent && isFresh && !isAuthorsAlone) {
    // Simulated again since: what counts is what flips, not on which base it was first seen.
    if (simulation.flips === review) return { proposal: held, found };
    throw flipsChanged(simulation);
  }
  const again = await startSimulation(context, call, held, head, simulation.recent);
  if (again.job.status !== 'done')
    return { reply: { ...simulationReply(again.job, again.proposal), status: 202 } };
  const renewed = await context.proposals.read(held.record.id, call.signal);
  if (renewed === undefined) throw new Refusal('CONFLICT', 'the proposal has changed');
  const anew = await foundOf(context, renewed.record, call.signal);
  if (anew.summary.flips !== review) throw flipsChanged(anew.summary);
  return { proposal: renewed, found: anew };
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

interface Bound {
  readonly head: OpenSnapshot | null;
  readonly staged: StagedRegistry;
  readonly signed: Signatures;
  readonly approval: ApprovalRecord;
  readonly changes: readonly Operation[];
  /** How many answers become permit. */
  readonly permits: number;
}

async function freezeApproved(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  { head, staged, signed, approval, changes, permits }: Bound,
): Promise<StoredRecord<Proposal>> {
  await demandReaders(context.readers, head?.root ?? null, staged.root, call.signal);
  // Before anything of it is written: who rejects it, and erases it, waits for whoever may still be writing.
  const { prepared: _earlier, ...record } = held.record;
  const begun = await context.proposals.update(
    held,
    { ...record, status: 'approving', approval, triedAt: context.clock() },
    call.signal,
  );
  const meta = {
    kind: head === null ? 'genesis' : record.kind,
    author: nameOf(record.author),
    approvers: [nameOf(approval.by)],
  };
  const note = {
    reason: record.reason,
    proposal: approval.proposal,
    flips: approval.flips,
    permits,
    operations: changes.length,
    author: record.author.arn,
    approver: approval.by.arn,
    ...(record.asked?.kind === 'rollback' && { rollbackTo: record.asked.version }),
  };
  const prepared = await prepare(context, head, staged, meta, note, call.signal, signed);
  const frozen = await context.blobs.of(record.id).put(freeze(prepared), call.signal);
  return context.proposals.update(begun, { ...begun.record, prepared: frozen }, call.signal);
}

/**
 * Goes on with what was approved before and is not in the history: sets about publishing what was frozen, or opens it again where
 * nothing is, or something else was. On the word of somebody who may approve it, and in the time in which it may be.
 */
async function resume(
  context: RegistryContext,
  call: Call,
  { held, head }: { readonly held: StoredRecord<Proposal>; readonly head: OpenSnapshot | null },
  { signed }: ApproveBody,
): Promise<Step> {
  const { record } = held;
  const { prepared, approval } = record;
  await demandWordOf(context, call, { head, record }, signed);
  const now = context.clock();
  if (!(now < expiresAt(record.createdAt))) throw tooOld(record);
  const bytes = prepared && (await context.blobs.of(record.id).get(prepared, call.signal));
  if (!bytes) return { held: await openAgain(context, call, held) };
  const frozen = thaw(bytes);
  demandOwn(record, frozen);
  // Who signs another state, or the same a day later, has not agreed to this publication: all is asked anew.
  const isMeant = now - Date.parse(approval?.at ?? '') < SIMULATION_MS && isOfSame(frozen, signed);
  if (isMeant) {
    // Whoever was in service when it was frozen need not be so now.
    await demandReaders(context.readers, head?.root ?? null, rootIn(frozen), call.signal);
    return { held: await context.proposals.update(held, { ...record, triedAt: now }, call.signal) };
  }
  demandAtRest(record, now);
  return { held: await openAgain(context, call, held) };
}

/** Whether somebody signs what was signed of a frozen publication: the same base, flips and result. */
function isOfSame(frozen: PreparedPublication, given: ApproveBody['signed']): boolean {
  const saidOf = ({ at: _at, ...said }: SignedStatement['statement']) => canonicalText(said);
  const [first] = wordIn(frozen).approval;
  return first !== undefined && saidOf(first.statement) === saidOf(given.statement);
}

/** @throws Refusal SIGNATURE_INVALID, NOT_AUTHORISED, SECOND_PERSON_NEEDED */
async function demandWordOf(
  context: RegistryContext,
  call: Call,
  { head, record }: { readonly head: OpenSnapshot | null; readonly record: Proposal },
  given: ApproveBody['signed'],
): Promise<void> {
  if (!isSignedAs(given, 'approve')) throw notToApprove();
  // Whatever state they sign: whether that is the one that was frozen is asked of what was frozen.
  const { operation: _operation, registry: _registry, at: _at, ...said } = given.statement;
  demandSigned(context, given, 'approve', said);
  const changes = await operationsOf(context, record, call.signal);
  const ground = { facts: await factsAt(context, head), founders: context.founders };
  const person = signatory(call.caller, given);
  demand(mayApprove(person, { author: record.author, changes }, ground, context.clock()));
}

/** Whoever was approving it has lost the race, or is no more: their word for what was frozen goes with it. */
function openAgain(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
): Promise<StoredRecord<Proposal>> {
  const { approval: _approval, prepared: _prepared, ...rest } = held.record;
  return context.proposals.update(held, { ...rest, status: 'open' }, call.signal);
}

function notToApprove(): Refusal {
  return new Refusal('SIGNATURE_INVALID', 'this takes a statement to approve', {
    path: '/signed/statement/operation',
  });
}

/** Publishes what was frozen, as often as it takes. A HEAD that moved first, or what would not open, opens the proposal again. */
async function finish(context: RegistryContext, call: Call, held: StoredRecord<Proposal>): Promise<Step> {
  const { record } = held;
  const kept = context.blobs.of(record.id);
  const bytes = record.prepared && (await kept.get(record.prepared, call.signal));
  // Whoever approved at the same time has finished it: what was frozen goes with that.
  if (!bytes) return { held: await readProposal(context, call) };
  const frozen = thaw(bytes);
  demandOwn(record, frozen);
  let done: PublishedVersion;
  try {
    done = await context.publisher.publish(frozen);
  } catch (error) {
    const isMoved = error instanceof ConflictError;
    const isRefused = error instanceof StoreError && error.code === 'NOT_OPENABLE';
    if (!isMoved && !isRefused) throw error;
    const { agreed: _agreed, ...rest } = record;
    const open = await openAgain(context, call, { ...held, record: rest });
    if (record.prepared !== undefined) await kept.remove(record.prepared, call.signal);
    // Both sign it again, at other times.
    if (isRefused) throw error;
    return { held: open };
  }
  const reply = published(context, record, done);
  await noteAsPublished(context, call, held, done);
  return { reply };
}

/** The publication is in, whatever becomes of this note: a failure here must not look like one of the approval. */
async function noteAsPublished(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  done: PublishedVersion,
): Promise<void> {
  try {
    await context.proposals.update(
      held,
      { ...held.record, status: 'published', published: done },
      call.signal,
    );
    // It holds the note, which may have to go one day: by itself, and not also from here.
    const { id, prepared } = held.record;
    if (prepared !== undefined) await context.blobs.of(id).remove(prepared, call.signal);
  } catch {
    // Approving again finds it published.
  }
}

function published(context: RegistryContext, proposal: Proposal, done: PublishedVersion): ReplyTo<'approve'> {
  return {
    status: 200,
    body: { ...acknowledge(context, done), proposal: proposal.id, recordedAt: done.recordedAt },
  };
}
