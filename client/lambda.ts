/** The guard reached by direct invocation. */
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { knownMembers } from './known-members.ts';
import { MAX_REPLY_LENGTH, type Reply, replyForStatus, type Transport } from './reply.ts';
import { isUnconfigured } from './unconfigured.ts';

/**
 * The `LambdaClient` of `@aws-sdk/client-lambda`, or whatever sends its commands: named by its shape, so that a type checker
 * finds what it needs in this package alone.
 */
export interface CommandSender {
  send(command: never, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}

export interface LambdaTransportOptions {
  /** Name or ARN of the guard's `decide` function; with an alias, `name:alias`. */
  readonly functionName: string;
  /**
   * @default a client of the process's region and credentials with one attempt: the retry budget of `RouteGuard`
   * is the only one that retries
   */
  readonly client?: CommandSender;
}

const KNOWN: { readonly [K in keyof Required<LambdaTransportOptions>]: true } = {
  functionName: true,
  client: true,
};

/**
 * Direct invocation. The request travels as text inside the payload, because the runtime parses a payload before
 * the guard sees it, and a member named twice would be gone by then.
 *
 * @example
 * const transport = lambdaTransport({ functionName: 'decide:live' });
 * export const guard = new RouteGuard({ transport });
 */
export function lambdaTransport(options: LambdaTransportOptions): Transport {
  const { functionName, client } = knownMembers('lambdaTransport', options, KNOWN);
  if (typeof functionName !== 'string' || functionName === '') throw new TypeError('functionName is needed');
  if (client !== undefined && typeof client?.send !== 'function')
    throw new TypeError('client must be a LambdaClient');
  const lambda: CommandSender = client ?? new LambdaClient({ maxAttempts: 1 });
  return {
    async send(text, signal): Promise<Reply> {
      try {
        const command = new InvokeCommand({
          FunctionName: functionName,
          InvocationType: 'RequestResponse',
          Payload: new TextEncoder().encode(JSON.stringify({ request: text })),
        });
        // Of a client that the caller gave, only its shape is known, and not its commands.
        const output = await lambda.send(command as never, { abortSignal: signal });
        const { StatusCode, FunctionError, Payload } = output as InvokeCommandOutput;
        const bytes = Payload ?? new Uint8Array();
        if (bytes.byteLength > MAX_REPLY_LENGTH) return { kind: 'unreachable' };
        return {
          kind: 'answered',
          status: StatusCode ?? 0,
          functionError: FunctionError ?? null,
          text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
        };
      } catch (error) {
        if (signal.aborted) return { kind: 'timed-out' };
        return isUnconfigured(error) ? { kind: 'unconfigured' } : replyForStatus(statusOf(error));
      }
    },
  };
}

/** The HTTP status in an SDK error; 0 where there was no response at all. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 0;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}
