/**
 * The floor that is left when a guard goes on with another. It and the state of before agree, so that a deployment that names
 * neither new table would open the registry of before. A row above every place ends that: no HEAD is as new, none can be
 * confirmed above it, and it cannot be taken away, because the floor only grows.
 */
import {
  type DynamoDBClient,
  ExecuteStatementCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { member } from '../../functions/core/facts/fact.ts';
import { encodeFloor, LAST_PLACE } from '../../functions/store/floor.ts';
import { floorRows } from '../../functions/store/floor-rows.ts';
import { insertion } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import type { Tables } from '../registry/tables.ts';
import { describeTable } from './backups.ts';
import { protectionOn } from './protection.ts';

const END = { epoch: LAST_PLACE, version: LAST_PLACE } as const;
const BUDGET_MS = 600_000;

/** The guard's floor of before, where it is another than the one to come, is there, and has not been closed; else null. */
export async function openFloorLeft({ client, tables }: Tables, floor: string): Promise<string | null> {
  const left = tables.floor;
  if (left === floor || (await describeTable(client, left)) === null) return null;
  return (await isClosed(client, left)) ? null : left;
}

export async function isClosed(client: DynamoDBClient, table: string): Promise<boolean> {
  const context = readingWithin(AbortSignal.timeout(BUDGET_MS));
  return (await floorRows(client, table, Date.now).at(END, context)) !== null;
}

/** What the floor's policy keeps everybody from but those who publish. */
const GROWING = 'dynamodb:PartiQLInsert';

/** A resource policy without its denials of growth; null where it has none, or is none. */
function withoutGrowthDenied(policy: string | null): string | null {
  if (policy === null) return null;
  const document: unknown = JSON.parse(policy);
  const statements = member(document, 'Statement');
  if (!Array.isArray(statements)) return null;
  const others = statements.filter((each) => ![member(each, 'Action')].flat().includes(GROWING));
  if (others.length === statements.length) return null;
  return JSON.stringify({ ...(document as object), Statement: others });
}

/** Writes the row. The policy lets nobody but the publishers write, so it is opened for that, and put back whatever happens. */
export async function closeFloor(
  client: DynamoDBClient,
  table: string,
  tried: (work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const arn = (await describeTable(client, table))?.TableArn ?? table;
  const policy = (await protectionOn(client, table))?.policy ?? null;
  const open = withoutGrowthDenied(policy);
  const put = (Policy: string) => client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy }));
  const id = await tableIdOf(client, table, AbortSignal.timeout(BUDGET_MS));
  const digest = digestOf(Buffer.from('closed', 'utf8'));
  const row = insertion(table, encodeFloor('COMMIT', { ...END, digest, table: id }));
  try {
    if (open !== null) await put(open);
    await tried(() => client.send(new ExecuteStatementCommand(row)));
  } finally {
    if (open !== null && policy !== null) await put(policy);
  }
}
