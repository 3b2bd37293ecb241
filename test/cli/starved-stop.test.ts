/** Who stops something by the command line needs no other function than the stop's own. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { registryCommand } from '../../cli/registry.ts';
import { matchIn } from '../../functions/registry/match-route.ts';
import { routesBy } from '../../functions/registry/routes.ts';
import { type RegistryRig, startRegistryRig } from '../registry/rig.ts';
import { type ServedRegistry, serveRegistry } from '../registry/served.ts';

let rig: RegistryRig;
let served: ServedRegistry;
beforeAll(async () => {
  rig = await startRegistryRig();
  served = await serveRegistry(rig.context);
  served.isThrottled = (method, path) => matchIn(routesBy('stop'), method, path) === undefined;
});
afterAll(async () => {
  await served.close();
  await rig.stop();
});

async function run(...args: readonly string[]) {
  const lines: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line)),
    vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await registryCommand().parseAsync([...args, '--url', served.url, '--as', 'usa-proposer'], {
      from: 'user',
    });
    return { code: Number(process.exitCode ?? 0), said: lines.join('\n') };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

const WHY = ['--reason', 'Starved'];
const STOP = ['--authority', 'us-state', '--owner', 'USA', '--cause', 'doubt', ...WHY];
const UNCOUNTED = 'What it stops could not be counted; it is in force all the same.';

it.each<[what: string, args: readonly string[], said: string]>([
  ['a hold that is tried', ['hold', 'one', ...STOP, '--dry-run'], 'DRY RUN'],
  ['a hold', ['hold', 'one', ...STOP], UNCOUNTED],
  ['the holds there are', ['holds'], 'one'],
  ['a revocation that is tried', ['revoke', 'accreditation/us-on-gb-b', ...WHY, '--dry-run'], 'DRY RUN'],
  ['a revocation', ['revoke', 'accreditation/us-on-gb-b', ...WHY], UNCOUNTED],
])('%s goes through while everything else is throttled', async (_what, args, said) => {
  const { code, said: told } = await run(...args);
  expect([code, told]).toEqual([0, expect.stringContaining(said)]);
});

it('anything else waits, and says so', async () => {
  expect((await run('log')).code).not.toBe(0);
});
