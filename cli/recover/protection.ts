/** What protects a table and no restore brings back: read from one table or a template, put on another, and looked at again. */
import {
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { canonicalText, type Json } from '../../functions/core/facts/canonical.ts';
import { describeTable } from './backups.ts';
import { whileEarly } from './while-early.ts';

type StreamView = 'KEYS_ONLY' | 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGE' | 'OLD_IMAGE';

export interface TableProtection {
  /** ARN of the key that encrypts it; null for one of AWS's own. It is not put on: a restore has it from the start. */
  readonly key: string | null;
  /** The resource policy, in canonical form; null for none. */
  readonly policy: string | null;
  readonly deletionProtection: boolean;
  /** Days that can be gone back; null where point-in-time recovery is off. */
  readonly recoveryDays: number | null;
  /** The attribute by which items expire; null for none. */
  readonly timeToLive: string | null;
  readonly contributorInsights: boolean;
  readonly stream: StreamView | null;
  /** Without those of AWS itself (`aws:`), which nobody else can set. */
  readonly tags: Readonly<Record<string, string>>;
}

/** In the order in which they are put on: nobody writes to a table that has no policy yet. */
export const PROTECTION_PARTS = [
  ...(['policy', 'deletionProtection', 'recoveryDays', 'timeToLive'] as const),
  ...(['contributorInsights', 'stream', 'tags'] as const),
  'key',
] as const satisfies readonly (keyof TableProtection)[];

export type ProtectionPart = (typeof PROTECTION_PARTS)[number];

/** DynamoDB's own default, and most. */
export const MOST_RECOVERY_DAYS = 35;

export function policyText(policy: unknown): string {
  return canonicalText(policy as Json);
}

/** @returns null where there is no such table */
export async function protectionOn(client: DynamoDBClient, table: string): Promise<TableProtection | null> {
  const there = await describeTable(client, table);
  if (there === null) return null;
  const arn = there.TableArn ?? table;
  const of = { TableName: table };
  const [policy, backups, expiry, insights, tags] = await Promise.all([
    policyOf(client, arn),
    client.send(new DescribeContinuousBackupsCommand(of)),
    client.send(new DescribeTimeToLiveCommand(of)),
    client.send(new DescribeContributorInsightsCommand(of)),
    tagsOf(client, arn),
  ]);
  const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } =
    backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  const { TimeToLiveStatus, AttributeName } = expiry.TimeToLiveDescription ?? {};
  const { StreamEnabled, StreamViewType } = there.StreamSpecification ?? {};
  return {
    key: there.SSEDescription?.KMSMasterKeyArn ?? null,
    policy,
    deletionProtection: there.DeletionProtectionEnabled === true,
    recoveryDays:
      PointInTimeRecoveryStatus === 'ENABLED' ? (RecoveryPeriodInDays ?? MOST_RECOVERY_DAYS) : null,
    timeToLive: /^ENABL/.test(TimeToLiveStatus ?? '') ? (AttributeName ?? null) : null,
    contributorInsights: /^ENABL/.test(insights.ContributorInsightsStatus ?? ''),
    stream: StreamEnabled === true ? (StreamViewType ?? null) : null,
    tags,
  };
}

async function policyOf(client: DynamoDBClient, arn: string): Promise<string | null> {
  try {
    const { Policy } = await client.send(new GetResourcePolicyCommand({ ResourceArn: arn }));
    return Policy === undefined ? null : policyText(JSON.parse(Policy));
  } catch (error) {
    if (error instanceof Error && error.name === 'PolicyNotFoundException') return null;
    throw error;
  }
}

async function tagsOf(client: DynamoDBClient, arn: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  let after: string | undefined;
  do {
    const page = await client.send(
      new ListTagsOfResourceCommand({ ResourceArn: arn, ...(after !== undefined && { NextToken: after }) }),
    );
    for (const { Key = '', Value = '' } of page.Tags ?? []) if (!Key.startsWith('aws:')) found[Key] = Value;
    after = page.NextToken;
  } while (after !== undefined);
  return found;
}

/** The parts in which a table is not as it has to be. More tags than are wanted are none. */
export function partsLacking(is: TableProtection, wanted: TableProtection): readonly ProtectionPart[] {
  return PROTECTION_PARTS.filter((part) => {
    if (part !== 'tags') return is[part] !== wanted[part];
    return Object.entries(wanted.tags).some(([key, value]) => is.tags[key] !== value);
  });
}

/** A table that was just restored says for a while that it has no backups to be set up. */
const UNTIL_READY = {
  early: new Set([
    'ContinuousBackupsUnavailableException',
    'LimitExceededException',
    'ResourceInUseException',
  ]),
  attempts: 30,
} as const;

export interface ProtectionResult {
  /** What is on it now, and was not. */
  readonly put: readonly ProtectionPart[];
  /** In what it differs all the same. */
  readonly lacks: readonly ProtectionPart[];
}

/** Puts on what is lacking, the policy first, and looks again. @param pollMs between two attempts at what is not ready yet */
export async function protect(
  client: DynamoDBClient,
  table: string,
  wanted: TableProtection,
  pollMs: number,
): Promise<ProtectionResult> {
  const arn = (await describeTable(client, table))?.TableArn ?? table;
  const is = await protectionOn(client, table);
  const parts = is === null ? PROTECTION_PARTS : partsLacking(is, wanted);
  for (const part of parts)
    await whileEarly(() => putOn(client, { table, arn, expiring: is?.timeToLive ?? null }, part, wanted), {
      ...UNTIL_READY,
      pollMs,
    });
  const now = await protectionOn(client, table);
  const lacks = now === null ? PROTECTION_PARTS : partsLacking(now, wanted);
  return { put: parts.filter((part) => !lacks.includes(part)), lacks };
}

async function putOn(
  client: DynamoDBClient,
  {
    table,
    arn,
    expiring,
  }: { readonly table: string; readonly arn: string; readonly expiring: string | null },
  part: ProtectionPart,
  wanted: TableProtection,
): Promise<unknown> {
  const of = { TableName: table };
  switch (part) {
    case 'policy':
      // A policy that somebody else has put there meanwhile is theirs to take off.
      return wanted.policy === null
        ? undefined
        : client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: wanted.policy }));
    case 'deletionProtection':
      return client.send(
        new UpdateTableCommand({ ...of, DeletionProtectionEnabled: wanted.deletionProtection }),
      );
    case 'recoveryDays':
      return client.send(
        new UpdateContinuousBackupsCommand({
          ...of,
          PointInTimeRecoverySpecification:
            wanted.recoveryDays === null
              ? { PointInTimeRecoveryEnabled: false }
              : { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: wanted.recoveryDays },
        }),
      );
    case 'timeToLive': {
      // Rows of a floor that expire would be forgotten: what is on and is not wanted is taken off.
      const AttributeName = wanted.timeToLive ?? expiring ?? '';
      const TimeToLiveSpecification = { Enabled: wanted.timeToLive !== null, AttributeName };
      return client.send(new UpdateTimeToLiveCommand({ ...of, TimeToLiveSpecification }));
    }
    case 'contributorInsights':
      return client.send(
        new UpdateContributorInsightsCommand({
          ...of,
          ContributorInsightsAction: wanted.contributorInsights ? 'ENABLE' : 'DISABLE',
        }),
      );
    case 'stream':
      return client.send(
        new UpdateTableCommand({
          ...of,
          StreamSpecification:
            wanted.stream === null
              ? { StreamEnabled: false }
              : { StreamEnabled: true, StreamViewType: wanted.stream },
        }),
      );
    case 'key':
      return undefined;
    case 'tags':
      return client.send(
        new TagResourceCommand({
          ResourceArn: arn,
          Tags: Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value })),
        }),
      );
    default:
      return noSuchPart(part);
  }
}

function noSuchPart(part: never): never {
  throw new Error(`no protection is called ${String(part)}`);
}
