import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';
import type { LocalFunction } from './functions.ts';
import { functionArn, LOCAL_REGION } from './names.ts';
import { type PoolResult, SandboxPool } from './sandbox-pool.ts';
import type { SigningKey } from './signing-key.ts';

/** The functions of a run, each in its own pool of processes. */
export class FunctionHost {
  readonly #pools = new Map<string, SandboxPool>();
  readonly #functions: readonly LocalFunction[];

  constructor(
    functions: readonly LocalFunction[],
    database: Database,
    signing: SigningKey,
    log: (text: string) => void,
  ) {
    this.#functions = functions;
    for (const each of functions) {
      const pool = new SandboxPool({
        directory: each.directory,
        handler: each.handler,
        environment: { ...environmentOf(each, database), ...signingOf(each, signing) },
        memory: each.memory,
        timeout: each.timeout,
        log,
      });
      this.#pools.set(each.name, pool);
    }
  }

  async warm(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.warm()));
  }

  /** A function by short name, synthesised name or ARN, with or without a qualifier in the ARN or name. */
  find(reference: string): { readonly function: LocalFunction; readonly qualifier: string } | undefined {
    const name = reference.replace(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:/, '');
    const [base, qualifier = '$LATEST', ...rest] = name.split(':');
    const found = this.#functions.find((each) => each.shortName === base || each.name === base);
    if (!found || rest.length > 0 || !found.qualifiers.includes(qualifier)) return undefined;
    return { function: found, qualifier };
  }

  /** @param event JSON text */
  async invoke(target: LocalFunction, qualifier: string, event: string): Promise<PoolResult> {
    const pool = this.#pools.get(target.name);
    if (!pool) return 'throttled';
    const invokedFunctionArn = functionArn(target.name, qualifier === '$LATEST' ? undefined : qualifier);
    return pool.invoke({ requestId: randomUUID(), event, invokedFunctionArn });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.stop()));
  }
}

/** The template's variables, and those that Lambda itself sets. */
function environmentOf(target: LocalFunction, database: Database): Readonly<Record<string, string>> {
  return {
    ...target.environment,
    AWS_ACCESS_KEY_ID: database.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: database.credentials.secretAccessKey,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
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

/** The variable that names the KMS key on AWS: whoever has it signs commits. */
const KMS_KEY = 'COMMIT_SIGNING_KEY_ID';

/**
 * Where the template gives a function the signing key, this run gives it a key of its own, and says that the registry is a
 * sample. No other function sees the private key.
 */
function signingOf(target: LocalFunction, signing: SigningKey): Readonly<Record<string, string>> {
  if (target.environment[KMS_KEY] === undefined) return {};
  return {
    [KMS_KEY]: '',
    COMMIT_SIGNING_KEY_PEM: signing.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    SAMPLE_REGISTRY: 'true',
  };
}
