/** What is shown of a registry that nobody has judged since it came back, and what a request has time for. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEAD_KEY } from '../../functions/store/head.ts';
import { identities, userArn } from '../../infra/local/identities.ts';
import { handle } from './every-door.ts';
import { proxyEvent, type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
/** Two stops, of which the second is not in the HEAD that came back. */
beforeAll(async () => {
  rig = await startRegistryRig();
  const { client, tables } = rig.store;
  const hold = async (id: string) => {
    const scope = { network: 'us-a' };
    const body = { id, authority: 'us-state', scope, cause: 'doubt', reason: 'A test' };
    expect((await rig.as('usa-proposer').post('hold', body)).status).toBe(200);
  };
  await hold('first');
  const { Item } = await client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY }));
  await hold('second');
  await client.send(new PutItemCommand({ TableName: tables.state, Item }));
});
afterAll(() => rig.stop());

describe('a registry whose HEAD is held says so', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['holds', {}],
    ['versions/2/stops', {}],
    ['versions/2', {}],
    ['log', {}],
    ['diff', { from: '1', to: '2' }],
    ['facts/network', {}],
    ['names', {}],
    ['facts/hold/first', {}],
    ['blame/hold/first', {}],
  ])('with %s %o', async (path, query) => {
    const { status, body } = await rig.as('auditor').get(path, query);
    expect([status, body.held], JSON.stringify(body)).toEqual([200, 'HEAD_BELOW_FLOOR']);
  });

  it.each([1, 2])('with a diff during which it came back or was confirmed: %i', async (which) => {
    let opened = 0;
    const open: typeof rig.context.anyReader.open = async (...asked) => {
      opened += 1;
      const held = opened === which ? 'HEAD_BELOW_FLOOR' : null;
      return { ...(await rig.context.anyReader.open(...asked)), held };
    };
    const context = { ...rig.context, anyReader: { open } };
    const { body } = await rig.asIn(context, 'auditor').get('diff', { from: '1', to: '2' });
    expect(body.held).toBe('HEAD_BELOW_FLOOR');
  });
});

describe('what a version stops', () => {
  it('is told as far as there is time for, and that it is not all', async () => {
    const auditor = identities.find(({ name }) => name === 'auditor');
    if (auditor === undefined) throw new Error('auditor');
    const { roleId, session } = auditor;
    const who = { userArn: userArn(auditor), user: `${roleId}:${session}` };
    const event = proxyEvent('GET', '/v1/registry/versions/2/stops', {}, null, who);
    const stopsWithin = async (sliceMs: number) => {
      const { body } = await handle(rig.context, event, { budgetMs: 25_000, sliceMs });
      return (body as Wire).stops;
    };
    expect(await stopsWithin(0)).toEqual({
      networks: { permitted: 0, lost: [] },
      markings: { permitted: 0, lost: [] },
      complete: false,
    });
    expect((await stopsWithin(20_000)).complete).toBe(true);
  });

  it('is nothing where there was none before', async () => {
    const { status, body } = await rig.as('auditor').get('versions/1/stops');
    const message = 'before the first version nothing was permitted';
    expect([status, body]).toEqual([404, { error: { code: 'VERSION_UNKNOWN', message } }]);
  });
});
