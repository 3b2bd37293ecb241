/** What an answer says of its question, so that nobody can take it for the answer to another one. */
import { type Digest, digestOf } from '../facts/canonical.ts';
import { member } from '../facts/fact.ts';
import { MESSAGE_DIGEST, NONCE } from '../request.ts';

/** Comes back in every answer, refusals too. */
export interface QuestionBinding {
  /** Of the request's text as it arrived, in UTF-8; of a door's whole body. Absent where no text arrived. */
  readonly digest?: Digest;
  /** The caller's own, as it was sent. Absent where there was none, or none of the form that a request's may have. */
  readonly nonce?: string;
  /** The digest that the question gives of its message. */
  readonly message?: string;
}

/** @param text undefined where what arrived was no text */
export function bindingOfText(text: string | undefined): QuestionBinding {
  return text === undefined ? {} : { digest: digestOf(Buffer.from(text)) };
}

function matching(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

/** The same, with what a request says of itself, as far as it can be read: a question that is refused had a nonce too. */
export function boundTo({ digest }: QuestionBinding, request: unknown): QuestionBinding {
  const nonce = matching(member(request, 'nonce'), NONCE);
  const message = matching(member(member(request, 'message'), 'digest'), MESSAGE_DIGEST);
  return {
    ...(digest !== undefined && { digest }),
    ...(nonce !== undefined && { nonce }),
    ...(message !== undefined && { message }),
  };
}
