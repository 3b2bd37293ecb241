/**
 * A minimal Lambda runtime for one function: loads its bundle, then serves one invocation at a time.
 *
 * Started with a `SandboxStart` as JSON. Speaks `SandboxMessage`, `Unreachable` and `SandboxInvocation` over the IPC channel.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  type Fault,
  PAYLOAD_LIMIT,
  type SandboxInvocation,
  type SandboxMessage,
  type SandboxStart,
  type Unreachable,
} from './sandbox-messages.ts';
import { confine } from './sandbox-network.ts';

type Handler = (event: unknown, context: object) => unknown;

const started: SandboxStart = JSON.parse(process.argv[2] ?? '{}');

/**
 * When the runner dies, so must this process, and when it outgrows the function's memory too, even while a handler spins.
 * A thread of its own can see both: the parent's id changes when a process is orphaned, and memory is the process's. The id
 * is taken here, since the runner may be gone before the thread runs.
 */
const watch = `
  const parent = ${process.ppid};
  const end = () => process.kill(process.pid, 'SIGKILL');
  setInterval(() => { if (process.ppid !== parent) end(); }, 500);
  setInterval(() => { if (process.memoryUsage.rss() > ${started.memory * 1024 * 1024}) end(); }, 100);
`;
new Worker(watch, { eval: true, env: {}, stdout: false, stderr: false }).unref();

function send(message: SandboxMessage | Unreachable): void {
  process.send?.(message);
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  };
}

async function loadHandler(): Promise<Handler> {
  const { directory, handler: handlerName } = started;
  const [file = '', name = ''] = handlerName.split('.');
  const module: Record<string, unknown> = await import(pathToFileURL(join(directory, `${file}.mjs`)).href);
  const handler = module[name];
  if (typeof handler !== 'function') throw new Error(`${handlerName} is undefined or not exported`);
  // Node 24's runtime has no callback handlers: a third parameter would never be called.
  if (handler.length > 2)
    throw new Error(`${handlerName} takes a callback, which this runtime does not have`);
  return handler as Handler;
}

async function serve(handler: Handler, invocation: SandboxInvocation): Promise<void> {
  const { requestId } = invocation;
  const environment = process.env;
  const context = {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: invocation.invokedFunctionArn,
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
  };
  try {
    const result = await handler(JSON.parse(invocation.event), context);
    // As in Lambda: undefined (and what JSON drops, such as a function) becomes null.
    const payload = JSON.stringify(result) ?? 'null';
    if (Buffer.byteLength(payload) > PAYLOAD_LIMIT) {
      const errorMessage = `Response payload size exceeded maximum allowed payload size (${PAYLOAD_LIMIT} bytes).`;
      send({ type: 'fault', requestId, fault: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } });
    } else send({ type: 'result', requestId, payload });
  } catch (error) {
    send({ type: 'fault', requestId, fault: faultOf(error) });
  }
}

confine(started.hosts, send);
process.on('disconnect', () => process.exit(0));
try {
  const handler = await loadHandler();
  process.on('message', (invocation: SandboxInvocation) => void serve(handler, invocation));
  send({ type: 'ready' });
} catch (error) {
  send({ type: 'init-fault', fault: faultOf(error) });
}
