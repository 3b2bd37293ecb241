/** Puts together what a stop takes, once per process: the registry as it stands, and who publishes. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Signer } from '../store/commit-signature.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import { createPublisher } from '../store/publisher.ts';
import { createRegistryReader, type SnapshotReader } from '../store/registry-reader.ts';
import { WHILE_THROTTLED } from '../store/while-throttled.ts';
import type { ActingContext } from './context.ts';
import { createFactSets } from './fact-sets.ts';
import { finishing } from './finishing.ts';
import { type RegistrySettings, readRegistrySettings, readSigningSettings } from './settings.ts';
import { NO_SIGNER, signerOf } from './signer.ts';
import { BUDGET_MS } from './times.ts';

/** Parts a test may bring. */
export interface ActingParts {
  readonly client: DynamoDBClient;
  /** Of commits. */
  readonly signer: Signer;
  readonly clock: () => number;
}

/**
 * Who decides may use up what HEAD's partition and the floor's give in a second, and denies early; who stops something, or
 * publishes anything, goes on asking for as long as the request lasts.
 */
export function clientOf({
  connectMs,
  readMs,
}: Pick<RegistrySettings, 'connectMs' | 'readMs'>): DynamoDBClient {
  return createDynamoClient({ connectMs, readMs, attempts: WHILE_THROTTLED });
}

/** The part of whoever stops something. */
export function assembleActing(env = process.env): ActingContext {
  const settings = readRegistrySettings(env);
  const signer = signerOf(readSigningSettings(env, 'COMMIT_SIGNING_KEY'));
  return actingContextOf(settings, { client: clientOf(settings), signer, clock: Date.now });
}

export function actingContextOf(
  settings: RegistrySettings,
  { client, signer, clock }: ActingParts,
): ActingContext {
  const { tables, publicKeys, founders, headCopies, leaseMs, clockSkewMs, sample, place } = settings;
  const reading = { client, tables, publicKeys, founders, budgetMs: BUDGET_MS, clock };
  const publisher = createPublisher({ ...reading, signer, headCopies });
  // Who may not publish, finishes nothing.
  const isPublisher = signer !== NO_SIGNER;
  const open = { ...reading, acceptUnacknowledged: isPublisher };
  const opening = (more: {
    readonly acceptUnconfirmed?: boolean;
    readonly cacheBytes?: number;
  }): SnapshotReader => {
    const reader = createRegistryReader({ ...open, ...more });
    return isPublisher ? finishing(reader, publisher) : reader;
  };
  return {
    client,
    tables,
    publicKeys,
    founders,
    reader: opening({}),
    // Past the cache: what was purged is shown by no process that has read it before.
    anyReader: opening({ acceptUnconfirmed: true, cacheBytes: 0 }),
    publisher,
    factSets: createFactSets(),
    clock,
    leaseMs,
    clockSkewMs,
    sample,
    place,
  };
}
