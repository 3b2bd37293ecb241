/** An HTTP door behind an IAM-authenticated REST API: the body's text in, one answer out, one line in the record. */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Answer } from '../core/decision/answer.ts';
import type { Door } from './decision-line.ts';
import { textOfBody } from './http-text.ts';
import { type Recording, startRecording } from './record.ts';
import { statusOf } from './status-of.ts';
import type { Trace } from './trace.ts';

export interface Answering {
  answer(text: string, trace: Trace): Promise<Answer>;
  /** The answer for a call that could not be attended to in time. */
  outOfTime(trace: Trace): Answer;
}

function respond(answer: Answer, recording: Recording): APIGatewayProxyResult {
  recording.done(answer);
  return {
    statusCode: statusOf(answer),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(answer),
  };
}

/** A handler for a POST method; the caller in the record is the one API Gateway verified. */
export function httpDoor(door: Door, { answer, outOfTime }: Answering) {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
    timeoutEarlyInMillis: 500,
    timeoutEarlyResponse: () => {
      const recording = startRecording({ door });
      return respond(outOfTime(recording.trace), recording);
    },
  }).handler(async (event: APIGatewayProxyEvent) => {
    const recording = startRecording({
      door,
      caller: event.requestContext?.identity?.userArn ?? undefined,
      requestId: event.requestContext?.requestId,
    });
    return respond(await answer(textOfBody(event), recording.trace), recording);
  });
}
