/** Publishes the sample registry as version 1 where there is no registry yet. */
import { viewOf } from '../../functions/core/facts/view.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createDynamoClient } from '../../functions/store/dynamodb.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageState } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import type { LocalContext } from './context.ts';
import { LOCAL_FOUNDERS, localKey } from './identities.ts';
import { signVersion } from './local-approval.ts';
import { readSampleRegistry } from './sample-registry.ts';

/** Two different people, as every publication needs; here both are the sample. */
const PEOPLE = { author: 'sample-author', approvers: ['sample-approver'] } as const;

/** Where to publish, and with which key. */
type Seeded = Pick<LocalContext, 'region' | 'dynamodb' | 'tables' | 'signing'>;

/** Fills an empty registry before the guard says it is ready. A registry that has a HEAD is left as it is. */
export async function seed(context: Seeded): Promise<void> {
  const signer = createLocalSigner(context.signing.privateKey);
  const publicKeys = parseCommitKeys(signer.publicKey);
  const client = createDynamoClient({ ...context.dynamodb, region: context.region, readMs: 10_000 });
  const store = { client, tables: context.tables, publicKeys, founders: LOCAL_FOUNDERS };
  try {
    if (await isPublished(store)) return;
    const facts = readSampleRegistry();
    const view = viewOf([...facts.values()]);
    const staged = stageState({ facts, view: view.entries, vendors: view.vendors, law: view.law });
    const recordedAt = new Date().toISOString();
    const published = await createPublisher({ ...store, signer }).commit({
      base: null,
      staged,
      signed: signVersion([localKey('pat'), localKey('alex')], {
        ...{ stateTable: context.tables.state, base: null, keyring: null, at: recordedAt },
        ...{ root: staged.rootDigest, before: new Map(), after: facts },
      }),
      meta: { kind: 'genesis', ...PEOPLE, recordedAt },
      note: { reason: 'The sample registry: synthetic networks, real vendors and designations.' },
    });
    console.log(`Published the sample registry: version ${published.version}, ${facts.size} facts.`);
  } finally {
    client.destroy();
  }
}

async function isPublished(store: Parameters<typeof createRegistryReader>[0]): Promise<boolean> {
  try {
    await createRegistryReader({ ...store, budgetMs: 10_000 }).open();
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'HEAD_MISSING') return false;
    throw error;
  }
}
