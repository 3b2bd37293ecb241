/** A rehearsal does what a hold does, but the last step: what it writes, what it leaves alone, and what makes it fail. */
import {
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActingContext } from '../../functions/registry/context.ts';
import { decodeHead, HEAD_KEY, verifyHead } from '../../functions/store/head.ts';
import { REHEARSAL_KEY } from '../../functions/store/rehearsal.ts';
import { type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

const STEPS = ['head', 'facts', 'change', 'insert', 'sign', 'move', 'floor'];

const rehearsed = (context: ActingContext = rig.context): Promise<{ status: number; body: Wire }> =>
  rig.asIn({ ...rig.context, ...context }, 'auditor').post('stop-rehearsal');

async function itemsOf(table: 'objects' | 'state' | 'floor') {
  const { client, tables } = rig.store;
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables[table] }));
  return Items;
}
const all = async () => ({
  objects: (await itemsOf('objects')).length,
  state: (await itemsOf('state')).length,
  floor: (await itemsOf('floor')).length,
});
const item = async (Key: typeof HEAD_KEY) =>
  (await rig.store.client.send(new GetItemCommand({ TableName: rig.store.tables.state, Key }))).Item;

describe('a rehearsal', () => {
  it('takes every step of a hold, moves nothing, and nothing of it grows', async () => {
    const [before, head] = [await all(), await item(HEAD_KEY)];
    for (let round = 0; round < 3; round += 1) {
      const { status, body } = await rehearsed();
      expect([status, body.standing, body.steps.map(({ step }: Wire) => step)]).toEqual([
        200,
        'published',
        STEPS,
      ]);
      expect(await all()).toEqual({ ...before, objects: before.objects + 1, state: before.state + 1 });
    }
    expect(await item(HEAD_KEY)).toEqual(head);
  });

  it('leaves what opens for nobody, were it HEAD', async () => {
    const content = decodeHead((await item(REHEARSAL_KEY)) ?? {});
    expect(() => verifyHead(content, rig.context.publicKeys)).toThrow('SIGNATURE_INVALID');
    expect(content.signature.every((byte) => byte === 0)).toBe(true);
  });

  it('of two at once both are done', async () => {
    const both = await Promise.all([rehearsed(), rehearsed()]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('goes on from a HEAD that moved, and a hold goes on from it', async () => {
    const stop = { authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason: 'A test' };
    const held = await rig.as('usa-proposer').post('hold', { id: 'one', ...stop });
    expect([held.status, (await rehearsed()).status]).toEqual([200, 200]);
    const again = await rig.as('usa-proposer').post('hold', { id: 'two', ...stop });
    expect(again.body.version).toBe(held.body.version + 1);
  });

  it('is done whatever ids people have given their stops', async () => {
    const stop = { authority: 'us-state', scope: { network: 'us-a' }, cause: 'doubt', reason: 'A test' };
    for (const id of ['routeguard.stop-rehearsal', 'routeguard.stop-rehearsal.1']) {
      expect((await rig.as('usa-proposer').post('hold', { id, ...stop })).status).toBe(200);
      const { status, body } = await rehearsed();
      expect([id, status, body.error]).toEqual([id, 200, undefined]);
    }
  });

  it('writes over whatever stands in its place', async () => {
    const { client, tables } = rig.store;
    await client.send(new PutItemCommand({ TableName: tables.state, Item: REHEARSAL_KEY }));
    for (let round = 0; round < 2; round += 1) expect((await rehearsed()).status).toBe(200);
    expect((await item(REHEARSAL_KEY))?.['digest']).toBeDefined();
  });

  it('says of nothing published that there is nothing to stop', async () => {
    const empty = await startRegistryRig({ published: false, engine: rig.store.engine });
    const { status, body } = await empty.as('auditor').post('stop-rehearsal');
    expect([status, body]).toEqual([
      200,
      { standing: 'empty', steps: [{ step: 'head', ms: expect.any(Number) }] },
    ]);
    await empty.stop();
  });

  it('takes no body, and nobody’s parameters', async () => {
    const { status, body } = await rig.as('auditor').post('stop-rehearsal', { id: 'x' });
    expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
  });
});

/** A function that has lost one of its rights: what DynamoDB or KMS refuses it. */
function without(
  refuses: (name: string, input: Partial<PutItemCommandInput> & Wire) => boolean,
): ActingContext {
  const { client } = rig.store;
  const send = (command: { constructor: { name: string }; input: object }, ...more: unknown[]) =>
    refuses(command.constructor.name, command.input)
      ? Promise.reject(
          Object.assign(new Error('denied'), { name: 'AccessDeniedException', $fault: 'client' }),
        )
      : (client.send as (...all: unknown[]) => unknown)(command, ...more);
  return rig.withClient(Object.assign(Object.create(client), { send }));
}

describe('a rehearsal fails by its step, where the function', () => {
  it.each<[what: string, step: string, () => ActingContext]>([
    ['may not read HEAD', 'head', () => without((name) => name === 'GetItemCommand')],
    ['may not insert objects', 'insert', () => without((name) => name === 'BatchExecuteStatementCommand')],
    ['may not move HEAD', 'move', () => without((name) => name === 'PutItemCommand')],
    ['may not raise the floor', 'floor', () => without((name) => name === 'ExecuteStatementCommand')],
    [
      'may not sign',
      'sign',
      () => rig.withSigner({ keyId: 'none', sign: () => Promise.reject(new Error('denied')) }),
    ],
  ])('%s: %s', async (_what, step, context) => {
    const { status, body } = await rehearsed(context());
    expect([status, body.error.code, body.error.details.step]).toEqual([503, 'REHEARSAL_FAILED', step]);
    expect(body.error.details.done).toEqual(STEPS.slice(0, STEPS.indexOf(step)));
  });
});
