/** Whether the services behind the template's endpoints are offered here, in the zones of its subnets. */
import { type Names, resolveText } from '../../infra/local/intrinsics.ts';
import {
  isObject,
  list,
  type Properties,
  resourcesOfType,
  TemplateError,
  textIn,
} from '../../infra/local/template.ts';
import { type AnswerNode, listAt, textAt } from './answer-xml.ts';
import { type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import { everyPage } from './pages.ts';
import type { PlannedTemplate } from './planned-stack.ts';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';

export async function endpointServicesCheck(
  caller: AwsCaller,
  template: PlannedTemplate,
  names: Names,
): Promise<readonly CheckedAnswer[]> {
  const endpoints = resourcesOfType(template, ENDPOINT).map(
    ([, { Properties: properties = {} }]) => properties,
  );
  if (endpoints.length === 0) return [ok('the template makes no endpoints')];
  const wanted = endpoints.map((each) => resolveText(each['ServiceName'], names, 'ServiceName'));
  const offered = await servicesHere(caller);
  const zones = await subnetZones(caller, template, endpoints);
  const found = endpoints.flatMap((endpoint, index): readonly CheckedAnswer[] => {
    const service = wanted[index] ?? '';
    const here = offered.get(service);
    if (here === undefined)
      return [
        mustFix(
          `${caller.region} offers no endpoint for ${service}`,
          'make the guard without what calls it (docs/deploy.md, "Partitions"), or outside a VPC',
        ),
      ];
    if (textIn(endpoint['VpcEndpointType'] ?? 'Gateway', 'VpcEndpointType') !== 'Interface') return [];
    const missing = zones(endpoint).filter((zone) => !here.zones.has(zone));
    return [
      ...(missing.length > 0
        ? [
            mustFix(
              `${service} has no endpoint in ${missing.join(', ')}, where the template has a subnet for it`,
              `use subnets in ${[...here.zones].sort().join(', ')} (\`vpc\`, \`subnets\`)`,
            ),
          ]
        : []),
      ...((endpoint['PrivateDnsEnabled'] ?? false) !== false && !here.hasPrivateDns
        ? [
            mustFix(
              `${service} has no private DNS here`,
              "bring endpoints of your own (`endpoints: 'existing'`)",
            ),
          ]
        : []),
    ];
  });
  const many = new Set(wanted).size;
  return found.length > 0 ? found : [ok(`${many} services have endpoints in the zones of their subnets`)];
}

interface OfferedService {
  readonly zones: ReadonlySet<string>;
  readonly hasPrivateDns: boolean;
}

async function servicesHere(caller: AwsCaller): Promise<ReadonlyMap<string, OfferedService>> {
  const found = new Map<string, OfferedService>();
  for (const node of await pagesOf(caller, 'DescribeVpcEndpointServices', 'serviceDetailSet')) {
    const name = textAt(node, 'serviceName');
    const zones = listAt(node, 'availabilityZoneSet');
    if (name === undefined || zones === undefined) throw unreadableAnswer('ec2 DescribeVpcEndpointServices');
    const hasPrivateDns = (textAt(node, 'privateDnsName') ?? '') !== '';
    // A service has an entry for each kind of endpoint.
    const before = found.get(name);
    found.set(name, {
      zones: new Set([...(before?.zones ?? []), ...zones.map(({ text }) => text)]),
      hasPrivateDns: hasPrivateDns || before?.hasPrivateDns === true,
    });
  }
  return found;
}

/** Everything that an operation of EC2 lists, page by page. */
export function pagesOf(
  { form }: AwsCaller,
  operation: string,
  set: string,
  input: Readonly<Record<string, string>> = {},
): Promise<readonly AnswerNode[]> {
  return everyPage(`ec2 ${operation}`, async (token) => {
    const page = await form('ec2', operation, { ...input, ...(token !== undefined && { NextToken: token }) });
    const items = listAt(page, set);
    if (items === undefined) throw unreadableAnswer(`ec2 ${operation}`);
    return { items, next: textAt(page, 'nextToken') };
  });
}

/** In which zones an endpoint's subnets are: the template's own by its words, an account's by asking. */
async function subnetZones(
  caller: AwsCaller,
  template: PlannedTemplate,
  endpoints: readonly Properties[],
): Promise<(endpoint: Properties) => readonly string[]> {
  const subnetsOf = (endpoint: Properties) => list(endpoint['SubnetIds'] ?? [], 'SubnetIds');
  const all = endpoints.flatMap(subnetsOf);
  const own = all.some(isObject) ? await zonesByDefault(caller) : [];
  const ids = [...new Set(all.filter((each) => typeof each === 'string'))];
  const theirs = new Map<string, string>();
  if (ids.length > 0) {
    const input = Object.fromEntries(ids.map((id, index) => [`SubnetId.${index + 1}`, id]));
    for (const node of await pagesOf(caller, 'DescribeSubnets', 'subnetSet', input))
      theirs.set(textAt(node, 'subnetId') ?? '', textAt(node, 'availabilityZone') ?? '');
  }
  return (endpoint) =>
    subnetsOf(endpoint).map((subnet) => {
      const zone = isObject(subnet) ? zoneOf(template, subnet, own) : theirs.get(String(subnet));
      if (zone === undefined) throw unreadableAnswer('the zone of a subnet');
      return zone;
    });
}

/** A zone by name, or the so-maniest of those that `Fn::GetAZs` gives. */
function zoneOf(
  template: PlannedTemplate,
  reference: Properties,
  own: readonly string[],
): string | undefined {
  const zone = template.Resources[String(reference['Ref'])]?.Properties?.['AvailabilityZone'];
  if (typeof zone === 'string') return zone;
  const select = isObject(zone) ? zone['Fn::Select'] : undefined;
  const [index, from] = Array.isArray(select) ? select : [];
  if (!isObject(from) || from['Fn::GetAZs'] === undefined)
    throw new TemplateError('a subnet does not say its zone');
  return own[Number(index)];
}

/**
 * What `Fn::GetAZs` gives: the zones with a default subnet, or all of them where none has one (CloudFormation User Guide,
 * "Fn::GetAZs"). Its order is said nowhere; by name is what is seen, and not verified.
 */
async function zonesByDefault(caller: AwsCaller): Promise<readonly string[]> {
  const byDefault = await pagesOf(caller, 'DescribeSubnets', 'subnetSet', {
    'Filter.1.Name': 'default-for-az',
    'Filter.1.Value.1': 'true',
  });
  const zones =
    byDefault.length > 0
      ? byDefault.map((node) => textAt(node, 'availabilityZone') ?? '')
      : (
          await pagesOf(caller, 'DescribeAvailabilityZones', 'availabilityZoneInfo', {
            'Filter.1.Name': 'zone-type',
            'Filter.1.Value.1': 'availability-zone',
          })
        ).map((node) => textAt(node, 'zoneName') ?? '');
  if (zones.includes('')) throw unreadableAnswer('ec2 DescribeAvailabilityZones');
  return [...new Set(zones)].sort();
}
