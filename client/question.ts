import { createHash } from 'node:crypto';

/** A question as it travels, and what of it the answer must bring back. */
export interface SentQuestion {
  readonly text: string;
  /** Made at random for this one question. */
  readonly nonce: string;
  /** `sha256:` and 64 hexadecimal digits, of the text in UTF-8. */
  readonly digest: string;
  /** The digest of the message, where the caller gave one. */
  readonly message: unknown;
}

/** @param members what is asked; its `message` is an object, or nothing a guard answers */
export function questionToSend(members: { readonly message?: unknown }, nonce: string): SentQuestion {
  const text = JSON.stringify({ ...members, nonce });
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return { text, nonce, digest, message: own(members.message, 'digest') };
}

/** True where an answer's `question` is this one. What else stands in it is ignored. */
export function isAbout(question: unknown, { nonce, digest, message }: SentQuestion): boolean {
  return (
    own(question, 'nonce') === nonce &&
    own(question, 'digest') === digest &&
    own(question, 'message') === message
  );
}

function own(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, member)
    ? (value as Readonly<Record<string, unknown>>)[member]
    : undefined;
}
