/** Puts the registry's administration together from the environment, once per process. */

import { readFileSync } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Signer } from '../store/commit-signature.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import { createKmsSigner } from '../store/kms-signer.ts';
import { createLocalSigner } from '../store/local-signer.ts';
import { createPublisher } from '../store/publisher.ts';
import { createRegistryReader, type SnapshotReader } from '../store/registry-reader.ts';
import { createBlobs } from './blobs.ts';
import type { RegistryContext } from './context.ts';
import { createFactSets } from './fact-sets.ts';
import { finishing } from './finishing.ts';
import { keptFrom } from './kept.ts';
import { PARTITIONS } from './partitions.ts';
import type { PurgeContext } from './purge-request.ts';
import { type ReadersInService, readersInService } from './readers-in-service.ts';
import { createRecords } from './records.ts';
import { createSeals } from './seals.ts';
import { type RegistrySettings, readRegistrySettings, type SigningSettings } from './settings.ts';
import { createStateItems } from './state-items.ts';

/** The most a request may spend on reads and writes, in milliseconds. API Gateway gives up after 29 seconds. */
export const BUDGET_MS = 27_000;
/** When a slice of long work stops to store how far it got, in milliseconds. */
export const SLICE_MS = 15_000;

/** Parts a test may bring. */
export interface Parts {
  readonly client: DynamoDBClient;
  readonly signer: Signer;
  readonly clock: () => number;
  readonly readers: ReadersInService;
}

export function assembleRegistry(env = process.env): RegistryContext {
  const settings = readRegistrySettings(env);
  const { connectMs, readMs } = settings;
  return contextOf(settings, {
    client: createDynamoClient({ connectMs, readMs, attempts: 3 }),
    signer: signerOf(settings.signing),
    clock: Date.now,
    readers: readersInService(new LambdaClient({}), settings.readers),
  });
}

export function contextOf(
  settings: RegistrySettings,
  { client, signer, clock, readers }: Parts,
): RegistryContext {
  const { tables, publicKeys, founders, leaseMs, clockSkewMs, sample, place } = settings;
  const items = createStateItems(client, tables.state);
  const reading = { client, tables, publicKeys, founders, budgetMs: BUDGET_MS, clock };
  const publisher = createPublisher({ ...reading, signer });
  // Who may not publish, finishes nothing.
  const isPublisher = signer !== NOBODY;
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
    proposals: createRecords(items, PARTITIONS.proposals, {
      // What became a version, or is about to, is part of its story.
      life: ({ status }) => (status === 'published' || status === 'approving' ? {} : keptFrom(clock())),
    }),
    jobs: createRecords(items, PARTITIONS.jobs, {
      seals: createSeals(signer, publicKeys, tables.state),
      life: () => keptFrom(clock()),
    }),
    blobs: createBlobs(items, clock),
    readers,
    clock,
    leaseMs,
    clockSkewMs,
    sample,
    place,
  };
}

/** The purge's part: it reads, and purges; whoever asks it to publish is refused. */
export function assembleReader(env = process.env): PurgeContext {
  const settings = readRegistrySettings({ ...env, COMMIT_SIGNING_KEY_ID: 'none' });
  const { connectMs, readMs, tables } = settings;
  const client = createDynamoClient({ connectMs, readMs, attempts: 3 });
  const context = contextOf(settings, { client, signer: NOBODY, clock: Date.now, readers: async () => [] });
  return purgeContextOf(context, tables.state, env['REGISTRY_CLOSED'] === 'yes');
}

export function purgeContextOf(
  context: RegistryContext,
  stateTable: string,
  isClosed: boolean,
): PurgeContext {
  return {
    ...context,
    isClosed,
    purges: createRecords(createStateItems(context.client, stateTable), PARTITIONS.purges),
  };
}

/** Signs nothing. */
const NOBODY: Signer = {
  keyId: 'none',
  sign: () => Promise.reject(new Error('the purge publishes nothing')),
};

function signerOf(signing: SigningSettings): Signer {
  switch (signing.by) {
    case 'kms':
      return createKmsSigner(new KMSClient({}), signing.keyId);
    case 'file':
      return createLocalSigner(readFileSync(signing.path, 'utf8'));
    case 'pem':
      return createLocalSigner(signing.pem);
    default:
      return unknownSigning(signing);
  }
}

function unknownSigning(signing: never): never {
  throw new Error(`no such signer: ${String(signing)}`);
}
