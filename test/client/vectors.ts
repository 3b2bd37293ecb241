/** The vectors of client/vectors, and a client in the surroundings one of them describes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  type ObligationHandlers,
  type Reply,
  RouteGuard,
  type RouteRequest,
  type RouteResult,
} from '../../client/index.ts';

type Performance = 'done' | 'fails' | 'throws' | 'says-nothing' | 'never-ends';

export interface Vector {
  readonly name: string;
  readonly why: string;
  readonly asks?: { readonly messageDigest: string };
  readonly client: {
    readonly skewMs: number;
    readonly maxLeaseSeconds?: number;
    readonly performs: { readonly [type: string]: Performance };
    readonly alreadySeen: readonly string[];
  };
  readonly timing: {
    readonly sentAt: string;
    readonly receivedAt: string;
    readonly elapsedMs: number;
    readonly obligationsDoneAt?: string;
  };
  readonly reply: {
    readonly status?: number;
    readonly functionError?: string | null;
    readonly text?: string;
    readonly answer?: unknown;
    readonly failure?: Exclude<Reply['kind'], 'answered'>;
  };
  readonly expect: {
    readonly send: boolean;
    readonly kind: RouteResult['kind'];
    readonly cause: string | null;
    readonly retry: 'never' | 'after';
  };
}

const FOLDER = new URL('../../client/vectors/', import.meta.url);

export const VECTOR_FILES = readdirSync(FOLDER).filter((name) => /^[a-z-]+\.json$/.test(name));

export const VECTORS: readonly Vector[] = VECTOR_FILES.flatMap(
  (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Vector[],
);

export const REQUEST = {
  message: { id: 'm-1', marking: 'SECRET//NOFORN' },
  path: { route: 'sms-gb-primary' },
} as const;

/** What a vector asks about. */
export function requestOf({ asks }: Vector): RouteRequest {
  return asks === undefined
    ? REQUEST
    : { ...REQUEST, message: { ...REQUEST.message, digest: asks.messageDigest } };
}

/** The `question` of an answer that is bound to what is asked; `messageDigest` by its own. */
export const BOUND = { nonce: '{{nonce}}', digest: '{{digest}}' } as const;

/**
 * What a guard sends, with what it was asked in the places that a vector leaves for it.
 *
 * @param payload what arrived: a request, or the envelope of a direct invocation
 */
export function boundText(payload: string, answer: string): string {
  if (!answer.includes('{{')) return answer;
  const { request } = JSON.parse(payload) as { request?: string };
  const sent = request ?? payload;
  const { nonce, message } = JSON.parse(sent) as { nonce: string; message: { digest?: string } };
  const digest = `sha256:${createHash('sha256').update(sent).digest('hex')}`;
  return answer
    .replaceAll('{{nonce}}', nonce)
    .replaceAll('{{digest}}', digest)
    .replaceAll('{{message}}', message.digest ?? '{{message}}');
}

export function boundReply(sent: string, reply: Reply): Reply {
  return reply.kind === 'answered' ? { ...reply, text: boundText(sent, reply.text) } : reply;
}

/** A client in the surroundings the vector describes. */
export async function clientFor(vector: Vector): Promise<RouteGuard> {
  const { client, timing } = vector;
  let wall = Date.parse(timing.sentAt);
  let passed = 0;
  let primer = client.alreadySeen.length;
  const done = (): void => {
    if (timing.obligationsDoneAt !== undefined) wall = Date.parse(timing.obligationsDoneAt);
  };
  const guard = new RouteGuard({
    attempts: 1,
    skewMs: client.skewMs,
    ...(client.maxLeaseSeconds !== undefined && { maxLeaseSeconds: client.maxLeaseSeconds }),
    obligations: handlersFor(client.performs, done),
    transport: {
      async send(sent) {
        if (primer > 0) {
          primer -= 1;
          return boundReply(sent, earlierPermit(timing.sentAt, client.alreadySeen[primer] ?? ''));
        }
        wall = Date.parse(timing.receivedAt);
        passed = timing.elapsedMs;
        return boundReply(sent, replyOf(vector));
      },
    },
    surroundings: {
      now: () => wall,
      monotonic: () => passed,
      // Long waits are over at once, so a handler that never ends is one that was given up.
      timeout: (milliseconds) => AbortSignal.timeout(Math.min(milliseconds, 50)),
    },
  });
  for (const _ of client.alreadySeen) await guard.decide(REQUEST);
  return guard;
}

function handlersFor(performs: Vector['client']['performs'], done: () => void): ObligationHandlers {
  const behaviour: { readonly [P in Performance]: () => Promise<boolean> } = {
    done: async () => {
      done();
      return true;
    },
    fails: async () => false,
    throws: async () => {
      throw new Error('broken handler');
    },
    'says-nothing': async () => JSON.parse('null') as boolean,
    'never-ends': () => new Promise(() => {}),
  };
  return Object.fromEntries(Object.entries(performs).map(([type, how]) => [type, behaviour[how]]));
}

function replyOf({ reply }: Vector): Reply {
  if (reply.failure !== undefined) return { kind: reply.failure };
  return {
    kind: 'answered',
    status: reply.status ?? Number.NaN,
    functionError: reply.functionError ?? null,
    text: reply.text ?? JSON.stringify(reply.answer),
  };
}

/** A sound permit of what is asked, with the given id; see `boundReply`. */
export function earlierPermit(
  instant: string,
  evaluationId: string,
  leaseMs = 5_000,
  obligations: readonly object[] = [],
): Reply {
  const text = JSON.stringify({
    decision: true,
    question: BOUND,
    outcome: 'permit',
    enforceable: true,
    retry: 'never',
    evaluationId,
    evaluatedAt: instant,
    useBy: new Date(Date.parse(instant) + leaseMs).toISOString(),
    obligations,
  });
  return { kind: 'answered', status: 200, functionError: null, text };
}
