/**
 * Calls whoever only listens: neither what it throws, nor what the promise it gives back rejects with, changes anything or ends the
 * process.
 */
export function tell<T>(listener: ((told: T) => unknown) | undefined, told: T): void {
  try {
    Promise.resolve(listener?.(told)).catch(() => {});
  } catch {
    // It has no say.
  }
}
