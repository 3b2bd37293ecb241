import { createHash } from 'node:crypto';

/** What a decision reports as its `build`: the SHA-256 of the bytes of the function's `index.mjs`. */
export function digestOfBundle(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
