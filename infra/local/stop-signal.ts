/**
 * Aborts on the first Ctrl-C, SIGTERM or closing of the terminal. A second one ends the process at once: whatever was started dies with it,
 * since the database hangs on a pipe and each sandbox watches its parent.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Stopped());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  return controller.signal;
}

/** The person asked to stop: no failure. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The outcome of `work`, unless the signal comes first; then its reason is thrown. */
export async function untilStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
