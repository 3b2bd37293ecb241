import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  Fault,
  SandboxInvocation,
  SandboxMessage,
  SandboxStart,
  Unreachable,
} from './sandbox-messages.ts';

/** What an invocation ended in: the handler's JSON, or a fault (`FunctionError: Unhandled`). */
export type InvocationResult =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly fault: Fault };

export interface SandboxSpec extends SandboxStart {
  /** The whole environment: nothing of this process's own leaks in. */
  readonly environment: Readonly<Record<string, string>>;
  /** In seconds. */
  readonly timeout: number;
  /** Called with what the function writes to its log. */
  readonly log: (text: string) => void;
  /** Called whenever it tries to connect to what it cannot reach. */
  readonly unreachable: (host: string, why: string) => void;
}

/** Lambda's bound on the init phase. */
const INIT_MS = 10_000;
const CHILD = join(dirname(fileURLToPath(import.meta.url)), 'sandbox-child.ts');

/** One process that runs one function, one invocation at a time, as a Lambda execution environment does. */
export class Sandbox {
  readonly #spec: SandboxSpec;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  /** How the process ended, in Lambda's words. */
  #ending = 'Runtime exited';
  /** Takes the next message, or the news that the process ended. */
  #waiting: ((message: SandboxMessage | 'exit') => void) | undefined;
  #alive = true;

  private constructor(spec: SandboxSpec) {
    this.#spec = spec;
    const { directory, handler, memory, hosts } = spec;
    const start: SandboxStart = { directory, handler, memory, hosts };
    this.#child = spawn(process.execPath, [`--max-old-space-size=${memory}`, CHILD, JSON.stringify(start)], {
      cwd: spec.directory,
      env: spec.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Out of the terminal's process group: Ctrl-C reaches the runner alone.
      detached: true,
    });
    this.#child.stdout?.setEncoding('utf8').on('data', spec.log);
    this.#child.stderr?.setEncoding('utf8').on('data', spec.log);
    this.#child.on('message', (received) => {
      const message = received as SandboxMessage | Unreachable;
      if (message.type === 'unreachable') spec.unreachable(message.host, message.why);
      else this.#deliver(message);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#exited = promise;
    const ended = (): void => {
      this.#alive = false;
      this.#deliver('exit');
      resolve();
    };
    this.#child.on('exit', (code, signal) => {
      this.#ending = endingOf(code, signal);
      ended();
    });
    this.#child.on('error', ended);
  }

  /** A sandbox whose bundle is loaded, or the fault that loading it ended in. */
  static async start(spec: SandboxSpec): Promise<Sandbox | Fault> {
    const sandbox = new Sandbox(spec);
    const message = await sandbox.#next(INIT_MS);
    if (message !== 'exit' && message !== 'timeout' && message.type === 'ready') return sandbox;
    await sandbox.kill();
    if (message === 'timeout') return exitFault('Runtime exited during init');
    if (message === 'exit') return exitFault(sandbox.#ending);
    return message.type === 'init-fault' ? message.fault : exitFault('Runtime answered nonsense');
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Runs one invocation. A sandbox that timed out or ended is dead afterwards. */
  async invoke(invocation: Omit<SandboxInvocation, 'deadline'>): Promise<InvocationResult> {
    const { requestId } = invocation;
    const milliseconds = this.#spec.timeout * 1000;
    if (!this.#alive) return { ok: false, fault: exitFault(this.#ending, requestId) };
    const reply = this.#next(milliseconds);
    this.#child.send({ ...invocation, deadline: Date.now() + milliseconds }, () => {
      // A failed send means the process ended; its exit is what `reply` sees.
    });
    const message = await reply;
    if (message === 'timeout') {
      await this.kill();
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${this.#spec.timeout}.00 seconds`;
      return { ok: false, fault: { errorType: 'Sandbox.Timedout', errorMessage } };
    }
    if (message === 'exit') return { ok: false, fault: exitFault(this.#ending, requestId) };
    if (message.type === 'result' && message.requestId === requestId)
      return { ok: true, payload: message.payload };
    if (message.type === 'fault' && message.requestId === requestId)
      return { ok: false, fault: message.fault };
    await this.kill();
    return { ok: false, fault: exitFault('Runtime answered out of turn', requestId) };
  }

  /** Ends the process whatever it is doing. */
  async kill(): Promise<void> {
    this.#alive = false;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #deliver(message: SandboxMessage | 'exit'): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(message);
  }

  #next(milliseconds: number): Promise<SandboxMessage | 'exit' | 'timeout'> {
    const { promise, resolve } = Promise.withResolvers<SandboxMessage | 'exit' | 'timeout'>();
    const timer = setTimeout(() => {
      this.#waiting = undefined;
      resolve('timeout');
    }, milliseconds);
    this.#waiting = (message) => {
      clearTimeout(timer);
      resolve(message);
    };
    return promise;
  }
}

/** What outgrew its memory ends by `killed`: on AWS by the kernel, here by its own watch. */
function endingOf(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'Runtime exited with error: signal: killed';
  if (signal !== null) return `Runtime exited with error: signal: ${signal}`;
  return code === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${code}`;
}

function exitFault(what: string, requestId?: string): Fault {
  const errorMessage = requestId === undefined ? `Error: ${what}` : `RequestId: ${requestId} Error: ${what}`;
  return { errorType: 'Runtime.ExitError', errorMessage };
}
