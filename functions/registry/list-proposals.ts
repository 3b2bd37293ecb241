import type { Call, RegistryContext, Reply } from './context.ts';
import { proposalView, readProposal } from './proposal-body.ts';
import { numberOf, onlyParameters } from './query.ts';
import { ID_PATTERN } from './records.ts';
import { Refusal } from './refusal.ts';

const MOST = 100;

/** `GET proposals?before=&limit=`: newest first. */
export async function listProposals(context: RegistryContext, call: Call): Promise<Reply> {
  onlyParameters(call.query, ['before', 'limit']);
  const before = call.query.get('before');
  if (before !== undefined && !ID_PATTERN.test(before))
    throw new Refusal('REQUEST_INVALID', '"before" is the id of a proposal');
  const limit = numberOf(call.query, 'limit', MOST) ?? 20;
  const records = await context.proposals.list(
    { limit, ...(before !== undefined && { before }) },
    call.signal,
  );
  const now = context.clock();
  const next = records.length === limit ? (records.at(-1)?.id ?? null) : null;
  return { status: 200, body: { proposals: records.map((record) => proposalView(record, now)), next } };
}

/** `GET proposals/{id}`: the record, and its operations unless they are too many for one answer. */
export async function showProposal(context: RegistryContext, call: Call): Promise<Reply> {
  onlyParameters(call.query, []);
  const { record } = await readProposal(context, call);
  const bytes = record.body === null ? undefined : await context.blobs.get(record.body, call.signal);
  const isShown = bytes !== undefined && bytes.length <= MOST_SHOWN_BYTES;
  const changes = isShown ? JSON.parse(Buffer.from(bytes).toString('utf8')) : null;
  return {
    status: 200,
    body: { ...proposalView(record, context.clock()), bytes: bytes?.length ?? null, changes },
  };
}

/** Operations beyond this are not shown in one answer: Lambda ends at 6 MB. */
const MOST_SHOWN_BYTES = 4 * 1024 * 1024;
