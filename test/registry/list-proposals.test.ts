/** Proposals as they are listed and shown: every one of them once, and nothing of one that nobody could tell. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Proposal } from '../../functions/registry/proposal.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { accreditation, digestOf } from './changes.ts';
import { type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

const signal = () => AbortSignal.timeout(60_000);
let rig: RegistryRig;
let filed: Proposal;
const ids: string[] = [];
beforeAll(async () => {
  rig = await startRegistryRig();
  for (const year of [2036, 2037, 2038]) {
    const body = { reason: 'A test', changes: [accreditation(`listed-${year}`, year)] };
    ids.push((await rig.as('usa-proposer').post('proposals', body)).body.id);
  }
  const held = await rig.context.proposals.read(ids[0] ?? '', signal());
  if (held === undefined) throw new Error(ids[0]);
  filed = held.record;
});
afterAll(() => rig.stop());

it('a list goes on until there are no more', async () => {
  const pages: string[][] = [];
  let query: Record<string, string> | undefined = { limit: '2' };
  while (query !== undefined) {
    const { proposals, next }: Wire = (await rig.as('auditor').get('proposals', query)).body;
    pages.push(proposals.map(({ id }: Proposal) => id));
    query = next === null ? undefined : { limit: '2', before: next };
  }
  expect(pages.map(({ length }) => length)).toEqual([2, 1]);
  expect(pages.flat()).toEqual([...ids].sort().reverse());
});

it.each([
  ['as many characters as one answer shows', 4_194_304, true],
  ['one character more', 4_194_305, false],
])('operations of %s: shown is %s', async (_what, characters, isShown) => {
  const text = JSON.stringify([{ op: 'x'.repeat(characters - '[{"op":""}]'.length) }]);
  const id = `p-20260101T000000Z-${String(characters).padStart(10, '0')}`;
  const body = await rig.context.blobs.of(id).put(Buffer.from(text), signal());
  await rig.context.proposals.create({ ...filed, id, body }, signal());
  const shown = (await rig.as('auditor').get(`proposals/${id}`)).body;
  expect([shown.bytes, shown.changes === null]).toEqual([characters, !isShown]);
});

it('what a store that is gone would say of a publication is not made up', async () => {
  const id = 'p-20260101T000000Z-0123456789';
  const published = {
    version: 1,
    digest: digestOf('x'),
    lineage: 'x',
    recordedAt: '2026-01-01T00:00:00.000Z',
  };
  await rig.context.proposals.create({ ...filed, id, status: 'published', published }, signal());
  const reader = { open: () => Promise.reject(new StoreError('STORE_UNAVAILABLE')) };
  const { status, body } = await rig.asIn({ ...rig.context, reader }, 'auditor').get(`proposals/${id}`);
  expect([status, body.error?.code]).toEqual([503, 'STORE_UNAVAILABLE']);
  expect((await rig.as('auditor').get(`proposals/${id}`)).body.status).toBe('approving');
});
