import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalGuard } from '../../infra/local/local-guard.ts';
import { expectPublished, PUBLISHED } from '../openapi/in-document.ts';
import { call, invoke, startFixtureGuard } from './guard-fixture.ts';

let guard: LocalGuard;
let url: string;
beforeAll(async () => {
  guard = await startFixtureGuard();
  url = guard.context.baseUrl;
});
afterAll(() => guard.stop());

describe('the Invoke path, by the real SDK', () => {
  it.each([
    ['the short name', 'decide', undefined],
    ['the short name and the alias', 'decide', 'live'],
    ['the alias in the name', 'decide:live', undefined],
    ['$LATEST', 'decide', '$LATEST'],
    ['the synthesised name', /^Test-/, 'live'],
    ['the ARN of the alias', /^arn:/, undefined],
  ])('answers by %s', async (_what, name, Qualifier) => {
    const { payload } = await invoke(url, {}, { FunctionName: 'decide', Qualifier: 'live' });
    const arn = (payload as { arn: string }).arn;
    const synthesised = arn.split(':').at(-2) ?? '';
    const FunctionName = typeof name === 'string' ? name : name.test(synthesised) ? synthesised : arn;
    const answer = await invoke(
      url,
      { a: 1 },
      Qualifier === undefined ? { FunctionName } : { FunctionName, Qualifier },
    );
    expect(answer).toMatchObject({ status: 200, error: undefined, payload: { event: { a: 1 } } });
  });

  it('gives null for undefined', async () => {
    expect(await invoke(url, { behaviour: 'undefined' })).toEqual({
      status: 200,
      error: undefined,
      payload: null,
    });
  });

  it('gives 200 with FunctionError for a fault', async () => {
    expect(await invoke(url, { behaviour: 'throw' })).toMatchObject({
      status: 200,
      error: 'Unhandled',
      payload: { errorType: 'RangeError', errorMessage: 'thrown' },
    });
  });

  it('ends a hanging function at its timeout, and serves the next call', async () => {
    const hanging = invoke(url, { behaviour: 'hang' });
    expect(await invoke(url, {})).toMatchObject({ status: 200, error: undefined });
    expect(await hanging).toMatchObject({ error: 'Unhandled', payload: { errorType: 'Sandbox.Timedout' } });
    expect(await invoke(url, {})).toMatchObject({ status: 200, error: undefined });
  });

  it.each([
    ['Event', 202],
    ['DryRun', 204],
  ] as const)('knows the invocation type %s', async (InvocationType, status) => {
    expect(await invoke(url, {}, { InvocationType })).toMatchObject({ status });
  });

  it.each([
    ['an unknown function', { FunctionName: 'nothing' }, '{}', 'caller', 'ResourceNotFoundException'],
    ['an unknown qualifier', { Qualifier: 'dead' }, '{}', 'caller', 'ResourceNotFoundException'],
    ['the function behind the API', { FunctionName: 'decide-http' }, '{}', 'caller', 'AccessDeniedException'],
    [
      'the function of the deployment',
      { FunctionName: 'commit-key' },
      '{}',
      'caller',
      'AccessDeniedException',
    ],
    ['an identity without the right', {}, '{}', 'proposer', 'AccessDeniedException'],
    ['an identity nobody knows', {}, '{}', 'nobody', 'UnrecognizedClientException'],
    ['a payload that is no JSON', {}, '{"a":', 'caller', 'InvalidRequestContentException'],
    ['a payload beyond the limit', {}, `"${'x'.repeat(6_291_556)}"`, 'caller', 'RequestTooLargeException'],
    ['a payload beyond any limit', {}, `"${'x'.repeat(11_000_000)}"`, 'caller', 'RequestTooLargeException'],
  ])('refuses %s', async (_what, input, payload, who, name) => {
    await expect(invoke(url, payload, input, who)).rejects.toMatchObject({ name });
  });
});

describe('the HTTP path', () => {
  it('hands over the verified identity, whatever the caller claims', async () => {
    const body = JSON.stringify({ behaviour: 'event', requestContext: { identity: { userArn: 'forged' } } });
    const { status, body: text } = await call(url, {
      body,
      path: '/v1/decide?b=2&a=1%202',
      headers: { 'x-user': 'x' },
    });
    expect(status).toBe(200);
    const { requestContext, headers, multiValueHeaders, ...rest } = JSON.parse(text);
    expect(rest).toEqual({
      resource: '/v1/decide',
      path: '/v1/decide',
      httpMethod: 'POST',
      queryStringParameters: { a: '1 2', b: '2' },
      multiValueQueryStringParameters: { a: ['1 2'], b: ['2'] },
      pathParameters: null,
      stageVariables: null,
      body,
      isBase64Encoded: false,
    });
    expect(requestContext.identity).toEqual({
      accessKey: 'LOCALCALLER',
      accountId: '000000000000',
      caller: 'AROALOCALCALLER:message-switch',
      principalOrgId: null,
      sourceIp: '127.0.0.1',
      user: 'AROALOCALCALLER:message-switch',
      userAgent: 'node',
      userArn: 'arn:aws:sts::000000000000:assumed-role/routeguard-caller/message-switch',
    });
    expect(requestContext).toMatchObject({ authorizer: null, resourcePath: '/v1/decide' });
    expect([headers['x-user'], multiValueHeaders['x-user']]).toEqual(['x', ['x']]);
  });

  it('keeps status, headers and bytes of the function', async () => {
    const { status, body, headers } = await call(url, { body: '{"behaviour":"headers"}' });
    expect([status, body, headers.get('x-one'), headers.get('x-two')]).toEqual([418, 'text', '1', 'a, b']);
  });

  it.each([
    ['a path that is not there', { path: '/v1/nothing' }, 403, 'Missing Authentication Token'],
    ['a method that is not there', { method: 'PUT' }, 403, 'Missing Authentication Token'],
    ['a GET', { method: 'GET', body: '' }, 403, 'Missing Authentication Token'],
    ['an identity without the right', { who: 'approver' }, 403, 'not authorized'],
    ['an identity nobody knows', { who: 'nobody' }, 403, 'security token'],
    ['a body that is no JSON', { body: '{' }, 400, 'Invalid request body'],
    ['a body that is no object', { body: '[]' }, 400, 'Invalid request body'],
    ['no body', { body: '' }, 400, 'Invalid request body'],
    ['a body too long for the event', { body: `{"a":"${'x'.repeat(6_291_556)}"}` }, 413, 'Request Too Long'],
    ['a function that throws', { body: '{"behaviour":"throw"}' }, 502, 'Internal server error'],
    ['a result without a status', { body: '{"behaviour":"no-status"}' }, 502, 'Internal server error'],
    ['a result that is null', { body: '{"behaviour":"null"}' }, 502, 'Internal server error'],
    ['a body that is no text', { body: '{"behaviour":"no-text"}' }, 502, 'Internal server error'],
  ])('answers %s', async (_what, request, status, message) => {
    const answer = await call(url, request);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(message);
    expectPublished('POST', '/v1/decide', status, JSON.parse(answer.body));
  });

  it('tells whoever asks what can be asked, unsigned, as it is published', async () => {
    const response = await fetch(`${url}/openapi.json`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.json()).toEqual(PUBLISHED);
    expect((await fetch(`${url}/openapi.json`, { method: 'POST' })).status).toBe(403);
  });

  it('refuses what nobody signed, and echoes nothing of it', async () => {
    const response = await fetch(`${url}/v1/decide?secret-text`, {
      method: 'POST',
      body: '{"secret-text":1}',
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });
});

it('beyond what is reserved, Invoke says so and API Gateway does not', async () => {
  const none = await startFixtureGuard({
    empty: true,
    change: ({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources))
        if (
          Type === 'AWS::Lambda::Function' &&
          JSON.stringify(Properties['LoggingConfig']).includes('GuardDecide')
        )
          Properties['ReservedConcurrentExecutions'] = 0;
    },
  });
  try {
    await expect(invoke(none.context.baseUrl, {})).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: { httpStatusCode: 429 },
    });
    const { status, body } = await call(none.context.baseUrl);
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
  } finally {
    await none.stop();
  }
});
