import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { StoreError } from './store-error.ts';
import type { RetryStrategy } from './while-throttled.ts';

/**
 * The tables: immutable objects, the one mutable item (with whatever else the control plane keeps there), and apart from
 * both, how far it has come.
 */
export interface StoreTables {
  readonly objects: string;
  readonly state: string;
  readonly floor: string;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface DynamoOptions {
  /** @default AWS_REGION */
  readonly region?: string | (() => Promise<string>);
  /** @default AWS_ENDPOINT_URL_DYNAMODB, else the Region's endpoint */
  readonly endpoint?: string;
  /** @default the environment's credentials, which Lambda always provides */
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  /** Milliseconds to a connected socket. @default 150 */
  readonly connectMs?: number;
  /** Milliseconds to the response's headers, and of silence within its body. @default 250 */
  readonly readMs?: number;
  /**
   * Attempts per call, the first included; or what says after each whether there is another.
   *
   * @default 2: a thawed sandbox's first call can meet a reset socket
   */
  readonly attempts?: number | RetryStrategy;
}

/**
 * A DynamoDB client whose timeouts fire. Three SDK defaults are wrong for a guard: no timeout at all, a
 * `requestTimeout` that only warns, and no limit on silence after the headers; each is set here.
 */
export function createDynamoClient(options: DynamoOptions = {}): DynamoDBClient {
  const readMs = options.readMs ?? 250;
  const endpoint = options.endpoint ?? process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  const { attempts = 2 } = options;
  const region = options.region ?? process.env['AWS_REGION'];
  const client = new DynamoDBClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined || endpoint === '' ? {} : { endpoint }),
    credentials: options.credentials ?? environmentCredentials,
    ...(typeof attempts === 'number'
      ? { maxAttempts: attempts, retryMode: 'standard' }
      : { retryStrategy: attempts }),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: options.connectMs ?? 150,
      requestTimeout: readMs,
      socketTimeout: readMs,
      throwOnRequestTimeout: true,
    }),
  });
  // It copies every request and every answer for a logger, also where there is none: nothing of either is for a log.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Read on every refresh, so that rotated credentials of a long-lived process are picked up. */
async function environmentCredentials(): Promise<Credentials> {
  const accessKeyId = process.env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = process.env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) throw new Error('no credentials in the environment');
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** Refusals that waiting does not cure: the caller's rights, the table or key named, the shape of the call. */
const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'DisabledException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidKeyUsageException',
  'InvalidSignatureException',
  'KMSInvalidStateException',
  'MissingAuthenticationTokenException',
  'NotFoundException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
  'ValidationException',
]);

/**
 * Runs one call to AWS under a deadline and translates whatever goes wrong. The race is deliberate: the SDK's own
 * handling of the signal does not cover every phase of a call, and a deadline that depends on it is a hope.
 *
 * @throws StoreError STORE_UNAVAILABLE or STORE_REFUSED; a StoreError thrown inside passes through
 */
export async function callDynamo<T>(
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw new StoreError('STORE_UNAVAILABLE', { cause: signal.reason });
  let onAbort = (): void => undefined;
  const deadline = new Promise<never>((_, reject) => {
    onAbort = () => reject(new StoreError('STORE_UNAVAILABLE', { cause: signal.reason }));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([call(signal), deadline]);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const refused = error instanceof Error && REFUSALS.has(error.name);
    throw new StoreError(refused ? 'STORE_REFUSED' : 'STORE_UNAVAILABLE', { cause: error });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
