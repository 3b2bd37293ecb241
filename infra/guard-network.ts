/** The part of the construct that exists where the guard runs in a VPC. */
import { aws_ec2 as ec2, Fn, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';

export interface GuardNetworkProps {
  readonly vpc: ec2.IVpc;
  readonly subnets?: ec2.SubnetSelection;
  /** False where the VPC has the endpoints already. */
  readonly createEndpoints: boolean;
  /** Whether the API is private, which takes an endpoint for `execute-api`. */
  readonly api: boolean;
  readonly monitoring: boolean;
  /** Whether the registry is administered here: whoever publishes asks who is in service. */
  readonly administered: boolean;
}

/** Services the functions call through an interface endpoint, each with the actions that may pass. */
const CALLED = {
  kms: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:GetPublicKey', 'kms:Sign'],
  lambda: ['lambda:GetFunctionConfiguration', 'lambda:InvokeFunction', 'lambda:ListAliases'],
  codedeploy: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
} as const;

/** The guard's place in a VPC: no way in, and no way out but to the endpoints. */
export class GuardNetwork extends Construct {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection | undefined;
  readonly group: ec2.SecurityGroup;
  readonly apiEndpoint: ec2.InterfaceVpcEndpoint | undefined;
  /** Everything that a function needs to reach what it calls, for whoever calls while the stack is made, or deleted. */
  readonly ways: IDependable[] = [this];

  constructor(scope: Construct, id: string, props: GuardNetworkProps) {
    super(scope, id);
    this.vpc = props.vpc;
    this.subnets = props.subnets ?? defaultSubnets(props.vpc);
    this.group = new ec2.SecurityGroup(this, 'Functions', {
      vpc: props.vpc,
      description: 'routeguard: the functions, which nothing connects to',
      allowAllOutbound: false,
    });
    const https = ec2.Port.tcp(443);
    if (!props.createEndpoints) {
      this.group.addEgressRule(
        ec2.Peer.ipv4(props.vpc.vpcCidrBlock),
        https,
        'Interface endpoints of the VPC',
      );
      this.#toGatewayEndpoints();
      return;
    }
    const endpoints = new ec2.SecurityGroup(this, 'Endpoints', {
      vpc: props.vpc,
      description: 'routeguard: interface endpoints, reached by the functions alone',
      allowAllOutbound: false,
    });
    endpoints.addIngressRule(this.group, https, 'The functions');
    this.group.addEgressRule(endpoints, https, 'The endpoints');
    this.#dynamodb();
    this.#customResources();
    this.#toGatewayEndpoints();
    this.#interface('Kms', ec2.InterfaceVpcEndpointAwsService.KMS, endpoints, CALLED.kms);
    if (props.monitoring || props.administered)
      this.#interface('Lambda', ec2.InterfaceVpcEndpointAwsService.LAMBDA, endpoints, CALLED.lambda);
    if (props.monitoring)
      this.#interface(
        'CodeDeploy',
        ec2.InterfaceVpcEndpointAwsService.CODEDEPLOY,
        endpoints,
        CALLED.codedeploy,
      );
    this.apiEndpoint = props.api ? this.#api() : undefined;
  }

  /** A gateway endpoint costs nothing. Only this account's tables can be reached through it. */
  #dynamodb(): void {
    const endpoint = this.vpc.addGatewayEndpoint('RouteguardDynamoDb', {
      service: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
    });
    this.ways.push(endpoint);
    endpoint.addToPolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: [
          'dynamodb:BatchGetItem',
          'dynamodb:ConditionCheckItem',
          'dynamodb:DeleteItem',
          'dynamodb:DescribeTable',
          'dynamodb:GetItem',
          'dynamodb:PartiQLInsert',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:Scan',
          'dynamodb:UpdateItem',
        ],
        resources: [Stack.of(this).formatArn({ service: 'dynamodb', resource: 'table', resourceName: '*' })],
        conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(this).account } },
      }),
    );
  }

  /**
   * Where CloudFormation takes the answers of custom resources, and nothing else of S3: without it the reader of the
   * commit key could not answer from in here, and the stack would not deploy. CloudFormation signs the address itself,
   * so there is no account to demand; the bucket's name holds the Region without its dashes.
   */
  #customResources(): void {
    const { partition, region } = Stack.of(this);
    const bucket = `cloudformation-custom-resource-response-${Fn.join('', Fn.split('-', region))}`;
    const endpoint = this.vpc.addGatewayEndpoint('RouteguardS3', {
      service: ec2.GatewayVpcEndpointAwsService.S3,
    });
    this.ways.push(endpoint);
    endpoint.addToPolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [`arn:${partition}:s3:::${bucket}/*`],
      }),
    );
  }

  /** Gateway endpoints are reached at public addresses; a security group can only name them by prefix list. */
  #toGatewayEndpoints(): void {
    this.group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'DynamoDB through its gateway endpoint');
  }

  #interface(
    id: string,
    service: ec2.IInterfaceVpcEndpointService,
    group: ec2.SecurityGroup,
    actions: readonly string[],
  ): ec2.InterfaceVpcEndpoint {
    const endpoint = new ec2.InterfaceVpcEndpoint(this, id, {
      vpc: this.vpc,
      service,
      securityGroups: [group],
      privateDnsEnabled: true,
      open: false,
      ...(this.subnets !== undefined && { subnets: this.subnets }),
    });
    endpoint.addToPolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: [...actions],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(this).account } },
      }),
    );
    return endpoint;
  }

  /** Where callers inside the VPC reach the private API. Nobody does until `admit` names them. */
  #api(): ec2.InterfaceVpcEndpoint {
    const group = new ec2.SecurityGroup(this, 'ApiCallers', {
      vpc: this.vpc,
      description: 'routeguard: the private HTTP door, reached by nobody until admitted',
      allowAllOutbound: false,
    });
    return this.#interface('Api', ec2.InterfaceVpcEndpointAwsService.APIGATEWAY, group, [
      'execute-api:Invoke',
    ]);
  }
}

function defaultSubnets(vpc: ec2.IVpc): ec2.SubnetSelection | undefined {
  if (vpc.isolatedSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  return undefined;
}
