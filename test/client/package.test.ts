/** The client as a service ships it: bundled by esbuild as docs/client.md says, and run by Node itself. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Format } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, loopbackServer } from './loopback-server.ts';
import { boundReply, earlierPermit, REQUEST } from './vectors.ts';

const CLIENT = fileURLToPath(new URL('../../client/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'client-bundles-'));
let guard: LoopbackServer;
beforeAll(async () => {
  guard = await loopbackServer((heard, response) => {
    const permit = earlierPermit(new Date().toISOString(), `e-${guard.heard.length}`);
    const reply = boundReply(heard.body, permit);
    response.writeHead(heard.headers.authorization === undefined ? 403 : 200);
    response.end(reply.kind === 'answered' ? reply.text : '');
  });
});
afterAll(async () => {
  await guard.close();
  rmSync(folder, { recursive: true });
});

const BOTH_TRANSPORTS = `
  const transports = [
    client.lambdaTransport({ functionName: 'decide' }),
    client.httpTransport({ baseUrl: process.env.AWS_ENDPOINT_URL_LAMBDA, region: 'eu-west-2' }),
  ];
  for (const transport of transports) {
    const { kind, cause } = await new client.RouteGuard({ transport }).decide(${JSON.stringify(REQUEST)});
    console.log(kind, cause);
  }`;
const TEN_LINES = `
  console.log(await client.handler({ id: 'm-1', marking: 'SECRET//NOFORN', text: 'hello', to: '+447700900000' }, {}));`;

/** What a process of its own prints: only there is nothing but what the bundle itself brings. */
async function printed(entry: string, format: Format, body: string): Promise<string> {
  const bundle = `${entry.replaceAll(/\W/g, '-')}.${format === 'esm' ? 'mjs' : 'cjs'}`;
  const outfile = join(folder, bundle);
  const mainFields = format === 'esm' ? ['module', 'main'] : ['main', 'module'];
  await build({
    entryPoints: [join(CLIENT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    mainFields,
  });
  const main = join(folder, `run-${bundle}.mjs`);
  writeFileSync(main, `import * as client from './${bundle}';\n${body}\n`);
  const { stdout } = await promisify(execFile)(process.execPath, [main], {
    env: {
      AWS_ENDPOINT_URL_LAMBDA: guard.url,
      AWS_REGION: 'eu-west-2',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example-secret',
    },
  });
  return stdout;
}

describe.each<Format>(['esm', 'cjs'])('bundled as %s', { timeout: 60_000 }, (format) => {
  it('the client asks over both transports', async () => {
    expect(await printed('index.ts', format, BOTH_TRANSPORTS)).toBe('permit undefined\npermit undefined\n');
  });

  it('the ten lines protect their function', async () => {
    expect(await printed('../test/client/snippets/ten-lines.ts', format, TEN_LINES)).toBe('m-1\n');
  });
});
