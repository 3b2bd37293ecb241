/** Signs what the registry keeps for itself between requests, so that nobody else can have written it. */
import { canonicalBytes, digestOf } from '../core/facts/canonical.ts';
import { type CommitKeys, isSignedMessage, type Signer } from '../store/commit-signature.ts';
import { rawDigest } from '../store/digest-bytes.ts';
import type { StateKey } from './state-items.ts';

/**
 * The registry's own signature on what it keeps and nobody signs: how far long work has come, and what came out of it. Two
 * people decide by that, so whoever can only write to the table must not be able to have said it.
 */
export interface Seals {
  /** Base64. */
  on(key: StateKey, text: string): Promise<string>;
  isOn(key: StateKey, text: string, seal: unknown): boolean;
}

/** Keeps a seal from being a signature on a commit, which the same key makes. */
const DOMAIN = Buffer.from('routeguard record seal 1\n', 'ascii');

/** @param table a record is sealed for its place in this one, and for no other place */
export function createSeals(signer: Signer, keys: CommitKeys, table: string): Seals {
  const messageOf = ({ pk, sk }: StateKey, text: string) =>
    Buffer.concat([DOMAIN, rawDigest(digestOf(canonicalBytes([table, pk, sk, text])))]);
  return {
    on: async (key, text) => Buffer.from(await signer.sign(messageOf(key, text))).toString('base64'),
    isOn: (key, text, seal) =>
      typeof seal === 'string' && isSignedMessage(messageOf(key, text), Buffer.from(seal, 'base64'), keys),
  };
}
