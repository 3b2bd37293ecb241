import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { call } from './call.ts';

const MAIN = new URL('fixture/main.ts', import.meta.url).pathname;

function start(env: { readonly [name: string]: string }) {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const url = /ready: .* (http:\S+)/.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
  });
  return { child, exited, ready, output: () => output };
}

describe('npm run authzen:fixture', () => {
  it('says where it is ready, serves, and stops when told', async () => {
    const { child, ready, exited } = start({ PORT: '0' });
    const url = await ready;
    const answer = await call(`${url}/access/v1/evaluation`, {
      body: {
        subject: { type: 'user', id: 'alice' },
        action: { name: 'read' },
        resource: { type: 'record', id: 'record-1' },
      },
    });
    expect(answer.json).toEqual({ decision: true });
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  it('asks for a token where it was given one', async () => {
    const { child, ready, exited } = start({ PORT: '0', AUTHZEN_FIXTURE_TOKEN: 'secret' });
    expect((await call(`${await ready}/access/v1/evaluation`, { body: {} })).status).toBe(401);
    child.kill('SIGINT');
    expect(await exited).toBe(0);
  });

  it('says so when the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { exited, output } = start({ PORT: String(port) });
    expect(await exited).toBe(1);
    expect(output()).toContain(`port ${port} is in use`);
    await new Promise((resolve) => taken.close(resolve));
  });

  it.each(['x', '-1', '70000', '1.5'])('does not start on port %s', async (port) => {
    expect(await start({ PORT: port }).exited).toBe(2);
  });
});
