/** The alias by which the guard's own API invokes what it released. */
export const LIVE_ALIAS = 'live';

/**
 * True where a function was invoked by that alias: Lambda writes the ARN it was invoked by, where no caller can. What was
 * published and not released, or not any more, changes nothing.
 */
export function isLive(invokedFunctionArn: string | undefined): boolean {
  return invokedFunctionArn?.split(':')[7] === LIVE_ALIAS;
}
