/** What a handler is given with a request: the time it has. */
import { expect, it, vi } from 'vitest';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { LOCAL_ACCOUNT, LOCAL_API } from '../../infra/local/identities.ts';
import { handle } from './every-door.ts';
import { proxyEvent } from './rig.ts';

it('a request reads until its own time is over, and no longer', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  const signals: unknown[] = [];
  const open = (_wanted: unknown, signal: AbortSignal) => {
    signals.push(signal);
    return Promise.reject(new StoreError('STORE_UNAVAILABLE'));
  };
  const place = { account: LOCAL_ACCOUNT, api: LOCAL_API };
  const context = { anyReader: { open }, place, clock: () => 0 } as unknown as RegistryContext;
  const who = {
    userArn: `arn:aws:sts::${LOCAL_ACCOUNT}:assumed-role/routeguard-auditor/ada`,
    user: 'AROALOCALAUDITOR:ada',
  };
  const event = proxyEvent('GET', '/v1/registry/log', {}, null, who);
  const { status } = await handle(context, event, { budgetMs: 1_234, sliceMs: 0 });
  const { calls, results } = timeout.mock;
  expect([status, calls, signals]).toEqual([503, [[1_234]], [results[0]?.value]]);
  timeout.mockRestore();
});
