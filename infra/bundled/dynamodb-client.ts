/**
 * Takes the place of `@aws-sdk/client-dynamodb` in our bundles: the client that `functions/store/dynamodb.ts` makes, and the
 * commands that functions send. What goes over the wire is what the SDK sends and reads; what is not here is what none of
 * them enters: endpoint rules, endpoint discovery, event streams, schemas, plugins, a stack of middleware.
 *
 * Of the SDK itself are its HTTP handler, with its timeouts; its retry strategy; and its word on which errors pass. Every
 * behaviour is compared with the SDK's client by `test/infra/bundled-dynamodb.test.ts`. Left out with intent: the correction
 * of a clock that is minutes off (a guard with such a clock is not to answer), `Retry-After`, and headers for statistics.
 */
import type { IncomingMessage } from 'node:http';
import {
  isServerError,
  isThrottlingError,
  isTransientError,
  StandardRetryStrategy,
} from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { dynamodbEndpoint } from './dynamodb-endpoint.ts';
import { type SigningCredentials, signedHeaders } from './dynamodb-signature.ts';
import { fromWire, toWire } from './dynamodb-wire.ts';

type HttpRequest = Parameters<NodeHttpHandler['handle']>[0];
type RetryStrategy = Pick<
  StandardRetryStrategy,
  'acquireInitialRetryToken' | 'refreshRetryTokenForRetry' | 'recordSuccess'
>;
type RetryErrorInfo = Parameters<RetryStrategy['refreshRetryTokenForRetry']>[1];

/** Of the SDK's configuration, what `createDynamoClient` gives. */
interface Configuration {
  readonly region?: string | (() => Promise<string>);
  readonly endpoint?: string;
  readonly credentials: SigningCredentials | (() => Promise<SigningCredentials>);
  readonly maxAttempts?: number;
  readonly retryStrategy?: RetryStrategy;
  readonly requestHandler: NodeHttpHandler;
}

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

const given = <T>(value: T | (() => Promise<T>)): T | Promise<T> =>
  typeof value === 'function' ? (value as () => Promise<T>)() : value;

export class DynamoDBClient {
  readonly #config: Configuration;
  readonly #strategy: RetryStrategy;
  #endpoint: URL | undefined;
  /** Nothing of a request or an answer is copied for a log here: there is nothing to take away. */
  readonly middlewareStack = { remove: (): boolean => false };

  constructor(config: Configuration) {
    this.#config = config;
    this.#strategy = config.retryStrategy ?? new StandardRetryStrategy(config.maxAttempts ?? 1);
  }

  destroy(): void {
    this.#config.requestHandler.destroy();
  }

  async send(command: Command, { abortSignal }: SendOptions = {}): Promise<unknown> {
    const body = JSON.stringify(toWire(command.input));
    const strategy = this.#strategy;
    let token = await orAborted(strategy.acquireInitialRetryToken(''), abortSignal);
    for (;;) {
      try {
        const output = await this.#attempt(command.operation, body, abortSignal);
        strategy.recordSuccess(token);
        return output;
      } catch (error) {
        const last = error instanceof Error ? error : new Error(String(error));
        try {
          token = await orAborted(strategy.refreshRetryTokenForRetry(token, failed(last)), abortSignal);
        } catch (refused) {
          throw isAborted(abortSignal, refused) ? refused : last;
        }
        const delay = token.getRetryDelay();
        if (delay > 0) await orAborted(new Promise((resolve) => setTimeout(resolve, delay)), abortSignal);
      }
    }
  }

  /** Signed anew each time: credentials may have rotated, and the date goes on. */
  async #attempt(operation: string, body: string, abortSignal: AbortSignal | undefined): Promise<unknown> {
    const { requestHandler, credentials } = this.#config;
    const region = await given(this.#config.region);
    if (region === undefined || region === '') throw new Error('Region is missing');
    const { protocol, hostname, port, host } = this.#endpointOf(region);
    const headers = signedHeaders(
      {
        region,
        body,
        headers: {
          host,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
        },
      },
      await given(credentials),
      Date.now(),
    );
    const request: Omit<HttpRequest, 'clone'> = {
      method: 'POST',
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: '/',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      body,
      query: {},
    };
    const { response } = await requestHandler.handle(
      // Nothing clones it.
      request as HttpRequest,
      abortSignal === undefined ? {} : { abortSignal },
    );
    const text = await textOf(response.body as IncomingMessage);
    if (response.statusCode >= 300)
      throw new DynamoDBServiceException(response.statusCode, response.headers, text);
    return text === '' ? {} : (fromWire(JSON.parse(text)) ?? {});
  }

  #endpointOf(region: string): URL {
    this.#endpoint ??= endpointGiven(this.#config.endpoint) ?? dynamodbEndpoint(region, process.env);
    return this.#endpoint;
  }
}

function endpointGiven(endpoint: string | undefined): URL | undefined {
  const isIgnored = process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true';
  const text = endpoint || (isIgnored ? undefined : process.env['AWS_ENDPOINT_URL']);
  if (text === undefined || text === '') return undefined;
  if (process.env['AWS_USE_FIPS_ENDPOINT'] === 'true')
    throw new Error('Invalid Configuration: FIPS and custom endpoint are not supported');
  const url = new URL(text);
  if (url.pathname !== '/' || url.search !== '') throw new Error('an endpoint is a host and a port');
  return url;
}

async function textOf(body: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return (chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)).toString(
    'utf8',
  );
}

function failed(thrown: Error): RetryErrorInfo {
  const error = thrown as Parameters<typeof isThrottlingError>[0];
  if (isThrottlingError(error)) return { error, errorType: 'THROTTLING' };
  if (isTransientError(error)) return { error, errorType: 'TRANSIENT' };
  return { error, errorType: isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR' };
}

const isAborted = (signal: AbortSignal | undefined, error: unknown): boolean =>
  signal?.aborted === true && error instanceof Error && error.name === 'AbortError';

/** What is waited for, or the end of whoever waits. */
async function orAborted<T>(waiting: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return waiting;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([waiting, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** What the service said went wrong, by its name, with whatever it said besides. */
class DynamoDBServiceException extends Error {
  readonly $fault: 'client' | 'server';
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(status: number, headers: Readonly<Record<string, string>>, text: string) {
    const said = membersOf(text);
    super(String(said['message'] ?? said['Message'] ?? 'UnknownError'));
    const { message: _message, name: _name, stack: _stack, ['__proto__']: _proto, ...rest } = said;
    Object.assign(this, rest);
    this.name = codeOf(said['__type'] ?? said['code'] ?? headers['x-amzn-errortype']);
    this.$fault = status < 500 ? 'client' : 'server';
    this.$metadata = { httpStatusCode: status };
    if (this.name === 'ReplicatedWriteConflictException') Object.assign(this, { $retryable: {} });
  }
}

/** Which of them it is decides by its name: they all come from one place. */
export class ConditionalCheckFailedException extends DynamoDBServiceException {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof DynamoDBServiceException && error.name === 'ConditionalCheckFailedException';
  }
}

/** A proxy may answer with something else than DynamoDB does. */
function membersOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = fromWire(JSON.parse(text));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException:http://…` is a `ThrottlingException`. */
function codeOf(said: unknown): string {
  const code = typeof said === 'number' ? String(said) : typeof said === 'string' ? said : 'Unknown';
  const name = code.split(',', 1)[0]?.split(':', 1)[0] ?? '';
  return name.includes('#') ? (name.split('#')[1] ?? '') : name;
}

class Command {
  readonly input: unknown;
  readonly operation: string;
  protected constructor(operation: string, input: unknown) {
    this.operation = operation;
    this.input = input;
  }
}

const command = (operation: string) =>
  class extends Command {
    constructor(input: unknown) {
      super(operation, input);
    }
  };

export const BatchExecuteStatementCommand = /* @__PURE__ */ command('BatchExecuteStatement');
export const BatchGetItemCommand = /* @__PURE__ */ command('BatchGetItem');
export const DeleteItemCommand = /* @__PURE__ */ command('DeleteItem');
export const DescribeTableCommand = /* @__PURE__ */ command('DescribeTable');
export const ExecuteStatementCommand = /* @__PURE__ */ command('ExecuteStatement');
export const GetItemCommand = /* @__PURE__ */ command('GetItem');
export const PutItemCommand = /* @__PURE__ */ command('PutItem');
export const QueryCommand = /* @__PURE__ */ command('Query');
export const ScanCommand = /* @__PURE__ */ command('Scan');
