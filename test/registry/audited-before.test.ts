/** Facts that stand in more versions than one request audits go after an audit of the whole history, and on no other word. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VerifyJob } from '../../functions/registry/job.ts';
import { demandAudited } from '../../functions/registry/purge-facts.ts';
import type { PurgeGround } from '../../functions/registry/purge-ground.ts';
import { newId } from '../../functions/registry/records.ts';
import { Refusal } from '../../functions/registry/refusal.ts';
import { digestOf } from './changes.ts';
import { type RegistryRig, startRegistryRig } from './rig.ts';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-11-23T12:00:00.000Z');
let now = START;
let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => now });
});
afterAll(() => rig.stop());

const HEAD = 60;
const signal = () => AbortSignal.timeout(20_000);
const digestAt = (version: number) => digestOf(`version ${version}`);
/** A long history, of which only numbers and digests are asked for. */
const past = Array.from({ length: HEAD }, (_, n) => ({
  digest: digestAt(HEAD - n),
  commit: { version: HEAD - n },
})) as unknown as PurgeGround['past'];
const ground = { head: { version: HEAD }, past } as unknown as PurgeGround;

/** What is said of facts that stand in these versions. */
async function said(newest: number, oldest: number): Promise<string> {
  const versions = past.filter(({ commit: { version } }) => version <= newest && version >= oldest);
  try {
    await demandAudited(rig.context, ground, { objects: [], versions }, signal());
    return 'passes';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const sound = { base: { version: HEAD, digest: digestAt(HEAD) }, faulty: [] };

async function audited(over: Partial<VerifyJob>): Promise<void> {
  const job: VerifyJob = {
    id: newId('j', now),
    kind: 'verify',
    status: 'done',
    by: { arn: 'arn', roleName: 'role', roleId: 'id', session: 'session' } as unknown as VerifyJob['by'],
    createdAt: new Date(now).toISOString(),
    progress: { done: HEAD, total: HEAD },
    ...over,
  };
  await rig.context.jobs.create(job, signal());
}

it.each<[string, Partial<VerifyJob>, number, string]>([
  ['one that found nothing, of HEAD', sound, HEAD, 'passes'],
  ['one that found something', { ...sound, faulty: [20] }, HEAD, 'REGISTRY_INTEGRITY'],
  ['one that is not done', { base: sound.base, status: 'waiting' }, HEAD, 'AUDIT_NEEDED'],
  ['one of what nobody could open', { faulty: [] }, HEAD, 'AUDIT_NEEDED'],
  [
    'one of another history',
    { ...sound, base: { version: HEAD, digest: digestAt(1) } },
    HEAD,
    'AUDIT_NEEDED',
  ],
  [
    'one that began before the version above',
    { ...sound, base: { version: 50, digest: digestAt(50) } },
    50,
    'AUDIT_NEEDED',
  ],
  [
    'one that began with the version above',
    { ...sound, base: { version: 51, digest: digestAt(51) } },
    50,
    'passes',
  ],
])('%s', async (_what, over, newest, expected) => {
  now += 2 * DAY;
  await audited(over);
  // Another job that has come since does not hide it.
  now += 1000;
  expect((await rig.as('auditor').post('forecast', { days: 1 })).status).toBeLessThan(300);
  expect(await said(newest, 1)).toBe(expected);
});

it.each<[string, readonly (number | null)[], number, string]>([
  ['below all that go and what is beside them', [3], 10, 'passes'],
  ['beside them', [9], 10, 'REGISTRY_INTEGRITY'],
  ['above them, which may be in them as well', [60], 10, 'REGISTRY_INTEGRITY'],
  ['of no version', [null], 10, 'REGISTRY_INTEGRITY'],
])('a fault %s', async (_what, faulty, oldest, expected) => {
  now += 2 * DAY;
  await audited({ ...sound, faulty });
  expect(await said(HEAD, oldest)).toBe(expected);
});

it('the newest that is done decides', async () => {
  now += 2 * DAY;
  await audited(sound);
  now += 1000;
  await audited({ ...sound, faulty: [30] });
  now += 1000;
  await audited({ base: sound.base, status: 'waiting' });
  expect(await said(HEAD, 1)).toBe('REGISTRY_INTEGRITY');
});

it.each([
  [DAY, 'passes'],
  [DAY + 1, 'AUDIT_NEEDED'],
])('counts for a day: %i ms', async (ago, expected) => {
  now += 2 * DAY;
  await audited(sound);
  now += ago;
  expect(await said(HEAD, 1)).toBe(expected);
});

it('a job says of which HEAD it is, and what it found', async () => {
  let answer = await rig.as('auditor').post('verify');
  while (answer.status === 202 || answer.body.job.status === 'waiting')
    answer = await rig.as('auditor').post(`jobs/${answer.body.job.id}/run`);
  const head = await rig.context.anyReader.open({}, signal());
  const { record } = (await rig.context.jobs.read(answer.body.job.id, signal())) ?? {};
  expect(record).toMatchObject({ base: { version: head.version, digest: head.digest }, faulty: [] });
});
