/** What every HTTP door does the same: reading a body, answering once and in time, and one line about what was sent. */
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registryDoor } from '../../functions/registry/door.ts';
import { readEvent } from '../../functions/registry/http-request.ts';
import { gatewayIdOf, jsonResult, textOfBody } from '../../functions/service/http.ts';
import { inTime } from '../../functions/service/in-time.ts';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

/** Half a second is kept back: what takes longer than the rest is answered for. */
const contextWith = (remainingMs: number, more: object = {}) =>
  ({ getRemainingTimeInMillis: () => remainingMs, ...more }) as unknown as Context;

const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');

describe('a body', () => {
  it.each<[string, object, string | undefined]>([
    ['none', { body: null }, ''],
    ['nothing at all', {}, ''],
    ['an object', { body: {} }, ''],
    ['text', { body: '{}', isBase64Encoded: false }, '{}'],
    ['text that looks like base64', { body: 'e30=', isBase64Encoded: false }, 'e30='],
    ['text in base64', { body: 'e30=', isBase64Encoded: true }, '{}'],
    [
      'the byte order mark',
      { body: base64([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), isBase64Encoded: true },
      '\ufeff{}',
    ],
    ['bytes that are not UTF-8', { body: base64([0x61, 0xff, 0x62]), isBase64Encoded: true }, undefined],
    ['half a character', { body: base64([0xc3]), isBase64Encoded: true }, undefined],
    ['a surrogate in bytes', { body: base64([0xed, 0xa0, 0x80]), isBase64Encoded: true }, undefined],
  ])('%s', (_, event, expected) => {
    expect(textOfBody(event as never)).toBe(expected);
  });

  it('of the registry is refused where it is not UTF-8, and not read as no body', () => {
    const event = { httpMethod: 'POST', path: '/v1/registry/hold', isBase64Encoded: true };
    expect(() => readEvent({ ...event, body: base64([0x7b, 0xff, 0x7d]) })).toThrow('the body is not UTF-8');
  });
});

it.each<[unknown, string | undefined]>([
  ['0b6f0c50-1111-2222-3333-444455556666', '0b6f0c50-1111-2222-3333-444455556666'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['a'.repeat(65), undefined],
  ['', undefined],
  ['SECRET//NOFORN', undefined],
  [7, undefined],
  [undefined, undefined],
])('the id of a request %j is %j', (id, expected) => expect(gatewayIdOf(id)).toBe(expected));

it.each([
  [5_999_000, 200],
  [6_001_000, 500],
])('an answer of %i characters has status %i', (length, status) => {
  expect(jsonResult(200, 'x'.repeat(length)).statusCode).toBe(status);
});

describe('an answer before the time is over', () => {
  /** Answers when it is told to. */
  function slow() {
    const told = Promise.withResolvers<void>();
    const handler = inTime<unknown, string>((_event, _context, write) => ({
      async answer() {
        await told.promise;
        write('of the answer');
        return 'answered';
      },
      tooLate() {
        write('too late');
        return 'too late';
      },
    }));
    return { handler, told };
  }

  it('is the only one that is written of', async () => {
    const { handler, told } = slow();
    expect(await handler({}, contextWith(501))).toBe('too late');
    told.resolve();
    await told.promise;
    await Promise.resolve();
    expect(lines).toEqual(['too late']);
  });

  it('is not given to what is answered', async () => {
    const { handler, told } = slow();
    told.resolve();
    expect(await handler({}, contextWith(60_000))).toBe('answered');
    expect(lines).toEqual(['of the answer']);
  });
});

describe('the registry’s door', () => {
  const invokedFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:registry:live';
  const record = {
    event: 'registry',
    route: 'hold',
    caller: 'c',
    status: 200,
    code: null,
    version: 8,
  } as const;

  it.each<[string, unknown, object]>([
    ['the id that API Gateway gave it', { requestContext: { requestId: 'r-1' } }, { requestId: 'r-1' }],
    ['no id that is none', { requestContext: { requestId: 'a b' } }, {}],
    ['no id without one', null, {}],
  ])('writes of a request %s', async (_, event, more) => {
    const door = registryDoor(async () => ({ status: 200, body: {}, record }));
    await door(event, contextWith(60_000, { invokedFunctionArn }));
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ ...record, ...more }]);
  });

  it('writes nothing of what was done too late: the line is about what was sent', async () => {
    const told = Promise.withResolvers<void>();
    const door = registryDoor(async () => {
      await told.promise;
      return { status: 200, body: {}, record };
    });
    const { statusCode } = await door({}, contextWith(501, { invokedFunctionArn }));
    told.resolve();
    await told.promise;
    await Promise.resolve();
    await Promise.resolve();
    expect([statusCode, lines.map((line) => JSON.parse(line).code)]).toEqual([503, ['OUT_OF_TIME']]);
  });
});
