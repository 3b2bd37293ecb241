import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';

/**
 * A CloudFormation custom resource whose attribute `PublicKey` is the base64 DER (SPKI) of a KMS key's public half.
 *
 * `decide` must know that key without asking anything at run time: kept in DynamoDB it would be a trust root beside
 * what it vouches for, and asking KMS on each cold start would add a call, an endpoint and an outage to the data
 * plane. Read at deployment, it becomes part of the function's immutable version. CDK's own `AwsCustomResource`
 * cannot do this: it decodes binary answers as UTF-8 text, which destroys DER.
 */
export interface DeploymentEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly KeyId?: string };
}

type Answer = { Status: 'SUCCESS'; Data: { PublicKey?: string } } | { Status: 'FAILED'; Reason: string };

const kms = new KMSClient({});

export const handler = async (event: DeploymentEvent): Promise<void> => {
  const keyId = event.ResourceProperties.KeyId ?? '';
  const answer = await answerTo(event, keyId);
  const response = await fetch(event.ResponseURL, {
    method: 'PUT',
    // The pre-signed URL was signed without a content type; any other value breaks its signature.
    headers: { 'content-type': '' },
    body: JSON.stringify({
      ...answer,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      PhysicalResourceId: event.PhysicalResourceId ?? (keyId || event.LogicalResourceId),
    }),
  });
  if (!response.ok) throw new Error(`CloudFormation refused the answer with status ${response.status}`);
};

async function answerTo(event: DeploymentEvent, keyId: string): Promise<Answer> {
  // Nothing was created, so there is nothing to delete.
  if (event.RequestType === 'Delete') return { Status: 'SUCCESS', Data: {} };
  try {
    const { PublicKey, KeySpec } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (!PublicKey || KeySpec !== 'ECC_NIST_P384')
      return { Status: 'FAILED', Reason: 'the commit signing key is not ECC_NIST_P384' };
    return { Status: 'SUCCESS', Data: { PublicKey: Buffer.from(PublicKey).toString('base64') } };
  } catch (error) {
    return { Status: 'FAILED', Reason: error instanceof Error ? error.name : 'unknown failure' };
  }
}
