/** KMS as far as the guard calls it: the public half of the signing key, and signatures with it. */
import { sign } from 'node:crypto';
import { errorReply, jsonReply, type LocalReply } from '../reply.ts';
import { publicKeyText, type SigningKey } from '../signing-key.ts';
import { isObject, type Properties, resourcesOfType } from '../template.ts';
import { keyAllows, type Permissions } from './permissions.ts';
import type { ServiceCall } from './service-call.ts';

const KEY_SPEC = 'ECC_NIST_P384';
const ALGORITHM = 'ECDSA_SHA_384';
/** KMS signs no longer text than this, in bytes; of what is longer it wants the digest. */
const MOST_SIGNED = 4096;

const OPERATIONS = ['GetPublicKey', 'Sign'] as const;
type Operation = (typeof OPERATIONS)[number];

/**
 * Answers a call (AWS JSON 1.1). Every signing key of the template is this run's one pair.
 *
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 */
export function kmsDoor(permissions: Permissions, signing: SigningKey, call: ServiceCall): LocalReply {
  const operation = OPERATIONS.find((name) => call.target === `TrentService.${name}`);
  const input: unknown = JSON.parse(call.body.toString('utf8'));
  if (operation === undefined || !isObject(input))
    return errorReply(400, 'UnknownOperationException', 'The local KMS does not do that.');
  const arn = input['KeyId'];
  const key = resourcesOfType(permissions.template, 'AWS::KMS::Key').find(
    ([id, { Properties }]) =>
      Properties?.['KeySpec'] === KEY_SPEC && permissions.names.attribute(id, 'Arn') === arn,
  );
  if (key === undefined || typeof arn !== 'string')
    return errorReply(400, 'NotFoundException', 'There is no such signing key.');
  const attempt = call.attempt(`kms:${operation}`, arn, { 'kms:SigningAlgorithm': ALGORITHM });
  if (!call.endpointAllows(attempt) || !keyAllows(permissions, key[1].Properties?.['KeyPolicy'], attempt))
    return errorReply(400, 'AccessDeniedException', `This role may not ${attempt.action} with this key.`);
  return answer(operation, signing, arn, input);
}

function answer(operation: Operation, signing: SigningKey, arn: string, input: Properties): LocalReply {
  switch (operation) {
    case 'GetPublicKey':
      return jsonReply(200, {
        KeyId: arn,
        KeySpec: KEY_SPEC,
        KeyUsage: 'SIGN_VERIFY',
        PublicKey: publicKeyText(signing),
        SigningAlgorithms: [ALGORITHM],
      });
    case 'Sign':
      return signed(signing, arn, input);
  }
}

function signed({ privateKey }: SigningKey, arn: string, input: Properties): LocalReply {
  const { Message, MessageType, SigningAlgorithm } = input;
  const message = Buffer.from(String(Message ?? ''), 'base64');
  const isPlain = (MessageType ?? 'RAW') === 'RAW' && SigningAlgorithm === ALGORITHM;
  if (!isPlain || message.length === 0 || message.length > MOST_SIGNED)
    return errorReply(400, 'ValidationException', `RAW text up to ${MOST_SIGNED} bytes, by ${ALGORITHM}.`);
  const signature = sign('sha384', message, { key: privateKey, dsaEncoding: 'der' });
  return jsonReply(200, {
    KeyId: arn,
    Signature: signature.toString('base64'),
    SigningAlgorithm: ALGORITHM,
  });
}
