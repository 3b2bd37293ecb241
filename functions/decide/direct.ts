/**
 * The direct door: `lambda:InvokeFunction` by upstream services. It knows no caller and reads no API Gateway
 * identity. The request travels as text (`{ "request": "<JSON>" }`), so that duplicate members can be seen; a request
 * given as an object is accepted too, but the runtime has parsed it and the last of two equal members has won.
 */
import middy from '@middy/core';
import type { Answer } from '../core/decision/answer.ts';
import { assembleGuard } from './assemble.ts';
import { recordDecision } from './record.ts';

const guard = assembleGuard('codes');

function textOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !Object.hasOwn(event, 'request')) return undefined;
  const { request } = event as { request: unknown };
  return typeof request === 'string' && Object.keys(event).length === 1 ? request : undefined;
}

async function decideDirectly(event: unknown): Promise<Answer> {
  const text = textOf(event);
  const answer = await (text === undefined ? guard.decideValue(event) : guard.decideText(text));
  recordDecision(answer, 'direct', undefined, console.log);
  return answer;
}

/** An answer of our own before Lambda's timeout: a killed invocation is HTTP 200 with `FunctionError`. */
function answerBeforeTimeout(): Answer {
  const answer = guard.outOfTime();
  recordDecision(answer, 'direct', undefined, console.log);
  return answer;
}

export const handler = middy<unknown, Answer>({
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: answerBeforeTimeout,
}).handler(decideDirectly);
