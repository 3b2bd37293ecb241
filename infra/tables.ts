import {
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  type aws_kms as kms,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BLOB_PREFIX, PARTITIONS } from '../functions/registry/partitions.ts';

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

/** Partitions of the state table the purge may write: never HEAD. */
const PURGED_STATE = [`${BLOB_PREFIX}*`, PARTITIONS.proposals, PARTITIONS.purges];

/** What writing to a table under a key of one's own takes, each action by its name. */
const WRITING_KEY = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * The registry's two tables. `Table` and not `TableV2`: the latter becomes a `GlobalTable`, which the public rule
 * packs do not look at, so that an unprotected one would raise nothing; and a guard has one Region.
 */
export class RegistryTables extends Construct {
  /**
   * Immutable objects by digest. Only inserts are possible: the table's own policy denies every other write, to everyone;
   * replacing an item it denies to everyone but the purge's role, where there is one.
   */
  readonly objects: dynamodb.Table;
  /** HEAD, proposals and jobs. */
  readonly state: dynamodb.Table;
  readonly #key: kms.IKey;
  readonly #replaceDenied: iam.PolicyStatement;

  constructor(scope: Construct, id: string, key: kms.IKey) {
    super(scope, id);
    this.#key = key;
    const protection = {
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    } as const;
    // The table these hang on: DynamoDB has no other resource here, and its ARN would be a cycle.
    const denied = (sid: string, actions: string[]) =>
      new iam.PolicyStatement({
        sid,
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions,
        resources: ['*'],
      });
    this.#replaceDenied = denied('ObjectsAreNotReplaced', [REPLACE]);
    this.objects = new dynamodb.Table(this, 'Objects', {
      ...protection,
      partitionKey: { name: 'digest', type: dynamodb.AttributeType.STRING },
      resourcePolicy: new iam.PolicyDocument({
        statements: [denied('ObjectsNeverChange', OVERWRITES), this.#replaceDenied],
      }),
    });
    this.state = new dynamodb.Table(this, 'State', {
      ...protection,
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    });
  }

  /** Items by key from both tables; no query, no scan, no write. */
  grantRead(role: iam.IRole): void {
    this.#allow(role, [this.objects, this.state], ['dynamodb:BatchGetItem', 'dynamodb:GetItem']);
    this.#allowKey(role, ['kms:Decrypt']);
  }

  /** Proposals by their partition, without writing: what the watch counts. */
  grantQueryState(role: iam.IRole): void {
    this.#allow(role, [this.state], ['dynamodb:Query']);
  }

  /** What publishing takes: insert objects, move HEAD. */
  grantPublish(role: iam.IRole): void {
    this.#allow(
      role,
      [this.objects],
      ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PartiQLInsert'],
    );
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
    this.#allowKey(role, WRITING_KEY);
  }

  /**
   * What a purge takes: a tombstone in an object's place, and proposals and their bodies without their text. This role and
   * no other is left out of the table's denial; HEAD it cannot write.
   */
  grantPurge(role: iam.IRole): void {
    this.grantRead(role);
    this.#allow(role, [this.objects], [REPLACE]);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
        resources: [this.state.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': PURGED_STATE },
          // Without a value, "for all values" would hold.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
    this.#allowKey(role, WRITING_KEY);
    this.#replaceDenied.addCondition('ArnNotEquals', { 'aws:PrincipalArn': role.roleArn });
  }

  #allow(role: iam.IRole, tables: readonly dynamodb.Table[], actions: string[]): void {
    const resources = tables.map((table) => table.tableArn);
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
  }

  /** The key, but only through DynamoDB in this Region. Partitions differ in the service name's suffix. */
  #allowKey(role: iam.IRole, actions: string[]): void {
    const { region, urlSuffix } = Stack.of(this);
    const viaDynamoDb = [`dynamodb.${region}.amazonaws.com`, `dynamodb.${region}.${urlSuffix}`];
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions,
        resources: [this.#key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': viaDynamoDb } },
      }),
    );
  }
}
