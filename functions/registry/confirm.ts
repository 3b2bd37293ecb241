import { mayConfirm } from '../core/administration/authority.ts';
import type { Facts } from '../core/administration/change.ts';
import { contentOf, peopleDigest, type SignedStatement } from '../core/administration/statement.ts';
import { areKnown, missingFrom } from '../store/judge-approval.ts';
import type { Keyring } from '../store/keyring.ts';
import { beginningOf, demandConfirmable } from '../store/lineage.ts';
import type { CommitMeta } from '../store/next-commit.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { provenPeople } from '../store/proven-people.ts';
import type { Signatures } from '../store/publisher.ts';
import { stageAgain } from '../store/staging.ts';
import type { ReplyTo } from './answers.ts';
import { confirmBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { factsAt } from './change-staging.ts';
import { baseOf, type Call, instantText, type RegistryContext } from './context.ts';
import { demand } from './permissions.ts';
import type { Confirmation, Proposal } from './proposal.ts';
import { proposalView } from './proposal-body.ts';
import { acknowledge, prepare } from './publication.ts';
import { newId, type StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { demandSigned, type ExpectedStatement, isSaid, signatory } from './signatures.ts';

/**
 * A registry that came back from a backup carries an old HEAD, which would un-revoke: readers keep it held. Proposes to
 * confirm its version. Two people of every authority sign that, and two founders: what came back may have lost that
 * somebody's key no longer counts, and only the founders' are known from outside it.
 */
export async function confirm(context: RegistryContext, call: Call): Promise<ReplyTo<'confirm'>> {
  const { version, digest, reason, salt, signed } = readBody(confirmBody, call.body());
  const head = await context.anyReader.open({}, call.signal);
  if (head.held === null) throw new Refusal('PROPOSAL_STATUS', 'this registry needs no confirmation');
  if (head.version !== version || head.digest !== digest)
    throw new Refusal('CONFLICT', 'the registry that came back is not at this version', {
      details: { version: head.version, digest: head.digest },
    });
  const now = context.clock();
  const base = baseOf(head);
  const asked = { kind: 'confirm', reason, salt, version, digest: head.digest } as const;
  const content = contentOf(asked);
  const { facts } = await provenPeople(head, await factsAt(context, head), context.founders);
  const { expected, speaking } = await expectedOf(context, call, { head, facts }, { base, content });
  const first = confirmation(context, call, { speaking, expected }, signed);
  const { record } = await context.proposals.create(
    {
      ...{
        id: newId('p', now),
        kind: 'confirm',
        status: 'open',
        author: first.by,
        createdAt: instantText(now),
      },
      ...{ reason, salt, signed: first.signed, asked, base, digest: content, body: null, operations: 0 },
      confirmed: [first],
    },
    call.signal,
  );
  return { status: 201, body: proposalView(record, now) };
}

/** One more person's signature under a confirmation; the last one that is missing publishes it. */
export async function joinConfirmation(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  signed: SignedStatement,
): Promise<ReplyTo<'approve'>> {
  const { base, digest, confirmed = [] } = held.record;
  if (base === null || digest === null) throw new Refusal('PROPOSAL_STATUS', 'nothing to confirm');
  const head = await context.anyReader.open({}, call.signal);
  if (head.held === null) throw moved(head);
  const { facts, keyring } = await provenPeople(head, await factsAt(context, head), context.founders);
  const asked = { base, content: digest };
  const { expected, speaking } = await expectedOf(context, call, { head, facts }, asked);
  const own = confirmation(context, call, { speaking, expected }, signed);
  const { epoch } = expected;
  // What is stored may be anybody's, and what was signed for another epoch, where a later one has begun, is signed again.
  const now = context.clock();
  const sound = confirmed
    .filter(({ signed: kept }) => isSaid(context, kept, 'confirm', expected))
    // Whoever speaks no more when the last one signs would be nobody's word under it.
    .filter(({ signed: kept }) => areKnown([kept.key], speaking, now, context.founders));
  const others = [...new Map(sound.map((each) => [each.signed.key, each])).values()].filter(
    (each) => each.signed.key !== own.signed.key,
  );
  if (others.some(({ by }) => by.arn === own.by.arn))
    throw new Refusal('SECOND_PERSON_NEEDED', 'this session has signed with another key already');
  const record: Proposal = { ...held.record, confirmed: [...others, own] };
  const next = await context.proposals.update(held, record, call.signal);
  const approval = (record.confirmed ?? []).map((each) => each.signed);
  const keys = approval.map(({ key }) => key);
  const missing = speaking.map((each) => missingFrom(keys, each, now, context.founders)).find(isLacking);
  if (missing !== undefined)
    return { status: 202, body: { ...proposalView(next.record, context.clock()), missing } };
  return publishConfirmation(context, call, next, head, { approval, keyring, epoch });
}

const isLacking = (missing: string | null): missing is string => missing !== null;

/** What everybody signs: exactly what came back, and the epoch that begins; and all who speak in it, or did when it was lost. */
async function expectedOf(
  context: RegistryContext,
  call: Call,
  { head, facts }: { readonly head: OpenSnapshot; readonly facts: Facts },
  asked: Pick<ExpectedStatement<'confirm'>, 'base' | 'content'>,
): Promise<{ readonly expected: ExpectedStatement<'confirm'>; readonly speaking: readonly Facts[] }> {
  const begins = await beginningOf(context, head, call.signal);
  const last = await demandConfirmable(context, head, begins.floor, call.signal);
  const expected = { ...asked, ...begins, root: head.commit.root, people: peopleDigest(facts) };
  return { expected, speaking: last === null ? [facts] : [facts, last.people] };
}

/** A person's word, checked: by a founder or a person of an authority in force. */
function confirmation(
  context: RegistryContext,
  call: Call,
  {
    speaking,
    expected,
  }: { readonly speaking: readonly Facts[]; readonly expected: ExpectedStatement<'confirm'> },
  given: SignedStatement,
): Confirmation {
  const signed = demandSigned(context, given, 'confirm', expected);
  const by = signatory(call.caller, signed);
  const { founders, clock } = context;
  const permissions = speaking.map((facts) => mayConfirm(by, { facts, founders }, clock()));
  demand(permissions.reduce((one, other) => (one.ok ? one : other)));
  return { by, signed };
}

/**
 * Publishes a confirmation: a new lineage on top of what came back, then everybody's word for it. Where an earlier attempt
 * stopped after the first, the second follows alone.
 */
async function publishConfirmation(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
  from: OpenSnapshot,
  signed: Signatures & { readonly keyring: Keyring; readonly epoch: number },
): Promise<ReplyTo<'approve'>> {
  const proposal = held.record;
  const author = nameOf(proposal.author);
  const meta = { kind: 'confirm', author, approvers: [nameOf(call.caller)] };
  let head = from;
  if (head.commit.epoch !== signed.epoch) {
    if (head.digest !== proposal.base?.digest) throw moved(head);
    await publishOn(context, call, head, { ...meta, kind: 'restore', succession: 'restore' }, proposal);
    head = await context.anyReader.open({}, call.signal);
  }
  if (head.held === null) throw moved(head);
  const { digest } = proposal.base ?? {};
  if (digest !== head.digest && digest !== head.commit.ancestors[0]) throw moved(head);
  if (head.commit.epoch !== signed.epoch) throw moved(head);
  const confirming = { ...meta, succession: 'confirm' } as const;
  const published = await publishOn(context, call, head, confirming, proposal, signed);
  await context.proposals.update(held, { ...proposal, status: 'published', published }, call.signal);
  return { status: 200, body: { ...acknowledge(context, published), proposal: proposal.id } };
}

async function publishOn(
  context: RegistryContext,
  call: Call,
  head: OpenSnapshot,
  meta: Omit<CommitMeta, 'recordedAt'>,
  proposal: Proposal,
  signed?: Signatures,
) {
  const note = { reason: proposal.reason, proposal: proposal.digest, confirmed: head.version };
  const prepared = await prepare(context, head, stageAgain(head), meta, note, call.signal, signed);
  return context.publisher.publish(prepared);
}

function moved(head: OpenSnapshot): Refusal {
  return new Refusal('CONFLICT', 'the registry is not the one this proposal confirms', {
    details: { version: head.version, digest: head.digest },
  });
}
