import { aws_iam as iam } from 'aws-cdk-lib';

/**
 * What Lambda needs of a role to attach a function to a VPC. EC2 has no resource to name here: the actions are the
 * three that AWS documents, and the role's own `lambda:SourceFunctionArn` denial keeps the function's code from them.
 */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
] as const;

export function allowNetworkInterfaces(role: iam.IRole): void {
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: [...NETWORK_INTERFACE_ACTIONS], resources: ['*'] }),
  );
  // Lambda's own service attaches the interfaces; the function's code never does (Lambda Developer Guide, VPC).
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: [...NETWORK_INTERFACE_ACTIONS],
      resources: ['*'],
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  );
}
