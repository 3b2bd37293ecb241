import { createPrivateKey } from 'node:crypto';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { engineClient } from '../engine.ts';
import { signedBy } from './signed.ts';
import { META, pairedChange } from './store-rig.ts';

/**
 * A publisher in a process of its own, to be killed: says that it begins, publishes one paired change after another and
 * prints each version it has been acknowledged. Arguments: endpoint, objects table, state table, floor table, private key (PKCS #8 in base64).
 */
const [, , endpoint = '', objects = '', state = '', floor = '', key = ''] = process.argv;
const signer = createLocalSigner(
  createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' }),
);
const common = {
  client: engineClient(endpoint),
  tables: { objects, state, floor },
  publicKeys: parseCommitKeys(signer.publicKey),
};
const reader = createRegistryReader({
  ...common,
  founders: LOCAL_FOUNDERS,
  budgetMs: 20_000,
  acceptUnacknowledged: true,
});
const publisher = createPublisher({ ...common, signer, founders: LOCAL_FOUNDERS });
process.stdout.write('publishing\n');
for (;;) {
  const base = await reader.open();
  const staged = await stageChanges(base, pairedChange(base.version + 1));
  const signed = await signedBy(base, { tables: common.tables, root: staged.rootDigest });
  const published = await publisher.commit({ base, staged, signed, meta: META, note: null });
  process.stdout.write(`${published.version}\n`);
}
