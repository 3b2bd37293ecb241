import { describe, expect, it } from 'vitest';
import { boardDoor } from '../../infra/local/board-door.ts';
import type { FunctionHost } from '../../infra/local/function-host.ts';

const events: unknown[] = [];

/** A host whose board answers with a fixed payload and keeps the events. */
function hostWith(result: unknown): FunctionHost {
  return {
    find: (name: string) => (name === 'board' ? { function: {}, qualifier: '$LATEST' } : undefined),
    invoke: async (_target: unknown, _qualifier: unknown, event: string) => {
      events.push(JSON.parse(event));
      return result;
    },
  } as unknown as FunctionHost;
}

const drawn = hostWith({ ok: true, payload: JSON.stringify('<main>drawn</main>') });

describe('GET /board', () => {
  it('serves the page under a policy without script', async () => {
    const reply = await boardDoor(drawn, new URLSearchParams('route=r&profile=1'), '127.0.0.1:8787');
    expect(reply.status).toBe(200);
    expect(reply.headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    });
    expect(String(reply.body)).toContain('<main>drawn</main>');
    expect(events.at(-1)).toEqual({ route: 'r', profile: '1', links: true });
  });

  it.each([
    'marking=SECRET',
    'Markings=SECRET',
    'links=no',
    'route=r&other=',
    'route=r&route=s',
    'profile=1&profile=1',
    '=x',
  ])('refuses the query %s in a sentence, and draws nothing', async (query) => {
    events.length = 0;
    const reply = await boardDoor(drawn, new URLSearchParams(query), 'localhost:8787');
    expect([reply.status, reply.body, events]).toEqual([
      400,
      '{"message":"The board takes network, route, profile, markings, each once."}',
      [],
    ]);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost:8787@evil',
    'localhost:x',
    'xlocalhost',
  ])('refuses the host %j', async (host) => {
    expect((await boardDoor(drawn, new URLSearchParams(), host)).status).toBe(404);
  });

  it.each([[{ ok: false }], ['throttled'], [{ ok: true, payload: '{}' }]])(
    'says that the board failed: %j',
    async (result) => {
      const reply = await boardDoor(hostWith(result), new URLSearchParams(), 'localhost:8787');
      expect(reply.status).toBe(502);
    },
  );
});
