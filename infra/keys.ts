import { ArnFormat, aws_iam as iam, aws_kms as kms, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What an account administrator may do to a signing key by IAM policy: manage it, but not sign with it. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:GetKeyPolicy',
  'kms:GetPublicKey',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** A key's own ARN: an alias could come to mean another key. */
export const KEY_ARN = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

/** No grant but one that an AWS service asks for, on behalf of a resource (DynamoDB of a table): a grant would pass the policy by. */
function grantsForServicesAlone(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'GrantsForServicesAlone',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: {
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'kms:GrantIsForAWSResource': 'false' },
    },
  });
}

/** The keys of a guard: one encrypts what it stores, one signs the registry's commits, one seals what it keeps of long work. */
export class GuardKeys extends Construct {
  /** Symmetric; encrypts tables and logs. */
  readonly data: kms.Key;
  /** ECC_NIST_P384, SIGN_VERIFY. */
  readonly signing: kms.IKey;
  /** As `signing`, for the records of jobs: who simulates must not be able to sign a version. */
  readonly sealing: kms.Key;

  /** @param own the account's own keys, instead of ones made here */
  constructor(
    scope: Construct,
    id: string,
    own: { readonly data?: kms.Key; readonly signing?: kms.IKey } = {},
  ) {
    super(scope, id);
    const stack = Stack.of(this);
    this.data = own.data ?? this.#makeData();
    this.data.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LogsOfThisAccount',
        principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
              service: 'logs',
              resource: 'log-group',
              resourceName: '*',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    this.signing =
      own.signing ?? this.#signingKey('Signing', 'routeguard: signs the commits of the registry');
    this.sealing = this.#signingKey('Sealing', 'routeguard: seals what the registry keeps of long work');
  }

  #makeData(): kms.Key {
    const key = new kms.Key(this, 'Data', {
      description: 'routeguard: encrypts the registry tables and the logs',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    key.addToResourcePolicy(grantsForServicesAlone());
    return key;
  }

  /** Lets a role sign commits. */
  grantSign(role: iam.IRole): void {
    allowSigning(this.signing, role, 'Publisher');
  }

  /** Lets a role seal the records of jobs. */
  grantSeal(role: iam.IRole): void {
    allowSigning(this.sealing, role, 'Sealer');
  }

  #signingKey(id: string, description: string): kms.Key {
    return new kms.Key(this, id, {
      description,
      keySpec: kms.KeySpec.ECC_NIST_P384,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      // A first deployment that fails leaves no key behind.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      // Not the default policy: that one lets any IAM policy of the account allow signing.
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AdministrationWithoutSigning',
            principals: [new iam.AccountRootPrincipal()],
            actions: ADMINISTRATION,
            resources: ['*'],
          }),
          grantsForServicesAlone(),
        ],
      }),
    });
  }
}

/** Names a role in the key's own policy, since no IAM policy alone can allow signing. */
function allowSigning(key: kms.IKey, role: iam.IRole, as: string): void {
  const actions = ['kms:GetPublicKey', 'kms:Sign'];
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: `${as}${role.node.addr}`,
      principals: [new iam.ArnPrincipal(role.roleArn)],
      actions,
      resources: ['*'],
      conditions: { StringEqualsIfExists: { 'kms:SigningAlgorithm': 'ECDSA_SHA_384' } },
    }),
  );
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [key.keyArn] }));
}
