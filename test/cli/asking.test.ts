/** `routeguard search`, `best-path` and `explain` against the doors they ask, signatures checked as the local run does. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bestPathCommand } from '../../cli/best-path.ts';
import { explainCommand } from '../../cli/explain.ts';
import { searchCommand } from '../../cli/search.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import { createExplainer } from '../../functions/explain/explain.ts';
import { identityByAccessKey, mayCall } from '../../infra/local/identities.ts';
import { verifySignature } from '../../infra/local/sigv4.ts';
import { type AccessRig, startAccessRig } from '../access/access-rig.ts';

let rig: AccessRig;
let server: Server;
let url: string;
/** What the server does instead of answering, for one test. */
let instead: ((path: string) => { status: number; text: string } | undefined) | undefined;

beforeAll(async () => {
  rig = await startAccessRig();
  const ask = rig.door();
  const reader = rig.guard.store.reader();
  const explainer = createExplainer(rig.guard.guard({ reader, mostExplained: 'full' }), reader);

  async function answer(path: string, method: string, body: Buffer, rawHeaders: readonly string[]) {
    const forced = instead?.(path);
    if (forced !== undefined) return forced;
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
    return { status: 200, text: JSON.stringify(await explainer.explainText(text, newTrace())) };
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
afterEach(() => {
  instead = undefined;
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

async function run(command: Command, ...args: string[]) {
  const out = vi.spyOn(console, 'log').mockImplementation(() => {});
  const err = vi.spyOn(console, 'error').mockImplementation(() => {});
  await command.parseAsync(['--url', url, ...args], { from: 'user' });
  const text = (spy: typeof out) => spy.mock.calls.map((c) => String(c[0])).join('\n');
  return { code: process.exitCode, out: text(out), err: text(err) };
}

const REL = ['--marking', 'SECRET//REL TO USA, GBR'];

describe('routeguard search', () => {
  it('prints every network, one to a line', async () => {
    const { code, out } = await run(searchCommand(), ...REL);
    expect(code).toBe(0);
    expect(out.split('\n')).toContain('gb-b');
  });

  it('prints JSON', async () => {
    const { out } = await run(searchCommand(), ...REL, '--type', 'route', '--json');
    expect(JSON.parse(out)).toMatchObject({
      type: 'route',
      results: expect.arrayContaining(['sms-gb-primary']),
    });
  });

  it('exits with 3 where nothing may carry it', async () => {
    const { code, err } = await run(searchCommand(), '--marking', 'TOP SECRET//SI-G ABCD//ORCON/NOFORN');
    expect([code, err]).toEqual([3, 'no networks may carry it']);
  });

  it('prints nothing of a search that breaks off', async () => {
    let page = 0;
    instead = () => {
      page += 1;
      return page === 1
        ? { status: 200, text: '{"page":{"next_token":"t"},"results":[{"type":"network","id":"gb-b"}]}' }
        : { status: 500, text: '"the search failed"' };
    };
    const { code, out, err } = await run(searchCommand(), ...REL);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('the search failed');
  });
});

describe('routeguard best-path', () => {
  it('compares registered routes', async () => {
    const { code, out } = await run(bestPathCommand(), ...REL);
    expect(code).toBe(0);
    expect(out).toMatch(/^PERMITTED {2}sms-gb-primary/m);
    expect(out).toMatch(/^DENIED {2}sms-gb-secondary: 1 to repair/m);
  });

  it('names the paths it was given', async () => {
    const { code, out } = await run(bestPathCommand(), ...REL, '--path', 'gb-a,us-b', '--route', 'pacific');
    expect(code).toBe(3);
    expect(out).toContain('gb-a → us-b');
    expect(out).toContain('pacific');
  });

  it('prints the answer as it came', async () => {
    const { out } = await run(bestPathCommand(), ...REL, '--json');
    expect(JSON.parse(out)).toMatchObject({ current: true, registry: { version: 1 } });
  });

  it('says why there is no answer', async () => {
    const { code, err } = await run(bestPathCommand(), '--marking', 'VERY SECRET');
    expect(code).toBe(3);
    expect(err).toContain('MARKING_INVALID');
  });
});

describe('routeguard explain', () => {
  const over = (network: string) => [...REL, '--network', network, '--path-assurance', 'pinned'];

  it('explains a permit', async () => {
    const { code, out } = await run(explainCommand(), ...over('gb-b'));
    expect(code).toBe(0);
    expect(out).toMatch(/^PERMIT/);
    expect(out).toContain('USA, frame US: SECRET');
    expect(out).toContain('permit and refusal next change places');
  });

  it('explains a refusal', async () => {
    const { code, out } = await run(explainCommand(), ...over('gb-a'));
    expect(code).toBe(3);
    expect(out).toContain('to permit it:');
    expect(out).toContain('assess-vendor');
  });

  it('exits with 3 on an answer that is none', async () => {
    instead = () => ({ status: 403, text: '{"message":"User is not authorized"}' });
    const { code, err } = await run(explainCommand(), ...over('gb-b'));
    expect([code, err]).toEqual([3, 'routeguard: the guard refused (403): User is not authorized']);
  });
});

describe('usage', () => {
  it.each([
    ['a URL without TLS', () => searchCommand(), [...REL, '--url', 'http://guard.example']],
    ['no path', () => explainCommand(), [...REL]],
    ['two versions', () => bestPathCommand(), [...REL, '--registry-at-least', '1', '--registry-exact', '1']],
    ['a version that is none', () => bestPathCommand(), [...REL, '--registry-exact', 'x']],
  ])('%s', async (_what, command, args) => {
    await expect(run(command(), ...args)).rejects.toThrow(UsageError);
  });

  it('a guard that is not there', async () => {
    const { code, err } = await run(searchCommand(), ...REL, '--url', 'http://127.0.0.1:9');
    expect(code).toBe(3);
    expect(err).toContain('Is it running?');
  });
});
