/**
 * The direct door: `lambda:InvokeFunction` by upstream services. It knows no caller and reads no API Gateway
 * identity. The request travels as text (`{ "request": "<JSON>" }`) and in no other way: of an object the runtime has
 * kept the last of two equal members, and forgotten its size, its depth and its byte-order mark.
 */
import type { Answer } from '../core/decision/answer.ts';
import { bindingOfText } from '../core/decision/question-binding.ts';
import { inTime } from '../service/in-time.ts';
import { assembleGuard } from './assemble.ts';
import { startRecording } from './record.ts';

const guard = assembleGuard('codes');

/** The text in an event that has it and nothing beside it. */
function textOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  const [[name, value] = [], ...others] = Object.entries(event);
  return name === 'request' && typeof value === 'string' && others.length === 0 ? value : undefined;
}

export const handler = inTime<unknown, Answer>((event, context) => {
  const text = textOf(event);
  const { trace, done } = startRecording({
    door: 'direct',
    question: bindingOfText(text),
    requestId: context.awsRequestId,
    invokedFunctionArn: context.invokedFunctionArn,
  });
  return {
    async answer() {
      return done(text === undefined ? guard.notText(trace) : await guard.decideText(text, trace));
    },
    tooLate: () => done(guard.outOfTime(trace)),
  };
});
