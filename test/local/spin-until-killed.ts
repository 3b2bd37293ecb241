/** Starts a sandbox whose handler spins, and waits to be killed: see sandbox.test.ts. Argument: the asset directory. */
import { SandboxPool } from '../../infra/local/sandbox-pool.ts';

const pool = new SandboxPool({
  directory: process.argv[2] ?? '',
  handler: 'index.handler',
  environment: {},
  memory: 256,
  timeout: 600,
  reserved: undefined,
  hosts: [],
  log: (text) => process.stdout.write(text),
  unreachable: () => {},
});
await pool.invoke({ requestId: '1', event: '{}', invokedFunctionArn: 'arn:local' });
