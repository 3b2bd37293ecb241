/**
 * The auditor's door: `POST /v1/audit/explain` behind the IAM-authenticated REST API, invoked by nothing else. A full
 * explanation reveals the policy, so it is a function and a grant of its own.
 */
import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { assemble } from '../decide/assemble.ts';
import { textOfBody } from '../decide/http-text.ts';
import { type Recording, startRecording } from '../decide/record.ts';
import { readSettings } from '../decide/settings.ts';
import { statusOf } from '../decide/status-of.ts';
import { createExplainer, type ExplainedAnswer } from './explain.ts';

const { guard, reader } = assemble('full', readSettings(process.env));
const explainer = createExplainer(guard, reader);

function respond(answer: ExplainedAnswer, recording: Recording): APIGatewayProxyResult {
  recording.done(answer);
  return {
    statusCode: statusOf(answer),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(answer),
  };
}

async function explainOverHttp(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const recording = startRecording({
    door: 'audit',
    caller: event.requestContext?.identity?.userArn ?? undefined,
    requestId: event.requestContext?.requestId,
  });
  return respond(await explainer.explainText(textOfBody(event), recording.trace), recording);
}

function answerBeforeTimeout(): APIGatewayProxyResult {
  const recording = startRecording({ door: 'audit' });
  return respond(guard.outOfTime(recording.trace), recording);
}

export const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: answerBeforeTimeout,
}).handler(explainOverHttp);
