import { randomUUID } from 'node:crypto';
import type { DoorFunction } from '../functions.ts';
import type { Database } from './database.ts';
import type { LocalFunction } from './functions.ts';
import { functionArn, LOCAL_REGION } from './names.ts';
import type { HostRule } from './sandbox-messages.ts';
import { type PoolResult, SandboxPool } from './sandbox-pool.ts';

export interface HostParts {
  readonly database: Database;
  /** Begins to serve a function what it may reach. */
  readonly admit: (target: LocalFunction) => Promise<readonly HostRule[]>;
  /** What functions write to their logs. */
  readonly log: (text: string) => void;
  /** Something the person at the terminal should know. */
  readonly report: (line: string) => void;
}

interface Hosted {
  readonly function: LocalFunction;
  readonly pool: SandboxPool;
}

/** Doors at which somebody may knock as soon as the guard says it is ready. */
const AWAITED: ReadonlySet<DoorFunction> = new Set(['direct', 'api', 'dashboard']);

/** The functions of a run, each in its own pool of processes. */
export class FunctionHost {
  readonly #parts: HostParts;
  /** By the name the template gives. */
  readonly #hosted = new Map<string, Hosted>();
  readonly #unreachable = new Map<string, Set<string>>();

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  async add(target: LocalFunction): Promise<void> {
    const { log, database } = this.#parts;
    const pool = new SandboxPool({
      directory: target.directory,
      handler: target.handler,
      environment: environmentOf(target, database),
      memory: target.memory,
      timeout: target.timeout,
      reserved: target.reserved,
      hosts: await this.#parts.admit(target),
      log,
      unreachable: (host, why) => this.#note(target, `${target.shortName} cannot reach ${host}: ${why}`),
    });
    this.#hosted.set(target.name, { function: target, pool });
  }

  has(name: string): boolean {
    return this.#hosted.has(name);
  }

  /** Starts what is waited for, so that a bundle that does not load is found before anyone calls. */
  async warm(): Promise<void> {
    const awaited = [...this.#hosted.values()].filter((each) => AWAITED.has(each.function.door));
    await Promise.all(awaited.map(({ pool }) => pool.warm()));
  }

  /** A function by short name, synthesised name or ARN, with or without a qualifier in the ARN or name. */
  find(reference: string): { readonly function: LocalFunction; readonly qualifier: string } | undefined {
    const name = reference.replace(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:/, '');
    const [base, qualifier = '$LATEST', ...rest] = name.split(':');
    const found = [...this.#hosted.values()]
      .map((each) => each.function)
      .find((each) => each.shortName === base || each.name === base);
    if (!found || rest.length > 0 || !found.qualifiers.includes(qualifier)) return undefined;
    return { function: found, qualifier };
  }

  /** @param event JSON text */
  async invoke(target: LocalFunction, qualifier: string, event: string): Promise<PoolResult> {
    const pool = this.#hosted.get(target.name)?.pool;
    if (!pool) return 'throttled';
    const invokedFunctionArn = functionArn(target.name, qualifier === '$LATEST' ? undefined : qualifier);
    return pool.invoke({ requestId: randomUUID(), event, invokedFunctionArn });
  }

  /** What a function has tried to reach and could not, one line each. */
  unreachable(target: LocalFunction): readonly string[] {
    return [...(this.#unreachable.get(target.name) ?? [])];
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#hosted.values()].map(({ pool }) => pool.stop()));
  }

  /** Said once: it tries again with every call. */
  #note(target: LocalFunction, line: string): void {
    const lines = this.#unreachable.get(target.name) ?? new Set();
    this.#unreachable.set(target.name, lines);
    if (lines.has(line)) return;
    lines.add(line);
    this.#parts.report(line);
  }
}

/** The variables that name KMS keys: whoever has one publishes, or judges what is to be published. */
const KMS_KEYS = ['COMMIT_SIGNING_KEY_ID', 'SEALING_KEY_ID'] as const;

/** The template's variables, and those that Lambda itself sets; and whoever administers the registry is told that it is a sample. */
function environmentOf(target: LocalFunction, database: Database): Readonly<Record<string, string>> {
  return {
    ...target.environment,
    ...(KMS_KEYS.some((key) => target.environment[key] !== undefined) && { SAMPLE_REGISTRY: 'true' }),
    AWS_ACCESS_KEY_ID: database.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: database.credentials.secretAccessKey,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memory),
    AWS_LAMBDA_FUNCTION_NAME: target.name,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: target.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: LOCAL_REGION,
    LAMBDA_TASK_ROOT: target.directory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: target.handler,
  };
}
