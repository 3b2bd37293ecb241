/** What the registry's function makes of its setting of HEAD's copies: of revocations, and of what others left unfinished. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headKey, type Item } from '../../functions/store/head.ts';
import { dyingClient } from '../store/dying-client.ts';
import { contextFor, personNamed, type RegistryRig, startRegistryRig } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

async function copies(): Promise<readonly (Item | undefined)[]> {
  const { client, tables } = rig.store;
  const found = [0, 1, 2, 3, 4].map(async (copy) => {
    const get = new GetItemCommand({ TableName: tables.state, Key: headKey(copy), ConsistentRead: true });
    return (await client.send(get)).Item;
  });
  return Promise.all(found);
}

const digests = async () =>
  new Set((await copies()).slice(0, 4).map((item) => Buffer.from(item?.['digest']?.B ?? []).toString('hex')));

function asWith(headCopies: number, client = rig.store.client) {
  const context = contextFor({ client, tables: rig.store.tables }, rig.store.signer, { headCopies });
  return (name: string) => personNamed(context, name);
}

it('leaves as many copies as are set, and finishes those that somebody left', async () => {
  const revoke = (fact: string) => ({ facts: [`accreditation/${fact}`], reason: 'A test' });
  const { status } = await asWith(4)('usa-approver').post('revoke', revoke('us-on-gb-b'));
  expect([status, (await digests()).size, (await copies())[4]]).toEqual([200, 1, undefined]);

  // Whoever dies at each step, until the copies differ.
  for (let step = 0; (await digests()).size === 1; step += 1) {
    expect(step).toBeLessThan(200);
    const { client } = dyingClient(rig.store.engine.endpoint, step);
    await asWith(
      4,
      client,
    )('usa-approver')
      .post('revoke', revoke('us-on-us-a'))
      .catch(() => undefined);
  }
  // Any request of a function that may publish finishes it, whatever its own setting.
  expect((await asWith(1)('auditor').get('log')).status).toBe(200);
  expect((await digests()).size).toBe(1);
  const seen = await rig.store.reader().open();
  expect([seen.version, seen.acknowledged, seen.commit.kind]).toEqual([3, true, 'revoke']);
});
