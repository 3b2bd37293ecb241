import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalAssembly } from '../../infra/local/assembly.ts';
import { type Database, databaseClient, NO_DATABASE, openDatabase } from '../../infra/local/database.ts';
import { functionIds, localFunction } from '../../infra/local/functions.ts';
import { Ignored } from '../../infra/local/ignored.ts';
import { localNames } from '../../infra/local/names.ts';
import { routes } from '../../infra/local/routes.ts';
import { createTables, tableDefinitions } from '../../infra/local/tables.ts';
import { type Template, TemplateError } from '../../infra/local/template.ts';
import { type MutableTemplate, unheldGuard } from '../infra/synthesised-guard.ts';

const template = unheldGuard();

/** What the template's custom resources answered. */
const CUSTOM = new Map(
  Object.entries(template.Resources)
    .filter(([, { Type }]) => Type.startsWith('Custom::'))
    .map(([id]) => [id, { PublicKey: 'KEY' }]),
);

function definitions(of: MutableTemplate) {
  return tableDefinitions(of as Template, localNames('Test', of as Template), new Ignored());
}

function assemblyOf(of: MutableTemplate): LocalAssembly {
  return {
    stackName: 'Test',
    template: of as Template,
    assetDirectory: () => '/asset',
    remove: async () => {},
  };
}

function functionsOf(of: MutableTemplate) {
  const names = localNames('Test', of as Template, CUSTOM);
  return functionIds(of as Template).map((id) => localFunction(assemblyOf(of), id, names, new Ignored()));
}

function routesOf(of: MutableTemplate) {
  return routes(of as Template, localNames('Test', of as Template), new Ignored());
}

function changed(type: string, change: (properties: Record<string, unknown>) => void): MutableTemplate {
  const copy = structuredClone(template);
  for (const resource of Object.values(copy.Resources))
    if (resource.Type === type) change(resource.Properties);
  return copy;
}

describe('tables', () => {
  const directory = mkdtempSync(join(tmpdir(), 'routeguard-tables-'));
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(directory, {}, () => {});
  });
  afterAll(async () => {
    await database.engine?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('are created as the template has them, and found again', async () => {
    const client = databaseClient(database);
    await createTables(client, definitions(template));
    await createTables(client, definitions(template));
    const inTemplate = Object.entries(template.Resources).filter(
      ([, each]) => each.Type === 'AWS::DynamoDB::Table',
    );
    expect(inTemplate).toHaveLength(3);
    for (const [logicalId, { Properties }] of inTemplate) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: `Test-${logicalId}` }));
      expect(Table?.KeySchema).toEqual(Properties['KeySchema']);
      expect(Table?.AttributeDefinitions).toEqual(Properties['AttributeDefinitions']);
      expect(Table?.BillingModeSummary?.BillingMode).toBe(Properties['BillingMode']);
    }
    client.destroy();
  });

  it('with other keys are refused, not used', async () => {
    const client = databaseClient(database);
    await createTables(client, definitions(template));
    const other = changed('AWS::DynamoDB::Table', (properties) => {
      properties['KeySchema'] = [{ AttributeName: 'other', KeyType: 'HASH' }];
    });
    await expect(createTables(client, definitions(other))).rejects.toThrow('has the keys');
    client.destroy();
  });

  it.each([
    ['GlobalSecondaryIndexes', []],
    ['StreamSpecification', {}],
    ['SomethingNew', 1],
    ['BillingMode', 'PROVISIONED'],
  ])('with %s stop the run', (name, value) => {
    const other = changed('AWS::DynamoDB::Table', (properties) => {
      properties[name] = value;
    });
    expect(() => definitions(other)).toThrow(TemplateError);
  });
});

describe('without an engine', () => {
  it('the endpoint of the environment is used', async () => {
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' };
    const database = await openDatabase('/nowhere', environment, () => {});
    expect(database).toMatchObject({ endpoint: 'http://127.0.0.1:1', engine: null });
  });

  it('and without that, the message names the remedy', () => {
    expect(NO_DATABASE).toContain('AWS_ENDPOINT_URL_DYNAMODB=');
  });
});

describe('functions', () => {
  it('are the template’s, with exactly its environment', () => {
    const found = functionsOf(template);
    expect(found.map(({ shortName, door }) => [shortName, door])).toEqual(
      expect.arrayContaining([
        ['commit-key', 'deployment'],
        ['decide', 'direct'],
        ['decide-http', 'api'],
        ['probe', 'schedule'],
      ]),
    );
    const decide = found.find(({ shortName }) => shortName === 'decide');
    expect(decide?.environment).toMatchObject({
      OBJECTS_TABLE: expect.stringMatching(/^Test-GuardTablesObjects/),
      STATE_TABLE: expect.stringMatching(/^Test-GuardTablesState/),
      FLOOR_TABLE: expect.stringMatching(/^Test-GuardTablesFloor/),
      COMMIT_PUBLIC_KEYS: 'KEY',
      BUILD_DIGEST: expect.stringMatching(/^sha256:/),
      DYNAMODB_CONNECT_MS: '150',
      DYNAMODB_READ_MS: '250',
      DECIDE_BUDGET_MS: '1500',
      LEASE_SECONDS: '5',
      CLOCK_SKEW_SECONDS: '2',
      HEAD_COPIES: '1',
    });
    expect(decide).toMatchObject({
      timeout: 3,
      qualifiers: ['$LATEST', 'live', 'probe'],
      handler: 'index.handler',
    });
  });

  it.each([
    ['Layers', []],
    ['Runtime', 'nodejs22.x'],
    ['VpcConfig', {}],
    ['Timeout', '3'],
  ])('with %s stop the run', (name, value) => {
    const other = changed('AWS::Lambda::Function', (properties) => {
      properties[name] = value;
    });
    expect(() => functionsOf(other)).toThrow(TemplateError);
  });
});

describe('routes', () => {
  it('are the template’s, each with its function', () => {
    expect(routesOf(template)).toContainEqual({
      method: 'POST',
      path: '/v1/decide',
      target: expect.stringMatching(/:function:Test-GuardDecideHttpFunction\w+:live$/),
      bodyIsObject: true,
    });
  });

  it.each([
    ['AuthorizationType', 'NONE'],
    ['Integration', { Type: 'MOCK' }],
    ['Integration', { Type: 'AWS_PROXY', Uri: 'elsewhere' }],
  ])('with %s %j stop the run', (name, value) => {
    const other = changed('AWS::ApiGateway::Method', (properties) => {
      properties[name] = value;
    });
    expect(() => routesOf(other)).toThrow(TemplateError);
  });

  it('with a model that says more than "an object" stop the run', () => {
    const other = changed('AWS::ApiGateway::Model', (properties) => {
      properties['Schema'] = { type: 'object', required: ['message'] };
    });
    expect(() => routesOf(other)).toThrow(TemplateError);
  });
});

describe('what is left out', () => {
  it('is counted and named', () => {
    const ignored = new Ignored();
    tableDefinitions(template as Template, localNames('Test', template as Template), ignored);
    expect(ignored.details()).toEqual([
      'AWS::DynamoDB::Table: DeletionProtectionEnabled, PointInTimeRecoverySpecification, ResourcePolicy, SSESpecification, TimeToLiveSpecification',
    ]);
    expect(ignored.summary()).toContain('5 properties');
  });
});
