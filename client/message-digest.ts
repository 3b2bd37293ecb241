import { createHash } from 'node:crypto';

/**
 * The digest of a message's content as the guard writes it: `sha384:` and 96 hexadecimal digits. Text is hashed
 * as UTF-8.
 *
 * @example
 * const message = { id: sms.id, marking: sms.marking, digest: digestOfMessage(sms.text) };
 */
export function digestOfMessage(content: string | Uint8Array): `sha384:${string}` {
  return `sha384:${createHash('sha384').update(content).digest('hex')}`;
}
