/** Whoever only listens, to a decision or to a dispatcher: it changes nothing, and ends no process. */
import { describe, expect, it } from 'vitest';
import { RouteGuard } from '../../client/index.ts';
import { tell } from '../../client/listener.ts';
import { openTelemetry } from '../../client/opentelemetry.ts';
import type { RouteResult } from '../../client/result.ts';
import { type InstalledClient, installedClient } from './built-package.ts';
import { PLAIN } from './judged.ts';
import { boundText, REQUEST } from './vectors.ts';

const answers = (answer: object, observe: (decision: Promise<RouteResult>) => unknown) =>
  new RouteGuard({
    attempts: 1,
    observe,
    transport: {
      send: async (sent) => ({
        ...{ kind: 'answered', status: 200, functionError: null },
        text: boundText(sent, JSON.stringify(answer)),
      }),
    },
    surroundings: { now: () => Date.parse(PLAIN.timing.sentAt), monotonic: () => 0 },
  });
const DENIAL = {
  ...(PLAIN.reply.answer as object),
  decision: false,
  outcome: 'deny',
  reasons: [{ code: 'A' }],
};

const broken = new Error('the collector is gone');
/** A thenable that is no promise. */
const thenable = Object.defineProperty({}, 'then', {
  value: (_: unknown, rejected: (error: unknown) => void) => rejected(broken),
});
const LISTENERS: readonly (readonly [string, () => unknown])[] = [
  [
    'throws',
    () => {
      throw broken;
    },
  ],
  ['rejects', async () => Promise.reject(broken)],
  ['rejects later', () => new Promise((_, reject) => setImmediate(() => reject(broken)))],
  ['is a thenable that rejects', () => thenable],
  [
    'has a `then` that throws',
    () =>
      Object.defineProperty({}, 'then', {
        get: () => {
          throw broken;
        },
      }),
  ],
];

describe('a listener that', () => {
  it.each(LISTENERS)('%s is not heard', async (_, listener) => {
    tell(listener, 'something');
    expect(await answers(DENIAL, listener).decide(REQUEST)).toMatchObject({ kind: 'deny', cause: 'denied' });
    // Whatever nobody catches fails this file.
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('is OpenTelemetry’s gives back what may fail', async () => {
    const failing = Promise.reject(broken);
    const told = openTelemetry()(failing as never);
    await expect(told).rejects.toThrow(broken);
  });

  it.each<[string, (result: RouteResult) => void]>([
    ['makes a permit of a denial', (result) => Object.assign(result, { kind: 'permit' })],
    ['adds a reason', (result) => (result as unknown as { reasons: string[] }).reasons.push('B')],
  ])('%s changes nothing', async (_, change) => {
    const guard = answers(DENIAL, (decision) => decision.then(change));
    expect(await guard.route(REQUEST, async () => 'sent')).toMatchObject({
      sent: false,
      refusal: { reasons: ['A'] },
    });
  });
});

describe('in a process of its own', () => {
  const LINES = (listener: string) => `
    import { RouteGuard } from '@routeguard/client';
    import { Dispatcher } from '@routeguard/client/queue';
    const transport = { send: async () => ({ kind: 'throttled' }) };
    const guard = new RouteGuard({ transport, attempts: 1, observe: ${listener} });
    const dispatcher = new Dispatcher({
      guard, report: ${listener}, read: JSON.parse, message: () => ({ id: 'm', marking: 'U' }), path: () => ({ route: 'r' }),
      send: async () => {}, park: async () => {},
    });
    const record = { messageId: 'q-1', body: '{}', eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:q', attributes: {} };
    const answer = await dispatcher.sqs({ Records: [record] }, { getRemainingTimeInMillis: () => 30_000 });
    setTimeout(() => console.log(JSON.stringify(answer)), 20);`;
  it.each([
    ['throws', "() => { throw new Error('gone'); }"],
    ['rejects', "async () => { throw new Error('gone'); }"],
  ])('a log that %s leaves it running', async (what, listener) => {
    const service: InstalledClient = await installedClient([]);
    try {
      expect(await service.printed(`${what}.mjs`, LINES(listener))).toBe(
        '{"batchItemFailures":[{"itemIdentifier":"q-1"}]}\n',
      );
    } finally {
      service.remove();
    }
  });
});
