/** What a handler of the registry is given: what lives as long as the process, and what is of one request. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Person } from '../core/administration/person.ts';
import type { CommitKeys } from '../store/commit-signature.ts';
import type { StoreTables } from '../store/dynamodb.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { FounderKeys } from '../store/person-signature.ts';
import type { Publisher } from '../store/publisher.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { StoreError } from '../store/store-error.ts';
import type { Blobs } from './blobs.ts';
import type { FactSets } from './fact-sets.ts';
import type { Job } from './job.ts';
import type { Proposal, ProposalBase } from './proposal.ts';
import type { ReadersInService } from './readers-in-service.ts';
import type { Records } from './records.ts';

/**
 * What whoever stops something works with, and nothing more: no proposal, no job. Made once per process, nothing in it is
 * about one request.
 */
export interface ActingContext {
  readonly client: DynamoDBClient;
  readonly tables: StoreTables;
  readonly publicKeys: CommitKeys;
  readonly founders: FounderKeys;
  readonly reader: SnapshotReader;
  /** Opens a restored, unconfirmed registry too: for reading its history and confirming it. */
  readonly anyReader: SnapshotReader;
  readonly publisher: Publisher;
  readonly factSets: FactSets;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly leaseMs: number;
  readonly clockSkewMs: number;
  readonly sample: boolean;
  /** The guard's own account and API: an event of another one is nobody's. */
  readonly place: EventPlace;
}

/** What every other use case works with. */
export interface RegistryContext extends ActingContext {
  readonly proposals: Records<Proposal>;
  readonly jobs: Records<Job>;
  readonly blobs: Blobs;
  /** Who reads what is published, asked where it says something new. */
  readonly readers: ReadersInService;
}

/** Where an event must come from. */
export interface EventPlace {
  readonly account: string;
  readonly api: string;
}

/** One request, read and routed. */
export interface Call {
  readonly caller: Person;
  readonly variables: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, string>;
  /** The body as JSON; read (and refused) on demand. */
  readonly body: () => unknown;
  /** Ends with the request. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch at which a slice of long work stops. */
  readonly sliceEndsAt: number;
}

/** What a use case answers with. */
export interface UseCaseReply {
  readonly status: 200 | 201 | 202;
  readonly body: unknown;
}

/** The registry as it stands, or null before genesis. */
export async function openHead(
  context: Pick<RegistryContext, 'reader'>,
  call: Pick<Call, 'signal'>,
): Promise<OpenSnapshot | null> {
  try {
    return await context.reader.open({}, call.signal);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'HEAD_MISSING') return null;
    throw error;
  }
}

/** How what is written against a version names it; null before genesis. */
export function baseOf(head: OpenSnapshot): ProposalBase;
export function baseOf(head: OpenSnapshot | null): ProposalBase | null;
export function baseOf(head: OpenSnapshot | null): ProposalBase | null {
  return head === null ? null : { version: head.version, digest: head.digest };
}

/** ISO 8601, UTC, with milliseconds. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString();
}
