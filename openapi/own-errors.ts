/** Errors that more than one door answers, with one sentence for a body. */
import { errorMessage } from '../functions/authzen/responses.ts';
import type { ApiErrors } from './operation.ts';

const SENTENCE = { name: 'ErrorMessage', schema: errorMessage } as const;

/** What is wrong with a question of AuthZEN, or with whoever asks it. */
export const sentence = (means: string, example: string): ApiErrors[string] => ({
  ...SENTENCE,
  means,
  example,
});

export const NOT_AUTHENTICATED = sentence('The caller is not authenticated.', 'authentication is needed');
export const ANOTHER_METHOD = sentence('Another method than POST.', 'only POST is possible here');
export const TOO_LARGE = sentence(
  'The answer is larger than Lambda may give.',
  'the answer is too large: ask for less at a time',
);
