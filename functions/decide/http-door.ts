/** An HTTP door behind an IAM-authenticated REST API: the body's text in, one answer out, one line in the record. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Answer } from '../core/decision/answer.ts';
import { bindingOfText } from '../core/decision/question-binding.ts';
import { jsonResult, textOfBody } from '../service/http.ts';
import { inTime } from '../service/in-time.ts';
import type { Door } from './decision-line.ts';
import { startRecording } from './record.ts';
import { statusOf } from './status-of.ts';
import type { Trace } from './trace.ts';

export interface AnsweringService {
  answer(text: string, trace: Trace): Promise<Answer>;
  /** The answer for a call that could not be attended to in time. */
  outOfTime(trace: Trace): Answer;
}

function respond(answer: Answer, { reasons }: Trace): APIGatewayProxyResult {
  return jsonResult(statusOf(answer, reasons), answer);
}

/** A handler for a POST method; the caller in the record is the one API Gateway verified. */
export function httpDoor(door: Door, { answer, outOfTime }: AnsweringService) {
  return inTime<APIGatewayProxyEvent, APIGatewayProxyResult>((event) => {
    const text = textOfBody(event);
    const { trace, done } = startRecording({
      door,
      question: bindingOfText(text),
      caller: event.requestContext?.identity?.userArn ?? undefined,
      requestId: event.requestContext?.requestId,
    });
    return {
      // No text is no request.
      answer: async () => respond(done(await answer(text ?? '', trace)), trace),
      tooLate: () => respond(done(outOfTime(trace)), trace),
    };
  });
}
