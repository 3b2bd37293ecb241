/** A person's key, wherever its private half is. */
import type { KeyObject } from 'node:crypto';
import type { SignedStatement, Statement } from '../../functions/core/administration/statement.ts';
import { publicKey as shape } from '../../functions/core/facts/primitives.ts';
import {
  isSignedByItsKey,
  personMessage,
  publicKeyOf,
  signedBytes,
  signStatement,
} from '../../functions/store/person-signature.ts';
import { UsageError } from '../usage-error.ts';

export interface PersonKey {
  /** As authority facts list it. */
  readonly publicKey: string;
  sign(statement: Statement): Promise<SignedStatement>;
  /**
   * Signs bytes as they are: by Ed25519, or by ECDSA with SHA-384 in raw form. Only for what no statement can be
   * mistaken for.
   */
  signBytes(message: Uint8Array): Promise<Uint8Array>;
}

/** A private key in this process. */
export function heldKey(key: KeyObject): PersonKey {
  return {
    publicKey: publicKeyOf(key),
    sign: async (statement) => signStatement(statement, key),
    signBytes: async (message) => signedBytes(message, key),
  };
}

/** What holds private keys and never shows them. */
export interface KeyHolder {
  /** As a sentence about it begins: `the SSH agent`. */
  readonly name: string;
  /** Base64 DER (SPKI), in whatever form it gave it. */
  readonly publicKey: string;
  /** The signature over a message: of Ed25519, or of ECDSA with SHA-384 in raw form. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A key that something else holds, and is not believed: what it signs is verified before anybody is sent it. */
export function keyHeldBy({ name, publicKey, sign }: KeyHolder): PersonKey {
  if (!shape.safeParse(publicKey).success)
    throw new UsageError(`${name} names a public key that is neither Ed25519 nor on P-384`);
  return {
    publicKey,
    signBytes: sign,
    async sign(statement) {
      const signature = Buffer.from(await sign(personMessage(statement))).toString('base64');
      const signed = { statement, key: publicKey, signature };
      if (isSignedByItsKey(signed)) return signed;
      throw new UsageError(
        `${name} answered with something else than a signature by that key: it is not sent`,
      );
    },
  };
}
