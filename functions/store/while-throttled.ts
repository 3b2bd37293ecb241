/** How whoever stops or publishes something goes on asking; apart from the client, so that who decides does not carry it. */
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** Of the SDK: what says after each attempt whether, and when, there is another. */
export type RetryStrategy = Extract<
  NonNullable<DynamoDBClientConfig['retryStrategy']>,
  { readonly acquireInitialRetryToken: unknown }
>;
type RetryToken = Parameters<RetryStrategy['refreshRetryTokenForRetry']>[0];

/** The longest wait is up to so many milliseconds, with full jitter; the first up to a sixteenth of it. */
const LONGEST_WAIT_MS = 100;

/** Attempts that may end in a fault of the service or of the network. */
const MOST_FAULTS = 3;

/** How often a call has failed otherwise than by a throttle. */
interface Token extends RetryToken {
  readonly faults: number;
}

/**
 * A throttled table will answer, and is asked again for as long as the caller waits; one that is dead is told of in seconds.
 * Three attempts, and besides as many as a throttled table takes until the call's signal ends, without which there is no end.
 * Without the SDK's own count of retries, which would let a process that was throttled often give up sooner than the last time.
 */
export const WHILE_THROTTLED: RetryStrategy = {
  acquireInitialRetryToken: async () => tokenAfter(0, 0),
  async refreshRetryTokenForRetry(last: RetryToken & Partial<Token>, { errorType, error }) {
    const faults = (last.faults ?? 0) + (errorType === 'THROTTLING' ? 0 : 1);
    if (errorType === 'CLIENT_ERROR' || faults >= MOST_FAULTS) throw error;
    return tokenAfter(last.getRetryCount() + 1, faults);
  },
  recordSuccess: () => undefined,
};

function tokenAfter(retries: number, faults: number): Token {
  const most = Math.min(LONGEST_WAIT_MS, (LONGEST_WAIT_MS / 32) * 2 ** retries);
  return { faults, getRetryCount: () => retries, getRetryDelay: () => most * Math.random() };
}
