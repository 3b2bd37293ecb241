/** What a table can be restored from: itself, to any second of its window; or, once it is gone, its last backup. */
import {
  type BackupSummary,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ListBackupsCommand,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';

/** The point-in-time window of a table, both ends included. */
interface Window {
  readonly from: Date;
  readonly to: Date;
}

interface Backup {
  readonly arn: string;
  readonly at: Date;
}

export interface Restorable {
  readonly table: string;
  /** Null where the table is gone. */
  readonly there: TableDescription | null;
  /** Null where the table is gone, or point-in-time recovery is off. */
  readonly window: Window | null;
  /** Newest first. A table that is deleted with point-in-time recovery on leaves one, for 35 days. */
  readonly backups: readonly Backup[];
}

export async function describeTable(client: DynamoDBClient, table: string): Promise<TableDescription | null> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

export async function restorable(client: DynamoDBClient, table: string): Promise<Restorable> {
  const there = await describeTable(client, table);
  const window = there === null ? null : await windowOf(client, table);
  return { table, there, window, backups: await backupsOf(client, table) };
}

async function windowOf(client: DynamoDBClient, table: string): Promise<Window | null> {
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName: table }),
  );
  const { EarliestRestorableDateTime: from, LatestRestorableDateTime: to } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  return from === undefined || to === undefined ? null : { from, to };
}

async function backupsOf(client: DynamoDBClient, table: string): Promise<readonly Backup[]> {
  const found: BackupSummary[] = [];
  let after: string | undefined;
  do {
    const page = await client.send(
      new ListBackupsCommand({
        TableName: table,
        BackupType: 'ALL',
        ...(after !== undefined && { ExclusiveStartBackupArn: after }),
      }),
    );
    found.push(...(page.BackupSummaries ?? []));
    after = page.LastEvaluatedBackupArn;
  } while (after !== undefined);
  return found
    .flatMap(({ BackupArn: arn, BackupCreationDateTime: at, BackupStatus }) =>
      arn !== undefined && at !== undefined && BackupStatus === 'AVAILABLE' ? [{ arn, at }] : [],
    )
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}
