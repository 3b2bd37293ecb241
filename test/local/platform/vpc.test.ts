/** What a function in the VPC of prod reaches, and why it would not, piece by piece. */
import { describe, expect, it } from 'vitest';
import { type ServiceName, serviceNames } from '../../../infra/aws-services.ts';
import { localNames } from '../../../infra/local/names.ts';
import { wayTo } from '../../../infra/local/platform/vpc.ts';
import { type Template, TemplateError } from '../../../infra/local/template.ts';
import { resourceOf, stageTemplate } from '../../infra/stage-template.ts';
import type { MutableTemplate } from '../../infra/synthesised-guard.ts';

const prod = stageTemplate('prod');
const DECIDE = resourceOf(prod, 'AWS::Lambda::Function', 'GuardDecideFunction').id;
const ENDPOINT = 'AWS::EC2::VPCEndpoint';

type Change = (template: MutableTemplate) => void;

function wayOf(service: ServiceName, change: Change = () => {}) {
  const template = structuredClone(prod);
  change(template);
  const properties = template.Resources[DECIDE]?.Properties ?? {};
  const names = localNames('Test', template as Template);
  return wayTo(service, properties, template as Template, names);
}

const without =
  (type: string, start: string): Change =>
  (template) => {
    delete template.Resources[resourceOf(template, type, start).id];
  };
const set =
  (type: string, start: string, name: string, value: unknown): Change =>
  (template) => {
    resourceOf(template, type, start).Properties[name] = value;
  };

const OUT = 'AWS::EC2::SecurityGroup';
const anywhere = { CidrIp: '0.0.0.0/0', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 };

it('is every service that has an endpoint, each with its policy', () => {
  for (const service of serviceNames)
    expect(wayOf(service), service).toMatchObject({ open: true, policy: { Version: '2012-10-17' } });
});

it('is everything for a function outside any VPC', () => {
  const outside = (template: MutableTemplate) => {
    delete template.Resources[DECIDE]?.Properties['VpcConfig'];
  };
  for (const service of serviceNames) expect(wayOf(service, outside)).toEqual({ open: true });
});

/** Without the rules that lead from the functions to the endpoints of AWS's services and of the API. */
const notToEndpoints: Change = (template) => {
  for (const to of ['ApiCallers', 'Endpoints'])
    without(
      'AWS::EC2::SecurityGroupEgress',
      `GuardNetworkFunctionstoRouteguardprodGuardNetwork${to}`,
    )(template);
};

const SHUT: readonly [what: string, service: ServiceName, change: Change, why: string][] = [
  [
    'no gateway endpoint',
    's3',
    without(ENDPOINT, 'VpcRouteguardS3'),
    'its VPC has no endpoint com.amazonaws.us-east-1.s3',
  ],
  [
    'no interface endpoint',
    'kms',
    without(ENDPOINT, 'GuardNetworkKms'),
    'its VPC has no endpoint com.amazonaws.us-east-1.kms',
  ],
  [
    'an endpoint of another VPC',
    'kms',
    set(ENDPOINT, 'GuardNetworkKms', 'VpcId', { Ref: 'Other' }),
    'its VPC has no endpoint com.amazonaws.us-east-1.kms',
  ],
  [
    'an endpoint of another service',
    'lambda',
    set(ENDPOINT, 'GuardNetworkLambda', 'ServiceName', 'com.amazonaws.us-east-1.sts'),
    'its VPC has no endpoint com.amazonaws.us-east-1.lambda',
  ],
  [
    'a gateway endpoint in one route table of two',
    'dynamodb',
    set(ENDPOINT, 'VpcRouteguardDynamoDb', 'RouteTableIds', [
      { Ref: 'VpcfunctionsSubnet1RouteTable466CB2FE' },
    ]),
    'no route leads from its subnets to the endpoint of dynamodb',
  ],
  [
    'an endpoint that answers for no name',
    'kms',
    set(ENDPOINT, 'GuardNetworkKms', 'PrivateDnsEnabled', false),
    'the endpoint of kms does not answer for that name (PrivateDnsEnabled)',
  ],
  [
    'an endpoint that lets nobody in',
    'kms',
    without('AWS::EC2::SecurityGroupIngress', 'GuardNetworkEndpointsfrom'),
    'the endpoint of kms does not let it in',
  ],
  [
    'an endpoint without a group',
    'kms',
    set(ENDPOINT, 'GuardNetworkKms', 'SecurityGroupIds', []),
    'the endpoint of kms does not let it in',
  ],
  [
    'a group that lets nothing out to public addresses',
    's3',
    set(OUT, 'GuardNetworkFunctions', 'SecurityGroupEgress', []),
    'its security group lets nothing out to there',
  ],
  [
    'a group that lets out by another port',
    'dynamodb',
    set(OUT, 'GuardNetworkFunctions', 'SecurityGroupEgress', [{ ...anywhere, FromPort: 80, ToPort: 80 }]),
    'its security group lets nothing out to there',
  ],
  [
    'a group that lets nothing out to endpoints',
    'kms',
    (template) => {
      notToEndpoints(template);
      set(OUT, 'GuardNetworkFunctions', 'SecurityGroupEgress', [])(template);
    },
    'its security group lets nothing out to the endpoint of kms',
  ],
];

const OPEN: readonly [what: string, service: ServiceName, change: Change][] = [
  [
    'a group that lets out to the VPC alone, and an interface endpoint',
    'kms',
    (template) => {
      notToEndpoints(template);
      const CidrIp = { 'Fn::GetAtt': ['Vpc8378EB38', 'CidrBlock'] };
      set(OUT, 'GuardNetworkFunctions', 'SecurityGroupEgress', [{ ...anywhere, CidrIp }])(template);
    },
  ],
  [
    'a group that says nothing of what may leave',
    's3',
    (template) => {
      notToEndpoints(template);
      set(OUT, 'GuardNetworkFunctions', 'SecurityGroupEgress', undefined)(template);
    },
  ],
  [
    'no endpoint, and a route to a NAT gateway from every subnet',
    's3',
    (template) => {
      without(ENDPOINT, 'VpcRouteguardS3')(template);
      routes(template, 'NatGatewayId', 2);
    },
  ],
];

/** Gives so many subnets a route to anywhere. */
function routes(template: MutableTemplate, target: string, subnets: number): void {
  for (let subnet = 1; subnet <= subnets; subnet += 1)
    template.Resources[`Route${subnet}`] = {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: {
          Ref: resourceOf(template, 'AWS::EC2::RouteTable', `VpcfunctionsSubnet${subnet}`).id,
        },
        DestinationCidrBlock: '0.0.0.0/0',
        [target]: 'nat',
      },
    };
}

describe('there is no way', () => {
  it.each(SHUT)('with %s (%s)', (_what, service, change, why) => {
    expect(wayOf(service, change)).toEqual({ open: false, why });
  });

  it.each([
    ['a route from one subnet of two', 'NatGatewayId', 1],
    ['an internet gateway, since a function has no public address', 'GatewayId', 2],
  ])('with %s', (_what, target, subnets) => {
    const change: Change = (template) => {
      without(ENDPOINT, 'VpcRouteguardS3')(template);
      routes(template, target, subnets);
    };
    expect(wayOf('s3', change)).toMatchObject({ open: false });
  });
});

it.each(OPEN)('there is a way with %s', (_what, service, change) => {
  expect(wayOf(service, change)).toMatchObject({ open: true });
});

it('of a VPC that the template does not make nothing is known', () => {
  const imported = (template: MutableTemplate) => {
    const properties = template.Resources[DECIDE]?.Properties ?? {};
    properties['VpcConfig'] = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
  };
  expect(() => wayOf('kms', imported)).toThrow(TemplateError);
});
