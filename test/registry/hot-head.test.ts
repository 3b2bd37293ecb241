/** A stop beside decisions that use up what HEAD's partition, its copies' and the floor's give in a second. */
import { type DynamoDBClient, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { clientOf } from '../../functions/registry/acting.ts';
import { isHeadPartition } from '../../functions/store/head.ts';
import { choicesFrom } from '../theorems/random.ts';
import { contextFor, personNamed, type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());
afterEach(() => vi.unstubAllEnvs());

type Sent = (command: string, input: Wire) => boolean;

const readsHead: Sent = (command, { Key }) => command === 'GetItemCommand' && isHeadPartition(Key.pk.S);
const writesHead: Sent = (command, { Item }) => command === 'PutItemCommand' && isHeadPartition(Item.pk.S);
const reachesFloor: Sent = (command, input) =>
  ['QueryCommand', 'ExecuteStatementCommand', 'DescribeTableCommand'].includes(command) &&
  JSON.stringify(input).includes(rig.store.tables.floor);

/** The client that the function makes for itself, before tables that throttle this share of what is hot. */
function throttledClient(isHot: Sent, share: number): DynamoDBClient {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', rig.store.engine.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const { chance } = choicesFrom(15);
  const client = clientOf({ connectMs: 2_000, readMs: 10_000 });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (isHot(String(context['commandName']), args.input) && chance(share))
        throw new ProvisionedThroughputExceededException({ message: 'throttled', $metadata: {} });
      return next(args);
    },
    // After the SDK's own repetitions: each attempt by itself.
    { step: 'finalizeRequest', priority: 'low' },
  );
  return client;
}

it.each<[what: string, isHot: Sent, holds: number, headCopies: number]>([
  ['reads of HEAD', readsHead, 20, 1],
  ['reads and writes of HEAD and its copies', (...sent) => readsHead(...sent) || writesHead(...sent), 2, 4],
  ['reads and writes of the floor', reachesFloor, 2, 1],
])(
  'every hold gets through, once, where nine in ten are throttled: %s',
  async (what, isHot, holds, headCopies) => {
    const client = throttledClient(isHot, 0.9);
    const context = contextFor({ client, tables: rig.store.tables }, rig.store.signer, { headCopies });
    const { version: before } = await rig.store.reader().open();
    const stop = { authority: 'us-state', scope: { network: 'us-a' }, cause: 'doubt', reason: 'A test' };
    const said: unknown[] = [];
    for (let n = 0; n < holds; n += 1) {
      const id = `${what.replaceAll(' ', '-').toLowerCase()}-${n}`;
      const { status, body } = await personNamed(context, 'usa-proposer').post('hold', { id, ...stop });
      said.push([status, body.error?.code, body.version, body.already]);
    }
    const once = Array.from({ length: holds }, (_, n) => [200, undefined, before + n + 1, undefined]);
    expect(said).toEqual(once);
    expect((await rig.store.reader().open()).version).toBe(before + holds);
    client.destroy();
  },
);
