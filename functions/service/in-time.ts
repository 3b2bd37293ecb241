/**
 * An answer of our own before Lambda's timeout: a killed invocation is HTTP 200 with `FunctionError`, and leaves no
 * record.
 */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';

/** What is kept back of an invocation's time for the early answer. */
const KEPT_BACK_MS = 500;

/** One invocation: its answer, and what is said instead where that takes too long. */
export interface Invocation<Result> {
  answer(): Promise<Result>;
  tooLate(): Result;
}

/**
 * A handler that begins something of its own for each invocation: middy's early response knows no request. What is written
 * for the record is about the answer that was sent: after an early one nothing is any more.
 */
export function inTime<Event, Result>(
  begin: (event: Event, context: Context, write: (line: string) => void) => Invocation<Result>,
) {
  return async (event: Event, context: Context): Promise<Result> => {
    let isSent = false;
    const { answer, tooLate } = begin(event, context, (line) => isSent || console.log(line));
    return middy<Event, Result>({
      timeoutEarlyInMillis: KEPT_BACK_MS,
      timeoutEarlyResponse: () => {
        const result = tooLate();
        isSent = true;
        return result;
      },
    }).handler(answer)(event, context);
  };
}
