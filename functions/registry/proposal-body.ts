import type { Operation } from '../core/administration/change.ts';
import type { Person } from '../core/administration/person.ts';
import { canonicalBytes } from '../core/facts/canonical.ts';
import type { proposal as proposalShape, WrittenAs } from './answers.ts';
import { type Call, instantText, type RegistryContext } from './context.ts';
import { busyUntil, expiresAt, isExpired, type Proposal } from './proposal.ts';
import type { StoredRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** The proposal a request names. */
export async function readProposal(context: RegistryContext, call: Call): Promise<StoredRecord<Proposal>> {
  const held = await context.proposals.read(call.variables['id'] ?? '', call.signal);
  if (held === undefined)
    throw new Refusal('PROPOSAL_UNKNOWN', 'there is no proposal of this id: `registry proposals` lists them');
  return held;
}

/** The operations of a proposal whose chunks have all come. */
export async function operationsOf(
  context: RegistryContext,
  proposal: Proposal,
  signal: AbortSignal,
): Promise<readonly Operation[]> {
  if (proposal.body === null)
    throw new Refusal('PROPOSAL_STATUS', 'the chunks of this proposal have not all come', {
      details: { status: proposal.status },
    });
  const bytes = await context.blobs.of(proposal.id).get(proposal.body, signal);
  if (bytes === undefined)
    throw new Refusal('RESULT_GONE', 'the body of this proposal was purged, or is not kept any more');
  // Proven against its digest, and sound when it was written.
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly Operation[];
}

/** The canonical bytes of operations. */
export function bodyBytes(changes: readonly Operation[]): Uint8Array {
  return canonicalBytes(changes);
}

/** Passes for a proposal that still may be simulated and approved: by the clock, never by the table's own expiry. */
export function demandUnexpired(proposal: Proposal, now: number): void {
  if (isExpired(proposal, now)) throw tooOld(proposal);
}

export function tooOld({ createdAt }: Pick<Proposal, 'createdAt'>): Refusal {
  return new Refusal('PROPOSAL_EXPIRED', 'this proposal waited too long: propose it again', {
    details: { createdAt },
  });
}

/** Passes where nobody can be publishing it at this moment. */
export function demandAtRest(proposal: Proposal, now: number): void {
  const until = busyUntil(proposal, now);
  if (until === undefined) return;
  throw new Refusal(
    'BEING_PUBLISHED',
    'somebody approved it a moment ago and may be publishing it: look what has become of it, and send this again then',
    { details: { until: instantText(until) } },
  );
}

/** What a person sees of a proposal; one that waited too long has the status `expired`. */
export function proposalView(proposal: Proposal, now: number): WrittenAs<typeof proposalShape> {
  const {
    author,
    upload,
    prepared: _prepared,
    triedAt: _triedAt,
    approval,
    rejection,
    published,
    agreed,
    confirmed,
    ...shown
  } = proposal;
  const { signed, salt: _salt, ...rest } = shown;
  const person = ({ roleName, session }: Person) => ({ role: roleName, session });
  return {
    ...rest,
    ...(isExpired(proposal, now) && { status: 'expired' }),
    expiresAt: new Date(expiresAt(proposal.createdAt)).toISOString(),
    author: person(author),
    authorKey: signed.key,
    ...(confirmed !== undefined && {
      confirmed: confirmed.map(({ by }) => ({ ...person(by), key: by.key })),
    }),
    ...(agreed !== undefined && { agreed: agreed.statement }),
    ...(upload !== undefined && {
      upload: {
        chunks: upload.chunks,
        missing: missingChunks(upload),
        expiresAt: new Date(upload.expiresAt).toISOString(),
      },
    }),
    ...(approval !== undefined && {
      approval: { ...approval, by: person(approval.by), key: approval.by.key },
    }),
    ...(rejection !== undefined && { rejection: { ...rejection, by: person(rejection.by) } }),
    ...(published !== undefined && { published }),
  };
}

/** Numbers of the chunks that have not come. */
export function missingChunks(upload: NonNullable<Proposal['upload']>): readonly number[] {
  return Array.from({ length: upload.chunks }, (_, n) => n).filter((n) => !Object.hasOwn(upload.received, n));
}
