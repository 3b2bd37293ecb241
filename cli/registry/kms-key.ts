/** A person's key in AWS KMS, which never leaves it: whoever may call `kms:Sign` on it is that person. */
import { createHash } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand, type SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { callDynamo } from '../../functions/store/dynamodb.ts';
import { rawSignature } from '../../functions/store/kms-signer.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { UsageError } from '../usage-error.ts';
import { type AwsPlace, awsPlace, type WhichGuard } from '../which-guard.ts';
import { RegistryUnavailableError } from './errors.ts';
import { keyHeldBy, type PersonKey } from './person-key.ts';

interface Kind {
  readonly algorithm: SigningAlgorithmSpec;
  raw(signature: Uint8Array): Uint8Array;
  /** The hash that may be sent in place of a message; Ed25519 signs messages alone. */
  readonly hash?: string;
}

/** Bytes of a message that KMS takes whole (API reference, Sign). */
const WHOLE_MESSAGE = 4096;

/** By key spec. */
const KINDS: ReadonlyMap<string | undefined, Kind> = new Map<string, Kind>([
  ['ECC_NIST_P384', { algorithm: 'ECDSA_SHA_384', raw: rawSignature, hash: 'sha384' }],
  ['ECC_NIST_EDWARDS25519', { algorithm: 'ED25519_SHA_512', raw: (signature) => signature }],
]);

const SPECS = 'of spec ECC_NIST_P384 or ECC_NIST_EDWARDS25519, for signing';

/** What errors that the person can do something about mean, by name; after the key's own. */
const MEANINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    NotFoundException: 'is no key in that account and Region',
    AccessDeniedException:
      'is not for your AWS credentials: its policy, or yours, must allow kms:GetPublicKey and kms:Sign',
    DisabledException: 'is disabled',
    KMSInvalidStateException: 'is disabled, or about to be deleted',
    UnsupportedOperationException: `is another kind of key: a person’s is ${SPECS}`,
    InvalidKeyUsageException: `is another kind of key: a person’s is ${SPECS}`,
    InvalidArnException: 'is no name of a key',
    ValidationException: 'is no name of a key',
    CredentialsProviderError: 'needs AWS credentials, and there are none',
    ExpiredTokenException: 'needs AWS credentials, and yours have expired',
    UnrecognizedClientException: 'needs AWS credentials, and KMS does not know yours',
    InvalidSignatureException: 'needs AWS credentials, and KMS does not accept yours',
    SIGNATURE_INVALID: 'signed nothing: what KMS answered is no signature',
  }),
);

/**
 * The key of an ARN, or of an id or alias after `kms:` in the Region of the environment.
 *
 * @param budgetMs milliseconds for one call, retries included
 * @throws UsageError where it is not there, not for this person, or of another kind; RegistryUnavailableError where KMS
 * does not answer
 */
export async function kmsKey(name: string, budgetMs = 30_000, options: WhichGuard = {}): Promise<PersonKey> {
  const KeyId = name.replace(/^kms:/, '');
  const client = new KMSClient(placeOf(KeyId, options));
  async function call<T>(work: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await callDynamo(AbortSignal.timeout(budgetMs), work);
    } catch (error) {
      throw told(KeyId, error);
    }
  }
  const { PublicKey, KeySpec } = await call((abortSignal) =>
    client.send(new GetPublicKeyCommand({ KeyId }), { abortSignal }),
  );
  const kind = KINDS.get(KeySpec);
  if (kind === undefined || PublicKey === undefined)
    throw new UsageError(`${KeyId} is another kind of key: a person’s is ${SPECS}`);
  return keyHeldBy({
    name: 'KMS',
    publicKey: Buffer.from(PublicKey).toString('base64'),
    async sign(message) {
      const command = new SignCommand({ KeyId, ...messageFor(KeyId, kind, message) });
      const { Signature } = await call((abortSignal) => client.send(command, { abortSignal }));
      return call(async () => kind.raw(Signature ?? new Uint8Array()));
    },
  });
}

function messageFor(keyId: string, { algorithm: SigningAlgorithm, hash }: Kind, message: Uint8Array) {
  if (message.length <= WHOLE_MESSAGE)
    return { SigningAlgorithm, MessageType: 'RAW', Message: message } as const;
  if (hash === undefined)
    throw new UsageError(
      `${keyId} is an Ed25519 key, with which KMS signs ${WHOLE_MESSAGE} bytes at most: take one of spec ECC_NIST_P384`,
    );
  const Message = createHash(hash).update(message).digest();
  return { SigningAlgorithm, MessageType: 'DIGEST', Message } as const;
}

function placeOf(keyId: string, options: WhichGuard): AwsPlace {
  const [, inArn] = /^arn:[a-z-]+:kms:([a-z0-9-]+):\d{12}:(?:key|alias)\/./.exec(keyId) ?? [];
  if (inArn === undefined && keyId.startsWith('arn:'))
    throw new UsageError(`${keyId} is no ARN of a KMS key: arn:aws:kms:<Region>:<account>:key/<id>`);
  const place = { ...awsPlace(options), ...(inArn !== undefined && { region: inArn }) };
  if (place.region === undefined && place.profile === undefined)
    throw new UsageError('AWS_REGION names the Region of a KMS key, or its whole ARN does');
  return place;
}

function told(keyId: string, error: unknown): Error {
  const { code, cause } = error instanceof StoreError ? error : { code: '', cause: error };
  const name = cause instanceof Error ? cause.name : code;
  const meaning = MEANINGS.get(name);
  if (meaning !== undefined) return new UsageError(`${keyId} ${meaning}`);
  if (code === 'STORE_REFUSED') return new UsageError(`${keyId} is refused by KMS (${name})`);
  return new RegistryUnavailableError(`KMS does not answer for ${keyId} (${name})`, { cause });
}
