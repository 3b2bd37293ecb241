/** Restores one table under a new name and waits for it; begun before, it is waited for, and anything else of that name is left alone. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type DynamoDBClient,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  type SSESpecification,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { describeTable } from './backups.ts';
import type { Restoring } from './plan.ts';
import { refused } from './refusals.ts';

export interface Waiting {
  readonly pollMs: number;
  readonly say: (line: string) => void;
}

/** Between two lines about one table. */
const SAID_EVERY_MS = 60_000;

/**
 * @param key ARN of the key that encrypts the new one; null for that of its source
 * @throws RegistryRefusedError TARGET_TAKEN
 */
export async function restoreTable(
  client: DynamoDBClient,
  restoring: Restoring,
  key: string | null,
  { pollMs, say }: Waiting,
): Promise<TableDescription> {
  const { target, origin } = restoring;
  const before = await describeTable(client, target);
  if (before === null) {
    say(`${target}: restoring ${restoring.source} as of ${origin.at.toISOString()}`);
    await begin(client, restoring, encryptionOf(key));
  } else {
    demandThisRestore(before, restoring);
    say(`${target}: was begun before`);
  }
  const started = Date.now();
  for (let said = started; ; ) {
    const now = await describeTable(client, target);
    if (now?.TableStatus === 'ACTIVE' && now.RestoreSummary?.RestoreInProgress !== true) {
      say(`${target}: is there`);
      return now;
    }
    // Neither ends by itself.
    if (now === null || now.TableStatus === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS')
      throw refused(
        'RESTORE_FAILED',
        now === null ? `${target} is gone again` : `the key of ${target} cannot be used (${now.TableStatus})`,
      );
    if (Date.now() - said >= SAID_EVERY_MS) {
      said = Date.now();
      say(`${target}: ${now.TableStatus}, after ${Math.round((said - started) / 1000)} s`);
    }
    await pause(pollMs);
  }
}

/** @throws RegistryRefusedError TARGET_TAKEN */
export function demandThisRestore(table: TableDescription, { target, source, origin }: Restoring): void {
  const { SourceTableArn, SourceBackupArn, RestoreDateTime } = table.RestoreSummary ?? {};
  const isSame =
    origin.kind === 'backup'
      ? SourceBackupArn === origin.arn
      : SourceTableArn?.endsWith(`:table/${source}`) === true &&
        RestoreDateTime?.getTime() === origin.at.getTime();
  if (!isSame)
    throw refused(
      'TARGET_TAKEN',
      `${target} is there, and is not ${source} as of ${origin.at.toISOString()}`,
    );
}

/** Said, though a restore takes its source's: under another key nobody who decides could read it. */
function encryptionOf(key: string | null): SSESpecification | undefined {
  return key === null ? undefined : { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key };
}

async function begin(
  client: DynamoDBClient,
  { target, source, origin }: Restoring,
  encryption: SSESpecification | undefined,
): Promise<void> {
  const how = {
    TargetTableName: target,
    ...(encryption !== undefined && { SSESpecificationOverride: encryption }),
  };
  if (origin.kind === 'backup')
    await client.send(new RestoreTableFromBackupCommand({ ...how, BackupArn: origin.arn }));
  else
    await client.send(
      new RestoreTableToPointInTimeCommand({
        ...how,
        SourceTableName: source,
        RestoreDateTime: origin.at,
      }),
    );
}
