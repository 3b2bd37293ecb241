/** Puts the registry's administration together from the environment, once per process. */
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { CommitKeys, Signer } from '../store/commit-signature.ts';
import { type ActingParts, actingContextOf, clientOf } from './acting.ts';
import { createBlobs } from './blobs.ts';
import type { RegistryContext } from './context.ts';
import { keptFrom } from './kept.ts';
import { PARTITIONS } from './partitions.ts';
import type { PurgeContext } from './purge-request.ts';
import { type ReadersInService, readersInService } from './readers-in-service.ts';
import { createRecords } from './records.ts';
import { createSeals } from './seals.ts';
import {
  type RegistrySettings,
  readReaders,
  readRegistrySettings,
  readSealKeys,
  readSigningSettings,
} from './settings.ts';
import { NO_SIGNER, signerOf } from './signer.ts';
import { createStateItems } from './state-items.ts';

/** Parts a test may bring. */
export interface Parts extends ActingParts {
  /** Of the records of jobs, and whose seals count. */
  readonly sealing: { readonly signer: Signer; readonly keys: CommitKeys };
  readonly readers: ReadersInService;
}

/** The registry's own part: it publishes, and seals what it had simulated while it approved. */
export function assembleRegistry(env = process.env): RegistryContext {
  return assembled(env, {
    signer: signerOf(readSigningSettings(env, 'COMMIT_SIGNING_KEY')),
    sealer: signerOf(readSigningSettings(env, 'SEALING_KEY')),
    readers: readersInService(new LambdaClient({}), readReaders(env)),
  });
}

/** The part of long work: it seals what it found, and publishes nothing. */
export function assembleJobs(env = process.env): RegistryContext {
  return assembled(env, { signer: NO_SIGNER, sealer: signerOf(readSigningSettings(env, 'SEALING_KEY')) });
}

/** The purge's part: it reads, and purges; whoever asks it to publish is refused. */
export function assembleReader(env = process.env): PurgeContext {
  const context = assembled(env, { signer: NO_SIGNER, sealer: NO_SIGNER });
  return purgeContextOf(context, context.tables.state, env['REGISTRY_CLOSED'] === 'yes');
}

/** Whoever publishes nothing asks nobody what they read. */
interface Own {
  readonly signer: Signer;
  readonly sealer: Signer;
  readonly readers?: ReadersInService;
}

function assembled(
  env: NodeJS.ProcessEnv,
  { signer, sealer, readers = async () => [] }: Own,
): RegistryContext {
  const settings = readRegistrySettings(env);
  const sealing = { signer: sealer, keys: readSealKeys(env) };
  return contextOf(settings, { client: clientOf(settings), signer, sealing, clock: Date.now, readers });
}

export function contextOf(
  settings: RegistrySettings,
  { sealing, readers, ...parts }: Parts,
): RegistryContext {
  const { client, clock } = parts;
  const { state } = settings.tables;
  const items = createStateItems(client, state);
  return {
    ...actingContextOf(settings, parts),
    proposals: createRecords(items, PARTITIONS.proposals, {
      // What became a version, or is about to, is part of its story.
      life: ({ status }) => (status === 'published' || status === 'approving' ? {} : keptFrom(clock())),
    }),
    jobs: createRecords(items, PARTITIONS.jobs, {
      seals: createSeals(sealing.signer, sealing.keys, state),
      life: () => keptFrom(clock()),
    }),
    blobs: createBlobs(items, clock),
    readers,
  };
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
