import {
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  type aws_kms as kms,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EXPIRES } from '../functions/registry/kept.ts';
import { BLOB_PREFIX, PARTITIONS } from '../functions/registry/partitions.ts';
import { HEAD_COPY_PREFIX, HEAD_PARTITION } from '../functions/store/head.ts';
import { REHEARSAL_PARTITION } from '../functions/store/rehearsal.ts';
import type { StandbySource } from './standby-source.ts';

/**
 * Every way DynamoDB has to change or remove an item that exists, but one. `PartiQLInsert` is not among them, because it
 * refuses a duplicate.
 */
const OVERWRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLUpdate',
  'dynamodb:UpdateItem',
];

/** The one: how the purge puts a tombstone in an object's place. */
const REPLACE = 'dynamodb:PutItem';

/** What nothing here does to the state table: HEAD could be changed by it past the conditions of the table's policy. */
const UNUSED = [
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
];

type ByPartition = readonly (readonly [action: string, partitions: readonly string[]])[];

/** Partitions of the state table where the purge takes items away, and those where it writes them: never HEAD. */
const PURGED_STATE: ByPartition = [
  ['dynamodb:DeleteItem', [`${BLOB_PREFIX}*`, PARTITIONS.jobs]],
  ['dynamodb:PutItem', [PARTITIONS.proposals, PARTITIONS.purges]],
];

/** The same of long work: how far it is, what it found, and a note of that with its proposal. */
const WORKED_STATE: ByPartition = [
  ['dynamodb:DeleteItem', [`${BLOB_PREFIX}*`, PARTITIONS.jobs]],
  ['dynamodb:PutItem', [`${BLOB_PREFIX}*`, PARTITIONS.jobs, PARTITIONS.proposals]],
];

/** HEAD and its copies. */
const HEADS = [HEAD_PARTITION, `${HEAD_COPY_PREFIX}*`];

/** The same of a stop: HEAD, and where stopping is rehearsed. No proposal, no job. */
const STOPPED_STATE: ByPartition = [
  ['dynamodb:GetItem', [...HEADS, REHEARSAL_PARTITION]],
  ['dynamodb:PutItem', [...HEADS, REHEARSAL_PARTITION]],
];

/** The same of a standby: HEAD's first copy. Whoever publishes writes the others. */
const COPIED_STATE: ByPartition = [
  ['dynamodb:GetItem', [HEAD_PARTITION]],
  ['dynamodb:PutItem', [HEAD_PARTITION]],
];

/** Its rows, and which table they are in: one that came back from a backup is another table of the same name. */
const READ_FLOOR = ['dynamodb:DescribeTable', 'dynamodb:Query'];

/** How an item of the state table is written. */
const WRITES = ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** What writing to a table under a key of one's own takes, each action by its name. */
const WRITING_KEY = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Restored tables that a guard uses in place of its own, by name. */
export interface AdoptedTables {
  readonly objects?: string;
  readonly state?: string;
  readonly floor?: string;
}

/** A table, whoever made it. */
export type RegistryTable = Pick<dynamodb.ITable, 'metric' | 'tableArn' | 'tableName'>;

/**
 * The registry's tables. `Table` and not `TableV2`: the latter becomes a `GlobalTable`, which the public rule
 * packs do not look at, so that an unprotected one would raise nothing; and a guard has one Region.
 *
 * An adopted table takes the place of one of these for everybody who reads, writes or watches it. What it replaces stays in the
 * template as it is: nothing is deleted, and its properties go on saying how the adopted one has to be protected, which no
 * template can do to a table that another hand has made.
 */
export class RegistryTables extends Construct {
  /**
   * Immutable objects by digest. Only inserts are possible: the table's own policy denies every other write, to everyone;
   * replacing an item it denies to everyone but the role of the purge and of a standby, where there are any.
   */
  readonly objects: RegistryTable;
  /**
   * HEAD, proposals and jobs. HEAD is written by the publishing roles and, in a standby, by that which copies it; by nobody else,
   * whatever IAM says.
   */
  readonly state: RegistryTable;
  /** How far the registry has come, and whose keys count. It only grows, by the publishing roles and nobody else. */
  readonly floor: RegistryTable;
  readonly #key: kms.IKey;
  readonly #replaceDenied: iam.PolicyStatement;
  /** Denied to everyone but the roles that may, where there are any: to move HEAD, and to raise the floor. */
  readonly #moveDenied: iam.PolicyStatement;
  readonly #growthDenied: iam.PolicyStatement;
  /** ARNs of these roles, by the statement that leaves them out. */
  readonly #leftOut = new Map<iam.PolicyStatement, string[]>();

  constructor(scope: Construct, id: string, key: kms.IKey, adopted: AdoptedTables = {}) {
    super(scope, id);
    this.#key = key;
    const orAdopted = (name: keyof AdoptedTables, own: dynamodb.Table): RegistryTable => {
      const other = adopted[name];
      return other === undefined ? own : dynamodb.Table.fromTableName(this, `Adopted-${name}`, other);
    };
    const protection = {
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Also where the first deployment fails: CloudFormation could not delete what is protected, and its rollback would stop there.
      removalPolicy: RemovalPolicy.RETAIN,
    } as const;
    // The table these hang on: DynamoDB has no other resource here, and its ARN would be a cycle.
    const denied = (sid: string, actions: string[], conditions: iam.Conditions = {}) =>
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions,
        resources: ['*'],
        conditions,
      });
    this.#replaceDenied = denied('ObjectsAreNotReplaced', [REPLACE]);
    const objects = new dynamodb.Table(this, 'Objects', {
      ...protection,
      partitionKey: { name: 'digest', type: dynamodb.AttributeType.STRING },
      resourcePolicy: new iam.PolicyDocument({
        statements: [denied('ObjectsNeverChange', OVERWRITES), this.#replaceDenied],
      }),
    });
    const byPartition = {
      ...protection,
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    };
    const headDenied = denied('HeadIsMovedByThePublisher', WRITES, {
      'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': HEADS },
    });
    const growthDenied = denied('TheFloorIsRaisedByThePublisher', ['dynamodb:PartiQLInsert']);
    this.#moveDenied = headDenied;
    this.#growthDenied = growthDenied;
    const state = new dynamodb.Table(this, 'State', {
      ...byPartition,
      // Results, and proposals that became nothing. HEAD has no such member, and nobody else writes HEAD.
      timeToLiveAttribute: EXPIRES,
      resourcePolicy: new iam.PolicyDocument({
        statements: [denied('HeadIsNotWrittenAnotherWay', UNUSED), headDenied],
      }),
    });
    const floor = new dynamodb.Table(this, 'Floor', {
      ...byPartition,
      resourcePolicy: new iam.PolicyDocument({
        statements: [denied('TheFloorOnlyGrows', [...OVERWRITES, REPLACE]), growthDenied],
      }),
    });
    this.objects = orAdopted('objects', objects);
    this.state = orAdopted('state', state);
    this.floor = orAdopted('floor', floor);
  }

  /** Items by key, and the floor's newest row; no scan, no write. */
  grantRead(role: iam.IRole): void {
    this.#allow(role, [this.objects, this.state], ['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
    this.#allow(role, [this.floor], READ_FLOOR);
    this.#allowKey(role, ['kms:Decrypt']);
  }

  /** Proposals by their partition, without writing: what the watch counts. */
  grantQueryState(role: iam.IRole): void {
    this.#allow(role, [this.state], ['dynamodb:Query']);
  }

  /** What publishing takes: insert objects, move HEAD, raise the floor; and to file what is to be published. */
  grantPublish(role: iam.IRole): void {
    this.#allowPublishing(role);
    this.#allow(
      role,
      [this.state],
      [
        'dynamodb:ConditionCheckItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
    );
  }

  /** What a stop takes: to publish, and nothing of what others have proposed or are working on. */
  grantStop(role: iam.IRole): void {
    this.#allowPublishing(role);
    this.#allowPartitions(role, STOPPED_STATE);
  }

  /** What long work takes: to read everything, and to write what it found. HEAD, objects and the floor it cannot write. */
  grantWork(role: iam.IRole): void {
    this.grantRead(role);
    this.grantQueryState(role);
    this.#allowPartitions(role, WORKED_STATE);
    this.#allowKey(role, WRITING_KEY);
  }

  /**
   * What a purge takes: a tombstone in an object's place, and proposals and their bodies without their text. This role and
   * no other is left out of the table's denial; HEAD it cannot write.
   */
  grantPurge(role: iam.IRole): void {
    this.grantRead(role);
    this.#allow(role, [this.objects], [REPLACE]);
    // Whose proposal holds what, and whether words are anywhere at all: no reader by keys could say that of them.
    this.grantQueryState(role);
    this.#allow(role, [this.objects, this.state, this.floor], ['dynamodb:Scan']);
    this.#allowPartitions(role, PURGED_STATE);
    this.#allowKey(role, WRITING_KEY);
    this.#leaveOut(role, this.#replaceDenied);
  }

  /**
   * What a standby takes: to read the registry of the first Region and nothing else there, to insert objects here, to put a
   * tombstone in the place of one that was purged there, and to write HEAD. The floor it only reads: what it copies is held, because nobody has acknowledged it here.
   */
  grantStandby(role: iam.IRole, { region, encryptionKeyArn, ...first }: StandbySource): void {
    const there = (table: string) =>
      Stack.of(this).formatArn({ region, service: 'dynamodb', resource: 'table', resourceName: table });
    const may = (actions: string[], arn: string, conditions: iam.Conditions = {}) =>
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [arn], conditions }));
    may(['dynamodb:BatchGetItem'], there(first.objects));
    may(['dynamodb:GetItem'], there(first.state), inPartitions([HEAD_PARTITION]));
    may(READ_FLOOR, there(first.floor));
    may(['kms:Decrypt'], encryptionKeyArn, this.#viaDynamoDb(region));
    this.#allow(role, [this.objects], ['dynamodb:BatchGetItem', 'dynamodb:PartiQLInsert', REPLACE]);
    this.#allow(role, [this.floor], READ_FLOOR);
    this.#allowPartitions(role, COPIED_STATE);
    this.#allowKey(role, WRITING_KEY);
    this.#leaveOut(role, this.#moveDenied);
    this.#leaveOut(role, this.#replaceDenied);
  }

  /** These roles, and no other, the tables' policies leave out. */
  #allowPublishing(role: iam.IRole): void {
    this.#allow(
      role,
      [this.objects],
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PartiQLInsert'],
    );
    this.#allow(role, [this.floor], [...READ_FLOOR, 'dynamodb:PartiQLInsert']);
    this.#allowKey(role, WRITING_KEY);
    this.#leaveOut(role, this.#moveDenied);
    this.#leaveOut(role, this.#growthDenied);
  }

  #leaveOut(role: iam.IRole, statement: iam.PolicyStatement): void {
    const roles = [...(this.#leftOut.get(statement) ?? []), role.roleArn];
    this.#leftOut.set(statement, roles);
    // Of several values a negated condition holds where none matches (IAM User Guide, "Set operators for multivalued context keys").
    statement.addCondition('ArnNotEquals', { 'aws:PrincipalArn': roles });
  }

  /** Actions on items of the state table, each in some partitions and no other. */
  #allowPartitions(role: iam.IRole, allowed: ByPartition): void {
    for (const [action, partitions] of allowed)
      role.addToPrincipalPolicy(
        new iam.PolicyStatement({
          actions: [action],
          resources: [this.state.tableArn],
          conditions: inPartitions(partitions),
        }),
      );
  }

  #allow(role: iam.IRole, tables: readonly RegistryTable[], actions: string[]): void {
    const resources = tables.map((table) => table.tableArn);
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
  }

  /** The key, but only through DynamoDB in this Region. Partitions differ in the service name's suffix. */
  #allowKey(role: iam.IRole, actions: string[]): void {
    const conditions = this.#viaDynamoDb(Stack.of(this).region);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions, resources: [this.#key.keyArn], conditions }),
    );
  }

  #viaDynamoDb(region: string): iam.Conditions {
    const { urlSuffix } = Stack.of(this);
    const services = [`dynamodb.${region}.amazonaws.com`, `dynamodb.${region}.${urlSuffix}`];
    return { StringEquals: { 'kms:ViaService': services } };
  }
}

/** Items under these keys of a table and no other. */
function inPartitions(partitions: readonly string[]): iam.Conditions {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
    // Without a value, "for all values" would hold.
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}
