/** The template’s tables as this machine creates them. */
import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import type { Ignored } from './ignored.ts';
import { type Names, resolve } from './intrinsics.ts';
import {
  list,
  object,
  type Properties,
  resourcesOfType,
  type Template,
  TemplateError,
  textIn,
} from './template.ts';

const TABLE = 'AWS::DynamoDB::Table';

/** Properties that decide what a table stores. Everything else is about protecting it, which a laptop does not. */
const HONOURED = new Set(['AttributeDefinitions', 'BillingMode', 'KeySchema']);
const NOT_SIMULATED = new Set([
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'ResourcePolicy',
  'SSESpecification',
  'Tags',
  'TimeToLiveSpecification',
]);

/**
 * The template's tables as CreateTable requests.
 *
 * @throws {TemplateError} for a property that is neither honoured nor known to be harmless to leave out
 */
export function tableDefinitions(
  template: Template,
  names: Names,
  ignored: Ignored,
): readonly CreateTableCommandInput[] {
  return resourcesOfType(template, TABLE).map(([logicalId, resource]) => {
    const properties = resource.Properties ?? {};
    for (const name of Object.keys(properties)) {
      if (HONOURED.has(name)) continue;
      if (!NOT_SIMULATED.has(name)) throw new TemplateError(`${TABLE} ${name} is not simulated`);
      ignored.property(TABLE, name);
    }
    return definition(logicalId, properties, names);
  });
}

function definition(logicalId: string, properties: Properties, names: Names): CreateTableCommandInput {
  if (properties['BillingMode'] !== 'PAY_PER_REQUEST')
    throw new TemplateError(`table ${logicalId} is not on demand`);
  const keySchema = list(resolve(properties['KeySchema'], names), 'KeySchema').map((each) => {
    const { AttributeName, KeyType } = object(each, 'KeySchema');
    if (KeyType !== 'HASH' && KeyType !== 'RANGE')
      throw new TemplateError('KeyType is neither HASH nor RANGE');
    return { AttributeName: textIn(AttributeName, 'AttributeName'), KeyType } satisfies KeySchemaElement;
  });
  const attributes = list(resolve(properties['AttributeDefinitions'], names), 'AttributeDefinitions');
  return {
    TableName: textIn(names.ref(logicalId), 'table name'),
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema,
    AttributeDefinitions: attributes.map((each) => {
      const { AttributeName, AttributeType } = object(each, 'AttributeDefinitions');
      if (AttributeType !== 'S' && AttributeType !== 'N' && AttributeType !== 'B')
        throw new TemplateError('AttributeType is none of S, N, B');
      return {
        AttributeName: textIn(AttributeName, 'AttributeName'),
        AttributeType,
      } satisfies AttributeDefinition;
    }),
  };
}

/** Creates the tables that are missing; one that is there must have the template's keys. */
export async function createTables(
  client: DynamoDBClient,
  definitions: readonly CreateTableCommandInput[],
): Promise<void> {
  for (const wanted of definitions) {
    const existing = await keysOf(client, wanted.TableName);
    if (existing === undefined) await client.send(new CreateTableCommand(wanted));
    else if (existing !== keys(wanted.KeySchema))
      throw new Error(
        `table ${wanted.TableName} has the keys ${existing}, the template wants ${keys(wanted.KeySchema)}: use another --data directory or database`,
      );
  }
}

async function keysOf(client: DynamoDBClient, table: string | undefined): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    return keys(Table?.KeySchema);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function keys(schema: readonly KeySchemaElement[] | undefined): string {
  return (schema ?? []).map((each) => `${each.AttributeName} ${each.KeyType}`).join(', ');
}
