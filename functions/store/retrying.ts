/** What may be asked again is asked again here, a bounded number of times, with waits that grow. */
import { callDynamo } from './dynamodb.ts';
import { StoreError } from './store-error.ts';

interface RetryTerms {
  readonly attempts: number;
  /** The wait after the first attempt is up to twice this long, in milliseconds; it doubles, with full jitter. */
  readonly backoffMs: number;
  /** After so many attempts a wait is as long as the one before. */
  readonly doublings?: number;
  readonly signal: AbortSignal;
}

/** Null for an attempt after which nothing is left to do; otherwise why it has to be made again, where that is known. */
type Unfinished = { readonly cause?: unknown } | null;

/** @throws StoreError STORE_UNAVAILABLE after the last attempt or at the deadline; what an attempt throws ends all */
export async function retrying(
  { attempts, backoffMs, doublings = attempts, signal }: RetryTerms,
  attempt: () => Promise<Unfinished>,
): Promise<void> {
  for (let made = 1; ; made += 1) {
    const unfinished = await attempt();
    if (unfinished === null) return;
    if (made === attempts) throw new StoreError('STORE_UNAVAILABLE', unfinished);
    await pause(backoffMs * 2 ** Math.min(made, doublings) * Math.random(), signal);
  }
}

/** Waits, unless the deadline comes first: then STORE_UNAVAILABLE. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await callDynamo(
      signal,
      () =>
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, ms);
        }),
    );
  } finally {
    clearTimeout(timer);
  }
}
