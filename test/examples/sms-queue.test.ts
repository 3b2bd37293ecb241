/** The example of a queue: the bundle that its stack deploys, against a guard that permits, denies, throttles and dies. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SmsQueueStack } from '../../examples/sms-queue/stack.ts';
import { type LoopbackServer, loopbackServer } from '../client/loopback-server.ts';
import { BOUND } from '../client/vectors.ts';
import { answering, deployedBundle, permitOf } from './deployed-bundle.ts';

const GUARD_ARN = 'arn:aws:lambda:eu-west-2:111122223333:function:decide:live';
const SMS = { id: 'm-1', marking: 'SECRET//REL TO USA, GBR', to: '+447700900000', text: 'hello' };

const outdir = mkdtempSync(join(tmpdir(), 'sms-queue-'));
let template: Template;
let bundle: { handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> };
let guard: LoopbackServer;
let carrier: LoopbackServer;
let queue: LoopbackServer;
let answer: (response: ServerResponse) => void = (response) => response.destroy();
let carrierStatus = 202;

beforeAll(async () => {
  guard = await loopbackServer((_, response) => answer(response));
  carrier = await loopbackServer((_, response) => response.writeHead(carrierStatus).end());
  queue = await loopbackServer(({ body }, response) => {
    // The SDK compares it, as SQS sends it.
    const MD5OfMessageBody = createHash('md5').update(JSON.parse(body).MessageBody).digest('hex');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ MessageId: 'p-1', MD5OfMessageBody }));
  });
  const app = new App({ outdir });
  const stack = new SmsQueueStack(app, 'SmsQueue', {
    guardArn: GUARD_ARN,
    gatewayUrl: carrier.url,
    route: 'sms-gb-primary',
  });
  template = Template.fromStack(stack);
  Object.assign(process.env, {
    ROUTEGUARD_FUNCTION: GUARD_ARN,
    GATEWAY_URL: carrier.url,
    SMS_ROUTE: 'sms-gb-primary',
    PARKED_URL: `${queue.url}/111122223333/parked`,
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_ENDPOINT_URL_LAMBDA: guard.url,
    AWS_ENDPOINT_URL_SQS: queue.url,
  });
  bundle = await deployedBundle(outdir);
});

afterAll(async () => {
  await Promise.all([guard, carrier, queue].map((each) => each.close()));
  rmSync(outdir, { recursive: true, force: true });
});

const permit = () => permitOf(guard);
const denial = (retry: 'never' | 'after') => ({
  ...{ decision: false, question: BOUND, outcome: 'deny', retry, evaluationId: `e-${guard.heard.length}` },
  reasons: [{ code: 'HOP_DENIED' }],
});
const json =
  (body: () => unknown, status = 200, headers = {}) =>
  // The guard is there when it is asked.
  (response: ServerResponse) =>
    answering(guard, body, status, headers)(response);

const eventOf = (body: string): SQSEvent => ({
  Records: [
    {
      messageId: 'q-1',
      receiptHandle: 'r',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 's',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-2:111122223333:messages',
      awsRegion: 'eu-west-2',
    },
  ],
});

async function consumed(body = JSON.stringify(SMS)) {
  const [sent, parked] = [carrier.heard.length, queue.heard.length];
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const context = { getRemainingTimeInMillis: () => 30_000 } as Context;
  const { batchItemFailures } = await bundle.handler(eventOf(body), context);
  const logged = log.mock.calls.map(([line]) => String(line));
  log.mockRestore();
  return {
    outcome: {
      sent: carrier.heard.length - sent,
      parked: queue.heard.length - parked,
      again: batchItemFailures.length,
    },
    logged,
  };
}

describe('the bundle that is deployed', () => {
  it.each<[string, (response: ServerResponse) => void, 'sent' | 'parked' | 'again']>([
    ['permits', json(permit), 'sent'],
    ['denies for good', json(() => denial('never')), 'parked'],
    ['denies for now', json(() => denial('after')), 'again'],
    [
      'asks for what nobody can do',
      json(() => ({ ...permit(), obligations: [{ type: 'use-tunnel' }] })),
      'parked',
    ],
    ['crashes', json(permit, 200, { 'x-amz-function-error': 'Unhandled' }), 'again'],
    ['throttles', json(() => ({}), 429), 'again'],
    ['forbids', json(() => ({}), 403), 'again'],
    ['dies', (response) => void response.destroy(), 'again'],
  ])('where the guard %s', async (_, play, outcome) => {
    answer = play;
    const { outcome: came, logged } = await consumed();
    expect(came).toEqual({ sent: 0, parked: 0, again: 0, [outcome]: 1 });
    expect(logged).toHaveLength(1);
    for (const secret of [SMS.marking, SMS.text, SMS.to]) expect(logged[0]).not.toContain(secret);
  });

  it('parks the message as it came, with the reason', async () => {
    answer = json(() => denial('never'));
    await consumed();
    expect(JSON.parse(queue.heard.at(-1)?.body ?? '')).toMatchObject({
      MessageBody: JSON.stringify(SMS),
      MessageAttributes: { cause: { StringValue: 'denied' }, reasons: { StringValue: 'HOP_DENIED' } },
    });
  });

  it('parks what is no message, and asks nobody', async () => {
    const before = guard.heard.length;
    expect((await consumed('{"id":"m-1"}')).outcome).toEqual({ sent: 0, parked: 1, again: 0 });
    expect(guard.heard.length).toBe(before);
  });

  it('has a message come again that the carrier did not take', async () => {
    answer = json(permit);
    carrierStatus = 503;
    expect((await consumed()).outcome).toEqual({ sent: 1, parked: 0, again: 1 });
    carrierStatus = 202;
  });
});

describe('the stack', () => {
  it('has single records come again, and keeps what nobody decided', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      RedrivePolicy: { maxReceiveCount: 8 },
    });
    template.resourceCountIs('AWS::SQS::Queue', 3);
  });

  it('may invoke the guard, consume its queue and park, and nothing else', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements: readonly { readonly Action: string | readonly string[] }[] =
      policy?.['Properties'].PolicyDocument.Statement;
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    expect([...actions].sort()).toEqual([
      'lambda:InvokeFunction',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
  });
});
