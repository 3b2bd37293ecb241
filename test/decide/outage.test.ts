/** The database dies during a stream of requests, and comes back: denies, no permit, recovery without a restart. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createGuard } from '../../functions/decide/guard.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createDynamoClient } from '../../functions/store/dynamodb.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageState } from '../../functions/store/staging.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { createTables, engineClient, startEngine } from '../engine.ts';
import { META, newSigner } from '../store/store-rig.ts';
import { BUILD, stateOf } from './rig.ts';

const REQUEST = {
  message: { id: 'm-1', marking: 'SECRET//REL TO USA, GBR' },
  path: { hops: [{ network: 'gb-b' }], assurance: 'pinned' },
};

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A server that accepts connections and never says anything. */
function silentServer(port: number): Promise<{ close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const sockets = new Set<import('node:net').Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({
        close: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      }),
    );
  });
}

it('denies while the database is dead or silent, and recovers by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-outage-'));
  const dbPath = join(folder, 'registry.db');
  let engine = await startEngine({ dbPath });
  const port = Number(new URL(engine.endpoint).port);
  try {
    const tables = await createTables(engine.endpoint);
    const signer = newSigner();
    const publicKeys = parseCommitKeys(signer.publicKey);
    const writer = engineClient(engine.endpoint);
    const publisher = createPublisher({ client: writer, tables, signer, publicKeys });
    await publisher.commit({
      base: null,
      staged: stageState(stateOf(readSampleRegistry())),
      meta: META,
      note: null,
    });
    writer.destroy();

    const client = createDynamoClient({
      endpoint: engine.endpoint,
      region: 'us-east-1',
      credentials: CREDENTIALS,
      connectMs: 150,
      readMs: 250,
    });
    const guard = createGuard({
      reader: createRegistryReader({ client, tables, publicKeys }),
      build: BUILD,
      budgetMs: 1_500,
      leaseMs: 60_000,
      clock: Date.now,
      newEvaluationId: randomUUID,
      mostExplained: 'codes',
    });
    const ask = () => Promise.all(Array.from({ length: 20 }, () => guard.decideValue(REQUEST)));
    const permits = (answers: Awaited<ReturnType<typeof ask>>) => answers.filter((a) => a.decision).length;
    const unavailable = (answers: Awaited<ReturnType<typeof ask>>) =>
      answers.filter((a) => a.retry === 'after' && a.reasons.some((r) => r.code === 'REGISTRY_UNAVAILABLE'))
        .length;

    expect(permits(await ask())).toBe(20);

    await engine.stop();
    const dead = await ask();
    expect([permits(dead), unavailable(dead)]).toEqual([0, 20]);

    const silent = await silentServer(port);
    const unheard = await ask();
    expect([permits(unheard), unavailable(unheard)]).toEqual([0, 20]);
    await silent.close();

    engine = await startEngine({ dbPath, port });
    expect(permits(await ask())).toBe(20);
    client.destroy();
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
