import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The embedded database: one process of ours that speaks DynamoDB's protocol on loopback. */
export interface Engine {
  readonly endpoint: string;
  /** The engine's own process; changes when it is restarted. */
  readonly pid: () => number;
  /** Suspends the process, so that calls hang; `resume` lets it continue with nothing lost. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => Promise<void>;
}

export interface EngineOptions {
  /** The SQLite file. It outlives the engine's process, so a killed engine comes back with its data. */
  readonly file: string;
  /** Told when the engine died by itself and when it serves again. */
  readonly report: (line: string) => void;
}

/** Path of the engine's binary, or `undefined` where the optional package is not installed (no Linux x64). */
export function enginePath(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}

/**
 * Starts the engine below a small shell that kills it when our end of a pipe closes: however this process ends, even
 * by SIGKILL, no database is left behind. The shell first prints the engine's process id.
 */
const KEEPER =
  'exec 3<&0; "$@" </dev/null >/dev/null 2>&1 & engine=$!; echo "$engine"; ' +
  '{ cat <&3; kill -9 "$engine"; } >/dev/null 2>&1 & wait "$engine"';

interface Running {
  readonly keeper: ChildProcess;
  readonly pid: number;
}

/** Starts the engine and keeps it running until `stop`. */
export async function startEngine(binary: string, options: EngineOptions): Promise<Engine> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  let stopping = false;
  let running = await launch(binary, port, options.file);

  const revive = async (): Promise<void> => {
    options.report(
      'the database stopped; restarting it with the data it had (until then every answer is deny)',
    );
    for (let wait = 1000; !stopping; wait = Math.min(wait * 2, 5000)) {
      await delay(wait);
      if (stopping) return;
      try {
        running = await launch(binary, port, options.file);
        watch();
        options.report('the database is back');
        return;
      } catch (error) {
        options.report(`the database did not start (${error instanceof Error ? error.message : 'unknown'})`);
      }
    }
  };
  const watch = (): void => {
    running.keeper.once('exit', () => {
      // Lets the shell's helper end too.
      running.keeper.stdin?.destroy();
      if (!stopping) void revive();
    });
  };
  watch();

  return {
    endpoint,
    pid: () => running.pid,
    pause: () => signal(running.pid, 'SIGSTOP'),
    resume: () => signal(running.pid, 'SIGCONT'),
    stop: async () => {
      stopping = true;
      await end(running);
    },
  };
}

async function launch(binary: string, port: number, file: string): Promise<Running> {
  const engine = [binary, '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'engine', ...engine], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Out of the terminal's process group: Ctrl-C reaches the runner alone, which stops things in order.
    detached: true,
  });
  const pid = await firstLine(keeper);
  const running = { keeper, pid: Number(pid) };
  for (let attempt = 0; attempt < 200; attempt++) {
    if (keeper.exitCode !== null || keeper.signalCode !== null) throw new Error('it ended at once');
    if (await answers(port)) return running;
    await delay(25);
  }
  await end(running);
  throw new Error('it did not answer in time');
}

async function firstLine(keeper: ChildProcess): Promise<string> {
  const { stdout } = keeper;
  if (!stdout) throw new Error('the shell has no output');
  const [chunk] = await Promise.race([
    once(stdout, 'data'),
    once(keeper, 'error').then(([error]) => Promise.reject(error)),
    once(keeper, 'exit').then(() => Promise.reject(new Error('it ended at once'))),
  ]);
  return String(chunk).trim();
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(500) });
    return true;
  } catch {
    return false;
  }
}

async function end({ keeper, pid }: Running): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const exited = once(keeper, 'exit');
  signal(pid, 'SIGTERM');
  // A paused process does not see SIGTERM until it continues.
  signal(pid, 'SIGCONT');
  await Promise.race([exited, delay(1000)]);
  keeper.stdin?.destroy();
  await exited;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
