import {
  aws_dynamodb as dynamodb,
  aws_iam as iam,
  type aws_kms as kms,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Every way DynamoDB has to change or remove an item that exists. `PartiQLInsert` is not among them. */
const OVERWRITES = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

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
  /** Immutable objects by digest. Only inserts are possible: the table's own policy denies every other write. */
  readonly objects: dynamodb.Table;
  /** HEAD, proposals and jobs. */
  readonly state: dynamodb.Table;
  readonly #key: kms.IKey;

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
    this.objects = new dynamodb.Table(this, 'Objects', {
      ...protection,
      partitionKey: { name: 'digest', type: dynamodb.AttributeType.STRING },
      resourcePolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'ObjectsNeverChange',
            effect: iam.Effect.DENY,
            principals: [new iam.AnyPrincipal()],
            actions: OVERWRITES,
            // The table this policy hangs on: DynamoDB has no other resource here, and its ARN would be a cycle.
            resources: ['*'],
          }),
        ],
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
