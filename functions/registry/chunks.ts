/** Large proposals, sent a chunk at a time; not the parts in which long answers go. */
import { type Digest, digestOf } from '../core/facts/canonical.ts';
import type { ReplyTo } from './answers.ts';
import { chunkBody, readBody } from './bodies.ts';
import { type Call, openHead, type RegistryContext } from './context.ts';
import { parseDocument } from './http-request.ts';
import { keepingFor } from './kept-for.ts';
import { MAX_PROPOSAL_BYTES } from './limits.ts';
import type { Proposal, Upload } from './proposal.ts';
import { missingChunks, proposalView, readProposal } from './proposal-body.ts';
import { fillUploaded } from './propose.ts';
import type { StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** Takes one chunk of a large proposal; the last one to come completes it. */
export async function putChunk(context: RegistryContext, call: Call): Promise<ReplyTo<'put-chunk'>> {
  const held = await readProposal(context, call);
  return keepingFor(context, held.record.id, () => takeChunk(context, call, held));
}

async function takeChunk(
  context: RegistryContext,
  call: Call,
  held: StoredRecord<Proposal>,
): Promise<ReplyTo<'put-chunk'>> {
  const upload = openUpload(held.record, context.clock());
  if (held.record.author.arn !== call.caller.arn)
    throw new Refusal('NOT_AUTHORISED', 'only its author uploads a proposal');
  const number = Number(call.variables['n']);
  if (number >= upload.chunks)
    throw new Refusal('REQUEST_INVALID', `chunks are numbered from 0 to ${upload.chunks - 1}`, {
      path: '/n',
    });
  const bytes = Buffer.from(readBody(chunkBody, call.body()).text, 'utf8');
  const kept = context.blobs.of(held.record.id);
  const digest = await kept.put(bytes, call.signal);
  const received: Record<string, Digest> = { ...upload.received, [number]: digest };
  const next = { ...held.record, upload: { ...upload, received } };
  const complete = missingChunks(next.upload).length === 0;
  const record = complete ? await assemble(context, call, next, next.upload) : next;
  await context.proposals.update(held, record, call.signal);
  // A chunk may happen to be the body itself: then it is the same blob.
  const parts = Object.values(received).filter((part) => part !== record.body);
  if (complete) for (const part of parts) await kept.remove(part, call.signal);
  return { status: 200, body: proposalView(record, context.clock()) };
}

/** The upload of a proposal, while it is one and in time. */
function openUpload(proposal: Proposal, now: number): Upload {
  const { upload, status } = proposal;
  if (status !== 'uploading' || upload === undefined)
    throw new Refusal('PROPOSAL_STATUS', 'this proposal takes no chunks', { details: { status } });
  if (now >= upload.expiresAt)
    throw new Refusal('CHUNK_EXPIRED', 'the upload took too long: propose again', {
      details: { expiredAt: new Date(upload.expiresAt).toISOString() },
    });
  return upload;
}

async function assemble(
  context: RegistryContext,
  call: Call,
  proposal: Proposal,
  upload: Upload,
): Promise<Proposal> {
  const kept = context.blobs.of(proposal.id);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let n = 0; n < upload.chunks; n += 1) {
    const part = await kept.get(upload.received[n] as Digest, call.signal);
    if (part === undefined) throw new Refusal('CHUNK_EXPIRED', 'a chunk is gone: propose again');
    length += part.length;
    if (length > MAX_PROPOSAL_BYTES)
      throw new Refusal('TOO_LARGE', `a proposal has at most ${MAX_PROPOSAL_BYTES} bytes`, {
        details: { maxBytes: MAX_PROPOSAL_BYTES },
      });
    parts.push(part);
  }
  const whole = Buffer.concat(parts);
  if (whole.length !== upload.bytes || digestOf(whole) !== upload.digest)
    throw new Refusal('REQUEST_INVALID', 'the chunks together are not the text that was announced', {
      path: '/upload/digest',
    });
  const value = parseDocument(whole.toString('utf8'), MAX_PROPOSAL_BYTES);
  const { upload: _done, ...rest } = proposal;
  return fillUploaded(context, call, rest, await openHead(context, call), value);
}
