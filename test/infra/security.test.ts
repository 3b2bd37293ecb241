import { describe, expect, it } from 'vitest';
import { type CheckName, checks } from './security-checks.ts';
import { type MutableResource, type MutableTemplate, synthesiseGuard } from './synthesised-guard.ts';

const plain = synthesiseGuard();

type Broken = readonly [check: CheckName, what: string, mutate: (template: MutableTemplate) => void];

function find(template: MutableTemplate, type: string, prefix = ''): MutableResource {
  const found = Object.entries(template.Resources).find(
    ([id, resource]) => resource.Type === type && id.startsWith(prefix),
  );
  if (!found) throw new Error(`no ${type} ${prefix}`);
  return found[1];
}

function policyOf(template: MutableTemplate, prefix: string): Record<string, unknown>[] {
  const { PolicyDocument } = find(template, 'AWS::IAM::Policy', prefix).Properties;
  return (PolicyDocument as { Statement: Record<string, unknown>[] }).Statement;
}

function add(template: MutableTemplate, id: string, Type: string, Properties: Record<string, unknown>): void {
  template.Resources[id] = { Type, Properties };
}

function set(target: Record<string, unknown>, name: string, value: unknown): void {
  target[name] = value;
}

const objectsArn = { 'Fn::GetAtt': ['GuardTablesObjectsF9E328BC', 'Arn'] };
const table = (t: MutableTemplate): Record<string, unknown> => find(t, 'AWS::DynamoDB::Table').Properties;
const decide = (t: MutableTemplate): Record<string, unknown> =>
  find(t, 'AWS::Lambda::Function', 'GuardDecideFunction').Properties;
const stage = (t: MutableTemplate): Record<string, unknown> => find(t, 'AWS::ApiGateway::Stage').Properties;
const permission = (t: MutableTemplate): Record<string, unknown> =>
  find(t, 'AWS::Lambda::Permission').Properties;
const decideMay = (t: MutableTemplate, statement: object): unknown =>
  policyOf(t, 'GuardDecideRole').push({ Effect: 'Allow', Resource: objectsArn, ...statement });

interface Denial {
  Action: string | string[];
  Condition?: unknown;
}
const objectsPolicy = (t: MutableTemplate): Denial[] =>
  (table(t)['ResourcePolicy'] as { PolicyDocument: { Statement: Denial[] } }).PolicyDocument.Statement;
const exempt = (t: MutableTemplate, condition: object): unknown =>
  Object.assign(objectsPolicy(t)[1] ?? {}, { Condition: condition });
function roleArn(t: MutableTemplate, prefix: string): object {
  const id = Object.keys(t.Resources).find(
    (each) => each.startsWith(prefix) && t.Resources[each]?.Type === 'AWS::IAM::Role',
  );
  return { 'Fn::GetAtt': [id, 'Arn'] };
}
const purgeMay = (t: MutableTemplate, statement: object): unknown =>
  policyOf(t, 'GuardPurgeRole').push({ Effect: 'Allow', Resource: objectsArn, ...statement });
/** The condition that keeps the purge to its partitions. */
function keyed(t: MutableTemplate): Record<string, unknown> {
  const statement = policyOf(t, 'GuardPurgeRole').find((each) =>
    Object.hasOwn(Object(each['Condition']), 'Null'),
  );
  const condition = statement?.['Condition'] as Record<string, Record<string, unknown>> | undefined;
  return condition?.['ForAllValues:StringLike'] ?? {};
}

/** Every way the stack could be weakened that a check must see. */
const broken: readonly Broken[] = [
  ['tables', 'provisioned capacity', (t) => delete table(t)['BillingMode']],
  ['tables', 'no point-in-time recovery', (t) => delete table(t)['PointInTimeRecoverySpecification']],
  ['tables', 'no deletion protection', (t) => set(table(t), 'DeletionProtectionEnabled', false)],
  ['tables', 'an AWS-owned key', (t) => delete table(t)['SSESpecification']],
  ['tables', 'deleted with the stack', (t) => delete find(t, 'AWS::DynamoDB::Table').DeletionPolicy],
  ['noGlobalTables', 'a TableV2', (t) => add(t, 'New', 'AWS::DynamoDB::GlobalTable', {})],
  ['objectsOnlyInserted', 'no resource policy', (t) => delete table(t)['ResourcePolicy']],
  [
    'objectsOnlyInserted',
    'PutItem left out of the denial',
    (t) => {
      objectsPolicy(t).splice(1, 1);
    },
  ],
  [
    'objectsOnlyInserted',
    'UpdateItem left out of the denial',
    (t) => {
      const [statement] = objectsPolicy(t);
      if (statement)
        statement.Action = [statement.Action].flat().filter((action) => action !== 'dynamodb:UpdateItem');
    },
  ],
  [
    'objectsOnlyInserted',
    'another role replaces objects',
    (t) => exempt(t, { ArnNotEquals: { 'aws:PrincipalArn': roleArn(t, 'GuardRegistryRole') } }),
  ],
  [
    'objectsOnlyInserted',
    'two roles replace objects',
    (t) =>
      exempt(t, {
        ArnNotEquals: {
          'aws:PrincipalArn': [roleArn(t, 'GuardPurgeRole'), roleArn(t, 'GuardRegistryRole')],
        },
      }),
  ],
  [
    'objectsOnlyInserted',
    'a denial under a second condition',
    (t) =>
      exempt(t, {
        ArnNotEquals: { 'aws:PrincipalArn': roleArn(t, 'GuardPurgeRole') },
        Bool: { 'aws:SecureTransport': 'false' },
      }),
  ],
  [
    'objectsOnlyInserted',
    'the purge left out of every denial',
    (t) => {
      const [all, replace] = objectsPolicy(t);
      if (all && replace) all.Condition = replace.Condition;
    },
  ],
  [
    'purgeOnlyPurges',
    'it deletes objects',
    (t) => purgeMay(t, { Action: 'dynamodb:DeleteItem', Resource: objectsArn }),
  ],
  ['purgeOnlyPurges', 'it signs', (t) => purgeMay(t, { Action: 'kms:Sign' })],
  ['purgeOnlyPurges', 'it inserts', (t) => purgeMay(t, { Action: 'dynamodb:PartiQLInsert' })],
  ['purgeOnlyPurges', 'it writes HEAD', (t) => set(keyed(t), 'dynamodb:LeadingKeys', ['HEAD', 'PURGES'])],
  ['purgeOnlyPurges', 'it writes any state', (t) => delete keyed(t)['dynamodb:LeadingKeys']],
  ['decideOnlyReads', 'a write', (t) => decideMay(t, { Action: 'dynamodb:PutItem' })],
  ['decideOnlyReads', 'a scan', (t) => decideMay(t, { Action: ['dynamodb:GetItem', 'dynamodb:Scan'] })],
  ['decideOnlyReads', 'a query', (t) => decideMay(t, { Action: 'dynamodb:Query' })],
  ['decideOnlyReads', 'every action', (t) => decideMay(t, { Action: 'dynamodb:*' })],
  ['decideOnlyReads', 'another table', (t) => decideMay(t, { Action: 'dynamodb:GetItem', Resource: 'arn' })],
  ['decideOnlyReads', 'any action but', (t) => decideMay(t, { NotAction: 'dynamodb:PutItem' })],
  [
    'decideOnlyReads',
    'the key outside DynamoDB',
    (t) =>
      decideMay(t, { Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['GuardKeysDataE9E77418', 'Arn'] } }),
  ],
  [
    'rolesAreBare',
    'a managed policy',
    (t) =>
      set(find(t, 'AWS::IAM::Role', 'GuardDecide').Properties, 'ManagedPolicyArns', ['AdministratorAccess']),
  ],
  [
    'rolesAreBare',
    'inline',
    (t) => set(find(t, 'AWS::IAM::Role', 'GuardDecide').Properties, 'Policies', [{}]),
  ],
  ['noWildcards', 'every resource', (t) => decideMay(t, { Action: 'dynamodb:GetItem', Resource: '*' })],
  ['noWildcards', 'every action of a service', (t) => decideMay(t, { Action: 'kms:*' })],
  ['onlyPublisherSigns', 'decide may sign', (t) => decideMay(t, { Action: 'kms:Sign' })],
  [
    'onlyPublisherSigns',
    'the account may sign by IAM policy',
    (t) => {
      const { KeyPolicy } = find(t, 'AWS::KMS::Key', 'GuardKeysSigning').Properties;
      const { Statement } = KeyPolicy as { Statement: unknown[] };
      Statement.push({ Effect: 'Allow', Action: 'kms:*', Principal: { AWS: 'root' }, Resource: '*' });
    },
  ],
  [
    'onlyPublisherSigns',
    'another curve',
    (t) => set(find(t, 'AWS::KMS::Key', 'GuardKeysSigning').Properties, 'KeySpec', 'ECC_NIST_P256'),
  ],
  ['onlyPublisherWrites', 'decide moves HEAD', (t) => decideMay(t, { Action: 'dynamodb:UpdateItem' })],
  [
    'publisherOnlyInserts',
    'the publisher overwrites objects',
    (t) =>
      policyOf(t, 'GuardRegistryRole').push({
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: [objectsArn],
      }),
  ],
  ['functionsAreOurs', 'an old runtime', (t) => set(decide(t), 'Runtime', 'nodejs20.x')],
  ['functionsAreOurs', 'x86', (t) => delete decide(t)['Architectures']],
  ['functionsAreOurs', 'an implicit log group', (t) => delete decide(t)['LoggingConfig']],
  ['functionsAreOurs', 'no build digest', (t) => delete decide(t)['Environment']],
  [
    'rolesAreNotShared',
    'one role for both doors',
    (t) => {
      decide(t)['Role'] = find(t, 'AWS::Lambda::Function', 'GuardDecideHttpFunction').Properties['Role'];
    },
  ],
  ['logsAreKept', 'no retention', (t) => delete find(t, 'AWS::Logs::LogGroup').Properties['RetentionInDays']],
  ['logsAreKept', 'no key', (t) => delete find(t, 'AWS::Logs::LogGroup').Properties['KmsKeyId']],
  [
    'httpIsAuthenticated',
    'an open method',
    (t) => set(find(t, 'AWS::ApiGateway::Method').Properties, 'AuthorizationType', 'NONE'),
  ],
  [
    'oneDoorEach',
    'decide behind the API too',
    (t) => set(permission(t), 'FunctionName', { Ref: 'GuardDecideLive14CFEA9F' }),
  ],
  [
    'oneDoorEach',
    'the registry by another method',
    (t) =>
      set(
        find(t, 'AWS::Lambda::Permission', 'GuardHttpApiv1registryholdPOST').Properties,
        'SourceArn',
        'arn/guard/GET/v1/registry/hold',
      ),
  ],
  [
    'oneDoorEach',
    'the registry on a schedule',
    (t) =>
      set(
        find(t, 'AWS::Lambda::Permission', 'GuardHttpApiv1registryholdPOST').Properties,
        'Principal',
        'events.amazonaws.com',
      ),
  ],
  ['oneDoorEach', 'any method of the API', (t) => set(permission(t), 'SourceArn', '/*/*')],
  ['oneDoorEach', 'another principal', (t) => set(permission(t), 'Principal', 'events.amazonaws.com')],
  ['oneDoorEach', 'a second permission', (t) => add(t, 'New', 'AWS::Lambda::Permission', permission(t))],
  ['accessLogsHoldNoText', 'no access log', (t) => delete stage(t)['AccessLogSetting']],
  [
    'accessLogsHoldNoText',
    'the raw path',
    (t) => set(stage(t), 'AccessLogSetting', { Format: '{"path":"$context.path"}' }),
  ],
  [
    'accessLogsHoldNoText',
    'whole bodies',
    (t) => set(stage(t), 'MethodSettings', [{ DataTraceEnabled: true, ThrottlingRateLimit: 1 }]),
  ],
  ['anyPartition', 'a commercial ARN', (t) => set(decide(t), 'Role', 'arn:aws:iam::1:role/x')],
  [
    'keyComesFromKms',
    'a key in a table',
    (t) => {
      decide(t)['Environment'] = { Variables: { COMMIT_PUBLIC_KEYS: 'MHYw' } };
    },
  ],
];

describe('every security property holds', () => {
  it.each(Object.keys(checks) as CheckName[])('%s', (name) => {
    expect(checks[name](plain)).toEqual([]);
  });
});

describe('and a template that breaks it is caught', () => {
  it.each(broken)('%s: %s', (name, _what, mutate) => {
    const template = structuredClone(plain);
    mutate(template);
    expect(checks[name](template)).not.toEqual([]);
  });

  it('for every check', () => {
    expect(new Set(broken.map(([name]) => name))).toEqual(new Set(Object.keys(checks)));
  });
});

describe('without an HTTP door', () => {
  it('nobody signs, and nobody writes', () => {
    const closed = JSON.stringify(synthesiseGuard({ httpAccess: 'none' }));
    expect(closed).not.toContain('kms:Sign"');
    expect(closed).not.toContain('PartiQLInsert');
    expect(JSON.stringify(plain)).toContain('kms:Sign"');
  });
});
