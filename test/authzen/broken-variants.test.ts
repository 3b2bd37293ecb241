/** Each property of the binding that safety leans on, and a variant without it that the same probe catches. */
import { describe, expect, it } from 'vitest';
import {
  authzenBinding,
  behindRestApi,
  type HttpHandler,
  type Session,
} from '../../functions/authzen/index.ts';
import { certificationPdp } from './fixture/pdp.ts';

type Json = { readonly [member: string]: unknown };
type Breakage = (handler: HttpHandler) => HttpHandler;
type Probe = (handler: HttpHandler) => Promise<boolean>;

const bob = { type: 'user', id: 'bob' };
const one = { type: 'record', id: 'record-1' };

const binding = (session?: Partial<Session>): HttpHandler =>
  authzenBinding({
    pdp:
      session === undefined
        ? certificationPdp
        : { open: () => ({ evaluate: () => ({ decision: true }), ...session }) },
    identifier: 'https://pdp.example',
    pageKey: new Uint8Array(32),
  });

async function ask(handler: HttpHandler, api: string, body: unknown, headers = {}) {
  const answer = await handler({
    method: 'POST',
    path: `/access/v1/${api}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    ...answer,
    json: JSON.parse(answer.body) as { evaluations?: { decision: boolean }[]; decision?: boolean },
  };
}

const rewriting =
  (rewrite: (body: Json) => unknown): Breakage =>
  (handler) =>
  (request) =>
    handler({ ...request, body: JSON.stringify(rewrite(JSON.parse(request.body ?? '{}') as Json)) });

const VARIANTS: readonly [string, Breakage, Probe][] = [
  [
    'a member named twice is refused',
    rewriting((body) => body),
    async (handler) => {
      const twice = '{"subject":{"type":"user","id":"bob"},"subject":{"type":"user","id":"alice"}';
      const body = `${twice},"action":{"name":"write"},"resource":{"type":"record","id":"record-1"}}`;
      return (await ask(handler, 'evaluation', body)).status === 400;
    },
  ],
  [
    'a default is replaced wholly',
    rewriting(({ evaluations, ...defaults }) => ({
      evaluations: (evaluations as Json[]).map((item) => {
        const merged = { ...(defaults['subject'] as Json), ...(item['subject'] as Json) };
        return { ...defaults, ...item, subject: merged };
      }),
    })),
    async (handler) => {
      // An administrator's role in the default must not rub off on the subject of an item.
      const { json } = await ask(handler, 'evaluations', {
        subject: { ...bob, properties: { role: 'admin' } },
        action: { name: 'write' },
        resource: { type: 'record', id: 'record-2' },
        evaluations: [{ subject: { type: 'user', id: 'alice' } }],
      });
      return json.evaluations?.[0]?.decision === false;
    },
  ],
  [
    'deny_on_first_deny stops',
    rewriting(({ options: _, ...body }) => body),
    async (handler) => {
      const { json } = await ask(handler, 'evaluations', {
        subject: bob,
        resource: one,
        options: { evaluations_semantic: 'deny_on_first_deny' },
        evaluations: [{ action: { name: 'write' } }, { action: { name: 'read' } }],
      });
      return json.evaluations?.length === 1;
    },
  ],
  [
    'an item that cannot be read is denied in its place',
    rewriting((body) => ({
      ...body,
      evaluations: (body['evaluations'] as Json[]).filter((item) => 'resource' in item),
    })),
    async (handler) => {
      const { json } = await ask(handler, 'evaluations', {
        subject: { type: 'user', id: 'alice' },
        action: { name: 'read' },
        evaluations: [{}, { resource: one }],
      });
      return json.evaluations?.map(({ decision }) => decision).join() === 'false,true';
    },
  ],
  [
    'a request id cannot end a header',
    (handler) => async (request) => {
      const { 'x-request-id': id, ...headers } = request.headers;
      const answer = await handler({ ...request, headers });
      return { ...answer, headers: { ...answer.headers, 'x-request-id': id ?? '' } };
    },
    async (handler) => {
      const { headers } = await ask(handler, 'evaluation', {}, { 'x-request-id': 'a\r\nset-cookie: x' });
      return !JSON.stringify(headers).includes('set-cookie');
    },
  ],
];

describe('the binding', () => {
  it.each(VARIANTS)('%s, and a variant where it is not so is caught', async (_, breakage, probe) => {
    expect(await probe(binding())).toBe(true);
    expect(await probe(breakage(binding()))).toBe(false);
  });

  it('denies where the decision point throws, and a decision point that hides its errors is caught', async () => {
    const probe = async (handler: HttpHandler): Promise<boolean> => {
      const body = { subject: bob, action: { name: 'read' }, resource: one };
      const batch = await ask(handler, 'evaluations', { ...body, evaluations: [{}] });
      return (
        (await ask(handler, 'evaluation', body)).status === 500 &&
        batch.json.evaluations?.[0]?.decision === false
      );
    };
    const throws = (): never => {
      throw new Error('unavailable');
    };
    const hides = () => {
      try {
        return throws();
      } catch {
        return { decision: true };
      }
    };
    expect(await probe(binding({ evaluate: throws }))).toBe(true);
    expect(await probe(binding({ evaluate: hides }))).toBe(false);
  });

  it('reads no bytes that are not UTF-8, and an adapter that replaces them is caught', async () => {
    const body = Buffer.concat([
      Buffer.from('{"subject":{"type":"user","id":"alice","properties":{"x":"'),
      Buffer.from([0xff]),
      Buffer.from('"}},"action":{"name":"read"},"resource":{"type":"record","id":"record-1"}}'),
    ]);
    const headers = { 'content-type': 'application/json' };
    const event = { httpMethod: 'POST', path: '/access/v1/evaluation', headers, isBase64Encoded: true };
    const { statusCode } = await behindRestApi(binding())({ ...event, body: body.toString('base64') });
    expect(statusCode).toBe(400);
    const replaced = await binding()({
      method: 'POST',
      path: event.path,
      headers,
      body: body.toString('utf8'),
    });
    expect(replaced.status).toBe(200);
  });
});
