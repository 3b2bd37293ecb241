/**
 * The purge's door: `/v1/registry-purge/…`. A function of its own, because its role is the only one that may overwrite an
 * object: the registry function, which everybody who proposes calls, must not have it.
 */
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { assembleReader, BUDGET_MS, SLICE_MS } from './assemble.ts';
import { approvePurge, requestPurge, showPurge } from './purge-request.ts';
import { matchPurgeRoute, type PurgeRouteName } from './purge-routes.ts';
import { Refusal } from './refusal.ts';
import { type Handled, handleWith } from './router.ts';

const context = assembleReader();

const USE_CASES = {
  'request-purge': requestPurge,
  'show-purge': showPurge,
  'approve-purge': approvePurge,
} as const satisfies Record<PurgeRouteName, unknown>;

function respond({ status, body, record }: Handled): APIGatewayProxyResult {
  console.log(JSON.stringify(record));
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

function answerBeforeTimeout(): APIGatewayProxyResult {
  const { status, body, code } = new Refusal(
    'OUT_OF_TIME',
    'not done in time: the same request may be sent again',
  );
  const record = { event: 'registry', route: 'none', caller: null, status, code, version: null } as const;
  return respond({ status, body, record });
}

export const handler = middy<unknown, APIGatewayProxyResult>({
  timeoutEarlyInMillis: 500,
  timeoutEarlyResponse: answerBeforeTimeout,
}).handler(async (event: unknown) => {
  const times = { budgetMs: BUDGET_MS, sliceMs: SLICE_MS };
  const handled = await handleWith(context, event, times, (method, path) => {
    const matched = matchPurgeRoute(method, path);
    return matched === undefined ? undefined : { ...matched, useCase: USE_CASES[matched.name] };
  });
  return respond(handled);
});
