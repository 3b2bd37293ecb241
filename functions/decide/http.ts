/** The HTTP door: `POST /v1/decide` behind an IAM-authenticated REST API, invoked by nothing else. */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Answer } from '../core/decision/answer.ts';
import { classOfReason } from '../core/decision/reasons.ts';
import { assembleGuard } from './assemble.ts';
import { recordDecision } from './record.ts';

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

function respond(answer: Answer, event: APIGatewayProxyEvent | undefined): APIGatewayProxyResult {
  recordDecision(answer, 'http', event === undefined ? undefined : callerOf(event), console.log);
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
  return respond(await guard.decideText(bodyOf(event)), event);
}

export const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: () => respond(guard.outOfTime(), undefined),
}).handler(decideOverHttp);
