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

/** A handler that begins something of its own for each invocation: middy's early response knows no request. */
export function inTime<Event, Result>(begin: (event: Event, context: Context) => Invocation<Result>) {
  return async (event: Event, context: Context): Promise<Result> => {
    const { answer, tooLate } = begin(event, context);
    return middy<Event, Result>({
      timeoutEarlyInMillis: KEPT_BACK_MS,
      timeoutEarlyResponse: tooLate,
    }).handler(answer)(event, context);
  };
}
