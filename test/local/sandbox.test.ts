import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { PAYLOAD_LIMIT } from '../../infra/local/sandbox-messages.ts';
import { SandboxPool } from '../../infra/local/sandbox-pool.ts';

const root = mkdtempSync(join(tmpdir(), 'routeguard-sandbox-'));
const pools: SandboxPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let log = '';

function pool(
  source: string,
  options: { timeout?: number; environment?: Record<string, string> } = {},
): SandboxPool {
  const directory = mkdtempSync(join(root, 'asset-'));
  writeFileSync(join(directory, 'index.mjs'), source);
  const made = new SandboxPool({
    directory,
    handler: 'index.handler',
    environment: options.environment ?? {},
    memory: 128,
    timeout: options.timeout ?? 5,
    log: (text) => {
      log += text;
    },
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
      result !== 'throttled' && result.ok ? (JSON.parse(result.payload) as [boolean, number]) : undefined,
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
    const pid = first !== 'throttled' && first.ok ? Number(first.payload) : 0;
    expect(() => process.kill(pid, 0)).toThrow();
    expect(await invoke(target)).toBe('throttled');
  });
});
