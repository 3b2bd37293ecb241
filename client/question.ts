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

/**
 * @param members what is asked; its `message` is an object, or nothing a guard answers
 * @throws TypeError for a nonce that no guard brings back
 */
export function questionToSend(members: { readonly message?: unknown }, nonce: string): SentQuestion {
  if (typeof nonce !== 'string' || !/^[A-Za-z0-9_-]{16,128}$/.test(nonce))
    throw new TypeError('a nonce is 16 to 128 letters, digits, dashes and underscores');
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

/**
 * The same of a refusal: of a request that a guard cannot read it knows the text alone, in which the nonce is, and what is no digest does
 * not come back. What does must be ours.
 */
export function mayRefuse(question: unknown, { nonce, digest, message }: SentQuestion): boolean {
  return (
    own(question, 'digest') === digest &&
    [undefined, nonce].includes(own(question, 'nonce') as string | undefined) &&
    [undefined, message].includes(own(question, 'message'))
  );
}

function own(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, member)
    ? (value as Readonly<Record<string, unknown>>)[member]
    : undefined;
}
