/** `routeguard search`, `best-path` and `explain` at the real doors, signatures checked as the local run does. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindingOfText } from '../../functions/core/decision/question-binding.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { createExplainer } from '../../functions/explain/explain.ts';
import { identityByAccessKey, mayCall } from '../../infra/local/identities.ts';
import { verifySignature } from '../../infra/local/sigv4.ts';
import { type AccessRig, startAccessRig } from '../access/access-rig.ts';
import { routeguard } from './command.ts';

let rig: AccessRig;
let server: Server;
let url: string;

beforeAll(async () => {
  rig = await startAccessRig();
  const ask = rig.door();
  const reader = rig.guard.store.reader();
  const explainer = createExplainer(rig.guard.guard({ reader, mostExplained: 'full', leaseMs: 5_000 }));

  async function answer(path: string, method: string, body: Buffer, rawHeaders: readonly string[]) {
    const verified = verifySignature(
      { method, target: path, rawHeaders, body },
      {
        service: 'execute-api',
        now: Date.now(),
        secretOf: (id) => identityByAccessKey(id)?.secretAccessKey,
      },
    );
    const who = verified.ok ? identityByAccessKey(verified.accessKeyId) : undefined;
    if (who === undefined || !mayCall(who, path)) return { status: 403, text: '{"message":"no"}' };
    const text = body.toString('utf8');
    if (path !== '/v1/audit/explain') return ask(path, { method, body: text });
    return {
      status: 200,
      text: JSON.stringify(await explainer.explainText(text, newTrace(bindingOfText(text)))),
    };
  }

  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, text } = await answer(
      request.url ?? '',
      request.method ?? '',
      Buffer.concat(chunks),
      request.rawHeaders,
    );
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rig.stop();
});

const ask = (...args: readonly string[]) => routeguard(...args, '--url', url);
const REL = ['--marking', 'SECRET//REL TO USA, GBR'];

const WHY =
  '`routeguard explain` says why one of them may not; `routeguard registry holds`, whether anything is stopped\n';

it('search lists what the door finds', async () => {
  const plain = await ask('search', ...REL);
  expect([plain.code, plain.out.split('\n').includes('gb-b-alone')]).toEqual([0, true]);
  const networks = await ask('search', ...REL, '--type', 'network');
  expect([networks.code, networks.out.split('\n').includes('gb-b')]).toEqual([0, true]);
  const routes = await ask('search', ...REL, '--type', 'route', '--json');
  expect((JSON.parse(routes.out) as { results: string[] }).results).toContain('sms-gb-primary');
  const none = await ask('search', '--marking', 'TOP SECRET//SI-G ABCD//ORCON/NOFORN');
  expect(none).toEqual({ code: 3, out: '', err: `no routes may carry it\n${WHY}` });
});

it.each([
  ['a marking misspelt', ['--marking', 'SECRT'], 'MARKING_INVALID'],
  ['a marking of several nations', ['--marking', 'SECRET'], 'MARKING_AMBIGUOUS'],
  ['a standard nobody wrote', [...REL, '--standard', 'UK-HRV-2020-1'], 'STANDARD_UNKNOWN'],
] as const)(
  'search says what is wrong with %s, and not that nothing may carry it',
  async (_what, args, code) => {
    for (const form of [[], ['--json']]) {
      const { code: exit, out, err } = await ask('search', ...args, ...form);
      expect([exit, out]).toEqual([3, '']);
      expect(err).toMatch(new RegExp(`^routeguard: the guard refused \\(400\\): ${code}: `));
    }
  },
);

it('best-path compares registered routes, and says why there is no answer', async () => {
  const { code, out } = await ask('best-path', ...REL);
  expect(code).toBe(0);
  expect(out).toMatch(/^PERMITTED {2}sms-gb-primary/m);
  expect(out).toMatch(/^DENIED {2}sms-gb-secondary: 1 to repair/m);
  const refused = await ask('best-path', '--marking', 'VERY SECRET');
  expect([refused.code, refused.out]).toEqual([3, '']);
  expect(refused.err).toContain('MARKING_INVALID');
});

it('explain explains a permit and a refusal, and quotes what the guard refuses', async () => {
  const over = (network: string) => [...REL, '--route', `${network}-alone`];
  const permitted = await ask('explain', ...over('gb-b'));
  expect([permitted.code, permitted.out.split('\n')[0]]).toEqual([0, 'PERMIT']);
  expect(permitted.out).toContain('USA, frame US: SECRET');
  const refused = await ask('explain', ...over('gb-a'));
  expect([refused.code, refused.out.split('\n')[0]]).toEqual([3, 'DENY']);
  expect(refused.out).toContain('assess-vendor');
  const unread = await ask('explain', '--marking', 'VERY SECRET', '--network', 'gb-b');
  expect([unread.code, unread.out.split('\n')[0]]).toEqual([3, 'DENY (indeterminate)']);
});
