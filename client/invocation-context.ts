/**
 * What Lambda hands to a function beside its event: the `Context` of `@types/aws-lambda` by its shape, so that each stands for the
 * other and neither is needed to read the other's types.
 */
export interface InvocationContext {
  callbackWaitsForEmptyEventLoop: boolean;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  awsRequestId: string;
  logGroupName: string;
  logStreamName: string;
  getRemainingTimeInMillis(): number;
  /** Of an early runtime, and in its types to this day. */
  done(error?: Error, result?: unknown): void;
  fail(error: Error | string): void;
  succeed(message: unknown, object?: unknown): void;
}
