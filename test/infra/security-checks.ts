/**
 * The security properties of the stack, each as a function from a template to its violations. They read the bare
 * template, so that a test can hand them a broken one.
 */

import { PURGE_ROUTES } from '../../functions/registry/purge-routes.ts';
import { ROUTES } from '../../functions/registry/routes.ts';
import { ACCESS_PATHS, DISCOVERY_PATH, EXPLAIN_PATH } from '../../infra/access-api.ts';
import type { MutableResource, MutableTemplate } from './synthesised-guard.ts';

export type Check = (template: MutableTemplate) => readonly string[];

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

type Named = readonly [id: string, resource: MutableResource];

function ofType(template: MutableTemplate, type: string): readonly Named[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** A property by path, `undefined` where any part of it is absent. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

function many<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

function actions(statement: Statement): readonly string[] {
  return many(statement.Action);
}

/** Statements of every IAM policy attached to a role with this logical id prefix. */
function statementsOf(template: MutableTemplate, rolePrefix: string): readonly Statement[] {
  return ofType(template, 'AWS::IAM::Policy')
    .filter(([, policy]) => many(at(policy, 'Properties', 'Roles')).some((role) => isRefTo(role, rolePrefix)))
    .flatMap(([, policy]) => at(policy, 'Properties', 'PolicyDocument', 'Statement') as Statement[]);
}

function isRefTo(value: unknown, prefix: string): boolean {
  return String(at(value, 'Ref') ?? '').startsWith(prefix);
}

function isArnOf(value: unknown, prefix: string): boolean {
  return String(at(value, 'Fn::GetAtt', 0) ?? '').startsWith(prefix) && at(value, 'Fn::GetAtt', 1) === 'Arn';
}

/** The role of the registry function: the one that signs and writes. */
const PUBLISHER = 'GuardRegistryRole';

/** The role of the purge: the only one left out of the denial to replace an object. */
const PURGE = 'GuardPurgeRole';

const DECIDE_ROLES = ['GuardDecideRole', 'GuardDecideHttpRole', 'GuardAccessRole', 'GuardExplainRole'];
const TABLES = ['GuardTablesObjects', 'GuardTablesState'];
const SIGNING_KEY = 'GuardKeysSigning';
const DATA_KEY = 'GuardKeysData';

const tables: Check = (template) =>
  ofType(template, 'AWS::DynamoDB::Table').flatMap(([id, table]) => {
    const wrong: string[] = [];
    const { Properties: properties } = table;
    if (properties['BillingMode'] !== 'PAY_PER_REQUEST') wrong.push(`${id} is not on demand`);
    if (at(properties, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') !== true)
      wrong.push(`${id} has no point-in-time recovery`);
    if (properties['DeletionProtectionEnabled'] !== true) wrong.push(`${id} can be deleted`);
    if (at(properties, 'SSESpecification', 'SSEType') !== 'KMS') wrong.push(`${id} has no customer key`);
    if (!isArnOf(at(properties, 'SSESpecification', 'KMSMasterKeyId'), DATA_KEY))
      wrong.push(`${id} has another key`);
    if (table.DeletionPolicy !== 'Retain' || table.UpdateReplacePolicy !== 'Retain')
      wrong.push(`${id} is not retained`);
    return wrong;
  });

/** Rule packs look at `Table` only: an unprotected global table would raise nothing. */
const noGlobalTables: Check = (template) =>
  ofType(template, 'AWS::DynamoDB::GlobalTable').map(([id]) => `${id} is a global table`);

const OVERWRITES = [
  'BatchWriteItem',
  'DeleteItem',
  'PartiQLDelete',
  'PartiQLUpdate',
  'PutItem',
  'UpdateItem',
];

const objectsOnlyInserted: Check = (template) => {
  const objects = ofType(template, 'AWS::DynamoDB::Table').filter(([id]) =>
    id.startsWith('GuardTablesObjects'),
  );
  return objects.flatMap(([id, table]) => {
    const statements = at(table, 'Properties', 'ResourcePolicy', 'PolicyDocument', 'Statement');
    const denied = many(statements as Statement[] | undefined)
      .filter((statement) => statement.Effect === 'Deny' && at(statement.Principal, 'AWS') === '*')
      .filter((statement) => statement.Condition === undefined || exemptsThePurge(statement))
      .flatMap(actions);
    return OVERWRITES.filter((name) => !denied.includes(`dynamodb:${name}`)).map(
      (name) => `${id} allows ${name}`,
    );
  });
};

/** A denial of one action, and of it to everyone but one role. */
function exemptsThePurge(statement: Statement): boolean {
  const { ArnNotEquals, ...others } = statement.Condition ?? {};
  const { 'aws:PrincipalArn': exempt, ...keys } = (ArnNotEquals ?? {}) as Record<string, unknown>;
  const isAlone = Object.keys(others).length === 0 && Object.keys(keys).length === 0;
  return isAlone && isArnOf(exempt, PURGE) && actions(statement).join() === 'dynamodb:PutItem';
}

/** What the purge may do, and where: it writes tombstones and its own partitions, never HEAD, and signs nothing. */
const purgeOnlyPurges: Check = (template) => {
  const statements = statementsOf(template, PURGE);
  const wrong = statements.length === 0 ? ['the purge has no statement: the check sees nothing'] : [];
  const partitions = ['BLOB#*', 'PROPOSALS', 'PURGES'];
  for (const statement of statements) {
    if (statement.Effect !== 'Allow' || statement.NotAction !== undefined) wrong.push('the purge is unusual');
    const where = many(statement.Resource as unknown);
    const onObjects = where.some((arn) => isArnOf(arn, 'GuardTablesObjects'));
    const onState = where.some((arn) => isArnOf(arn, 'GuardTablesState'));
    for (const action of actions(statement)) {
      if (/^(logs:(CreateLogStream|PutLogEvents)|dynamodb:(Batch)?GetItem)$/.test(action)) continue;
      if (action.startsWith('kms:') && action !== 'kms:Sign') continue;
      const isTombstone = action === 'dynamodb:PutItem' && onObjects && !onState;
      const keys = at(statement.Condition, 'ForAllValues:StringLike', 'dynamodb:LeadingKeys');
      const isKeyed =
        many(keys as string[] | undefined).length > 0 &&
        many(keys as string[] | undefined).every((key) => partitions.includes(key)) &&
        at(statement.Condition, 'Null', 'dynamodb:LeadingKeys') === 'false';
      const isRecord = /^dynamodb:(Put|Delete)Item$/.test(action) && onState && !onObjects && isKeyed;
      if (!isTombstone && !isRecord) wrong.push(`the purge may ${action}`);
    }
  }
  return wrong;
};

const decideOnlyReads: Check = (template) =>
  DECIDE_ROLES.flatMap((role) => {
    const allowed = new Set([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
    const statements = statementsOf(template, role);
    const wrong = statements.length === 0 ? [`${role} has no statement: the check sees nothing`] : [];
    for (const statement of statements) {
      if (statement.Effect !== 'Allow' || statement.NotAction !== undefined) wrong.push(`${role} is unusual`);
      for (const action of actions(statement)) {
        if (!allowed.has(action)) wrong.push(`${role} may ${action}`);
        const resources = many(statement.Resource as unknown);
        if (
          action.startsWith('dynamodb:') &&
          !resources.every((arn) => TABLES.some((table) => isArnOf(arn, table)))
        )
          wrong.push(`${role} may ${action} elsewhere`);
        if (action.startsWith('kms:') && !resources.every((arn) => isArnOf(arn, DATA_KEY)))
          wrong.push(`${role} may ${action} with another key`);
        if (
          action.startsWith('kms:') &&
          at(statement.Condition, 'StringEquals', 'kms:ViaService') === undefined
        )
          wrong.push(`${role} may ${action} outside DynamoDB`);
      }
    }
    return wrong;
  });

/** No managed or inline policy that the other checks do not look at. */
const rolesAreBare: Check = (template) =>
  ofType(template, 'AWS::IAM::Role').flatMap(([id, role]) => {
    const managed = many(role.Properties['ManagedPolicyArns'] as unknown).map((arn) => JSON.stringify(arn));
    const accountRole = id.includes('CloudWatchRole');
    const extra = managed.filter(
      (arn) => !(accountRole && arn.includes('AmazonAPIGatewayPushToCloudWatchLogs')),
    );
    return [
      ...extra.map((arn) => `${id} has ${arn}`),
      ...(role.Properties['Policies'] === undefined ? [] : [`${id} has an inline policy`]),
    ];
  });

const noWildcards: Check = (template) =>
  ofType(template, 'AWS::IAM::Policy').flatMap(([id, policy]) =>
    (at(policy, 'Properties', 'PolicyDocument', 'Statement') as Statement[]).flatMap((statement) => {
      const starred = actions(statement).filter((action) => action === '*' || /^[a-z0-9-]+:\*$/.test(action));
      const everywhere = many(statement.Resource as unknown).includes('*');
      return [
        ...starred.map((action) => `${id} allows ${action}`),
        ...(everywhere ? [`${id} names no resource`] : []),
      ];
    }),
  );

/** Whom the key's own policy and IAM allow to sign. */
const onlyPublisherSigns: Check = (template) => {
  const keys = ofType(template, 'AWS::KMS::Key').filter(([id]) => id.startsWith(SIGNING_KEY));
  const wrong = keys.length === 1 ? [] : ['there is not one signing key'];
  const signs = (action: string): boolean => /^(\*|kms:(\*|S\*|Si.*\*?|Sign))$/.test(action);
  for (const [id, key] of keys) {
    if (key.Properties['KeySpec'] !== 'ECC_NIST_P384' || key.Properties['KeyUsage'] !== 'SIGN_VERIFY')
      wrong.push(`${id} is no P-384 signing key`);
    if (key.DeletionPolicy !== 'Retain') wrong.push(`${id} is not retained`);
    for (const statement of at(key, 'Properties', 'KeyPolicy', 'Statement') as Statement[]) {
      if (!actions(statement).some(signs)) continue;
      if (!isArnOf(at(statement.Principal, 'AWS'), PUBLISHER)) wrong.push(`${id} lets others sign`);
    }
  }
  for (const [id, policy] of ofType(template, 'AWS::IAM::Policy')) {
    const roles = many(at(policy, 'Properties', 'Roles'));
    const statements = at(policy, 'Properties', 'PolicyDocument', 'Statement') as Statement[];
    if (statements.flatMap(actions).some(signs) && !roles.every((role) => isRefTo(role, PUBLISHER)))
      wrong.push(`${id} may sign`);
  }
  return wrong;
};

/** HEAD is in the state table: who may write there may move it. What the purge writes is checked by its own. */
const onlyPublisherWrites: Check = (template) =>
  ofType(template, 'AWS::IAM::Policy').flatMap(([id, policy]) => {
    const roles = many(at(policy, 'Properties', 'Roles'));
    const statements = at(policy, 'Properties', 'PolicyDocument', 'Statement') as Statement[];
    const reads = /^dynamodb:(GetItem|BatchGetItem|Query|ConditionCheckItem)$/;
    const writes = statements
      .flatMap(actions)
      .filter((name) => name.startsWith('dynamodb:') && !reads.test(name));
    return roles.every((role) => isRefTo(role, PUBLISHER) || isRefTo(role, PURGE))
      ? []
      : writes.map((action) => `${id} may ${action}`);
  });

/** Even the publisher has no action on objects that changes one. */
const publisherOnlyInserts: Check = (template) =>
  statementsOf(template, PUBLISHER)
    .filter((statement) =>
      many(statement.Resource as unknown).some((arn) => isArnOf(arn, 'GuardTablesObjects')),
    )
    .flatMap(actions)
    .filter((action) => OVERWRITES.includes(action.replace('dynamodb:', '')))
    .map((action) => `the publisher may ${action} objects`);

const functionsAreOurs: Check = (template) =>
  ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties: properties }]) => {
    const wrong: string[] = [];
    if (properties['Runtime'] !== 'nodejs24.x') wrong.push(`${id} has another runtime`);
    if (String(properties['Architectures']) !== 'arm64') wrong.push(`${id} is not arm64`);
    if (at(properties, 'LoggingConfig', 'LogGroup', 'Ref') === undefined)
      wrong.push(`${id} has no log group`);
    if (!/^sha256:[0-9a-f]{64}$/.test(String(at(properties, 'Environment', 'Variables', 'BUILD_DIGEST'))))
      wrong.push(`${id} does not know its build`);
    return wrong;
  });

/** One role per function: what one may, another may not. */
const rolesAreNotShared: Check = (template) => {
  const roles = ofType(template, 'AWS::Lambda::Function').map(([, each]) =>
    JSON.stringify(each.Properties['Role']),
  );
  return new Set(roles).size === roles.length ? [] : ['two functions share a role'];
};

const logsAreKept: Check = (template) =>
  ofType(template, 'AWS::Logs::LogGroup').flatMap(([id, group]) => [
    ...(typeof group.Properties['RetentionInDays'] === 'number' ? [] : [`${id} keeps for ever`]),
    ...(isArnOf(group.Properties['KmsKeyId'], DATA_KEY) ? [] : [`${id} has no customer key`]),
    ...(group.DeletionPolicy === 'Retain' ? [] : [`${id} is not retained`]),
  ]);

const httpIsAuthenticated: Check = (template) =>
  ofType(template, 'AWS::ApiGateway::Method').flatMap(([id, method]) => [
    ...(method.Properties['AuthorizationType'] === 'AWS_IAM' ? [] : [`${id} is open`]),
    ...(method.Properties['RequestValidatorId'] === undefined ? [`${id} validates nothing`] : []),
  ]);

/** Who may open which function: API Gateway one method of the HTTP door, a schedule the probe and the watch. */
const DOORS = [
  { principal: 'apigateway.amazonaws.com', function: 'GuardDecideHttpLive', source: '/POST/v1/decide"' },
  ...ROUTES.map(({ method, path }) => ({
    principal: 'apigateway.amazonaws.com',
    function: 'GuardRegistryLive',
    source: `/${method}${path.replaceAll(/\{\w+\}/g, '*')}"`,
  })),
  ...PURGE_ROUTES.map(({ method, path }) => ({
    principal: 'apigateway.amazonaws.com',
    function: 'GuardPurgeLive',
    source: `/${method}${path.replaceAll(/\{\w+\}/g, '*')}"`,
  })),
  ...[...ACCESS_PATHS, DISCOVERY_PATH].map((path) => ({
    principal: 'apigateway.amazonaws.com',
    function: 'GuardAccessLive',
    source: `/*${path}"`,
  })),
  {
    principal: 'apigateway.amazonaws.com',
    function: 'GuardExplainLive',
    source: `/POST${EXPLAIN_PATH}"`,
  },
  { principal: 'events.amazonaws.com', function: 'GuardProbeLive', source: 'Schedule' },
  { principal: 'events.amazonaws.com', function: 'GuardWatchLive', source: 'Schedule' },
] as const;

/** `decide` is behind no API and no schedule, and every other function has exactly the door that is its own. */
const oneDoorEach: Check = (template) => {
  const permissions = ofType(template, 'AWS::Lambda::Permission');
  const wrong = permissions.length === DOORS.length ? [] : [`${permissions.length} permissions`];
  for (const [id, { Properties: properties }] of permissions) {
    const source = JSON.stringify(properties['SourceArn'] ?? '');
    const own = DOORS.filter(
      (door) => door.principal === properties['Principal'] && source.includes(door.source),
    );
    if (own.length === 0) wrong.push(`${id} is wide, or for somebody else`);
    else if (!own.some((door) => isRefTo(properties['FunctionName'], door.function)))
      wrong.push(`${id} opens another function`);
  }
  return wrong;
};

const accessLogsHoldNoText: Check = (template) =>
  ofType(template, 'AWS::ApiGateway::Stage').flatMap(([id, stage]) => {
    const format = String(at(stage, 'Properties', 'AccessLogSetting', 'Format') ?? '');
    const wrong = format === '' ? [`${id} has no access log`] : [];
    const written = format.match(
      /\$(context\.(path|identity\.userAgent|error\.message)\b|input|util|context\.request\w*Override)/g,
    );
    for (const variable of written ?? []) wrong.push(`${id} logs ${variable}`);
    for (const setting of many(at(stage, 'Properties', 'MethodSettings') as unknown)) {
      if (at(setting, 'DataTraceEnabled') !== false) wrong.push(`${id} traces bodies`);
      if (typeof at(setting, 'ThrottlingRateLimit') !== 'number') wrong.push(`${id} is not throttled`);
    }
    return wrong;
  });

const anyPartition: Check = (template) =>
  JSON.stringify(template.Resources).includes('arn:aws:') ? ['a literal arn:aws:'] : [];

/** A trust root must not lie beside what it vouches for, nor be a constant of the template. */
const keyComesFromKms: Check = (template) =>
  ofType(template, 'AWS::Lambda::Function')
    .filter(([id]) => id.startsWith('GuardDecide'))
    .flatMap(([id, { Properties: properties }]) => {
      const value = at(properties, 'Environment', 'Variables', 'COMMIT_PUBLIC_KEYS');
      const attribute = at(value, 'Fn::GetAtt');
      const source = template.Resources[String(at(attribute, 0))];
      const genuine =
        source?.Type === 'Custom::RouteguardCommitPublicKey' && at(attribute, 1) === 'PublicKey';
      return genuine ? [] : [`${id} takes its commit key from elsewhere`];
    });

export const checks = {
  tables,
  noGlobalTables,
  objectsOnlyInserted,
  purgeOnlyPurges,
  decideOnlyReads,
  rolesAreBare,
  noWildcards,
  onlyPublisherSigns,
  onlyPublisherWrites,
  publisherOnlyInserts,
  functionsAreOurs,
  rolesAreNotShared,
  logsAreKept,
  httpIsAuthenticated,
  oneDoorEach,
  accessLogsHoldNoText,
  anyPartition,
  keyComesFromKms,
} as const satisfies Readonly<Record<string, Check>>;

export type CheckName = keyof typeof checks;
