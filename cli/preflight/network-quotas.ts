/** Whether the account's quotas hold what the template adds to its network. */
import { isObject, type Properties, resourcesOfType } from '../../infra/local/template.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { pagesOf } from './endpoint-services.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import type { StackResource } from './stack-resources.ts';

interface NetworkQuota {
  readonly what: string;
  /** Of the resources that count. */
  readonly type: string;
  readonly counts: (properties: Properties) => boolean;
  /** By which Service Quotas knows it. */
  readonly service: 'ec2' | 'vpc';
  readonly code: string;
  /** How those that are there are listed. */
  readonly operation: string;
  readonly set: string;
  readonly filter: Readonly<Record<string, string>>;
  /** Whether each VPC has as many. */
  readonly perVpc: boolean;
}

const isGateway = (endpoint: Properties) => (endpoint['VpcEndpointType'] ?? 'Gateway') === 'Gateway';
const endpointsOf = (kind: string) => ({ 'Filter.1.Name': 'vpc-endpoint-type', 'Filter.1.Value.1': kind });
const ENDPOINTS = {
  type: 'AWS::EC2::VPCEndpoint',
  operation: 'DescribeVpcEndpoints',
  set: 'vpcEndpointSet',
} as const;

/**
 * Names and codes are those of Service Quotas: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html and
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html, read 2026-11-30.
 */
const QUOTAS: readonly NetworkQuota[] = [
  {
    ...{
      what: 'VPCs per Region',
      type: 'AWS::EC2::VPC',
      counts: () => true,
      service: 'vpc',
      code: 'L-F678F1CE',
    },
    ...{ operation: 'DescribeVpcs', set: 'vpcSet', filter: {}, perVpc: false },
  },
  {
    ...{ what: 'Gateway VPC endpoints per Region', counts: isGateway, service: 'vpc', code: 'L-1B52E74A' },
    ...{ ...ENDPOINTS, filter: endpointsOf('Gateway'), perVpc: false },
  },
  {
    ...{ what: 'Interface VPC endpoints per VPC', service: 'vpc', code: 'L-29B6F2EB' },
    ...{ ...ENDPOINTS, filter: endpointsOf('Interface'), perVpc: true },
    counts: (endpoint) => !isGateway(endpoint),
  },
  {
    ...{
      what: 'EC2-VPC Elastic IPs',
      type: 'AWS::EC2::EIP',
      counts: () => true,
      service: 'ec2',
      code: 'L-0263D0A3',
    },
    ...{ operation: 'DescribeAddresses', set: 'addressesSet', filter: {}, perVpc: false },
  },
];

/** @param own what is the stack's already, and counted among what is there */
export async function networkQuotasCheck(
  caller: AwsCaller,
  template: PlannedTemplate,
  own: readonly StackResource[],
): Promise<readonly CheckedAnswer[]> {
  const found: CheckedAnswer[] = [];
  for (const quota of QUOTAS) {
    const counted = resourcesOfType(template, quota.type).filter(([, { Properties: properties = {} }]) =>
      quota.counts(properties),
    );
    const isOwn = (id: string) => own.some((each) => each.logicalId === id && each.type === quota.type);
    const added = counted
      .filter(([id]) => !isOwn(id))
      .map(([, { Properties: properties = {} }]) => properties);
    if (added.length > 0) found.push(...(await fits(caller, quota, added, counted.length - added.length)));
  }
  return found.length > 0 ? found : [ok('the stack adds nothing to the network that a quota counts')];
}

async function fits(
  caller: AwsCaller,
  quota: NetworkQuota,
  added: readonly Properties[],
  made: number,
): Promise<readonly CheckedAnswer[]> {
  const most = await mostOf(caller, quota);
  // One VPC after another, where each has as many; one that the template makes has what the stack made.
  const places = quota.perVpc
    ? new Set(added.map(({ VpcId: vpc }) => (isObject(vpc) ? '' : String(vpc))))
    : new Set(['']);
  const found: CheckedAnswer[] = [];
  for (const vpc of places) {
    const more = quota.perVpc
      ? added.filter(({ VpcId: of }) => (isObject(of) ? '' : String(of)) === vpc)
      : added;
    const isNew = quota.perVpc && vpc === '';
    const within: Readonly<Record<string, string>> =
      vpc === '' ? {} : { 'Filter.2.Name': 'vpc-id', 'Filter.2.Value.1': vpc };
    const there = isNew
      ? made
      : (await pagesOf(caller, quota.operation, quota.set, { ...quota.filter, ...within })).length;
    const sum = `${there} there and ${more.length} more`;
    found.push(
      there + more.length <= most
        ? ok(`${quota.what}: a quota of ${most} holds ${sum}`)
        : mustFix(
            `${quota.what}: a quota of ${most} does not hold ${sum}`,
            `remove some, or ask for more (Service Quotas, ${quota.code}), or use a network that is there (\`vpc\`, \`endpoints\`)`,
          ),
    );
  }
  return found;
}

/** The account's own where it has one, else the one that every account begins with. */
async function mostOf({ post }: AwsCaller, { service, code, what }: NetworkQuota): Promise<number> {
  const input = { ServiceCode: service, QuotaCode: code };
  let answer: Properties;
  try {
    answer = await post('servicequotas', 'GetServiceQuota', input);
  } catch (error) {
    if (!(error instanceof AwsCallError && error.code === 'NoSuchResourceException')) throw error;
    answer = await post('servicequotas', 'GetAWSDefaultServiceQuota', input);
  }
  const value = isObject(answer['Quota']) ? answer['Quota']['Value'] : undefined;
  if (typeof value !== 'number' || !(value >= 0)) throw unreadableAnswer(`the quota ${what}`);
  return value;
}
