/** The HTTP door: `POST /v1/decide` behind an IAM-authenticated REST API, invoked by nothing else. */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Answer } from '../core/decision/answer.ts';
import { assembleGuard } from './assemble.ts';
import { textOfBody } from './http-text.ts';
import { type Recording, startRecording } from './record.ts';
import { statusOf } from './status-of.ts';

const guard = assembleGuard('codes');

function callerOf(event: APIGatewayProxyEvent): string | undefined {
  return event.requestContext?.identity?.userArn ?? undefined;
}

function respond(answer: Answer, recording: Recording): APIGatewayProxyResult {
  recording.done(answer);
  return {
    statusCode: statusOf(answer),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(answer),
  };
}

async function decideOverHttp(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const recording = startRecording({
    door: 'http',
    caller: callerOf(event),
    requestId: event.requestContext?.requestId,
  });
  return respond(await guard.decideText(textOfBody(event), recording.trace), recording);
}

function answerBeforeTimeout(): APIGatewayProxyResult {
  const recording = startRecording({ door: 'http' });
  return respond(guard.outOfTime(recording.trace), recording);
}

export const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: answerBeforeTimeout,
}).handler(decideOverHttp);
