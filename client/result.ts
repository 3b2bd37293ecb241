import type { Obligation } from './obligations.ts';

/** Why a message is not sent. A closed set: a vector names one of these. */
export type Cause =
  // the guard decided
  | 'denied'
  // an answer came that nobody may act on
  | 'unreadable'
  | 'duplicate-member'
  | 'another-question'
  | 'unknown-decision'
  | 'unknown-outcome'
  | 'not-enforceable'
  | 'unknown-retry'
  | 'no-evaluation-id'
  | 'repeated-answer'
  | 'no-evaluation-time'
  | 'clocks-disagree'
  | 'no-lease'
  | 'lease-expired'
  | 'lease-outlived'
  | 'lease-too-long'
  | 'unknown-obligation'
  | 'obligation-failed'
  | 'unusable-request'
  // no answer came
  | 'function-error'
  | 'bad-status'
  | 'throttled'
  | 'timed-out'
  | 'unreachable'
  | 'unconfigured'
  | 'refused';

/** Whether asking again later could change the answer. */
export type Retry = 'never' | 'after';

/** The message may be sent now, until `useBy`. Every obligation has been performed. */
export interface Permit {
  readonly kind: 'permit';
  readonly retry: 'never';
  readonly sentence: string;
  readonly evaluationId: string;
  /** RFC 3339, the guard's clock. */
  readonly evaluatedAt: string;
  /** RFC 3339: act before this instant. */
  readonly useBy: string;
  /** Version of the registry that was decided on, or `null` where the answer does not say. */
  readonly registryVersion: number | null;
  /** The obligations of the answer, in its order, all performed. */
  readonly obligations: readonly Obligation[];
  /** False from the moment the lease is over, by the client's own clocks. Look again just before sending. */
  readonly current: () => boolean;
}

/** The guard said no, or said something that cannot be acted on. */
export interface Denial {
  readonly kind: 'deny';
  readonly retry: Retry;
  readonly cause: Cause;
  readonly sentence: string;
  /** Where the answer had one. */
  readonly evaluationId: string | null;
  /** Reason codes of the guard, upper-case snake. Empty where the answer could not be read. */
  readonly reasons: readonly string[];
}

/** Nobody decided. The message is not sent. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly retry: Retry;
  readonly cause: Cause;
  readonly sentence: string;
}

export type Refusal = Denial | Unavailable;
export type RouteResult = Permit | Refusal;

const permitsNothing = (why: string) => `The answer ${why}, so it permits nothing.`;

/** One plain sentence for each cause. Nothing of the message or of the answer is quoted. */
export const SENTENCES: { readonly [C in Cause]: string } = {
  denied: 'The guard does not permit this message on this path.',
  unreadable: permitsNothing('is not a JSON object'),
  'duplicate-member': permitsNothing('names one member twice'),
  'another-question':
    'The answer does not name this question, so it permits nothing: it is about another one, or of a guard that is older than this client.',
  'unknown-decision': permitsNothing('has no decision of true or false'),
  'unknown-outcome': 'The outcome in the answer is not a permit, whatever its decision says.',
  'not-enforceable': 'The answer is hypothetical, so nobody may act on it.',
  'unknown-retry': permitsNothing('has an unknown retry value'),
  'no-evaluation-id': permitsNothing('has no evaluation id'),
  'repeated-answer': 'This answer was already received for another request.',
  'no-evaluation-time': permitsNothing('does not say when it was made'),
  'clocks-disagree':
    'The answer was made before the question, or the clocks disagree by more than the allowed skew.',
  'no-lease': permitsNothing('does not say until when it may be used'),
  'lease-expired': 'The permit is no longer valid by the clock of this client.',
  'lease-outlived': 'More time has passed since the question than the permit lasts.',
  'lease-too-long': 'The permit lasts longer than this client accepts.',
  'unknown-obligation': 'The permit carries an obligation that this client cannot perform.',
  'obligation-failed': 'An obligation of the permit was not performed.',
  'unusable-request': 'The request cannot be sent: its message or its path was not to be had.',
  'function-error': 'The guard failed while it was deciding.',
  'bad-status': 'The guard answered with an unexpected status.',
  throttled: 'The guard is receiving too many requests.',
  'timed-out': 'The guard did not answer in time.',
  unreachable: 'The guard could not be reached.',
  unconfigured:
    'The guard was not asked: this process has no AWS credentials or no AWS Region. Set AWS_REGION, and AWS_PROFILE, a role or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  refused: 'This caller may not ask the guard, or asks in the wrong place.',
};

/** Causes where no answer was had; for every other cause an answer was had and it is a denial. */
const UNAVAILABLE: { readonly [C in Cause]?: Retry } = {
  'function-error': 'after',
  'bad-status': 'after',
  throttled: 'after',
  'timed-out': 'after',
  unreachable: 'after',
  unconfigured: 'never',
  refused: 'never',
};

/** Answers that came too late, or twice: the same question may well be answered in time. */
const ANOTHER_ANSWER: ReadonlySet<Cause> = new Set([
  'another-question',
  'repeated-answer',
  'lease-expired',
  'lease-outlived',
]);

/** Whether asking again can help, where the guard itself did not say. */
export function retryFor(cause: Cause): Retry {
  return UNAVAILABLE[cause] ?? (ANOTHER_ANSWER.has(cause) ? 'after' : 'never');
}

export interface RefusalDetail {
  /** Where it can be said more precisely than by the cause alone. */
  readonly sentence?: string;
  readonly retry?: Retry;
  readonly evaluationId?: string | null;
  readonly reasons?: readonly string[];
}

/** The refusal for a cause: `unavailable` where nobody decided, `deny` otherwise. */
export function refusal(cause: Cause, detail: RefusalDetail = {}): Refusal {
  const sentence = detail.sentence ?? SENTENCES[cause];
  const retry = detail.retry ?? retryFor(cause);
  if (UNAVAILABLE[cause] !== undefined) return { kind: 'unavailable', retry, cause, sentence };
  const { evaluationId = null, reasons = [] } = detail;
  return { kind: 'deny', retry, cause, sentence, evaluationId, reasons };
}
