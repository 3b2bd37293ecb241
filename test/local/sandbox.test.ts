import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HostRule, PAYLOAD_LIMIT } from '../../infra/local/sandbox-messages.ts';
import { SandboxPool } from '../../infra/local/sandbox-pool.ts';

const root = mkdtempSync(join(tmpdir(), 'routeguard-sandbox-'));
const pools: SandboxPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let log = '';
const unreachable: string[] = [];

function pool(
  source: string,
  options: {
    timeout?: number;
    environment?: Record<string, string>;
    memory?: number;
    reserved?: number;
    hosts?: readonly HostRule[];
  } = {},
): SandboxPool {
  const directory = mkdtempSync(join(root, 'asset-'));
  writeFileSync(join(directory, 'index.mjs'), source);
  const made = new SandboxPool({
    directory,
    handler: 'index.handler',
    environment: options.environment ?? {},
    memory: options.memory ?? 256,
    timeout: options.timeout ?? 5,
    reserved: options.reserved,
    hosts: options.hosts ?? [],
    log: (text) => {
      log += text;
    },
    unreachable: (host, why) => unreachable.push(`${host}: ${why}`),
  });
  pools.push(made);
  return made;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

let requests = 0;
function invoke(target: SandboxPool, event: unknown = {}) {
  const requestId = `request-${requests++}`;
  return target.invoke({ requestId, event: JSON.stringify(event), invokedFunctionArn: 'arn:local' });
}

const answers: readonly [what: string, body: string, payload: string][] = [
  ['an object', 'return { event };', '{"event":{"a":1}}'],
  ['undefined is null', '', 'null'],
  ['a function is null', 'return () => 1;', 'null'],
  ['text', 'return "x";', '"x"'],
  [
    'the context',
    'return [context.awsRequestId.slice(0, 8), context.invokedFunctionArn];',
    '["request-","arn:local"]',
  ],
  [
    'the remaining time',
    'const ms = context.getRemainingTimeInMillis(); return ms > 0 && ms <= 5000;',
    'true',
  ],
];

describe('an invocation answers', () => {
  it('as Lambda does', async () => {
    const all = answers.map(([, body]) => `async (event, context) => { ${body} }`).join(',');
    const target = pool(
      `const all = [${all}]; export const handler = ({ n, event }, context) => all[n](event, context);`,
    );
    for (const [n, [what, , payload]] of answers.entries())
      expect(await invoke(target, { n, event: { a: 1 } }), what).toEqual({ ok: true, payload });
  });
});

const faults: readonly [what: string, source: string, errorType: string][] = [
  ['throws', 'export const handler = async () => { throw new TypeError("x"); };', 'TypeError'],
  ['throws text', 'export const handler = async () => { throw "x"; };', 'string'],
  ['throws at once', 'export const handler = () => { throw new RangeError("x"); };', 'RangeError'],
  ['answers what JSON cannot hold', 'export const handler = async () => 1n;', 'TypeError'],
  ['hangs', 'export const handler = () => new Promise(() => {});', 'Sandbox.Timedout'],
  ['spins', 'export const handler = async () => { for (;;); };', 'Sandbox.Timedout'],
  ['ends the process', 'export const handler = async () => { process.exit(0); };', 'Runtime.ExitError'],
  [
    'crashes',
    'export const handler = () => new Promise(() => { setTimeout(() => { throw new Error(); }); });',
    'Runtime.ExitError',
  ],
  [
    'answers too much',
    `export const handler = async () => "x".repeat(${PAYLOAD_LIMIT});`,
    'Function.ResponseSizeTooLarge',
  ],
  ['does not load', 'throw new SyntaxError("x");', 'SyntaxError'],
  ['exports no handler', 'export const other = 1;', 'Error'],
  ['wants a callback', 'export const handler = (event, context, callback) => {};', 'Error'],
];

describe('a fault is reported as Lambda reports it', () => {
  it.each(faults.slice(9))('%s', async (_what, source, errorType) => {
    expect(await invoke(pool(source))).toMatchObject({ ok: false, fault: { errorType } });
  });

  it('and the next invocation is served', async () => {
    const all = faults.slice(0, 9).map(([, source]) => source.replace(/^export const handler = |;$/g, ''));
    const target = pool(
      `const all = [${all.join(',')}]; export const handler = (event, context) => event.n === undefined ? "served" : all[event.n](event, context);`,
      { timeout: 0.4 },
    );
    for (const [n, [what, , errorType]] of faults.slice(0, 9).entries()) {
      expect(await invoke(target, { n }), what).toMatchObject({ ok: false, fault: { errorType } });
      expect(await invoke(target), what).toEqual({ ok: true, payload: '"served"' });
    }
  });
});

const hungry = (then: string) =>
  `const kept = []; export const handler = async ({ megabytes }) => {
    for (let n = 0; n < megabytes; n += 10) kept.push(Buffer.alloc(10 * 1024 * 1024, 1));
    ${then}
  };`;

describe('memory', () => {
  it.each([
    ['while it waits', 'return megabytes === 0 ? "served" : new Promise(() => {});'],
    ['while it spins', 'while (megabytes > 0); return "served";'],
  ])('beyond the function’s ends it as Lambda’s does, %s', async (_when, then) => {
    const target = pool(hungry(then), { memory: 256, timeout: 60 });
    expect(await invoke(target, { megabytes: 400 })).toMatchObject({
      ok: false,
      fault: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Runtime exited with error: signal: killed$/,
        ),
      },
    });
    expect(await invoke(target, { megabytes: 0 })).toEqual({ ok: true, payload: '"served"' });
  });

  it('up to the function’s is its own', async () => {
    const target = pool(hungry('return new Promise((resolve) => setTimeout(resolve, 500, "served"));'), {
      memory: 512,
    });
    expect(await invoke(target, { megabytes: 200 })).toEqual({ ok: true, payload: '"served"' });
  });
});

describe('executions that are reserved', () => {
  it.each([0, 1, 2])('are all there are: %i', async (reserved) => {
    const target = pool('export const handler = async () => "served";', { reserved });
    const results = await Promise.all([invoke(target), invoke(target), invoke(target)]);
    expect(results.filter((each) => each === 'throttled-by-reserve')).toHaveLength(3 - reserved);
    expect(results.filter((each) => typeof each === 'object' && each.ok)).toHaveLength(reserved);
    // What has come to an end makes room.
    expect(typeof (await invoke(target))).toBe(reserved === 0 ? 'string' : 'object');
  });

  it('may be more than a function without any has here', async () => {
    const directory = mkdtempSync(join(root, 'meeting-'));
    // Each waits until all six are there: that they meet is that none of them has waited for another's end.
    const source = `
      import { readdirSync, writeFileSync } from 'node:fs';
      export const handler = async ({ directory, name }) => {
        writeFileSync(directory + '/' + name, '');
        while (readdirSync(directory).length < 6) await new Promise((resolve) => setTimeout(resolve, 20));
        return 'met';
      };`;
    const target = pool(source, { reserved: 6, timeout: 60 });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const results = await Promise.all(names.map((name) => invoke(target, { directory, name })));
    expect(results).toEqual(names.map(() => ({ ok: true, payload: '"met"' })));
  });
});

describe('the network', () => {
  const socket = join(root, 's.sock');
  const server = createServer((request, response) => {
    response.end(`${request.method} ${request.headers.host}${request.url}`);
  });
  beforeAll(async () => {
    server.listen(socket);
    await once(server, 'listening');
  });
  afterAll(() => server.close());
  const hosts: readonly HostRule[] = [
    { host: 'kms.us-east-1.amazonaws.com', to: { path: socket } },
    { host: '*.s3.amazonaws.com', to: { path: socket } },
    { host: 'lambda.us-east-1.amazonaws.com', why: 'there is no endpoint' },
  ];
  const source = `
    import { request } from 'node:https';
    import { get } from 'node:http';
    import { connect } from 'node:net';
    const body = async (stream) => { let text = ''; for await (const chunk of stream) text += chunk; return text; };
    const ways = {
      fetch: async (url) => (await fetch(url, { method: 'PUT', body: 'x' })).text(),
      https: (url) => new Promise((resolve, reject) => request(url, (r) => resolve(body(r))).on('error', reject).end()),
      http: (url) => new Promise((resolve, reject) => get(url.replace('https', 'http'), (r) => resolve(body(r))).on('error', reject)),
      net: (url) => new Promise((resolve, reject) => connect(443, new URL(url).hostname, resolve).on('error', reject)),
    };
    export const handler = async ({ way, url }) => {
      try { return await ways[way](url); } catch (error) { return (error.cause ?? error).code; }
    };`;
  const target = () => pool(source, { hosts });

  it.each([
    ['fetch', 'https://kms.us-east-1.amazonaws.com/a', 'PUT kms.us-east-1.amazonaws.com/a'],
    ['https', 'https://kms.us-east-1.amazonaws.com/a?b', 'GET kms.us-east-1.amazonaws.com/a?b'],
    ['http', 'https://kms.us-east-1.amazonaws.com/a', 'GET kms.us-east-1.amazonaws.com/a'],
    ['fetch', 'https://bucket.s3.amazonaws.com/a', 'PUT bucket.s3.amazonaws.com/a'],
  ])('leads to what stands for a service: %s %s', async (way, url, told) => {
    expect(await invoke(target(), { way, url })).toEqual({ ok: true, payload: JSON.stringify(told) });
  });

  it.each([
    ...['fetch', 'https', 'http', 'net'].map((way) => [
      way,
      'lambda.us-east-1.amazonaws.com',
      'there is no endpoint',
    ]),
    ...[
      'kms.us-east-1.amazonaws.com.example',
      's3.amazonaws.com',
      'xs3.amazonaws.com',
      '127.0.0.1',
      'localhost',
    ].map((host) => ['fetch', host, 'nothing on this machine answers for it']),
  ])('opens no connection: %s %s', async (way, host, why) => {
    unreachable.length = 0;
    const result = await invoke(target(), { way, url: `https://${host}/` });
    expect(result).toEqual({ ok: true, payload: '"ETIMEDOUT"' });
    expect(unreachable).toEqual([`${host}: ${why}`]);
  });
});

describe('a sandbox', () => {
  it('has exactly the environment it was given', async () => {
    const target = pool('export const handler = async () => Object.keys(process.env).sort();', {
      environment: { ONE: '1', TWO: '2' },
    });
    expect(await invoke(target)).toEqual({ ok: true, payload: '["ONE","TWO"]' });
  });

  it('keeps its module state between invocations, and writes to the log', async () => {
    const target = pool(
      'let n = 0; export const handler = async () => { console.log("logged"); return ++n; };',
    );
    expect(await invoke(target)).toEqual({ ok: true, payload: '1' });
    expect(await invoke(target)).toEqual({ ok: true, payload: '2' });
    expect(log).toContain('logged');
  });

  it('takes one invocation at a time; more sandboxes take more, up to four', async () => {
    const target = pool(`
      let inside = 0;
      export const handler = async () => {
        const overlapping = ++inside > 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside--;
        return [overlapping, process.pid];
      };`);
    const results = await Promise.all(Array.from({ length: 20 }, () => invoke(target)));
    const parsed = results.map((result) =>
      typeof result !== 'string' && result.ok ? (JSON.parse(result.payload) as [boolean, number]) : undefined,
    );
    expect(parsed.map((each) => each?.[0])).toEqual(Array.from({ length: 20 }, () => false));
    expect(new Set(parsed.map((each) => each?.[1])).size).toBeLessThanOrEqual(4);
  });

  it('does not outlive a runner that was killed, even while it spins', async () => {
    const directory = mkdtempSync(join(root, 'asset-'));
    const source =
      'export const handler = async () => { console.log(process.pid); setTimeout(spin, 50); await new Promise(() => {}); };';
    writeFileSync(join(directory, 'index.mjs'), `${source}\nfunction spin() { for (;;); }`);
    const script = join(import.meta.dirname, 'spin-until-killed.ts');
    const runner = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = await once(runner.stdout, 'data');
    const pid = Number(String(printed));
    expect(pid).toBeGreaterThan(0);
    await delay(200);
    runner.kill('SIGKILL');
    for (let tries = 0; tries < 400 && isAlive(pid); tries++) await delay(20);
    expect(isAlive(pid)).toBe(false);
  });

  it('is gone after stop, even while it spins', async () => {
    const target = pool('export const handler = async () => process.pid;');
    const busy = pool('export const handler = async () => { for (;;); };', { timeout: 60 });
    const first = await invoke(target);
    const spinning = invoke(busy);
    await busy.stop();
    await target.stop();
    expect(await spinning).toMatchObject({ ok: false });
    const pid = typeof first !== 'string' && first.ok ? Number(first.payload) : 0;
    expect(() => process.kill(pid, 0)).toThrow();
    expect(await invoke(target)).toBe('throttled');
  });
});
