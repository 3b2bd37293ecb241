/** What `preflight` says of accounts: ready, young, half made, closed to it, and of answers that are none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { stageTemplate } from '../infra/stage-template.ts';
import { type MutableTemplate, unheldGuard } from '../infra/synthesised-guard.ts';
import { stackWith } from '../infra/told-stack.ts';
import {
  type AccountAnswers,
  type AccountServer,
  answered,
  asCaller,
  bootstrapVersion,
  concurrency,
  ec2Error,
  endpointServices,
  formAnswer,
  formError,
  jsonError,
  madeBy,
  ownedBy,
  readyAccount,
  schemaFor,
  stackOf,
  startAccount,
  typeSchema,
} from './aws-account.ts';
import { routeguard } from './command.ts';

const FOUNDERS = [
  'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=',
].join(',');

/** As a deployment would know them: those of the fixture are the local run's. */
function withFounders(template: MutableTemplate): MutableTemplate {
  return JSON.parse(JSON.stringify(template).replaceAll(LOCAL_FOUNDERS.join(','), FOUNDERS));
}

const prod = withFounders(stageTemplate('prod'));
const dev = withFounders(unheldGuard());
const directory = mkdtempSync(join(tmpdir(), 'routeguard-preflight-'));
let account: AccountServer;

beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => {
  account.stop();
  rmSync(directory, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
beforeEach(() => asCaller(account));

interface Said {
  readonly check: string;
  readonly outcome: string;
  readonly says: string;
  readonly todo: string | null;
}

/** What is found of an account that is ready but for these answers: all that is not ok, and the exit code. */
async function found(
  answers: AccountAnswers = {},
  template = prod,
  ...options: readonly string[]
): Promise<{ readonly code: number; readonly all: readonly Said[]; readonly wrong: readonly string[] }> {
  account.become({ ...readyAccount(template), ...answers });
  const file = join(directory, 'Routeguard-prod.template.json');
  writeFileSync(file, JSON.stringify(template));
  const { code, out, err } = await routeguard('preflight', file, '--json', ...options);
  if (out === '') throw new Error(err);
  const all = (JSON.parse(out) as { readonly findings: readonly Said[] }).findings;
  const wrong = all
    .filter(({ outcome }) => outcome !== 'ok')
    .map(({ check, outcome, says }) => `${outcome} ${check}: ${says}`);
  return { code, all, wrong };
}

/** The template with a change. */
function changed(template: MutableTemplate, change: (copy: MutableTemplate) => void): MutableTemplate {
  const copy = structuredClone(template);
  change(copy);
  return copy;
}

const ofType = (template: MutableTemplate, type: string) =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

/** Answers of one type of resource, and of the others as they are. */
const ofRegion =
  (type: string, answer: ReturnType<typeof formError>): AccountAnswers[string] =>
  (_before, input) => {
    const asked = new URLSearchParams(input).get('TypeName') ?? '';
    return asked === type ? answer : typeSchema(schemaFor(prod, asked));
  };

describe('an account that is ready', () => {
  it('is found so, question by question, by calls that change nothing', async () => {
    const { code, all, wrong } = await found();
    expect([code, wrong]).toEqual([0, []]);
    expect(all.map(({ check, says }) => `${check}: ${says}`)).toEqual([
      'founders: 2 founders sign the first version',
      expect.stringMatching(/^template: \d{3} resources in \d+ bytes: CloudFormation takes them$/),
      'account: 123456789012 in eu-west-2, as arn:aws:sts::123456789012:assumed-role/Deployer/pat',
      'stack: there is no stack Routeguard-prod yet',
      'bootstrap: the bootstrap stack is of version 21, and the template asks for 6',
      'concurrency: the quota of 1000 holds 399: 299 to keep, 100 that an account must leave',
      'api-logging: API Gateway writes logs as arn:aws:iam::123456789012:role/ApiLogs',
      'endpoints: 6 services have endpoints in the zones of their subnets',
      'network: VPCs per Region: a quota of 20 holds 1 there and 1 more',
      'network: Gateway VPC endpoints per Region: a quota of 20 holds 2 there and 2 more',
      'network: Interface VPC endpoints per VPC: a quota of 20 holds 0 there and 4 more',
      'first-region: the guard is no standby of another',
      'left-over: no table and no log group is left over from an earlier stack of that name',
      'adopted-tables: the template adopts no table',
      'in-service: no function is there that believes anybody yet',
      expect.stringMatching(/^region: eu-west-2 offers the \d+ types of the template, with every property/),
      'names: the 13 names that the template gives are free',
    ]);
    const operations = [...new Set(account.asked)].map((each) => each.split('.')[1]);
    expect(operations.filter((each) => !/^(?:Get|List|Describe|account)/.test(each ?? ''))).toEqual([]);
  });

  it('is told in words, with what no call tells', async () => {
    account.become(readyAccount(dev));
    const file = join(directory, 'dev.json');
    writeFileSync(file, JSON.stringify(dev));
    const { code, out } = await routeguard('preflight', file, '--stack', 'Routeguard-dev');
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Routeguard-dev in eu-west-2:',
      'MUST BE FIXED',
      expect.stringMatching(/^ {2}api-logging: the stack would overwrite the role/),
    ]);
    expect(out).toMatch(/\n {4}→ leave it: `apiGatewayAccountRole: false`/);
    expect(lines).toContain('OK');
    expect(lines).toContain('  founders: 2 founders sign the first version');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('Not asked, because no call tells it: whether Lambda has');
  });
});

const CANNOT = 'could-not-ask';
/** What the template names, by its name. */
const nameIn = (template: MutableTemplate) => (id: string) => {
  const name = template.Resources[id]?.Properties?.['AlarmName'];
  return typeof name === 'string' ? name : id;
};
const DENIED = ec2Error('UnauthorizedOperation');
const EMPTY_ACCOUNT = answered({ throttleSettings: {} });
const STATE = 'GuardTablesStateFDCBD931';
const table = 'Routeguard-prod-GuardTablesStateFDCBD931-1A2B';

describe('an account that is not ready', () => {
  it.each<[string, AccountAnswers, readonly string[]]>([
    [
      'young, with a quota of 10',
      { 'lambda.account-settings': concurrency(10, 10) },
      [
        'must-fix concurrency: the quota of 10 does not hold 399: 299 to keep, 100 that an account must leave',
      ],
    ],
    [
      'with one execution too few',
      { 'lambda.account-settings': concurrency(398, 398) },
      [
        'must-fix concurrency: the quota of 398 does not hold 399: 299 to keep, 100 that an account must leave',
      ],
    ],
    ['with just enough', { 'lambda.account-settings': concurrency(399, 399) }, []],
    [
      'of which others keep too much',
      { 'lambda.account-settings': concurrency(1000, 398) },
      [
        'must-fix concurrency: the quota of 1000 does not hold 1001: 299 to keep, 100 that an account must leave, 602 that others keep',
      ],
    ],
    [
      'not bootstrapped',
      { 'ssm.GetParameter': jsonError('ParameterNotFound') },
      [
        'must-fix bootstrap: the account is not bootstrapped here: there is no /cdk-bootstrap/hnb659fds/version',
      ],
    ],
    [
      'bootstrapped long ago',
      { 'ssm.GetParameter': bootstrapVersion('5') },
      ['must-fix bootstrap: the bootstrap stack is of version 5, and the template asks for 6'],
    ],
    ['bootstrapped just well enough', { 'ssm.GetParameter': bootstrapVersion('6') }, []],
    [
      'whose API Gateway has no role',
      { 'apigateway.account': EMPTY_ACCOUNT },
      [
        'must-fix api-logging: API Gateway has no role to write logs with in this account and Region, and the stack makes none',
      ],
    ],
    [
      'without endpoints in one of the zones',
      {
        'ec2.DescribeVpcEndpointServices': endpointServices((service) =>
          service === 'kms' ? ['eu-west-2a', 'eu-west-2c'] : ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'],
        ),
      },
      [
        'must-fix endpoints: com.amazonaws.eu-west-2.kms has no endpoint in eu-west-2b, where the template has a subnet for it',
      ],
    ],
    [
      'without the endpoint of a service',
      {
        'ec2.DescribeVpcEndpointServices': endpointServices(undefined, [
          'kms',
          'lambda',
          'execute-api',
          'dynamodb',
          's3',
        ]),
      },
      ['must-fix endpoints: eu-west-2 offers no endpoint for com.amazonaws.eu-west-2.codedeploy'],
    ],
    [
      'whose default subnets are in other zones than its first',
      {
        'ec2.DescribeSubnets': formAnswer(
          'DescribeSubnets',
          '<subnetSet><item><availabilityZone>eu-west-2c</availabilityZone></item><item><availabilityZone>eu-west-2d</availabilityZone></item></subnetSet>',
        ),
      },
      ['kms', 'lambda', 'codedeploy', 'execute-api'].map(
        (service) =>
          `must-fix endpoints: com.amazonaws.eu-west-2.${service} has no endpoint in eu-west-2d, where the template has a subnet for it`,
      ),
    ],
    [
      'whose VPCs are used up',
      {
        'servicequotas.GetServiceQuota': (_, input) =>
          input.includes('L-F678F1CE')
            ? jsonError('NoSuchResourceException')
            : answered({ Quota: { Value: 20 } }),
        'servicequotas.GetAWSDefaultServiceQuota': answered({ Quota: { Value: 1 } }),
      },
      ['must-fix network: VPCs per Region: a quota of 1 does not hold 1 there and 1 more'],
    ],
    [
      'where a first deployment failed',
      {
        'cloudformation.DescribeStacks': stackOf('ROLLBACK_COMPLETE'),
        // What it kept it lists on, as kept.
        'cloudformation.ListStackResources': madeBy(
          { Resources: { GuardTablesStateFDCBD931: { Type: 'AWS::DynamoDB::Table', Properties: {} } } },
          () => table,
          () => 'DELETE_SKIPPED',
        ),
        'cloudformation.DescribeStackResources': (_before, input) => ownedBy(input, 'Routeguard-prod'),
        'dynamodb.ListTables': (before) =>
          before === 0
            ? answered({ TableNames: ['Orders'], LastEvaluatedTableName: 'Orders' })
            : answered({ TableNames: [table] }),
        'logs.DescribeLogGroups': answered({ logGroups: [{ logGroupName: 'Routeguard-prod-Flows' }] }),
      },
      [
        'must-fix stack: Routeguard-prod is left over from a first deployment that failed (ROLLBACK_COMPLETE)',
        `must-fix left-over: no stack has them, and an earlier one of that name has left them: table ${table}, log group Routeguard-prod-Flows`,
      ],
    ],
    [
      'where somebody is deploying',
      {
        'cloudformation.DescribeStacks': stackOf('CREATE_IN_PROGRESS'),
        'cloudformation.ListStackResources': madeBy({ Resources: {} }),
      },
      ['must-fix stack: Routeguard-prod is being worked on (CREATE_IN_PROGRESS)'],
    ],
    [
      'whose last update stopped half-way, with tables and concurrency of its own',
      {
        'cloudformation.DescribeStacks': stackOf('UPDATE_FAILED'),
        'cloudformation.ListStackResources': madeBy(prod, (id) => (id === STATE ? table : nameIn(prod)(id))),
        'lambda.concurrency': answered({}),
        'dynamodb.ListTables': answered({ TableNames: [table] }),
      },
      [
        'must-fix stack: the last update of Routeguard-prod stopped half-way, and the stack is at work (UPDATE_FAILED)',
      ],
    ],
    [
      'with an alarm of the same name',
      {
        'cloudcontrolapi.GetResource': (before) =>
          before === 2
            ? answered({ TypeName: 'AWS::CloudWatch::CompositeAlarm', ResourceDescription: {} })
            : jsonError('ResourceNotFoundException'),
      },
      [
        expect.stringMatching(
          /^must-fix names: there is a AWS::CloudWatch::CompositeAlarm called RouteguardprodGuard\w+ already/,
        ) as unknown as string,
      ],
    ],
    [
      'in a Region without a type',
      {
        'cloudformation.DescribeType': ofRegion(
          'AWS::Logs::QueryDefinition',
          formError('TypeNotFoundException', '', 404),
        ),
      },
      ['must-fix region: eu-west-2 does not offer AWS::Logs::QueryDefinition'],
    ],
  ])('%s', async (_what, answers, wrong) => {
    const said = await found(answers);
    expect(said.wrong).toEqual(wrong);
    expect(said.code).toBe(wrong.length === 0 ? 0 : 1);
    expect(said.all.filter(({ outcome, todo }) => (outcome === 'ok') !== (todo === null))).toEqual([]);
  });

  it('without a role for logs is told what such a role takes', async () => {
    const { all } = await found({ 'apigateway.account': EMPTY_ACCOUNT });
    expect(all.find(({ check }) => check === 'api-logging')?.todo).toMatch(
      /trusts apigateway\.amazonaws\.com .*managed policy service-role\/AmazonAPIGatewayPushToCloudWatchLogs.*update-account/,
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['property', { WarmUpConfiguration: undefined }, 'there is no WarmUpConfiguration here'],
    ['choice', { ComparisonOperator: { enum: ['LessThanThreshold'] } }, 'ComparisonOperator cannot be'],
    ['length', { AlarmDescription: { maxLength: 5 } }, 'characters, and may have 5'],
    [
      'member of a member, by reference',
      { WarmUpConfiguration: { $ref: '#/definitions/Warm' } },
      'there is no WarmUpConfiguration.',
    ],
  ])('in a Region without a %s of the template', async (_what, change, flaw) => {
    const type = 'AWS::CloudWatch::Alarm';
    const schema = {
      ...schemaFor(prod, type, change),
      definitions: { Warm: { properties: {}, additionalProperties: false } },
    };
    const told = JSON.parse(JSON.stringify(schema));
    const { code, wrong } = await found({ 'cloudformation.DescribeType': ofRegion(type, typeSchema(told)) });
    expect([code, wrong.length > 0, wrong.filter((each) => !each.includes(flaw))]).toEqual([1, true, []]);
  });

  /** Each function as the template has it. */
  const reservedAsPlanned = () => {
    const reserved = ofType(prod, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties['ReservedConcurrentExecutions'],
    );
    return (before: number) => answered({ ReservedConcurrentExecutions: reserved[before] });
  };
  const deployed = {
    'cloudformation.DescribeStacks': stackOf('UPDATE_COMPLETE'),
    'cloudformation.ListStackResources': madeBy(prod, nameIn(prod)),
    'lambda.concurrency': answered({}),
  };

  it.each<[string, AccountAnswers, readonly unknown[]]>([
    [
      'keeps nothing yet, and others keep much',
      { 'lambda.account-settings': concurrency(1000, 150) },
      [expect.stringMatching(/^must-fix concurrency: .* 850 that others keep$/)],
    ],
    [
      'has no network yet, and the quota is used up',
      {
        'cloudformation.ListStackResources': madeBy({ Resources: {} }),
        'servicequotas.GetServiceQuota': answered({ Quota: { Value: 5 } }),
        'ec2.DescribeVpcs': formAnswer('DescribeVpcs', `<vpcSet>${'<item/>'.repeat(5)}</vpcSet>`),
      },
      ['must-fix network: VPCs per Region: a quota of 5 does not hold 5 there and 1 more'],
    ],
    [
      'has none of its names, and somebody else has one',
      {
        'cloudformation.ListStackResources': madeBy(prod),
        'cloudcontrolapi.GetResource': (before) =>
          before === 0 ? answered({}) : jsonError('ResourceNotFoundException'),
      },
      [expect.stringMatching(/^must-fix names: there is a /)],
    ],
    [
      'is of another name',
      { 'cloudformation.DescribeStacks': stackOf('UPDATE_COMPLETE', 'Other') },
      [
        `${CANNOT} stack: cloudformation DescribeStacks was answered in a way that this cannot read`,
        ...['concurrency', 'network', 'left-over', 'adopted-tables', 'in-service', 'names'].map(
          (check) => `${CANNOT} ${check}: what it depends on could not be asked`,
        ),
      ],
    ],
    [
      'cannot be looked into',
      {
        'cloudformation.DescribeStacks': stackOf('UPDATE_ROLLBACK_FAILED'),
        'cloudformation.ListStackResources': formError('AccessDenied', '', 403),
      },
      [
        expect.stringMatching(/^must-fix stack: an update of Routeguard-prod could not be taken back/),
        expect.stringMatching(/^could-not-ask stack: cloudformation ListStackResources is not allowed/),
        ...['concurrency', 'network', 'left-over', 'adopted-tables', 'in-service', 'names'].map(
          (check) => `${CANNOT} ${check}: what it depends on could not be asked`,
        ),
      ],
    ],
    [
      'has a first name taken, and then nobody may ask',
      {
        'cloudformation.ListStackResources': madeBy(prod),
        'cloudcontrolapi.GetResource': (before) =>
          before === 0 ? answered({}) : jsonError('AccessDeniedException'),
      },
      [
        expect.stringMatching(/^must-fix names: there is a /),
        expect.stringMatching(/^could-not-ask names: cloudcontrolapi/),
      ],
    ],
  ])('is asked of all the same where the stack that is there %s', async (_what, answers, wrong) => {
    expect((await found({ ...deployed, ...answers })).wrong).toEqual(wrong);
  });

  it('with a stack of a longer name at work is not told that its tables are left over', async () => {
    const others = 'Routeguard-prod-eu-GuardTablesState-1';
    const beside = { 'dynamodb.ListTables': answered({ TableNames: [others, table] }) };
    const ownerOf = (_: number, input: string) =>
      ownedBy(input, input.includes(others) ? 'Routeguard-prod-eu' : undefined);
    const { wrong } = await found({ ...beside, 'cloudformation.DescribeStackResources': ownerOf });
    expect(wrong).toEqual([
      `must-fix left-over: no stack has them, and an earlier one of that name has left them: table ${table}`,
    ]);
  });

  it('is left alone where a stack is there already, and what is its own is not in its way', async () => {
    const { code, wrong, all } = await found({
      ...deployed,
      'lambda.account-settings': concurrency(400, 101),
      'lambda.concurrency': reservedAsPlanned(),
      'cloudformation.ListStackResources': madeBy(prod, (id) => (id === STATE ? table : nameIn(prod)(id))),
      'dynamodb.ListTables': answered({ TableNames: [table] }),
      'servicequotas.GetServiceQuota': answered({ Quota: { Value: 1 } }),
      'cloudcontrolapi.GetResource': answered({ TypeName: 't' }),
    });
    expect([code, wrong]).toEqual([0, []]);
    expect(all.find(({ check }) => check === 'concurrency')?.says).toContain('holds 399: 299 to keep');
    expect(all.find(({ check }) => check === 'stack')?.says).toContain('a deployment changes it');
  });

  it('may keep what is left over on purpose', async () => {
    const tables = { 'dynamodb.ListTables': answered({ TableNames: [table] }) };
    expect((await found(tables)).code).toBe(1);
    expect(await found(tables, prod, '--left-on-purpose')).toMatchObject({ code: 0, wrong: [] });
  });
});

describe('the role of API Gateway that the stack would set', () => {
  it.each<[string, string | undefined, readonly string[]]>([
    ['nobody', undefined, []],
    ['this stack, before', 'arn:aws:iam::123456789012:role/Routeguard-prod-GuardHttpApiCloudWatch-1', []],
    [
      'somebody else',
      'arn:aws:iam::123456789012:role/Central',
      [
        'must-fix api-logging: the stack would overwrite the role with which API Gateway writes the logs of everybody in this account and Region: arn:aws:iam::123456789012:role/Central',
      ],
    ],
    [
      'a stack of a longer name',
      'arn:aws:iam::123456789012:role/Routeguard-prod-eu-ApiRole-X',
      [
        'must-fix api-logging: the stack would overwrite the role with which API Gateway writes the logs of everybody in this account and Region: arn:aws:iam::123456789012:role/Routeguard-prod-eu-ApiRole-X',
      ],
    ],
    [
      'a stack whose name begins so',
      'arn:aws:iam::123456789012:role/Routeguard-production-Role',
      [
        'must-fix api-logging: the stack would overwrite the role with which API Gateway writes the logs of everybody in this account and Region: arn:aws:iam::123456789012:role/Routeguard-production-Role',
      ],
    ],
  ])('where %s has set one', async (_who, cloudwatchRoleArn, wrong) => {
    const role = {
      'cloudformation.DescribeStackResources': (_before: number, input: string) =>
        ownedBy(input, input.includes('prod-eu') ? 'Routeguard-prod-eu' : 'Routeguard-prod'),
      'apigateway.account': answered({ ...(cloudwatchRoleArn !== undefined && { cloudwatchRoleArn }) }),
    };
    expect((await found(role, dev)).wrong).toEqual(wrong);
  });
});

describe('what could not be asked is never well', () => {
  it.each<[string, AccountAnswers, readonly string[]]>([
    [
      'a call that is denied',
      {
        'lambda.account-settings': {
          status: 403,
          body: '{"Message":"no"}',
          headers: { 'x-amzn-ErrorType': 'AccessDeniedException:http://x' },
        },
      },
      [
        `${CANNOT} concurrency: lambda GetAccountSettings is not allowed to these credentials (AccessDeniedException)`,
      ],
    ],
    [
      'EC2 that denies',
      { 'ec2.DescribeVpcEndpointServices': DENIED, 'ec2.DescribeVpcs': DENIED },
      [
        `${CANNOT} endpoints: ec2 DescribeVpcEndpointServices is not allowed to these credentials (UnauthorizedOperation)`,
        `${CANNOT} network: ec2 DescribeVpcs is not allowed to these credentials (UnauthorizedOperation)`,
      ],
    ],
    [
      'a service that throttles for good',
      { 'ssm.GetParameter': jsonError('ThrottlingException', 'Rate exceeded') },
      [`${CANNOT} bootstrap: ssm GetParameter was throttled, four times (ThrottlingException)`],
    ],
    [
      'a service that throttles once',
      {
        'ssm.GetParameter': (before) =>
          before === 0 ? jsonError('ThrottlingException') : bootstrapVersion('21'),
      },
      [],
    ],
    [
      'a service that is down',
      { 'logs.DescribeLogGroups': { status: 503, body: '' } },
      [`${CANNOT} left-over: logs DescribeLogGroups failed (status 503)`],
    ],
    [
      'a bootstrap version that is none',
      { 'ssm.GetParameter': bootstrapVersion('six') },
      [
        `${CANNOT} bootstrap: ssm GetParameter /cdk-bootstrap/hnb659fds/version was answered in a way that this cannot read`,
      ],
    ],
    [
      'limits that are none',
      { 'lambda.account-settings': answered({ AccountLimit: { ConcurrentExecutions: 1000 } }) },
      [`${CANNOT} concurrency: lambda GetAccountSettings was answered in a way that this cannot read`],
    ],
    [
      'JSON that is none',
      { 'apigateway.account': { body: '<html>' } },
      [`${CANNOT} api-logging: apigateway GetAccount was answered in a way that this cannot read`],
    ],
    [
      'XML that is none',
      { 'ec2.DescribeVpcEndpointServices': { body: '<DescribeVpcEndpointServicesResponse>' } },
      [`${CANNOT} endpoints: ec2 DescribeVpcEndpointServices was answered in a way that this cannot read`],
    ],
    [
      'the answer to something else',
      { 'ec2.DescribeVpcs': formAnswer('DescribeSubnets', '<vpcSet/>') },
      [`${CANNOT} network: ec2 DescribeVpcs was answered in a way that this cannot read`],
    ],
    [
      'pages without an end',
      { 'ec2.DescribeVpcs': formAnswer('DescribeVpcs', '<vpcSet/><nextToken>a</nextToken>') },
      [`${CANNOT} network: ec2 DescribeVpcs was answered in a way that this cannot read`],
    ],
    [
      'pages that take turns without an end',
      {
        'ec2.DescribeVpcs': (before) =>
          formAnswer('DescribeVpcs', `<vpcSet/><nextToken>${before % 2 === 0 ? 'a' : 'b'}</nextToken>`),
        'dynamodb.ListTables': (before) =>
          answered({ TableNames: ['Orders'], LastEvaluatedTableName: `Orders${before % 3}` }),
      },
      [
        `${CANNOT} network: ec2 DescribeVpcs was answered in a way that this cannot read`,
        `${CANNOT} left-over: dynamodb ListTables was answered in a way that this cannot read`,
      ],
    ],
    [
      'pages that are never the last',
      {
        'logs.DescribeLogGroups': (before) => answered({ logGroups: [], nextToken: `t${before}` }),
      },
      [`${CANNOT} left-over: logs DescribeLogGroups was answered in a way that this cannot read`],
    ],
    [
      'a last page that says so by null',
      { 'logs.DescribeLogGroups': answered({ logGroups: [], nextToken: null }) },
      [],
    ],
    [
      'more that is left than there is',
      { 'lambda.account-settings': concurrency(400, 5000) },
      [`${CANNOT} concurrency: lambda GetAccountSettings was answered in a way that this cannot read`],
    ],
    [
      'something else that does not exist',
      { 'cloudformation.DescribeStacks': formError('ValidationError', 'Role x does not exist') },
      [
        `${CANNOT} stack: cloudformation DescribeStacks was refused (ValidationError: Role x does not exist)`,
        ...['concurrency', 'network', 'left-over', 'adopted-tables', 'in-service', 'names'].map(
          (check) => `${CANNOT} ${check}: what it depends on could not be asked`,
        ),
      ],
    ],
    [
      'a list that is left out',
      { 'dynamodb.ListTables': answered({}) },
      [`${CANNOT} left-over: dynamodb ListTables was answered in a way that this cannot read`],
    ],
    [
      'a schema that is none',
      { 'cloudformation.DescribeType': typeSchema('no') },
      [
        expect.stringContaining(`${CANNOT} region: cloudformation DescribeType`) as unknown as string,
        `${CANNOT} names: what it depends on could not be asked`,
      ],
    ],
    [
      'the schema of another type',
      {
        'cloudformation.DescribeType': ofRegion(
          'AWS::Logs::QueryDefinition',
          typeSchema(schemaFor(prod, 'Custom::Another')),
        ),
      },
      [
        `${CANNOT} region: cloudformation DescribeType AWS::Logs::QueryDefinition was answered in a way that this cannot read`,
        `${CANNOT} names: what it depends on could not be asked`,
      ],
    ],
    [
      'a look at the stack that is refused for another reason',
      { 'cloudformation.DescribeStacks': formError('ValidationError', 'Rate') },
      [
        `${CANNOT} stack: cloudformation DescribeStacks was refused (ValidationError: Rate)`,
        `${CANNOT} concurrency: what it depends on could not be asked`,
        `${CANNOT} network: what it depends on could not be asked`,
        `${CANNOT} left-over: what it depends on could not be asked`,
        `${CANNOT} adopted-tables: what it depends on could not be asked`,
        `${CANNOT} in-service: what it depends on could not be asked`,
        `${CANNOT} names: what it depends on could not be asked`,
      ],
    ],
    [
      'credentials that have expired',
      { 'sts.GetCallerIdentity': formError('ExpiredToken', '', 403) },
      [
        `${CANNOT} account: AWS does not accept these credentials (ExpiredToken)`,
        `${CANNOT} bootstrap: what it depends on could not be asked`,
        `${CANNOT} endpoints: what it depends on could not be asked`,
        `${CANNOT} first-region: what it depends on could not be asked`,
        `${CANNOT} adopted-tables: what it depends on could not be asked`,
        `${CANNOT} in-service: what it depends on could not be asked`,
        `${CANNOT} region: what it depends on could not be asked`,
        `${CANNOT} names: what it depends on could not be asked`,
      ],
    ],
  ])(
    '%s',
    async (_what, answers, wrong) => {
      const said = await found(answers);
      expect(said.wrong).toEqual(wrong);
      expect(said.code).toBe(wrong.length === 0 ? 0 : 4);
    },
    20_000,
  );

  it('nor what nobody is there to answer, or nobody asks', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const { code, wrong } = await found();
    expect(code).toBe(4);
    expect(wrong.filter((each) => !each.startsWith(CANNOT))).toEqual([]);
    expect(wrong).toContain(`${CANNOT} stack: there are no AWS credentials`);
    expect(account.asked).toEqual([]);
  });

  it('and what must be fixed is told first', async () => {
    const { code } = await found({
      'ssm.GetParameter': jsonError('ParameterNotFound'),
      'ec2.DescribeVpcs': DENIED,
    });
    expect(code).toBe(1);
  });
});

describe('the template', () => {
  const { Parameters: PARAMETERS } = prod as { readonly Parameters?: Record<string, unknown> };
  const variablesOf = (copy: MutableTemplate) =>
    ofType(copy, 'AWS::Lambda::Function').flatMap(({ Properties }) => {
      const { Variables } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
      return Variables?.['FOUNDER_KEYS'] === undefined ? [] : [Variables];
    });
  const functionsWith = (keys: unknown) =>
    changed(prod, (copy) => {
      Object.assign(copy, { Parameters: { ...PARAMETERS, FounderKeys: { Type: 'String' } } });
      for (const variables of variablesOf(copy)) variables['FOUNDER_KEYS'] = keys;
    });
  /** As `functionsWith`, but for one function, which is told something else. */
  const oneWith = (keys: unknown) =>
    changed(prod, (copy) => {
      const [first] = variablesOf(copy);
      if (first !== undefined) first['FOUNDER_KEYS'] = keys;
    });
  it.each<[string, unknown, readonly string[], string]>([
    ['two founders', FOUNDERS, [], 'ok'],
    ['those of the local run', LOCAL_FOUNDERS.join(','), [], 'must-fix'],
    ['one founder', FOUNDERS.split(',')[0], [], 'must-fix'],
    ['something else', 'a,b', [], 'must-fix'],
    ['nobody yet', { Ref: 'FounderKeys' }, [], CANNOT],
    ['nobody yet, and who it will be', { Ref: 'FounderKeys' }, ['--founder-keys', FOUNDERS], 'ok'],
    [
      'nobody yet, and the local run’s',
      { Ref: 'FounderKeys' },
      ['--founder-keys', LOCAL_FOUNDERS.join(',')],
      'must-fix',
    ],
    ['two founders, joined', { 'Fn::Join': [',', FOUNDERS.split(',')] }, [], 'ok'],
    ['those of the local run, joined', { 'Fn::Join': [',', [...LOCAL_FOUNDERS]] }, [], 'must-fix'],
    ['whom a parameter completes', { 'Fn::Join': [',', [FOUNDERS, { Ref: 'FounderKeys' }]] }, [], CANNOT],
    ['what a resource says', { Ref: 'GuardKeysSigning' }, ['--founder-keys', FOUNDERS], CANNOT],
    ['what another function makes', { 'Fn::GetAtt': ['Founders', 'Keys'] }, [], CANNOT],
    ['one of two', { 'Fn::If': ['Is', FOUNDERS, ''] }, ['--founder-keys', FOUNDERS], CANNOT],
    [
      'others than the deployment is given',
      FOUNDERS,
      ['--founder-keys', LOCAL_FOUNDERS.join(',')],
      'must-fix',
    ],
    [
      'the same in another order',
      FOUNDERS,
      ['--founder-keys', FOUNDERS.split(',').toReversed().join(', ')],
      'ok',
    ],
  ])('that names %s', async (_who, keys, options, outcome) => {
    const { all } = await found({}, functionsWith(keys), ...options);
    expect(all[0]).toMatchObject({ check: 'founders', outcome });
  });

  it.each<[string, MutableTemplate, string]>([
    [
      'tells one function none',
      oneWith(undefined),
      'must-fix founders: functions that read the registry are told no',
    ],
    [
      'tells one function others',
      oneWith('x'),
      'must-fix founders: the functions of the template do not agree',
    ],
    [
      'tells only one function any',
      changed(prod, (copy) => {
        for (const variables of variablesOf(copy).slice(1)) delete variables['FOUNDER_KEYS'];
      }),
      'must-fix founders: functions that read the registry are told no founders: Guard',
    ],
    [
      'leaves a name to the deployment',
      changed(prod, (copy) => {
        const [alarm] = ofType(copy, 'AWS::CloudWatch::CompositeAlarm');
        Object.assign(alarm?.Properties ?? {}, { AlarmName: { 'Fn::Join': ['-', ['a', { Ref: 'Given' }]] } });
      }),
      'could-not-ask names: only the deployment will know the names of Guard',
    ],
    [
      'composes what API Gateway logs',
      changed(prod, (copy) => {
        for (const { Properties } of ofType(copy, 'AWS::ApiGateway::Stage')) {
          delete Properties['AccessLogSetting'];
          Properties['MethodSettings'] = { 'Fn::If': ['Logging', [], []] };
        }
      }),
      'could-not-ask api-logging: the template cannot be read: MethodSettings is not a list',
    ],
  ])('that %s is not found well', async (_what, template, sentence) => {
    const { code, wrong } = await found({}, template);
    expect([code, wrong]).toEqual([
      sentence.startsWith('must-fix') ? 1 : 4,
      [expect.stringContaining(sentence)],
    ]);
  });

  it('keeps what is provisioned for a function that reserves nothing, too', async () => {
    const template = changed(prod, (copy) => {
      for (const { Properties } of ofType(copy, 'AWS::Lambda::Function'))
        delete Properties['ReservedConcurrentExecutions'];
    });
    const young = { 'lambda.account-settings': concurrency(101, 101) };
    const { wrong } = await found(young, template);
    expect(wrong).toEqual([
      expect.stringMatching(/^must-fix concurrency: the quota of 101 does not hold \d+: \d+ to keep, 100/),
    ]);
    const byVersion = changed(template, (copy) => {
      for (const { Properties } of ofType(copy, 'AWS::Lambda::Alias'))
        delete Properties['ProvisionedConcurrencyConfig'];
      const [version] = ofType(copy, 'AWS::Lambda::Version');
      Object.assign(version?.Properties ?? {}, {
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
      });
    });
    expect((await found(young, byVersion)).wrong).toEqual([
      'must-fix concurrency: the quota of 101 does not hold 102: 2 to keep, 100 that an account must leave',
    ]);
  });

  const warm = changed(prod, (copy) => {
    for (const { Properties } of ofType(copy, 'AWS::Lambda::Function'))
      delete Properties['ReservedConcurrentExecutions'];
  });
  const madeNames = (id: string) => {
    const type = warm.Resources[id]?.Type;
    if (type === 'AWS::Lambda::Alias')
      return `arn:aws:lambda:eu-west-2:123456789012:function:${id.replace(/Live.*/, '')}Function:live`;
    return type === 'AWS::Lambda::Function' ? id.slice(0, -8) : id;
  };
  it.each<[string, number, readonly unknown[]]>([
    ['well, where it fits twice', 104, []],
    [
      'neither well nor wrong, where it fits once',
      102,
      [
        expect.stringMatching(
          /^could-not-ask concurrency: the quota of 102 holds 102 and not 104, and whether the 2 that this stack provisions now are among the 2 that seem to be others’/,
        ),
      ],
    ],
    [
      'wrong, where it does not fit',
      101,
      [expect.stringMatching(/^must-fix concurrency: the quota of 101 does not hold 104: /)],
    ],
  ])('provisions what the stack that is there does, which is found %s', async (_what, quota, wrong) => {
    const said = await found(
      {
        'cloudformation.DescribeStacks': stackOf('UPDATE_COMPLETE'),
        'cloudformation.ListStackResources': madeBy(warm, madeNames),
        'cloudcontrolapi.GetResource': jsonError('ResourceNotFoundException'),
        'lambda.concurrency': answered({}),
        'lambda.provisioned-concurrency': (before) =>
          before === 0
            ? answered({ RequestedProvisionedConcurrentExecutions: 2 })
            : jsonError('ProvisionedConcurrencyConfigNotFoundException', '', 404),
        'lambda.account-settings': concurrency(quota, quota - 2),
      },
      warm,
    );
    expect(said.wrong).toEqual(wrong);
  });

  it('keeps nothing in dev, which is told with what it means', async () => {
    const { all } = await found({ 'lambda.account-settings': concurrency(10, 10) }, dev);
    expect(all.find(({ check }) => check === 'concurrency')).toMatchObject({
      outcome: 'ok',
      says: expect.stringContaining('can starve the guard, its stop too'),
    });
  });

  it('of too much is told with the limit', async () => {
    const template = changed(prod, (copy) => {
      for (let n = 0; n < 200; n += 1)
        copy.Resources[`More${n}`] = { Type: 'AWS::SNS::Topic', Properties: {} };
    });
    expect((await found({}, template)).wrong).toEqual([
      expect.stringMatching(
        /^must-fix template: the template has \d+ resources, and CloudFormation takes 500$/,
      ),
    ]);
  });

  it('with a rule about something else is not read', async () => {
    const template = { ...prod, Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: {} }] } } };
    const { code, wrong } = await found({}, template as MutableTemplate);
    expect([code, wrong]).toEqual([
      4,
      [`${CANNOT} bootstrap: the template cannot be read: Fn::Not is not a list`],
    ]);
  });
});

describe('a standby', () => {
  const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/mrk-1';
  const first = ['eu-west-1', 'objects-1', 'state-1', 'floor-1', KEY];
  const standbyOf = (of: readonly string[]) =>
    withFounders(stackWith({ standbyOf: of.join(','), commitPublicKeys: 'A'.repeat(160) }, false).template);
  const standby = standbyOf(first);
  const tableOf = (change: object) => (_: number, input: string) => {
    const { TableName: name } = JSON.parse(input) as { readonly TableName: string };
    const TableArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`;
    const whole = { TableArn, TableStatus: 'ACTIVE', SSEDescription: { KMSMasterKeyArn: KEY } };
    return answered({ Table: name === 'state-1' ? { ...whole, ...change } : whole });
  };
  const there: AccountAnswers = {
    'dynamodb.DescribeTable': tableOf({}),
    'kms.DescribeKey': answered({ KeyMetadata: { KeyState: 'Enabled' } }),
  };
  const TABLE = 'must-fix first-region: table state-1 of eu-west-1';

  it.each<[string, AccountAnswers, MutableTemplate, readonly string[]]>([
    ['all that its template says', {}, standby, []],
    [
      'another account',
      { 'dynamodb.DescribeTable': tableOf({ TableArn: 'arn:aws:dynamodb:eu-west-1:1:table/state-1' }) },
      standby,
      [`${TABLE} is of another account than 123456789012`],
    ],
    [
      'a table that is being restored',
      { 'dynamodb.DescribeTable': tableOf({ TableStatus: 'CREATING' }) },
      standby,
      [`${TABLE} cannot be read now (CREATING)`],
    ],
    [
      'another key',
      { 'dynamodb.DescribeTable': tableOf({ SSEDescription: { KMSMasterKeyArn: 'other' } }) },
      standby,
      [`${TABLE} is under other, and the standby may use ${KEY}`],
    ],
    [
      'no key of anybody’s',
      { 'dynamodb.DescribeTable': tableOf({ SSEDescription: undefined }) },
      standby,
      [`${TABLE} is under a key of DynamoDB, and the standby may use ${KEY}`],
    ],
    [
      'no such tables',
      { 'dynamodb.DescribeTable': jsonError('ResourceNotFoundException') },
      standby,
      ['objects-1', 'state-1', 'floor-1'].map(
        (name) =>
          `must-fix first-region: there is no table ${name} of eu-west-1, which the standby would copy`,
      ),
    ],
    [
      'a key that is going',
      { 'kms.DescribeKey': answered({ KeyMetadata: { KeyState: 'PendingDeletion' } }) },
      standby,
      [`must-fix first-region: ${KEY} cannot be used (PendingDeletion)`],
    ],
    [
      'a key that is gone',
      { 'kms.DescribeKey': jsonError('NotFoundException') },
      standby,
      [`must-fix first-region: there is no ${KEY}`],
    ],
    [
      'tables that nobody may ask about',
      { 'dynamodb.DescribeTable': jsonError('AccessDeniedException') },
      standby,
      [
        `${CANNOT} first-region: dynamodb DescribeTable is not allowed to these credentials (AccessDeniedException)`,
      ],
    ],
    [
      'an answer that is none',
      { 'kms.DescribeKey': answered({ KeyMetadata: {} }) },
      standby,
      [`${CANNOT} first-region: kms DescribeKey was answered in a way that this cannot read`],
    ],
    [
      'two keys',
      {},
      changed(standby, (copy) => {
        copy.Resources['More'] = { Type: 'AWS::IAM::Role', Properties: { Of: `${KEY}2` } };
      }),
      [`${CANNOT} first-region: the template does not say one key of eu-west-1 that the standby reads with`],
    ],
    [
      'itself',
      {},
      JSON.parse(JSON.stringify(standby).replaceAll('eu-west-1', 'eu-west-2')) as MutableTemplate,
      ['must-fix first-region: the standby would be in the Region that it copies, eu-west-2'],
    ],
  ])('of %s', async (_what, answers, template, wrong) => {
    const { wrong: said } = await found({ ...there, ...answers }, template);
    expect(said).toEqual(wrong);
  });

  it('is looked for where it copies from, and told what nobody asked', async () => {
    const { all } = await found(there, standby);
    const elsewhere = account.placed.filter((each) => !each.startsWith('eu-west-2'));
    expect([...new Set(elsewhere)]).toEqual([
      'eu-west-1 dynamodb.DescribeTable',
      'eu-west-1 kms.DescribeKey',
    ]);
    expect(all.find(({ check }) => check === 'first-region')?.says).toContain(
      'not asked, because no call tells it: whether the policies',
    );
  });
});

describe('used wrongly', () => {
  const file = () => join(directory, 'Routeguard-prod.template.json');
  it.each<[string, () => readonly string[], RegExp]>([
    ['a folder that is not there', () => ['nowhere'], /nowhere is not there/],
    [
      'a file that is no template',
      () => [join(import.meta.dirname, '../../package.json')],
      /it has no Resources/,
    ],
    ['a folder without templates', () => [import.meta.dirname], /holds no template: run cdk synth first/],
    ['a stack that is not in it', () => [directory, '--stack', 'Other'], /--stack says which of/],
    [
      'an unknown stage',
      () => ['--stage', 'prd'],
      /--stage is one of dev, staging, prod; did you mean prod\?/,
    ],
    ['a stage and a folder', () => ['--stage', 'prod', file()], /leave out the folder and --stack/],
    [
      'context for a template that is there',
      () => [file(), '-c', 'adoptState=T'],
      /-c goes into the synthesis of a --stage/,
    ],
    [
      'context that is none',
      () => ['--stage', 'prod', '-c', 'adoptState'],
      /-c takes KEY=VALUE, and not adoptState/,
    ],
    ['the stage twice', () => ['--stage', 'prod', '-c', 'stage=dev'], /-c stage=… is said already: --stage/],
    [
      'founders twice',
      () => ['--stage', 'prod', '--founder-keys', FOUNDERS, '-c', 'founderKeys=x'],
      /-c founderKeys=… is said already: --founder-keys/,
    ],
  ])('%s', async (_what, args, sentence) => {
    writeFileSync(file(), JSON.stringify(prod));
    const { code, err } = await routeguard('preflight', ...args());
    expect([code, err]).toEqual([2, expect.stringMatching(sentence)]);
  });

  it('without a Region', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    expect(await routeguard('preflight', file())).toMatchObject({
      code: 2,
      err: expect.stringContaining('--region'),
    });
  });
});
