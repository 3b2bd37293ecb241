/** A door of the control plane: an authenticated request in, one reply out, one line in the record. */
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { isLive, LIVE_ALIAS } from './live-alias.ts';
import { Refusal } from './refusal.ts';
import type { Handled } from './router.ts';

function respond({ status, body, record }: Handled): APIGatewayProxyResult {
  console.log(JSON.stringify(record));
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}

/** An answer of our own before Lambda's timeout. Whatever was under way may or may not have happened: it can be repeated. */
function answerBeforeTimeout(): APIGatewayProxyResult {
  return refuse(new Refusal('OUT_OF_TIME', 'not done in time: the same request may be sent again'));
}

/** Before anything of a request was read. */
function refuse({ status, body, code }: Refusal): APIGatewayProxyResult {
  const record = { event: 'registry', route: 'none', caller: null, status, code, version: null } as const;
  return respond({ status, body, record });
}

/** The Lambda handler of a door that answers with `handle`. */
export function registryDoor(handle: (event: unknown) => Promise<Handled>) {
  return middy<unknown, APIGatewayProxyResult>({
    timeoutEarlyInMillis: 500,
    timeoutEarlyResponse: answerBeforeTimeout,
  }).handler(async (event: unknown, { invokedFunctionArn }) =>
    isLive(invokedFunctionArn) ? respond(await handle(event)) : refuse(notReleased()),
  );
}

function notReleased(): Refusal {
  return new Refusal(
    'CALLER_UNKNOWN',
    `the registry acts only as the alias ${LIVE_ALIAS}, which the guard's API invokes`,
  );
}
