/**
 * The direct door: `lambda:InvokeFunction` by upstream services. It knows no caller and reads no API Gateway
 * identity. The request travels as text (`{ "request": "<JSON>" }`), so that duplicate members can be seen; a request
 * given as an object is accepted too, but the runtime has parsed it and the last of two equal members has won.
 */
import type { Answer } from '../core/decision/answer.ts';
import { assembleGuard } from './assemble.ts';
import { inTime } from './in-time.ts';
import { startRecording } from './record.ts';

const guard = assembleGuard('codes');

function textOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !Object.hasOwn(event, 'request')) return undefined;
  const { request } = event as { request: unknown };
  return typeof request === 'string' && Object.keys(event).length === 1 ? request : undefined;
}

export const handler = inTime<unknown, Answer>((event, context) => {
  const recording = startRecording({
    door: 'direct',
    requestId: context.awsRequestId,
    invokedFunctionArn: context.invokedFunctionArn,
  });
  const text = textOf(event);
  return {
    async answer() {
      const answer = await (text === undefined
        ? guard.decideValue(event, recording.trace)
        : guard.decideText(text, recording.trace));
      return recording.done(answer);
    },
    tooLate: () => recording.done(guard.outOfTime(recording.trace)),
  };
});
