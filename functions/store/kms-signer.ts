import { type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { SIGNATURE_BYTES, type Signer } from './commit-signature.ts';
import { callDynamo } from './dynamodb.ts';
import { StoreError } from './store-error.ts';

/**
 * Signs with a KMS key of spec ECC_NIST_P384; the private key never leaves KMS.
 *
 * @param budgetMs milliseconds for one signature, retries included
 * @throws StoreError STORE_UNAVAILABLE or STORE_REFUSED from `sign`
 */
export function createKmsSigner(client: KMSClient, keyId: string, budgetMs = 5_000): Signer {
  return {
    keyId,
    async sign(message) {
      const command = new SignCommand({
        KeyId: keyId,
        Message: message,
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_384',
      });
      const answer = await callDynamo(AbortSignal.timeout(budgetMs), (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      if (answer.Signature === undefined) throw new StoreError('SIGNATURE_INVALID');
      return rawSignature(answer.Signature);
    },
  };
}

/**
 * KMS answers the ASN.1 DER form (RFC 3279 section 2.2.3: SEQUENCE of two INTEGERs); commits carry the raw form, which
 * has one spelling and a fixed length. Both lengths fit one byte for P-384: at most 2 + 2 * (2 + 49) = 104.
 */
export function rawSignature(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(SIGNATURE_BYTES);
  const half = SIGNATURE_BYTES / 2;
  if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new StoreError('SIGNATURE_INVALID');
  let offset = 2;
  for (const end of [half, SIGNATURE_BYTES]) {
    const length = der[offset + 1];
    if (der[offset] !== 0x02 || length === undefined || length < 1) throw new StoreError('SIGNATURE_INVALID');
    let integer = der.subarray(offset + 2, offset + 2 + length);
    if (integer.length !== length) throw new StoreError('SIGNATURE_INVALID');
    if (integer[0] === 0) integer = integer.subarray(1);
    if (integer.length > half) throw new StoreError('SIGNATURE_INVALID');
    raw.set(integer, end - integer.length);
    offset += 2 + length;
  }
  if (offset !== der.length) throw new StoreError('SIGNATURE_INVALID');
  return raw;
}
