/** Resolves, with false, once a signal is aborted: for a race with what might never end. */
export function whenAborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
}
