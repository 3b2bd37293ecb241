/**
 * An account of AWS as `preflight` asks it: one HTTP server that answers by the service and operation of a signed request, in
 * the shapes that AWS documents for each. A case changes the answers it is about.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { vi } from 'vitest';
import type { MutableTemplate } from '../infra/synthesised-guard.ts';

export interface AccountAnswer {
  readonly status?: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By `service.Operation`; a function is told how often it was asked before, and with what: the body, or where there is none the path. */
export type AccountAnswers = Readonly<
  Record<string, AccountAnswer | ((before: number, input: string) => AccountAnswer)>
>;

const json = (body: unknown, status = 200): AccountAnswer => ({ status, body: JSON.stringify(body) });
export const answered = json;
export const jsonError = (type: string, message = '', status = 400) =>
  json({ __type: `com.amazonaws.service#${type}`, message }, status);

const response = (operation: string, inner: string): AccountAnswer => ({
  body: `<?xml version="1.0"?><${operation}Response xmlns="urn:aws">${inner}</${operation}Response>`,
});
export const formAnswer = response;
export const formError = (code: string, message = '', status = 400): AccountAnswer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});
export const ec2Error = (code: string, status = 403): AccountAnswer => ({
  status,
  body: `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>`,
});

const ZONES = ['eu-west-2a', 'eu-west-2b', 'eu-west-2c'];
const SERVICES = ['kms', 'lambda', 'codedeploy', 'execute-api', 'dynamodb', 's3'];

export function endpointServices(
  zonesOf: (service: string) => readonly string[] = () => ZONES,
  services = SERVICES,
) {
  const details = services.map(
    (service) =>
      `<item><serviceName>com.amazonaws.eu-west-2.${service}</serviceName><availabilityZoneSet>${zonesOf(
        service,
      )
        .map((zone) => `<item>${zone}</item>`)
        .join(
          '',
        )}</availabilityZoneSet><privateDnsName>${service}.eu-west-2.amazonaws.com</privateDnsName></item>`,
  );
  return response('DescribeVpcEndpointServices', `<serviceDetailSet>${details.join('')}</serviceDetailSet>`);
}

const items = (operation: string, set: string, count: number) =>
  response(operation, `<${set}>${'<item><vpcId>vpc-1</vpcId></item>'.repeat(count)}</${set}>`);

export const concurrency = (quota: number, unreserved: number) =>
  json({
    AccountLimit: { ConcurrentExecutions: quota, UnreservedConcurrentExecutions: unreserved },
    AccountUsage: { FunctionCount: 3 },
  });

export const bootstrapVersion = (Value: unknown) =>
  json({ Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value, Version: 1 } });

export const stackOf = (status: string, name = 'Routeguard-prod') =>
  response(
    'DescribeStacks',
    `<DescribeStacksResult><Stacks><member><StackName>${name}</StackName><StackStatus>${status}</StackStatus></member></Stacks></DescribeStacksResult>`,
  );

/** Whose something is, asked by its name; nobody's without one. */
export function ownedBy(input: string, owner?: string): AccountAnswer {
  const id = new URLSearchParams(input).get('PhysicalResourceId') ?? '';
  if (owner === undefined) return formError('ValidationError', `Stack for ${id} does not exist`);
  return response(
    'DescribeStackResources',
    `<DescribeStackResourcesResult><StackResources><member><StackName>${owner}</StackName></member></StackResources></DescribeStackResourcesResult>`,
  );
}

/** What a stack of that template has made; a physical name where the template gives none is the logical one. */
export function madeBy(
  template: Pick<MutableTemplate, 'Resources'>,
  nameOf: (id: string) => string = (id) => id,
  statusOf: (id: string) => string = () => 'CREATE_COMPLETE',
): AccountAnswer {
  const members = Object.entries(template.Resources).map(
    ([id, { Type }]) =>
      `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${nameOf(id)}</PhysicalResourceId><ResourceType>${Type}</ResourceType><ResourceStatus>${statusOf(id)}</ResourceStatus></member>`,
  );
  return response(
    'ListStackResources',
    `<ListStackResourcesResult><StackResourceSummaries>${members.join('')}</StackResourceSummaries></ListStackResourcesResult>`,
  );
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
export const typeSchema = (schema: unknown) =>
  response(
    'DescribeType',
    `<DescribeTypeResult><Schema>${escaped(JSON.stringify(schema))}</Schema></DescribeTypeResult>`,
  );

/** A schema that takes all that the template sets of a type, with a change. */
export function schemaFor(template: MutableTemplate, type: string, change: Record<string, unknown> = {}) {
  const set = Object.values(template.Resources).flatMap(({ Type, Properties = {} }) =>
    Type === type ? Object.keys(Properties) : [],
  );
  const name = type === 'AWS::CloudWatch::CompositeAlarm' ? 'AlarmName' : 'Arn';
  return {
    typeName: type,
    properties: { ...Object.fromEntries(set.map((property) => [property, {}])), ...change },
    primaryIdentifier: [`/properties/${name}`],
    additionalProperties: false,
  };
}

/** An account that is ready. */
export function readyAccount(template: MutableTemplate): AccountAnswers {
  return {
    'sts.GetCallerIdentity': response(
      'GetCallerIdentity',
      '<GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Deployer/pat</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult>',
    ),
    'cloudformation.DescribeStacks': formError(
      'ValidationError',
      'Stack with id Routeguard-prod does not exist',
    ),
    'cloudformation.DescribeStackResources': (_before, input) => ownedBy(input),
    'cloudformation.DescribeType': (_before, input) =>
      typeSchema(schemaFor(template, new URLSearchParams(input).get('TypeName') ?? '')),
    'cloudcontrolapi.GetResource': jsonError('ResourceNotFoundException', 'no such alarm'),
    'lambda.account-settings': concurrency(1000, 1000),
    'lambda.configuration': json({ FunctionName: 'f' }),
    'apigateway.account': json({
      cloudwatchRoleArn: 'arn:aws:iam::123456789012:role/ApiLogs',
      throttleSettings: {},
    }),
    'ssm.GetParameter': bootstrapVersion('21'),
    'ec2.DescribeVpcEndpointServices': endpointServices(),
    'ec2.DescribeAvailabilityZones': response(
      'DescribeAvailabilityZones',
      `<availabilityZoneInfo>${ZONES.map((zone) => `<item><zoneName>${zone}</zoneName></item>`).join('')}</availabilityZoneInfo>`,
    ),
    'ec2.DescribeSubnets': response('DescribeSubnets', '<subnetSet/>'),
    'ec2.DescribeVpcs': items('DescribeVpcs', 'vpcSet', 1),
    'ec2.DescribeVpcEndpoints': items('DescribeVpcEndpoints', 'vpcEndpointSet', 2),
    'servicequotas.GetServiceQuota': json({ Quota: { QuotaCode: 'L-0', Value: 20, Adjustable: true } }),
    'dynamodb.ListTables': json({ TableNames: ['Orders', 'Routeguard-staging-GuardTablesState-1'] }),
    'logs.DescribeLogGroups': json({ logGroups: [] }),
  };
}

export interface AccountServer {
  readonly url: string;
  /** `service.Operation`, in the order in which they were asked. */
  readonly asked: readonly string[];
  /** The same with the Region that each was signed for: `eu-west-1 service.Operation`. */
  readonly placed: readonly string[];
  readonly become: (answers: AccountAnswers) => void;
  readonly stop: () => void;
}

/** The environment of whoever asks this account, and no other configuration of the machine's. */
export function asCaller({ url }: Pick<AccountServer, 'url'>): void {
  const environment = {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_REGION: 'eu-west-2',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

export async function startAccount(): Promise<AccountServer> {
  let answers: AccountAnswers = {};
  const asked: string[] = [];
  const placed: string[] = [];
  const server: Server = createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const input = Buffer.concat(chunks).toString();
    const what = operationOf(request, input);
    const before = asked.filter((each) => each === what).length;
    asked.push(what);
    placed.push(`${/\/\d{8}\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1]} ${what}`);
    const found = answers[what] ?? { status: 404, body: '' };
    const told = input === '' ? (request.url ?? '') : input;
    const { status = 200, body, headers = {} } = typeof found === 'function' ? found(before, told) : found;
    reply.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    asked,
    placed,
    become: (next) => {
      answers = next;
      asked.length = 0;
      placed.length = 0;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The service is the one that the request is signed for. */
function operationOf({ headers, url = '' }: IncomingMessage, input: string): string {
  const [, service = 'unsigned'] =
    /\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  const target = String(headers['x-amz-target'] ?? '').split('.')[1];
  const action = new URLSearchParams(input).get('Action');
  return `${service}.${target ?? action ?? url.split('?')[0]?.split('/').at(-1)}`;
}
