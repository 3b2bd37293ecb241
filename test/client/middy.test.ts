import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import {
  type RequireRouteOptions,
  type RouteContext,
  RouteDeniedError,
  requireRoute,
} from '../../client/middy.ts';
import { refusal } from '../../client/result.ts';
import { clientFor, VECTORS } from './vectors.ts';

interface Sms {
  readonly text: string;
  readonly route: string;
}

const EVENT: Sms = { text: 'hello', route: 'sms-gb-primary' };

/** A function behind the middleware, and how often it ran. */
function protectedFunction(
  options: Partial<RequireRouteOptions<Sms>> & Pick<RequireRouteOptions<Sms>, 'guard'>,
) {
  const ran: string[] = [];
  const handler = middy<Sms, unknown, Error, Context & RouteContext>(
    async (event: Sms, context: Context & RouteContext) => {
      ran.push(event.text);
      return context.routeguard.evaluationId;
    },
  ).use(
    requireRoute<Sms>({
      message: ({ text }) => ({ id: 'm-1', marking: 'SECRET//NOFORN', digest: text }),
      path: ({ route }) => ({ route }),
      ...options,
    }),
  );
  return { ran, call: () => handler(EVENT, {} as Context & RouteContext) };
}

const DENIES = { decide: async () => refusal('denied') };

describe('the handler behind requireRoute', () => {
  it.each(VECTORS)('runs only where the vector sends: $name', async (vector) => {
    const { ran, call } = protectedFunction({ guard: await clientFor(vector) });
    const outcome = await call().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    expect(ran).toHaveLength(vector.expect.send ? 1 : 0);
    if (vector.expect.send) expect(outcome).toEqual({ value: 'e-1' });
    else
      expect(outcome).toMatchObject({
        error: { name: 'RouteDeniedError', refusal: { kind: vector.expect.kind } },
      });
  });

  it.each<[string, Partial<RequireRouteOptions<Sms>>]>([
    ['the message callback throws', { message: () => JSON.parse('{') }],
    ['the message callback rejects', { message: async () => Promise.reject(new Error('x')) }],
    ['the message callback gives nothing', { message: () => JSON.parse('null') }],
    ['the path callback throws', { path: () => JSON.parse('{') }],
    ['the path callback gives nothing', { path: () => JSON.parse('null') }],
  ])('does not run when %s', async (_, broken) => {
    const vector = VECTORS.find(({ name }) => name === 'plain permit');
    if (vector === undefined) throw new Error('no such vector');
    const { ran, call } = protectedFunction({ guard: await clientFor(vector), ...broken });
    await expect(call()).rejects.toMatchObject({ refusal: { cause: 'unusable-request', retry: 'never' } });
    expect(ran).toEqual([]);
  });

  it('does not run when the guard itself throws', async () => {
    const { ran, call } = protectedFunction({
      guard: {
        decide: async () => {
          throw new Error('broken');
        },
      },
    });
    await expect(call()).rejects.toThrow('broken');
    expect(ran).toEqual([]);
  });

  it('does not run when the permit ran out before the handler', async () => {
    const vector = VECTORS.find(({ name }) => name === 'plain permit');
    if (vector === undefined) throw new Error('no such vector');
    const permit = await (await clientFor(vector)).decide({
      message: { id: 'm-1', marking: 'x' },
      path: { route: 'a' },
    });
    if (permit.kind !== 'permit') throw new Error('expected a permit');
    const { ran, call } = protectedFunction({
      guard: { decide: async () => ({ ...permit, current: () => false }) },
    });
    await expect(call()).rejects.toMatchObject({ refusal: { cause: 'lease-expired', retry: 'after' } });
    expect(ran).toEqual([]);
  });
});

describe('onDenied', () => {
  it('may answer in place of the handler', async () => {
    const { ran, call } = protectedFunction({
      guard: DENIES,
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
    const { ran, call } = protectedFunction({ guard: DENIES, onDenied: () => response });
    expect(await call()).toBe(response);
    expect(ran).toEqual([]);
  });

  it('cannot let the handler run by answering nothing', async () => {
    const { ran, call } = protectedFunction({ guard: DENIES, onDenied: async () => undefined });
    await expect(call()).rejects.toBeInstanceOf(RouteDeniedError);
    expect(ran).toEqual([]);
  });
});
