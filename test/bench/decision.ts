/**
 * A whole warm decision beside its floor: one bare, strongly consistent read of the same item through the same
 * client, turn about in the same run. And the pure fold beside the parsing of its own request.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Guard } from '../../functions/decide/guard.ts';
import { oneHead } from '../../functions/decide/one-head.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { HEAD_KEY } from '../../functions/store/head.ts';
import type { SnapshotReader } from '../../functions/store/registry-reader.ts';
import { startGuardRig } from '../decide/rig.ts';
import { medians } from './medians.ts';

const ROUNDS = 500;

const REQUEST = JSON.stringify({
  message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' },
  path: { hops: [{ network: 'gb-b' }, { network: 'us-b' }] },
});

export async function benchDecision(): Promise<void> {
  const rig = await startGuardRig();
  try {
    const guard = rig.guard();
    const { client, tables } = rig.store;
    const read = () =>
      client.send(new GetItemCommand({ TableName: tables.state, Key: HEAD_KEY, ConsistentRead: true }));
    const first = await guard.decideText(REQUEST);
    if (!first.decision) throw new Error('the benchmark measures a permit');
    const trace = newTrace();
    await guard.decideText(REQUEST, trace);

    const [floor, warm] = await medians(ROUNDS, read, () => guard.decideText(REQUEST));
    console.log(
      `warm decision, two hops: ${warm.toFixed(3)} ms, bare strong read ${floor.toFixed(3)} ms, ratio ${(warm / floor).toFixed(2)}`,
    );
    console.log(`read units of a warm decision: ${trace.readUnits}, sequential reads: ${trace.batches}`);

    const [parse, session] = await medians(
      ROUNDS,
      async () => JSON.parse(REQUEST),
      withOneRead(guard, rig.store.reader()),
    );
    console.log(
      `parse, label and fold on an open registry: ${session.toFixed(3)} ms, JSON.parse of the request ${parse.toFixed(4)} ms`,
    );
  } finally {
    await rig.stop();
  }
}

function withOneRead(guard: Guard, reader: SnapshotReader) {
  const open = oneHead(reader);
  const value: unknown = JSON.parse(REQUEST);
  return () => guard.decideValue(value, undefined, open);
}
