/** A door of the control plane: an authenticated request in, one reply out, one line in the record. */
import type { APIGatewayProxyResult } from 'aws-lambda';
import { member } from '../core/facts/fact.ts';
import { gatewayIdOf, jsonResult } from '../service/http.ts';
import { inTime } from '../service/in-time.ts';
import { isLive, LIVE_ALIAS } from './live-alias.ts';
import { Refusal } from './refusal.ts';
import type { HandledRequest } from './router.ts';

/** The Lambda handler of a door that answers with `handle`. */
export function registryDoor(handle: (event: unknown) => Promise<HandledRequest>) {
  return inTime<unknown, APIGatewayProxyResult>((event, { invokedFunctionArn }, write) => {
    const requestId = gatewayIdOf(member(member(event, 'requestContext'), 'requestId'));
    const respond = ({ status, body, record }: HandledRequest) => {
      write(JSON.stringify({ ...record, ...(requestId !== undefined && { requestId }) }));
      return jsonResult(status, body);
    };
    return {
      answer: async () => respond(isLive(invokedFunctionArn) ? await handle(event) : refused(notReleased())),
      // Whatever was under way may or may not have happened: it can be repeated.
      tooLate: () =>
        respond(refused(new Refusal('OUT_OF_TIME', 'not done in time: the same request may be sent again'))),
    };
  });
}

/** Before anything of a request was read. */
function refused({ status, body, code }: Refusal): HandledRequest {
  const record = { event: 'registry', route: 'none', caller: null, status, code, version: null } as const;
  return { status, body, record };
}

function notReleased(): Refusal {
  return new Refusal(
    'CALLER_UNKNOWN',
    `the registry acts only as the alias ${LIVE_ALIAS}, which the guard's API invokes`,
  );
}
