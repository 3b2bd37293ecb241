import { CustomResource, Duration, aws_iam as iam, type aws_kms as kms } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import type { GuardFunction } from './guard-function.ts';

const COMMIT_PUBLIC_KEY_TYPE = 'Custom::RouteguardCommitPublicKey';

/** Reads the public half of the signing key while the stack is deployed. See `functions/commit-key`. */
export class CommitPublicKey extends Construct {
  /** Base64 DER (SPKI). */
  readonly value: string;

  /** @param ways what the reader reaches KMS and CloudFormation by: made before it is called, and deleted after */
  constructor(
    scope: Construct,
    id: string,
    reader: GuardFunction,
    key: kms.IKey,
    ways: readonly IDependable[],
  ) {
    super(scope, id);
    reader.role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [key.keyArn] }),
    );
    const resource = new CustomResource(this, 'Resource', {
      resourceType: COMMIT_PUBLIC_KEY_TYPE,
      serviceToken: reader.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { KeyId: key.keyArn },
    });
    // CloudFormation would otherwise call the reader before its role may read.
    resource.node.addDependency(reader.role, ...ways);
    this.value = resource.getAttString('PublicKey');
  }
}
