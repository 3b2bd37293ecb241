/** How many processes run one function here, and who waits for them. */
import { type InvocationResult, Sandbox, type SandboxSpec } from './sandbox.ts';
import type { SandboxInvocation } from './sandbox-messages.ts';

/** Throttled by what is reserved for the function, or by what there is. */
export type PoolResult = InvocationResult | 'throttled' | 'throttled-by-reserve';

export interface PoolSpec extends SandboxSpec {
  /** Executions that the function may have at once; undefined where nothing is reserved. */
  readonly reserved: number | undefined;
}

/** How many sandboxes a function without a reserve may have here; Lambda would have a thousand. */
const MOST_SANDBOXES = 4;
/** How many invocations wait for a sandbox before the rest are throttled. */
const MOST_WAITING = 1000;

/** The sandboxes of one function: each takes one invocation at a time, new ones start while all are busy. */
export class SandboxPool {
  readonly #spec: PoolSpec;
  readonly #idle: Sandbox[] = [];
  readonly #all = new Set<Sandbox>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #stopped = false;

  constructor(spec: PoolSpec) {
    this.#spec = spec;
  }

  /** Starts the first sandbox, so that a bundle that does not load is found before anyone calls. */
  async warm(): Promise<void> {
    const sandbox = await this.#start();
    if (!(sandbox instanceof Sandbox))
      throw new Error(`${this.#spec.environment['AWS_LAMBDA_FUNCTION_NAME']}: ${sandbox.errorMessage}`);
    this.#idle.push(sandbox);
  }

  async invoke(invocation: Omit<SandboxInvocation, 'deadline'>): Promise<PoolResult> {
    if (this.#stopped || this.#waiting.length >= MOST_WAITING) return 'throttled';
    const { reserved } = this.#spec;
    // As in Lambda: beyond the reserve nobody waits.
    if (reserved !== undefined && this.#busy >= reserved) return 'throttled-by-reserve';
    if (reserved === undefined && this.#busy >= MOST_SANDBOXES) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
      if (this.#stopped) return 'throttled';
    } else this.#busy++;
    try {
      return await this.#run(invocation);
    } finally {
      // The place goes to who has waited longest; only without one is it given up.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const resolve of this.#waiting.splice(0)) resolve();
    await Promise.all([...this.#all].map((sandbox) => sandbox.kill()));
  }

  async #run(invocation: Omit<SandboxInvocation, 'deadline'>): Promise<PoolResult> {
    const sandbox = this.#takeIdle() ?? (await this.#start());
    if (!(sandbox instanceof Sandbox)) return { ok: false, fault: sandbox };
    const result = await sandbox.invoke(invocation);
    if (sandbox.alive) this.#idle.push(sandbox);
    else this.#all.delete(sandbox);
    return result;
  }

  /** The idle sandbox used last; those that ended by themselves meanwhile are forgotten. */
  #takeIdle(): Sandbox | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.alive) return idle;
      this.#all.delete(idle);
    }
    return undefined;
  }

  async #start(): ReturnType<typeof Sandbox.start> {
    const sandbox = await Sandbox.start(this.#spec);
    if (sandbox instanceof Sandbox) {
      this.#all.add(sandbox);
      // The pool may have been stopped while this one was starting.
      if (this.#stopped) await sandbox.kill();
    }
    return sandbox;
  }
}
