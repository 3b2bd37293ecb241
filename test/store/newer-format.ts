/** A version that asks for newer builds than this one, signed by people and acknowledged, as the build that can would publish it. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import type { RegistryFormat } from '../../functions/core/facts/format.ts';
import { encodeHead, verifyCommit } from '../../functions/store/head.ts';
import { createObjectCache } from '../../functions/store/object-cache.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { createObjectLoader } from '../../functions/store/object-loader.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { openRaisableFloor } from '../../functions/store/raise-floor.ts';
import { encodeRoot } from '../../functions/store/registry-root.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { signedBy } from './signed.ts';
import { META, type StoreRig } from './store-rig.ts';

export async function publishOfFormat(store: StoreRig, format: RegistryFormat): Promise<void> {
  const { client, tables, signer, keys, founders } = store;
  const base = await store.reader().open();
  const again = stageAgain(base);
  const rootBytes = encodeRoot({ ...again.root, ...format });
  const staged = { ...again, rootBytes, rootDigest: digestOf(rootBytes) };
  const signed = await signedBy(base, { tables, root: staged.rootDigest });
  const publisher = createPublisher({ client, tables, signer, publicKeys: keys, founders });
  const { head, objects } = await publisher.prepare({ base, staged, signed, meta: META, note: 'newer' });
  const context = readingWithin(AbortSignal.timeout(20_000));
  const commit = verifyCommit(head, keys);
  await insertObjects(client, tables.objects, objects, context);
  const signature = { signature: { B: head.signature } };
  await insertObjects(client, tables.objects, [[commit.digest, head.commit]], context, signature);
  await client.send(new PutItemCommand({ TableName: tables.state, Item: encodeHead(head) }));
  const source = createObjectLoader(client, tables.objects, createObjectCache(0)).within(context);
  await openRaisableFloor(client, tables.floor, Date.now).raise(commit, source, context);
}
