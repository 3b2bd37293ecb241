import type { NeededVoice } from '../core/administration/authority.ts';
import type { Person, Signatory } from '../core/administration/person.ts';
import { PROPOSAL_MS, type SignedAs, type SignedContent } from '../core/administration/statement.ts';
import type { Digest } from '../core/facts/canonical.ts';
import type { PublishedVersion } from '../store/publisher.ts';

/** What a proposal asks for. Each needs two people, because each could permit. */
type ProposalKind =
  /** Facts added, replaced or ended. With base null: genesis. */
  | 'change'
  /** A hold ended. */
  | 'lift'
  /** The facts of an earlier version again. */
  | 'rollback'
  /** The version of a registry that came back from a backup is the right one. */
  | 'confirm';

type ProposalStatus =
  /** Its chunks are still coming. */
  | 'uploading'
  | 'open'
  /** Approved; its publication is on its way, and may or may not have happened: the history tells. */
  | 'approving'
  | 'published'
  | 'rejected';

export interface ProposalBase {
  readonly version: number;
  readonly digest: Digest;
}

/** What a simulation found, in figures; the whole of it is the job's result. */
export interface SimulationSummary {
  readonly job: string;
  /** The HEAD it was simulated on; null for genesis. */
  readonly base: ProposalBase | null;
  /** Digest of the set of flips. */
  readonly flips: Digest;
  /** How many answers become permit: they are numbered from 1, and approving acknowledges each. */
  readonly permits: number;
  readonly total: number;
  /** What the base becomes, to be signed: the registry's root, and who may speak. */
  readonly root: Digest;
  readonly people: Digest;
  readonly at: string;
  /** Who asked for it, as signed in. */
  readonly by: { readonly role: string; readonly session: string };
  /** Who must approve, as the base has it. */
  readonly voices: readonly NeededVoice[];
  /** The recent requests that were asked again, as a blob: they are asked once more if HEAD moves. */
  readonly recent?: Digest;
}

export interface ApprovalRecord {
  readonly by: Signatory;
  readonly at: string;
  /** What the approver has seen, and is bound to. */
  readonly proposal: Digest;
  readonly flips: Digest;
  readonly permits: readonly number[];
}

/** One person's word that the version of a restored registry is the right one. */
export interface Confirmation {
  readonly by: Signatory;
  readonly signed: SignedAs<'confirm'>;
}

export interface Upload {
  readonly chunks: number;
  readonly bytes: number;
  readonly digest: Digest;
  /** Digests of the chunks that have come, by number. */
  readonly received: Readonly<Record<string, Digest>>;
  /** Milliseconds since the epoch. Checked by code: a table's own expiry may come days late. */
  readonly expiresAt: number;
}

/** A proposal as it is kept. Its body (the operations) is a blob, named by `digest`. */
export interface Proposal {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly status: ProposalStatus;
  readonly author: Signatory;
  readonly createdAt: string;
  readonly reason: string;
  /** HEAD when it was proposed; null for genesis. */
  readonly base: ProposalBase | null;
  /** Digest of kind, reason and body: what an approval names. Null while chunks are coming. */
  readonly digest: Digest | null;
  readonly body: Digest | null;
  readonly operations: number;
  /** What its author asked for and signed; null while chunks are coming, and once it was purged. */
  readonly asked: SignedContent | null;
  readonly salt: string;
  readonly signed: SignedAs<'propose'> | SignedAs<'confirm'>;
  /** The author's signature over what it comes to. */
  readonly agreed?: SignedAs<'approve'>;
  /** Of a confirmation: everybody's signature so far. */
  readonly confirmed?: readonly Confirmation[];
  readonly upload?: Upload;
  readonly simulation?: SimulationSummary;
  readonly approval?: ApprovalRecord;
  /** The frozen publication, as a blob. */
  readonly prepared?: Digest;
  /** When somebody last set about publishing it, in milliseconds since the epoch: they may be at it still. */
  readonly triedAt?: number;
  readonly published?: PublishedVersion;
  readonly rejection?: { readonly by: Person; readonly at: string; readonly reason: string };
  /** Present once what it said was erased: a reason that reads like it is somebody's words. */
  readonly purged?: true;
}

/** How long chunks may take to come, in milliseconds. */
export const UPLOAD_MS = 60 * 60 * 1000;

/** Longer than any request lives, and clocks are apart. Milliseconds. */
const ATTEMPT_MS = 90_000;

/** When nobody can be publishing it any more who set about it until now; undefined where nobody can already. */
export function busyUntil({ triedAt }: Pick<Proposal, 'triedAt'>, now: number): number | undefined {
  // An instant that no clock can have told is nobody's attempt.
  if (triedAt === undefined || !(triedAt <= now + ATTEMPT_MS) || now >= triedAt + ATTEMPT_MS)
    return undefined;
  return triedAt + ATTEMPT_MS;
}

/**
 * Whether nobody approved a proposal in time. One that was approved does not wait: it is completed in the same time, or
 * is in the history.
 *
 * @param now milliseconds since the epoch
 */
export function isExpired({ status, createdAt }: Proposal, now: number): boolean {
  const isWaiting = status === 'open' || status === 'uploading';
  // Denies also where the instant cannot be read.
  return isWaiting && !(now < expiresAt(createdAt));
}

/** The first instant at which a proposal of this instant is too old, in milliseconds since the epoch. */
export function expiresAt(createdAt: string): number {
  return Date.parse(createdAt) + PROPOSAL_MS;
}
