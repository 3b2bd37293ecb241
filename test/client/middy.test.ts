/** The middleware: the handler runs under a current permit, and in no other case. */
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import {
  type RequireRouteOptions,
  type RouteContext,
  RouteDeniedError,
  requireRoute,
} from '../../client/middy.ts';
import { type RouteResult, refusal } from '../../client/result.ts';
import { PLAIN } from './judged.ts';
import { clientFor, REQUEST } from './vectors.ts';

interface Sms {
  readonly text: string;
  readonly route: string;
}

const EVENT: Sms = { text: 'hello', route: 'sms-gb-primary' };

/** A function behind the middleware, and how often it ran. */
function protectedFunction(
  options: Partial<RequireRouteOptions<Sms>>,
  decide: () => Promise<RouteResult> = async () => refusal('denied'),
) {
  const ran: string[] = [];
  const asked: unknown[] = [];
  const guard = {
    decide: (request: unknown) => {
      asked.push(request);
      return decide();
    },
  };
  const handler = middy<Sms, unknown, Error, Context & RouteContext>(
    async (event: Sms, context: Context & RouteContext) => {
      ran.push(event.text);
      return context.routeguard.evaluationId;
    },
  ).use(
    requireRoute<Sms>({
      guard,
      message: ({ text }) => ({ id: 'm-1', marking: 'SECRET//NOFORN', digest: text }),
      path: ({ route }) => ({ route }),
      ...options,
    }),
  );
  return { ran, asked, call: () => handler(EVENT, {} as Context & RouteContext) };
}

const PERMIT = async () => (await clientFor(PLAIN)).decide(REQUEST);

describe('the handler behind requireRoute', () => {
  it('runs under a permit, and finds it in its context', async () => {
    const { ran, asked, call } = protectedFunction({ standards: ['UK-HRV-2020-01'] }, PERMIT);
    expect([await call(), ran]).toEqual(['e-1', ['hello']]);
    const message = { id: 'm-1', marking: 'SECRET//NOFORN', digest: 'hello' };
    expect(asked).toEqual([{ message, path: { route: 'sms-gb-primary' }, standards: ['UK-HRV-2020-01'] }]);
  });

  it.each(['denied', 'unknown-outcome', 'repeated-answer', 'unreachable', 'refused'] as const)(
    'does not run where the client says %s',
    async (cause) => {
      const { ran, call } = protectedFunction({}, async () => refusal(cause));
      await expect(call()).rejects.toMatchObject({ name: 'RouteDeniedError', refusal: refusal(cause) });
      expect(ran).toEqual([]);
    },
  );

  it.each<[string, Partial<RequireRouteOptions<Sms>>]>([
    ['the message callback throws', { message: () => JSON.parse('{') }],
    ['the message callback rejects', { message: async () => Promise.reject(new Error('x')) }],
    ['the message callback gives nothing', { message: () => JSON.parse('null') }],
    ['the path callback throws', { path: () => JSON.parse('{') }],
    ['the path callback rejects', { path: async () => Promise.reject(new Error('x')) }],
    ['the path callback gives nothing', { path: () => JSON.parse('null') }],
  ])('does not run when %s', async (what, broken) => {
    // Nothing is asked where a callback breaks; what gives nothing, the client itself refuses.
    const client = what.includes('nothing') ? { guard: await clientFor(PLAIN) } : {};
    const { ran, call } = protectedFunction({ ...broken, ...client }, PERMIT);
    await expect(call()).rejects.toMatchObject({ refusal: { cause: 'unusable-request', retry: 'never' } });
    expect(ran).toEqual([]);
  });

  it('does not run when the guard itself throws', async () => {
    const { ran, call } = protectedFunction({}, async () => Promise.reject(new Error('broken')));
    await expect(call()).rejects.toThrow('broken');
    expect(ran).toEqual([]);
  });

  it('does not run when the permit ran out before the handler', async () => {
    const stale = async () => ({ ...(await PERMIT()), current: () => false });
    const { ran, call } = protectedFunction({}, stale);
    const refused = { cause: 'lease-expired', retry: 'after', evaluationId: 'e-1' };
    await expect(call()).rejects.toMatchObject({ refusal: refused });
    expect(ran).toEqual([]);
  });
});

describe('options', () => {
  const GOOD = { guard: { decide: PERMIT }, message: () => ({}), path: () => ({}) };

  it.each<[string, unknown, RegExp]>([
    ['none', undefined, /takes an object/],
    ['nothing in them', {}, /needs a guard/],
    ['a guard that cannot decide', { ...GOOD, guard: {} }, /needs a guard/],
    ['a message that is one', { ...GOOD, message: { id: 'm-1' } }, /message must be a function/],
    ['no message', { ...GOOD, message: undefined }, /message must be a function/],
    ['a path that is one', { ...GOOD, path: { route: 'a' } }, /path must be a function/],
    ['standards, misspelt', { ...GOOD, standard: ['S'] }, /has no option standard; it takes guard, message/],
    ['onDenied, misspelt', { ...GOOD, onDenyed: () => 1 }, /has no option onDenyed/],
    ['standards as text', { ...GOOD, standards: 'S' }, /standards must be a list of ids/],
    ['standards as numbers', { ...GOOD, standards: [1] }, /standards must be a list of ids/],
    ['onDenied as a response', { ...GOOD, onDenied: { statusCode: 403 } }, /onDenied must be a function/],
  ])('throw at once for %s', (_, wrong, sentence) => {
    expect(() => requireRoute(wrong as RequireRouteOptions<Sms>)).toThrow(sentence);
    expect(() => requireRoute(wrong as RequireRouteOptions<Sms>)).toThrow(TypeError);
  });
});

describe('onDenied', () => {
  it('may answer in place of the handler', async () => {
    const { ran, call } = protectedFunction({
      onDenied: ({ sentence, retry }) => ({ statusCode: retry === 'after' ? 503 : 403, body: sentence }),
    });
    expect(await call()).toMatchObject({ statusCode: 403 });
    expect(ran).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['false', false],
    ['an empty text', ''],
  ])('may answer %s and the handler still does not run', async (_, response) => {
    const { ran, call } = protectedFunction({ onDenied: () => response });
    expect(await call()).toBe(response);
    expect(ran).toEqual([]);
  });

  it('cannot let the handler run by answering nothing', async () => {
    const { ran, call } = protectedFunction({ onDenied: async () => undefined });
    await expect(call()).rejects.toBeInstanceOf(RouteDeniedError);
    expect(ran).toEqual([]);
  });
});
