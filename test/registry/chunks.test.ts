/** Proposals that come in chunks: whose they are, that they are judged like any other, and what is left when the last one fails. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { Refusal } from '../../functions/registry/refusal.ts';
import { accreditation, digestOf, vendor } from './changes.ts';
import { type Person, type RegistryRig, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ sample: false });
});
afterAll(() => rig.stop());

/** Announced as two chunks, of which the first has come; the second is given back. */
async function halfUploaded(who: string, change: Wire): Promise<{ path: string; last: string }> {
  const text = JSON.stringify([change]);
  const upload = { chunks: 2, bytes: Buffer.byteLength(text), digest: digestOf(text), text };
  const { status, body } = await rig.as(who).post('proposals', { reason: 'A test', upload });
  expect(status, JSON.stringify(body)).toBe(201);
  const path = `proposals/${body.id}`;
  expect((await rig.as(who).put(`${path}/chunks/0`, { text: text.slice(0, 9) })).status).toBe(200);
  return { path, last: text.slice(9) };
}
const told = ({ status, body }: Wire) => [status, body.error?.code ?? body.status];

describe('the last chunk', () => {
  it.each<[string, string, Wire, unknown[], string]>([
    ['of what is sound', 'usa-proposer', accreditation('uploaded'), [200, 'open'], 'open'],
    [
      'of a fact about nothing',
      'usa-proposer',
      accreditation('of-nowhere', 2037, { subject: { network: 'nowhere' } }),
      [422, 'PROPOSAL_INVALID'],
      'uploading',
    ],
    [
      'of a synthetic fact outside a sample',
      'proposer',
      vendor('uploaded'),
      [422, 'SYNTHETIC_REFUSED'],
      'uploading',
    ],
  ])('%s', async (_what, who, change, expected, status) => {
    const { path, last } = await halfUploaded(who, change);
    expect(told(await rig.as(who).put(`${path}/chunks/1`, { text: last }))).toEqual(expected);
    expect((await rig.as(who).get(path)).body.status).toBe(status);
  });

  it('that somebody was faster than leaves every chunk where it is', async () => {
    const { path, last } = await halfUploaded('usa-proposer', accreditation('slower', 2038));
    const update: RegistryContext['proposals']['update'] = () =>
      Promise.reject(new Refusal('CONFLICT', 'somebody else changed this'));
    const slower = { ...rig.context, proposals: { ...rig.context.proposals, update } };
    const put = (who: Person) => who.put(`${path}/chunks/1`, { text: last });
    expect(told(await put(rig.asIn(slower, 'usa-proposer')))).toEqual([409, 'CONFLICT']);
    expect(told(await put(rig.as('usa-proposer')))).toEqual([200, 'open']);
  });
});

it('another session of the author’s role neither sends a chunk nor withdraws what is sent', async () => {
  const { path, last } = await halfUploaded('usa-proposer', accreditation('another', 2039));
  const other = rig.person('routeguard-usa-proposer', 'AROALOCALUSAPROPOSER', 'ulysses');
  expect(told(await other.put(`${path}/chunks/1`, { text: last }))).toEqual([403, 'NOT_AUTHORISED']);
  expect(told(await other.post(`${path}/reject`, { reason: 'A test' }))).toEqual([409, 'PROPOSAL_STATUS']);
  const author = await rig.as('usa-proposer').post(`${path}/reject`, { reason: 'A test' });
  expect(told(author)).toEqual([200, 'rejected']);
});
