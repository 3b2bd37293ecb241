import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoClient, type StoreTables } from '../functions/store/dynamodb.ts';

/** A running DynamoDB-compatible engine on loopback, for tests. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** @default a free one */
  readonly port?: number;
  /** A database file that survives the engine. @default in memory */
  readonly dbPath?: string;
}

export const TEST_TABLES: StoreTables = { objects: 'test-objects', state: 'test-state', floor: 'test-floor' };

/** Starts the engine and waits until it says that it listens. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const port = options.port ?? (await freePort());
  const args = ['--host', '127.0.0.1', '--port', String(port)];
  if (options.dbPath !== undefined) args.push('--db-path', options.dbPath);
  const child = spawn(engineBinary(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  await listening(child);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        process.off('exit', kill);
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        else child.once('exit', () => resolve());
        kill();
      }),
  };
}

/** A client for the test engine; the timeouts are generous, because a busy machine is not what is tested. */
export function engineClient(endpoint: string): DynamoDBClient {
  return createDynamoClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    connectMs: 2_000,
    readMs: 10_000,
  });
}

/** Creates the tables of the store. */
export async function createTables(
  endpoint: string,
  tables: StoreTables = TEST_TABLES,
): Promise<StoreTables> {
  const client = engineClient(endpoint);
  await client.send(
    new CreateTableCommand({
      TableName: tables.objects,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'digest', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'digest', KeyType: 'HASH' }],
    }),
  );
  for (const name of [tables.state, tables.floor]) await createKeyedTable(client, name);
  client.destroy();
  return tables;
}

/** A table as that of the state, and that of the floor. */
export async function createKeyedTable(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
}

/** The embedded engine, or the program that TEST_ENGINE names, which takes the same options (`npm run campaign:engine`). */
function engineBinary(): string {
  const other = process.env['TEST_ENGINE'];
  if (other !== undefined) return other;
  const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
  const binary = join(dirname(manifest), 'dynoxide');
  if (!existsSync(binary)) throw new Error('the embedded engine is not installed (it is for Linux on x64)');
  return binary;
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/listening on/i.test(said)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the engine exited with ${code}: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}
