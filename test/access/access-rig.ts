/** The access door over a real engine with the sample registry, called with events as API Gateway writes them. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { arrivalOf } from '../../functions/access/arrival.ts';
import { type DoorOptions, doorFor } from '../../functions/access/door.ts';
import profiles from '../../functions/access/marking-profiles.json' with { type: 'json' };
import { behindRestApi } from '../../functions/authzen/index.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { BUILD, type GuardRig, startGuardRig } from '../decide/rig.ts';

export const CALLER = 'arn:aws:sts::000000000000:assumed-role/routeguard-caller/message-switch';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; shapes are for the test to assert. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted member by member
  readonly body: any;
}

export interface Call {
  readonly method?: string;
  readonly caller?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is; objects are written as JSON. */
  readonly body?: unknown;
}

export interface AccessRig {
  readonly guard: GuardRig;
  /** Lines the door has written, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Strong reads of HEAD so far. */
  headReads(): number;
  /** A door as a fresh process has it, with the caches of one reader. */
  door(overrides?: Partial<DoorOptions>): (path: string, call?: Call) => Promise<Reply>;
  stop(): Promise<void>;
}

function eventFor(path: string, call: Call): APIGatewayProxyEvent {
  const { method = 'POST', caller = CALLER, headers = { 'Content-Type': 'application/json' }, body } = call;
  return {
    resource: path,
    path: `/base${path}`,
    httpMethod: method,
    headers,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      domainName: 'abc.execute-api.eu-west-2.amazonaws.com',
      path: `/guard${path}`,
      requestId: '0b6f0c50-1111-2222-3333-444455556666',
      identity: { userArn: caller },
    },
  } as unknown as APIGatewayProxyEvent;
}

function replyOf(result: APIGatewayProxyResult): Reply {
  const text = result.body;
  return {
    status: result.statusCode,
    headers: (result.headers ?? {}) as Record<string, string>,
    text,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

export async function startAccessRig(facts?: ReadonlyMap<string, RawFact>): Promise<AccessRig> {
  const guard = await startGuardRig(facts);
  const lines: Record<string, unknown>[] = [];
  let headReads = 0;
  guard.store.client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'GetItemCommand') headReads += 1;
      return next(args);
    },
    { step: 'initialize', name: 'countHeadReads' },
  );
  return {
    guard,
    lines,
    headReads: () => headReads,
    door(overrides = {}) {
      const reader = guard.store.reader();
      const options: DoorOptions = {
        guard: guard.guard({ reader }),
        reader,
        profiles,
        build: BUILD,
        clock: Date.now,
        searchMs: 60_000,
        pageKey: new Uint8Array(32),
        write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
        ...overrides,
      };
      return async (path, call = {}) => {
        const event = eventFor(path, call);
        const arrival = arrivalOf(event, { callerFrom: 'iam', identifier: undefined });
        return replyOf(
          await behindRestApi(doorFor(options, arrival).answer)({ ...event, path: arrival.path }),
        );
      };
    },
    stop: () => guard.stop(),
  };
}
