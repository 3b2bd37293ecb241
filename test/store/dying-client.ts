/** Clients of processes that die, and of builds that say more than they have done. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HEAD_COPY_PREFIX } from '../../functions/store/head.ts';
import { engineClient } from '../engine.ts';

/** What is sent, as far as it is looked at here. */
export interface Sent {
  readonly command: string;
  readonly TableName?: string;
  readonly Item?: Readonly<Record<string, { readonly S?: string }>>;
  readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
}

/**
 * A client of the engine that tells what it sends.
 *
 * @param before called for each request, attempts counted; what it throws is all that comes of that request
 */
export function tellingClient(
  endpoint: string,
  before: (sent: Sent, send: () => Promise<unknown>) => Promise<unknown>,
): DynamoDBClient {
  const client = engineClient(endpoint);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context['commandName']);
      return (await before({ command, ...(args.input as object) }, () => next(args))) as Awaited<
        ReturnType<typeof next>
      >;
    },
    { step: 'initialize' },
  );
  return client;
}

/** What moves HEAD, its copies and the floor, each a step of its own; objects are written in batches. */
const STEPS: ReadonlySet<string> = new Set(['PutItemCommand', 'ExecuteStatementCommand']);

/** A process that dies with its step after so many: that one takes effect, and nobody hears of it. */
export function dyingClient(
  endpoint: string,
  after: number,
): { readonly client: DynamoDBClient; readonly isDead: () => boolean } {
  let steps = 0;
  const client = tellingClient(endpoint, async ({ command }, send) => {
    if (steps > after) throw died();
    if (!STEPS.has(command)) return send();
    steps += 1;
    const isLast = steps > after;
    const answer = await send();
    if (isLast) throw died();
    return answer;
  });
  return { client, isDead: () => steps > after };
}

/** Nothing that the SDK would try again. */
function died(): Error {
  return Object.assign(new Error('the process died'), { name: 'AccessDeniedException' });
}

/** The broken variant: says that HEAD's other copies have moved, and moves them when it comes to it. */
export function earlyClient(endpoint: string, lateMs: number): DynamoDBClient {
  return tellingClient(endpoint, async ({ command, Item }, send) => {
    if (command !== 'PutItemCommand' || Item?.['pk']?.S?.startsWith(HEAD_COPY_PREFIX) !== true) return send();
    setTimeout(() => void send().catch(() => undefined), lateMs);
    return { response: {}, output: { $metadata: {} } };
  });
}
