/** The HTTP door: `POST /v1/decide` behind an IAM-authenticated REST API, invoked by nothing else. */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Answer } from '../core/decision/answer.ts';
import { classOfReason } from '../core/decision/reasons.ts';
import { assembleGuard } from './assemble.ts';
import { type Recording, startRecording } from './record.ts';

const guard = assembleGuard('codes');

function callerOf(event: APIGatewayProxyEvent): string | undefined {
  return event.requestContext?.identity?.userArn ?? undefined;
}

/** A deny is an answer (200). Only a request that could not be read at all is the caller's error (400). */
function statusOf(answer: Answer): number {
  const invalid =
    answer.standards.length === 0 && answer.reasons.some((r) => classOfReason(r.code) === 'invalid');
  return invalid && answer.label === undefined && answer.at === undefined ? 400 : 200;
}

function respond(answer: Answer, recording: Recording): APIGatewayProxyResult {
  recording.done(answer);
  return {
    statusCode: statusOf(answer),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(answer),
  };
}

function bodyOf(event: APIGatewayProxyEvent): string {
  if (typeof event.body !== 'string') return '';
  return event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
}

async function decideOverHttp(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const recording = startRecording({
    door: 'http',
    caller: callerOf(event),
    requestId: event.requestContext?.requestId,
  });
  return respond(await guard.decideText(bodyOf(event), recording.trace), recording);
}

function answerBeforeTimeout(): APIGatewayProxyResult {
  const recording = startRecording({ door: 'http' });
  return respond(guard.outOfTime(recording.trace), recording);
}

export const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: answerBeforeTimeout,
}).handler(decideOverHttp);
