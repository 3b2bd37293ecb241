/** Who makes good for a publisher that died before the floor: every request, once people's word for that HEAD stands. */
import { expect, it } from 'vitest';
import { finishing } from '../../functions/registry/finishing.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { StoreError } from '../../functions/store/store-error.ts';

const signal = () => AbortSignal.timeout(60_000);
const good = async () => undefined;
const bad = () => Promise.reject(new StoreError('APPROVAL_INVALID'));

it.each<[string, Pick<OpenSnapshot, 'acknowledged' | 'held' | 'approved'>, string, number]>([
  ['that nobody acknowledged', { acknowledged: false, held: null, approved: good }, 'opened', 1],
  ['that is acknowledged', { acknowledged: true, held: null, approved: good }, 'opened', 0],
  ['that is held', { acknowledged: false, held: 'HEAD_BELOW_FLOOR', approved: good }, 'opened', 0],
  ['that people have not signed', { acknowledged: false, held: null, approved: bad }, 'APPROVAL_INVALID', 0],
])('a HEAD %s', async (_what, head, expected, times) => {
  const acknowledged: unknown[] = [];
  const acknowledge = async (at: unknown) => void acknowledged.push(at);
  const reader = finishing({ open: async () => head as OpenSnapshot }, { acknowledge });
  const found = await reader.open({}, signal()).then(
    () => 'opened',
    (error) => error.code,
  );
  expect([found, acknowledged]).toEqual([expected, Array(times).fill(head)]);
});
