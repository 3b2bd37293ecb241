/** The example: its service, its carrier, and the bundle its stack deploys against a guard that fails in every way. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RouteContext } from '../../client/middy.ts';
import { refusal } from '../../client/result.ts';
import { httpGateway, type Sms } from '../../examples/sms-service/gateway.ts';
import { smsService } from '../../examples/sms-service/service.ts';
import { SmsServiceStack } from '../../examples/sms-service/stack.ts';
import { PLAIN } from '../client/judged.ts';
import { type LoopbackServer, loopbackServer } from '../client/loopback-server.ts';
import { BOUND, clientFor, REQUEST } from '../client/vectors.ts';
import { answering, deployedBundle, permitOf } from './deployed-bundle.ts';

const SMS: Sms = { id: 'm-1', marking: 'SECRET//REL TO USA, GBR', to: '+447700900000', text: 'hello' };
const GUARD_ARN = 'arn:aws:lambda:eu-west-2:111122223333:function:decide:live';
const CONTEXT = {} as Context & RouteContext;

describe('the service', () => {
  it('asks about the very message on its own route, and sends it once', async () => {
    const sent: Sms[] = [];
    const asked: unknown[] = [];
    const permit = await (await clientFor(PLAIN)).decide(REQUEST);
    const guard = {
      decide: async (request: unknown) => {
        asked.push(request);
        return permit;
      },
    };
    const gateway = { send: async (sms: Sms) => void sent.push(sms) };
    const result = await smsService(guard, gateway, 'sms-gb-primary')(SMS, CONTEXT);
    expect([result, sent]).toEqual([{ sent: true, evaluationId: 'e-1' }, [SMS]]);
    // SHA-384 of `hello`.
    const digest =
      'sha384:59e1748777448c69de6b800d7a33bbfb9ff1b463e44354c3553bcdb9c666fa90125a3c79f90397bdf5f6a13de828684f';
    const { id, marking } = SMS;
    expect(asked).toEqual([{ message: { id, marking, digest }, path: { route: 'sms-gb-primary' } }]);
  });

  it.each([
    ['denied', 'never'],
    ['throttled', 'after'],
  ] as const)(
    'sends nothing where the client says %s, and repeats nothing of the message',
    async (cause, retry) => {
      const sent: Sms[] = [];
      const gateway = { send: async (sms: Sms) => void sent.push(sms) };
      const result = await smsService({ decide: async () => refusal(cause) }, gateway, 'r')(SMS, CONTEXT);
      expect([result, sent]).toEqual([{ sent: false, retry, sentence: refusal(cause).sentence }, []]);
    },
  );

  it.each([
    [200, true],
    [202, true],
    [302, false],
    [400, false],
    [500, false],
  ])('a carrier that answers %i has taken the message: %s', async (status, taken) => {
    const carrier = await loopbackServer((_, response) =>
      response.writeHead(status, { location: '/else' }).end(),
    );
    const sending = httpGateway(carrier.url).send(SMS);
    await (taken ? expect(sending).resolves.toBeUndefined() : expect(sending).rejects.toThrow());
    expect(carrier.heard.map((h) => [h.method, h.path, JSON.parse(h.body)])).toEqual([
      ['POST', '/', { to: SMS.to, text: SMS.text }],
    ]);
    await carrier.close();
  });

  it.each(['ROUTEGUARD_FUNCTION', 'GATEWAY_URL', 'SMS_ROUTE'])('does not start without %s', async (name) => {
    for (const each of ['ROUTEGUARD_FUNCTION', 'GATEWAY_URL', 'SMS_ROUTE'])
      vi.stubEnv(each, each === name ? '' : 'http://x');
    vi.resetModules();
    await expect(import('../../examples/sms-service/handler.ts')).rejects.toThrow(`${name} is not set`);
    vi.unstubAllEnvs();
  });
});

describe('the stack', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'sms-service-'));
  let template: Template;
  let bundle: { handler: (sms: Sms, context: Context) => Promise<unknown> };
  let guard: LoopbackServer;
  let carrier: LoopbackServer;
  let answer: (response: ServerResponse) => void = (response) => response.destroy();

  beforeAll(async () => {
    guard = await loopbackServer((_, response) => answer(response));
    carrier = await loopbackServer((_, response) => response.writeHead(202).end());
    const app = new App({ outdir });
    const stack = new SmsServiceStack(app, 'SmsService', {
      guardArn: GUARD_ARN,
      gatewayUrl: carrier.url,
      route: 'sms-gb-primary',
    });
    template = Template.fromStack(stack);
    Object.assign(process.env, {
      ROUTEGUARD_FUNCTION: GUARD_ARN,
      GATEWAY_URL: carrier.url,
      SMS_ROUTE: 'sms-gb-primary',
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example-secret',
      AWS_ENDPOINT_URL_LAMBDA: guard.url,
    });
    bundle = await deployedBundle(outdir);
  });

  afterAll(async () => {
    await Promise.all([guard.close(), carrier.close()]);
    rmSync(outdir, { recursive: true, force: true });
  });

  it('may invoke the guard and nothing else', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: GUARD_ARN }],
      },
    });
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Environment: { Variables: Match.objectLike({ ROUTEGUARD_FUNCTION: GUARD_ARN }) },
    });
  });

  const permit = () => permitOf(guard);
  const json = (body: unknown, status = 200, headers = {}) => answering(guard, () => body, status, headers);

  it.each<[string, boolean, () => (response: ServerResponse) => void]>([
    ['permits', true, () => json(permit())],
    ['denies', false, () => json({ decision: false, question: BOUND, outcome: 'deny', retry: 'never' })],
    ['crashes', false, () => json(permit(), 200, { 'x-amz-function-error': 'Unhandled' })],
    ['throttles', false, () => json({}, 429)],
    ['forbids', false, () => json({}, 403)],
    ['answers hypothetically', false, () => json({ ...permit(), enforceable: false })],
    ['answers too late', false, () => json({ ...permit(), useBy: new Date(Date.now() - 1).toISOString() })],
    [
      'asks for what nobody can do',
      false,
      () => json({ ...permit(), obligations: [{ type: 'use-tunnel' }] }),
    ],
    ['resets the connection', false, () => (response) => void response.destroy()],
    ['answers with a page', false, () => (response) => void response.writeHead(200).end('<html>')],
  ])('deploys a bundle that behaves when the guard %s', async (_, sends, play) => {
    const before = carrier.heard.length;
    answer = (response) => play()(response);
    expect(await bundle.handler(SMS, {} as Context)).toMatchObject({ sent: sends });
    expect(carrier.heard.length - before).toBe(sends ? 1 : 0);
  });
});
