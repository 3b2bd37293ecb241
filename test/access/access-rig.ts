/** The access door over a real engine with the sample registry, called with events as API Gateway writes them. */
import type { APIGatewayProxyResult } from 'aws-lambda';
import { arrivalOf } from '../../functions/access/arrival.ts';
import { type DoorOptions, doorFor } from '../../functions/access/door.ts';
import profiles from '../../functions/access/marking-profiles.json' with { type: 'json' };
import { behindRestApi } from '../../functions/authzen/index.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { BUILD, type GuardRig, startGuardRig } from '../decide/rig.ts';
import { type Call, restEvent } from '../doors/rest-event.ts';
import { expectPublished } from '../openapi/in-document.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; shapes are for the test to assert. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted member by member
  readonly body: any;
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
        const event = restEvent(path, call);
        const arrival = arrivalOf(event, { callerFrom: 'iam', identifier: undefined });
        const reply = replyOf(
          await behindRestApi(doorFor(options, arrival).answer)({ ...event, path: arrival.path }),
        );
        expectPublished(event.httpMethod, arrival.path, reply.status, reply.body);
        return reply;
      };
    },
    stop: () => guard.stop(),
  };
}
