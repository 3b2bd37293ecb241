/**
 * What the embedded engine cannot do of DynamoDB, in front of it: backups by copying, restores under another name, and what
 * protects a table. Everything else passes. A restored table has what the real one has: its items and keys, and nothing else.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  type ScanCommandOutput,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { describeTable } from '../../cli/recover/backups.ts';
import type { Item } from '../../functions/store/head.ts';
import { engineClient } from '../engine.ts';

type Body = Readonly<Record<string, unknown>>;

interface Copy {
  readonly at: Date;
  readonly table: TableDescription;
  readonly items: readonly Item[];
  readonly key: string | null;
}

interface Kept {
  copies: Copy[];
  /** Left by a deletion. */
  backups: (Copy & { readonly arn: string })[];
  recovery: boolean;
  insights: boolean;
  policy: string | null;
  /** ARN of the key it is encrypted under. */
  key: string | null;
  summary: Body | null;
  /** How often it is still to be said that it is on its way. */
  creating: number;
}

export interface BackupStandIn {
  readonly endpoint: string;
  /** Every table as it is, as of an instant of the test's own. */
  backUp(at: string): Promise<void>;
  /** What Lambda says of a function's variables. */
  deployed(name: string, variables: Readonly<Record<string, string>>): void;
  /** For how many looks a restore is on its way. */
  slow(looks: number): void;
  /** In which status a restore on its way is; null for a table that is gone again. */
  ends(status: string | null): void;
  policyOf(table: string): string | null;
  /** From now on under this key. */
  encrypt(table: string, key: string): void;
  /** Names of the operations that change something, in their order, with the table. */
  changes(): readonly string[];
  stop(): Promise<void>;
}

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table';

class Refusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export async function startBackupStandIn(engine: string): Promise<BackupStandIn> {
  const client = engineClient(engine);
  const tables = new Map<string, Kept>();
  const functions = new Map<string, Readonly<Record<string, string>>>();
  let changed: string[] = [];
  let looks = 0;
  let onItsWay: string | null = 'CREATING';

  const kept = (name: string): Kept => {
    const found = tables.get(name) ?? {
      ...{ copies: [], backups: [], recovery: false, insights: false },
      ...{ policy: null, key: null, summary: null, creating: 0 },
    };
    tables.set(name, found);
    return found;
  };

  async function copyOf(name: string, at: Date): Promise<Copy | null> {
    const table = await describeTable(client, name);
    if (table === null) return null;
    const items: Item[] = [];
    let after: Item | undefined;
    do {
      const page: ScanCommandOutput = await client.send(
        new ScanCommand({ TableName: name, ...(after && { ExclusiveStartKey: after }) }),
      );
      items.push(...(page.Items ?? []));
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
    return { at, table, items, key: kept(name).key };
  }

  async function restore(body: Body, from: Copy, summary: Body): Promise<unknown> {
    const target = String(body['TargetTableName']);
    const encryption = body['SSESpecificationOverride'] as Body | undefined;
    if ((await describeTable(client, target)) !== null)
      throw new Refusal('TableAlreadyExistsException', 'there is a table of that name');
    const { KeySchema, AttributeDefinitions } = from.table;
    await client.send(
      new CreateTableCommand({
        TableName: target,
        KeySchema,
        AttributeDefinitions,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    for (const Item of from.items) await client.send(new PutItemCommand({ TableName: target, Item }));
    const made = kept(target);
    made.key = encryption === undefined ? from.key : String(encryption['KMSMasterKeyId']);
    made.summary = summary;
    made.creating = looks;
    return { TableDescription: { TableName: target, TableStatus: 'CREATING' } };
  }

  /** What it answers itself; undefined for what the engine does. */
  async function own(operation: string, body: Body): Promise<unknown> {
    const name = String(
      body['TableName'] ??
        String(body['ResourceArn'] ?? '')
          .split('/')
          .at(-1),
    );
    const table = kept(name);
    switch (operation) {
      case 'DescribeContinuousBackups':
        await demandTable(client, name);
        return { ContinuousBackupsDescription: recoveryOf(table) };
      case 'UpdateContinuousBackups': {
        await demandTable(client, name);
        const { PointInTimeRecoveryEnabled } = body['PointInTimeRecoverySpecification'] as Body;
        table.recovery = PointInTimeRecoveryEnabled === true;
        return { ContinuousBackupsDescription: recoveryOf(table) };
      }
      case 'ListBackups':
        return {
          BackupSummaries: table.backups.map(({ arn, at }) => ({
            ...{ TableName: name, BackupArn: arn, BackupStatus: 'AVAILABLE', BackupType: 'SYSTEM' },
            BackupCreationDateTime: at.getTime() / 1000,
          })),
        };
      case 'RestoreTableToPointInTime': {
        const source = String(body['SourceTableName']);
        await demandTable(client, source);
        const at = Number(body['RestoreDateTime']) * 1000;
        const copy = kept(source).copies.findLast((each) => each.at.getTime() <= at);
        if (copy === undefined) throw new Refusal('InvalidRestoreTimeException', 'outside the window');
        return restore(body, copy, {
          SourceTableArn: `${ARN}/${source}`,
          RestoreDateTime: body['RestoreDateTime'],
        });
      }
      case 'RestoreTableFromBackup': {
        const arn = String(body['BackupArn']);
        const all = [...tables.values()].flatMap(({ backups }) => backups);
        const backup = all.find((each) => each.arn === arn);
        if (backup === undefined) throw new Refusal('BackupNotFoundException', 'no such backup');
        return restore(body, backup, {
          SourceBackupArn: arn,
          RestoreDateTime: backup.at.getTime() / 1000,
        });
      }
      case 'GetResourcePolicy':
        if (table.policy === null) throw new Refusal('PolicyNotFoundException', 'no policy');
        return { Policy: table.policy };
      case 'PutResourcePolicy':
        table.policy = String(body['Policy']);
        return { RevisionId: '1' };
      case 'DeleteResourcePolicy':
        table.policy = null;
        return {};
      case 'DescribeContributorInsights':
        return { TableName: name, ContributorInsightsStatus: table.insights ? 'ENABLED' : 'DISABLED' };
      case 'UpdateContributorInsights':
        table.insights = body['ContributorInsightsAction'] === 'ENABLE';
        return { TableName: name, ContributorInsightsStatus: 'ENABLING' };
      default:
        return undefined;
    }
  }

  async function described(name: string, answer: Body): Promise<unknown> {
    const { summary, creating, key } = kept(name);
    const encryption = key === null ? {} : { SSEDescription: { SSEType: 'KMS', KMSMasterKeyArn: key } };
    const table = { ...(answer['Table'] as Body), TableArn: `${ARN}/${name}`, ...encryption };
    if (summary === null) return { Table: table };
    kept(name).creating = Math.max(0, creating - 1);
    if (creating > 0 && onItsWay === null) throw new Refusal('ResourceNotFoundException', name);
    const status = creating > 0 ? { TableStatus: onItsWay } : {};
    return {
      Table: { ...table, ...status, RestoreSummary: { ...summary, RestoreInProgress: creating > 0 } },
    };
  }

  async function answered(
    operation: string,
    body: Body,
  ): Promise<readonly [status: number, answer: unknown]> {
    if (/^(Update|Put|Restore|Tag|Delete)/.test(operation) && operation !== 'PutItem')
      changed.push(`${operation} ${body['TargetTableName'] ?? body['TableName'] ?? body['ResourceArn']}`);
    const answer = await own(operation, body);
    if (answer !== undefined) return [200, answer];
    const name = String(body['TableName']);
    const last = operation === 'DeleteTable' && kept(name).recovery ? await copyOf(name, new Date()) : null;
    const [status, passed] = await pass(engine, operation, inEngine(body));
    if (status === 200 && last !== null) {
      const at = kept(name).copies.at(-1)?.at ?? last.at;
      const arn = `${ARN}/${name}/backup/${kept(name).backups.length + 1}`;
      tables.set(name, {
        ...kept(name),
        copies: [],
        backups: [{ ...last, at, arn }],
        policy: null,
        recovery: false,
      });
    }
    if (status === 200 && operation === 'DescribeTable') return [200, await described(name, passed)];
    return [status, passed];
  }

  const server = createServer(async (asked, response) => {
    const lambda = /^\/2015-03-31\/functions\/([^/]+)\/configuration/.exec(asked.url ?? '');
    if (lambda !== null) {
      const variables = functions.get(decodeURIComponent(lambda[1] ?? ''));
      if (variables === undefined)
        return reply(response, 404, { Message: 'no such function' }, 'ResourceNotFoundException');
      return reply(response, 200, { Environment: { Variables: variables } });
    }
    const operation = String(asked.headers['x-amz-target']).split('.').at(-1) ?? '';
    try {
      const [status, answer] = await answered(operation, JSON.parse(await textOf(asked)) as Body);
      reply(response, status, answer);
    } catch (error) {
      const type = error instanceof Refusal ? error.type : 'InternalServerError';
      reply(response, 400, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: String(error) });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async backUp(at) {
      for (const [name, { recovery, copies }] of tables) {
        const copy = recovery ? await copyOf(name, new Date(at)) : null;
        if (copy !== null) copies.push(copy);
      }
    },
    deployed: (name, variables) => void functions.set(name, variables),
    slow(given) {
      looks = given;
    },
    ends(status) {
      onItsWay = status;
    },
    policyOf: (name) => kept(name).policy,
    encrypt(name, key) {
      kept(name).key = key;
    },
    changes() {
      const since = changed;
      changed = [];
      return since;
    },
    stop: () =>
      new Promise((done) => {
        client.destroy();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function recoveryOf({ recovery, copies }: Kept): Body {
  const [first, last] = [copies[0], copies.at(-1)];
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: recovery ? 'ENABLED' : 'DISABLED',
      ...(recovery && { RecoveryPeriodInDays: 35 }),
      ...(first !== undefined && { EarliestRestorableDateTime: first.at.getTime() / 1000 }),
      ...(last !== undefined && { LatestRestorableDateTime: last.at.getTime() / 1000 }),
    },
  };
}

async function demandTable(client: DynamoDBClient, name: string): Promise<void> {
  if ((await describeTable(client, name)) === null) throw new Refusal('TableNotFoundException', name);
}

/** The engine has a Region and an account of its own. */
function inEngine(body: Body): Body {
  const arn = body['ResourceArn'];
  if (typeof arn !== 'string') return body;
  return { ...body, ResourceArn: arn.replace(ARN, 'arn:aws:dynamodb:dynoxide:000000000000:table') };
}

async function pass(engine: string, operation: string, body: Body): Promise<readonly [number, Body]> {
  const answer = await fetch(engine, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(body),
  });
  return [answer.status, (await answer.json()) as Body];
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: unknown, type?: string): void {
  response
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      ...(type !== undefined && { 'x-amzn-errortype': type }),
    })
    .end(JSON.stringify(body));
}
