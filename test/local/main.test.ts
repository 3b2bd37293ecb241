import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { LocalUsageError, readOptions } from '../../infra/local/options.ts';
import { projectRoot } from '../../infra/project-paths.ts';
import { freePort, invoke } from './guard-fixture.ts';

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const temporary = mkdtempSync(join(tmpdir(), 'routeguard-main-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** `npm start -- …`, without npm. */
function start(args: readonly string[]): Run {
  const child = spawn(process.execPath, [join(projectRoot, 'infra/local/main.ts'), ...args], {
    cwd: projectRoot,
    // A run that is killed cannot tidy up; this test does. What one run compiled the next need not.
    env: { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: join(temporary, 'compiled') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, output: () => output, ended };
}

async function until(condition: () => boolean, run: Run): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (condition()) return;
    if (run.child.exitCode !== null) throw new Error(`it ended: ${run.output()}`);
    await delay(20);
  }
  throw new Error(`it never happened: ${run.output()}`);
}

/** Ids of everything a process started, and what those started. Linux only. */
function descendants(of: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const found = new Set([of]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of parents) {
      if (!found.has(parent) || found.has(pid)) continue;
      found.add(pid);
      grew = true;
    }
  }
  return [...found].filter((pid) => pid !== of);
}

function isAlive(pid: number): boolean {
  try {
    // A zombie has ended; only its parent has not looked yet.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function allGone(pids: readonly number[]): Promise<readonly number[]> {
  for (let tries = 0; tries < 250 && pids.some(isAlive); tries++) await delay(20);
  return pids.filter(isAlive);
}

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  it('says ready, answers the real SDK, and Ctrl-C leaves nothing behind', async () => {
    const port = await freePort();
    const run = start(['--port', String(port)]);
    await until(() => run.output().includes(`ready http://127.0.0.1:${port}\n`), run);
    const request = {
      message: { id: 'm-1', marking: 'NOT A MARKING' },
      path: { hops: [{ network: 'nowhere' }] },
    };
    const told = async (payload: unknown) => {
      const answer = await invoke(`http://127.0.0.1:${port}`, payload);
      expect(answer).toMatchObject({ status: 200, error: undefined, payload: { decision: false } });
      return (answer.payload as { reasons: { code: string }[] }).reasons.map(({ code }) => code);
    };
    expect(await told({ request: JSON.stringify(request) })).toEqual(['MARKING_INVALID']);
    expect(await told(request)).toEqual(['REQUEST_NOT_TEXT']);
    expect(run.output()).toContain('LOCALCALLER');
    const children = descendants(run.child.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(4);
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(await allGone(children)).toEqual([]);
  }, 60_000);

  it('takes everything along even when it is killed', async () => {
    const run = start(['--port', String(await freePort())]);
    // The engine (shell, its helper, the engine itself) and at least two sandboxes.
    await until(() => descendants(run.child.pid ?? 0).length >= 5, run);
    const children = descendants(run.child.pid ?? 0);
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await allGone(children)).toEqual([]);
  }, 60_000);

  it('names a busy port and the remedy', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const run = start(['--port', port]);
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`port ${port} is in use`);
    expect(run.output()).toContain('--port');
    server.close();
  });

  it.each([
    [['--help'], 0, 'Usage: npm start'],
    [['--nonsense'], 2, '--help'],
    [['--stage', 'prd'], 2, 'the stage must be one of dev, staging, prod; did you mean prod?'],
  ])('%j ends with %i', async (args, code, text) => {
    const run = start(args);
    expect(await run.ended).toBe(code);
    expect(run.output()).toContain(text);
  });
});

describe('options', () => {
  it.each([
    [[], {}, { stage: 'dev', once: false, data: undefined, port: 8787, verbose: false }],
    [['--stage', 'prod'], {}, { stage: 'prod' }],
    [[], { PORT: '9000' }, { port: 9000 }],
    [[], { PORT: '' }, { port: 8787 }],
    [['--port', '1'], { PORT: '9000' }, { port: 1 }],
    [['--once', '--data', 'd', '--verbose'], {}, { once: true, data: 'd', verbose: true }],
  ])('%j with %j', (args, environment, options) => {
    expect(readOptions(args, environment)).toMatchObject(options);
  });

  it.each([
    [['--port', '0'], {}],
    [['--port', '65536'], {}],
    [['--port', '-1'], {}],
    [[], { PORT: '80x' }],
    [['--data', ''], {}],
    [['--stage', ''], {}],
    [['--stage', 'production'], {}],
    [['extra'], {}],
  ])('%j with %j is refused', (args, environment) => {
    expect(() => readOptions(args, environment)).toThrow(LocalUsageError);
  });
});
