/** The VPCs of a template: what leads out of the subnets of a function, and what does not. */

import { AWS_SERVICES, type ServiceName } from '../../aws-services.ts';
import { type Names, resolveText } from '../intrinsics.ts';
import {
  isObject,
  list,
  object,
  type Properties,
  resourcesOfType,
  type Template,
  TemplateError,
} from '../template.ts';

/** What a function finds of one service. */
export type Way =
  /** @property policy of the endpoint that leads there, where one does */
  | { readonly open: true; readonly policy?: unknown }
  /** @property why in words that go after "cannot reach …: " */
  | { readonly open: false; readonly why: string };

const EVERYWHERE: Way = { open: true };
const HTTPS = 443;
const ANYWHERE = '0.0.0.0/0';
/** Targets of a route by which something without a public address comes out; an internet gateway is none. */
const WAYS_OUT = ['NatGatewayId', 'TransitGatewayId', 'InstanceId', 'NetworkInterfaceId'];

/**
 * Whether a function with these properties reaches a service, and why not. One outside any VPC reaches all of them.
 *
 * @throws {TemplateError} for a VPC that the template does not make: what leads out of it nobody here can say
 */
export function wayTo(service: ServiceName, properties: Properties, template: Template, names: Names): Way {
  const config = properties['VpcConfig'];
  if (config === undefined) return EVERYWHERE;
  const place = placeOf(object(config, 'VpcConfig'), template);
  const name = `com.amazonaws.${names.pseudo['AWS::Region']}.${service}`;
  const endpoints = resourcesOfType(template, 'AWS::EC2::VPCEndpoint')
    .map(([, resource]) => resource.Properties ?? {})
    .filter(
      (each) =>
        idOf(each['VpcId']) === place.vpc && resolveText(each['ServiceName'], names, 'ServiceName') === name,
    );
  const found = endpoints.map((endpoint) => throughEndpoint(service, endpoint, place, template));
  const open = found.find((way) => way.open);
  if (open !== undefined) return open;
  if (place.leadsOut && mayLeave(template, place.groups, [])) return EVERYWHERE;
  return found[0] ?? { open: false, why: `its VPC has no endpoint ${name}` };
}

interface Place {
  readonly vpc: string;
  readonly cidr: unknown;
  readonly groups: readonly string[];
  readonly routeTables: readonly string[];
  /** Whether every subnet has a route to somewhere else. */
  readonly leadsOut: boolean;
}

function placeOf(config: Properties, template: Template): Place {
  const subnets = list(config['SubnetIds'], 'SubnetIds').map(idOf);
  const vpcs = new Set(subnets.map((id) => idOf(template.Resources[id]?.Properties?.['VpcId'])));
  const [vpc = ''] = vpcs;
  if (vpcs.size !== 1 || template.Resources[vpc]?.Type !== 'AWS::EC2::VPC')
    throw new TemplateError('a function in a VPC that the template does not make is not simulated');
  const routeTables = subnets.map((subnet) => routeTableOf(template, subnet));
  const routes = resourcesOfType(template, 'AWS::EC2::Route').map(([, { Properties }]) => Properties ?? {});
  return {
    vpc,
    cidr: template.Resources[vpc].Properties?.['CidrBlock'],
    groups: list(config['SecurityGroupIds'], 'SecurityGroupIds').map(idOf),
    routeTables,
    leadsOut: routeTables.every((table) =>
      routes.some(
        (route) =>
          idOf(route['RouteTableId']) === table &&
          route['DestinationCidrBlock'] === ANYWHERE &&
          WAYS_OUT.some((target) => route[target] !== undefined),
      ),
    ),
  };
}

function routeTableOf(template: Template, subnet: string): string {
  const [found] = resourcesOfType(template, 'AWS::EC2::SubnetRouteTableAssociation').filter(
    ([, { Properties }]) => idOf(Properties?.['SubnetId']) === subnet,
  );
  return idOf(found?.[1].Properties?.['RouteTableId']);
}

function throughEndpoint(service: ServiceName, endpoint: Properties, place: Place, template: Template): Way {
  const open: Way = { open: true, ...(endpoint['PolicyDocument'] !== undefined && policyOf(endpoint)) };
  switch (AWS_SERVICES[service].endpoint) {
    case 'Gateway': {
      const tables = list(endpoint['RouteTableIds'] ?? [], 'RouteTableIds').map(idOf);
      if (!place.routeTables.every((table) => tables.includes(table)))
        return shut(`no route leads from its subnets to the endpoint of ${service}`);
      // A gateway endpoint is reached at public addresses.
      return mayLeave(template, place.groups, [])
        ? open
        : shut('its security group lets nothing out to there');
    }
    case 'Interface': {
      if (endpoint['PrivateDnsEnabled'] !== true)
        return shut(`the endpoint of ${service} does not answer for that name (PrivateDnsEnabled)`);
      const groups = list(endpoint['SecurityGroupIds'] ?? [], 'SecurityGroupIds').map(idOf);
      if (!mayLeave(template, place.groups, [place.cidr, place.vpc], groups))
        return shut(`its security group lets nothing out to the endpoint of ${service}`);
      return mayEnter(template, groups, place) ? open : shut(`the endpoint of ${service} does not let it in`);
    }
  }
}

function policyOf(endpoint: Properties): { readonly policy: unknown } {
  return { policy: endpoint['PolicyDocument'] };
}

function shut(why: string): Way {
  return { open: false, why };
}

/** Whether one of the groups lets HTTPS out: to anywhere, to these ranges, or to one of these groups. */
function mayLeave(
  template: Template,
  groups: readonly string[],
  ranges: readonly unknown[],
  to: readonly string[] = [],
): boolean {
  return groups.some((group) =>
    rulesOf(template, group, 'Egress').some(
      (rule) =>
        isHttps(rule) &&
        (rule['CidrIp'] === ANYWHERE ||
          isRange(rule['CidrIp'], ranges) ||
          to.includes(idOf(rule['DestinationSecurityGroupId']))),
    ),
  );
}

/** Whether one of an endpoint's groups lets HTTPS in from where a function is. */
function mayEnter(template: Template, groups: readonly string[], place: Place): boolean {
  return groups.some((group) =>
    rulesOf(template, group, 'Ingress').some(
      (rule) =>
        isHttps(rule) &&
        (rule['CidrIp'] === ANYWHERE ||
          isRange(rule['CidrIp'], [place.cidr, place.vpc]) ||
          place.groups.includes(idOf(rule['SourceSecurityGroupId']))),
    ),
  );
}

function rulesOf(template: Template, group: string, direction: 'Egress' | 'Ingress'): readonly Properties[] {
  const own = template.Resources[group]?.Properties?.[`SecurityGroup${direction}`];
  const others = resourcesOfType(template, `AWS::EC2::SecurityGroup${direction}`)
    .map(([, { Properties }]) => Properties ?? {})
    .filter((rule) => idOf(rule['GroupId']) === group);
  // A group that says nothing of what may leave lets everything.
  const silent = direction === 'Egress' && own === undefined && others.length === 0;
  const said = silent ? [{ CidrIp: ANYWHERE, IpProtocol: '-1' }] : list(own ?? [], direction);
  return [...said.map((rule) => object(rule, direction)), ...others];
}

function isHttps(rule: Properties): boolean {
  if (rule['IpProtocol'] === '-1') return true;
  return rule['IpProtocol'] === 'tcp' && Number(rule['FromPort']) <= HTTPS && Number(rule['ToPort']) >= HTTPS;
}

/** A range is the VPC's own where it is written so, or by its attribute. */
function isRange(value: unknown, ranges: readonly unknown[]): boolean {
  return value !== undefined && (ranges.includes(value) || (isObject(value) && ranges.includes(idOf(value))));
}

/** The logical id that a reference names; text as it is. */
function idOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return '';
  const { Ref: ref, 'Fn::GetAtt': attribute } = value;
  if (typeof ref === 'string') return ref;
  return Array.isArray(attribute) ? String(attribute[0]) : '';
}
