import { ID_PATTERN } from '../core/administration/record-ids.ts';
import { StoreError } from '../store/store-error.ts';
import type { ReplyTo } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { inHistory } from './own-publication.ts';
import { partOf } from './parts.ts';
import type { Proposal } from './proposal.ts';
import { proposalView, readProposal } from './proposal-body.ts';
import { numberOf } from './query.ts';
import { Refusal } from './refusal.ts';
import { foundOf } from './simulate.ts';

const MOST = 100;

/** `GET proposals?before=&limit=`: newest first. */
export async function listProposals(
  context: RegistryContext,
  call: Call,
): Promise<ReplyTo<'list-proposals'>> {
  const before = call.query.get('before');
  if (before !== undefined && !ID_PATTERN.test(before))
    throw new Refusal('REQUEST_INVALID', '"before" is the id of a proposal');
  const limit = numberOf(call.query, 'limit', MOST) ?? 20;
  const { found, next } = await context.proposals.list(
    { limit, ...(before !== undefined && { before }) },
    call.signal,
  );
  const now = context.clock();
  return { status: 200, body: { proposals: found.map((record) => proposalView(record, now)), next } };
}

/**
 * `GET proposals/{id}`: the record, and its operations unless they are too many for one answer; `?part=` gives a piece of
 * their text.
 */
export async function showProposal(context: RegistryContext, call: Call): Promise<ReplyTo<'show-proposal'>> {
  const { record } = await readProposal(context, call);
  const bytes =
    record.body === null ? undefined : await context.blobs.of(record.id).get(record.body, call.signal);
  const text = bytes === undefined ? null : Buffer.from(bytes).toString('utf8');
  if (call.query.has('part')) {
    if (text === null)
      throw new Refusal('RESULT_GONE', 'this proposal has no operations, or they were purged');
    return { status: 200, body: { digest: record.body, ...partOf(text, call.query) } };
  }
  const isShown = text !== null && text.length <= MOST_SHOWN;
  const found = await asPublished(context, await asFound(context, record, call.signal), call.signal);
  const view = proposalView(found, context.clock());
  const changes: readonly object[] | null = isShown ? JSON.parse(text) : null;
  return { status: 200, body: { ...view, bytes: bytes?.length ?? null, changes } };
}

/** Operations beyond this many characters are not shown in one answer: Lambda ends at 6 MB. */
const MOST_SHOWN = 4 * 1024 * 1024;

/** Without a simulation that the registry did not make: nobody decides by that. */
async function asFound(context: RegistryContext, record: Proposal, signal: AbortSignal): Promise<Proposal> {
  const { simulation, ...rest } = record;
  if (simulation === undefined) return record;
  try {
    await foundOf(context, record, signal);
    return record;
  } catch (error) {
    if (error instanceof Refusal) return rest;
    throw error;
  }
}

/** Nor as published where it is not in the history, or nobody can tell: then it may or may not have happened. */
async function asPublished(
  context: RegistryContext,
  record: Proposal,
  signal: AbortSignal,
): Promise<Proposal> {
  const { published, ...rest } = record;
  if (published === undefined) return record;
  try {
    return { ...record, published: await inHistory(context, record, published, signal) };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_UNAVAILABLE') throw error;
    if (error instanceof Refusal || error instanceof StoreError) return { ...rest, status: 'approving' };
    throw error;
  }
}
