import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseClient } from '../../infra/local/database.ts';
import { enginePath, startEngine } from '../../infra/local/engine.ts';
import type { LocalGuard } from '../../infra/local/local-guard.ts';
import { PortInUseError } from '../../infra/local/server.ts';
import { loadSigningKey, publicKeyText } from '../../infra/local/signing-key.ts';
import { call, invoke, startFixtureGuard } from './guard-fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'routeguard-local-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Where the sample is not what a start is about. */
const EMPTY = { empty: true } as const;

function client(guard: LocalGuard) {
  return databaseClient({ ...guard.context.dynamodb, engine: null });
}

async function put(guard: LocalGuard, pk: string): Promise<void> {
  const dynamodb = client(guard);
  await dynamodb.send(
    new PutItemCommand({ TableName: guard.context.tables.state, Item: { pk: { S: pk }, sk: { S: 'x' } } }),
  );
  dynamodb.destroy();
}

async function has(guard: LocalGuard, pk: string): Promise<boolean> {
  const dynamodb = client(guard);
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: guard.context.tables.state, Key: { pk: { S: pk }, sk: { S: 'x' } } }),
  );
  dynamodb.destroy();
  return Item !== undefined;
}

describe('a directory for the data', () => {
  it('keeps registry and key over a restart, admits one guard at a time, and is let go', async () => {
    const data = join(root, 'kept');
    const first = await startFixtureGuard({ data });
    const key = publicKeyText(first.context.signing);
    await put(first, 'kept');
    await expect(startFixtureGuard({ data })).rejects.toThrow('in use by another local guard');
    await first.stop();

    const second = await startFixtureGuard({ data });
    expect(publicKeyText(second.context.signing)).toBe(key);
    expect(await has(second, 'kept')).toBe(true);
    await second.stop();
    expect(statSync(join(data, 'signing-key.pem')).mode & 0o777).toBe(0o600);
  });

  it('with a key that others can read is refused', async () => {
    const directory = mkdtempSync(join(root, 'open-'));
    loadSigningKey(directory);
    const { chmodSync } = await import('node:fs');
    chmodSync(join(directory, 'signing-key.pem'), 0o644);
    expect(() => loadSigningKey(directory)).toThrow('chmod 600');
  });

  it('without one, every run has another key', async () => {
    const [one, two] = [await startFixtureGuard(EMPTY), await startFixtureGuard(EMPTY)];
    expect(publicKeyText(one.context.signing)).not.toBe(publicKeyText(two.context.signing));
    await one.stop();
    await two.stop();
  });
});

describe('a busy port', () => {
  it('is named with the remedy, and nothing stays behind', async () => {
    const guard = await startFixtureGuard(EMPTY);
    const port = Number(new URL(guard.context.baseUrl).port);
    await expect(startFixtureGuard({ port })).rejects.toThrow(PortInUseError);
    await expect(startFixtureGuard({ port })).rejects.toThrow(`port ${port} is in use`);
    expect(await invoke(guard.context.baseUrl, {})).toMatchObject({ status: 200 });
    await guard.stop();
    await expect(call(guard.context.baseUrl)).rejects.toThrow();
  });
});

describe('the database', () => {
  const binary = enginePath();

  it.skipIf(binary === undefined)(
    'comes back with its data after it was killed, and is gone after stop',
    async () => {
      const reports: string[] = [];
      const file = join(root, 'killed.sqlite');
      const engine = await startEngine(binary ?? '', { file, report: (line) => reports.push(line) });
      const before = engine.pid();
      process.kill(before, 'SIGKILL');
      for (let tries = 0; engine.pid() === before && tries < 400; tries++) await delay(25);
      expect(engine.pid()).not.toBe(before);
      expect((await fetch(engine.endpoint)).status).toBeGreaterThan(0);
      expect(reports[0]).toContain('every answer is deny');
      const after = engine.pid();
      await engine.stop();
      expect(() => process.kill(after, 0)).toThrow();
    },
  );

  it.skipIf(binary === undefined)('can be stopped while it is paused', async () => {
    const engine = await startEngine(binary ?? '', { file: join(root, 'paused.sqlite'), report: () => {} });
    engine.pause();
    await engine.stop();
    expect(() => process.kill(engine.pid(), 0)).toThrow();
  });

  it.skipIf(binary === undefined)('hangs during an outage and answers after it', async () => {
    const guard = await startFixtureGuard(EMPTY);
    const { duringOutage, dynamodb } = guard.context;
    const reach = (): Promise<boolean> =>
      fetch(dynamodb.endpoint, { signal: AbortSignal.timeout(300) }).then(
        () => true,
        () => false,
      );
    expect(await reach()).toBe(true);
    expect(await duringOutage?.(reach)).toBe(false);
    expect(await reach()).toBe(true);
    await guard.stop();
  });
});

describe('a start that fails', () => {
  it('leaves no lock behind', async () => {
    const data = join(root, 'failed');
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    await expect(startFixtureGuard({ port, data })).rejects.toThrow(PortInUseError);
    busy.close();
    const second = await startFixtureGuard({ ...EMPTY, data });
    expect(Number(readFileSync(join(data, 'lock'), 'utf8'))).toBe(process.pid);
    await second.stop();
  });
});
