/** A guard gave nothing to act on: what is said of it, and whether anybody said no or nobody decided. */
import { replyForStatus } from '../client/reply.ts';
import { type Cause, type Retry, retryFor, SENTENCES } from '../client/result.ts';
import { EXIT } from './exit.ts';
import { complain } from './terminal.ts';

type NoPermit = typeof EXIT.refused | typeof EXIT.unavailable;

interface NoAnswerDetail extends ErrorOptions {
  /** @default nobody decided */
  readonly exit?: NoPermit;
  /** Whether asking again could help. @default 'after' */
  readonly retry?: Retry;
}

/** The guard could not be asked, refused to be, or nobody may act on what it answered. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly exit: NoPermit;
  readonly retry: Retry;

  constructor(
    message: string,
    { exit = EXIT.unavailable, retry = 'after', ...options }: NoAnswerDetail = {},
  ) {
    super(message, options);
    this.exit = exit;
    this.retry = retry;
  }
}

const { refused: SAID_NO, unavailable: NOBODY_SAID } = EXIT;

/** Somebody said no, or gave a permit that may not be acted on; or nothing came that is an answer to this question. */
const EXIT_OF_CAUSE: { readonly [C in Cause]: NoPermit } = {
  denied: SAID_NO,
  'unknown-outcome': SAID_NO,
  'not-enforceable': SAID_NO,
  'unknown-retry': SAID_NO,
  'no-evaluation-id': SAID_NO,
  'repeated-answer': SAID_NO,
  'no-evaluation-time': SAID_NO,
  'clocks-disagree': SAID_NO,
  'no-lease': SAID_NO,
  'lease-expired': SAID_NO,
  'lease-outlived': SAID_NO,
  'lease-too-long': SAID_NO,
  'unknown-obligation': SAID_NO,
  'obligation-failed': SAID_NO,
  // The door in front of the guard, to this caller.
  refused: SAID_NO,
  'unusable-request': NOBODY_SAID,
  unreadable: NOBODY_SAID,
  'duplicate-member': NOBODY_SAID,
  'another-question': NOBODY_SAID,
  'unknown-decision': NOBODY_SAID,
  'function-error': NOBODY_SAID,
  'bad-status': NOBODY_SAID,
  throttled: NOBODY_SAID,
  'timed-out': NOBODY_SAID,
  unreachable: NOBODY_SAID,
  unconfigured: NOBODY_SAID,
};

/** @param sentence where it can be said better than by the cause alone */
export function noAnswerFor(
  cause: Cause,
  detail: Omit<NoAnswerDetail, 'exit'> = {},
  sentence = SENTENCES[cause],
): NoAnswerError {
  return new NoAnswerError(sentence, { retry: retryFor(cause), ...detail, exit: EXIT_OF_CAUSE[cause] });
}

/** True of an HTTP status by which somebody said no; any other that is no answer says that nobody decided. */
export function saysNo(status: number): boolean {
  return replyForStatus(status).kind === 'refused';
}

/** Says why there is no answer, and leaves the exit code. @throws whatever is not a {@link NoAnswerError} */
export function endWithoutAnswer(error: unknown): NoAnswerError {
  if (!(error instanceof NoAnswerError)) throw error;
  complain(error.message);
  process.exitCode = error.exit;
  return error;
}
