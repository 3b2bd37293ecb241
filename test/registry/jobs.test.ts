/** Long work in slices: none is done before it is, each goes on where the last one stopped, and its result is whole. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { Job } from '../../functions/registry/job.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { stateOf } from '../decide/rig.ts';
import { META } from '../store/store-rig.ts';
import { digestOf } from './changes.ts';
import { type RegistryRig, startRegistryRig, type Wire } from './rig.ts';
import { smallSample } from './small-sample.ts';

const START = Date.parse('2026-11-23T12:00:00.000Z');
let now = START;
/** How far the clock moves each time it is read, in milliseconds: a slice is ten seconds. */
let step = 0;
let rig: RegistryRig;
let lift: Wire;
const auditor = () => rig.as('auditor');
const signal = () => AbortSignal.timeout(60_000);

beforeAll(async () => {
  rig = await startRegistryRig({
    clock: () => {
      now += step;
      return now;
    },
  });
  const scope = { everything: true };
  await rig
    .as('usa-proposer')
    .post('hold', { id: 'drill', authority: 'us-state', scope, cause: 'doubt', reason: 'A test' });
  lift = (await rig.as('usa-proposer').post('lift', { hold: 'drill', reason: 'A test' })).body;
});
afterAll(() => rig.stop());

/** Runs a job to its end; its result, and how far each slice came. */
async function run(path: string, body: Wire, by: number): Promise<{ slices: readonly Wire[]; result: Wire }> {
  now = START;
  step = by;
  const slices: Wire[] = [];
  let answer = await auditor().post(path, body);
  for (;;) {
    const { id, status, progress } = answer.body.job;
    slices.push(progress.done);
    expect([answer.status, progress.done === progress.total]).toEqual(
      status === 'done' ? [200, true] : [202, false],
    );
    const result = await auditor().get(`jobs/${id}/result`);
    const shown = await auditor().get(`jobs/${id}`);
    expect(shown).toEqual({ status: answer.status, body: { job: answer.body.job } });
    if (status === 'done') {
      const again = await auditor().post(`jobs/${id}/run`);
      expect(again).toEqual(shown);
      step = 0;
      return { slices, result: JSON.parse(result.body.text) };
    }
    expect([status, result.status, result.body.error.details]).toEqual([
      'waiting',
      409,
      { status: 'waiting' },
    ]);
    answer = await auditor().post(`jobs/${id}/run`);
  }
}

it.each([
  ['verify', {}, 2],
  ['forecast', { days: 3 }, 2],
  ['simulate', {}, 2],
])('%s', async (kind, body, subjects) => {
  const path = kind === 'simulate' ? `proposals/${lift.id}/simulate` : kind;
  const whole = await run(path, body, 0);
  expect(whole.slices).toEqual([subjects]);
  const sliced = await run(path, body, 6_000);
  expect(sliced.slices).toEqual([1, 2]);
  const timeless = (result: Wire) =>
    JSON.stringify(result).replaceAll(/\d{4}-\d\d-\d\dT[^"]*|sha256:[0-9a-f]{64}/g, '');
  expect(timeless(sliced.result)).toBe(timeless(whole.result));
  if (kind === 'verify')
    expect(whole.result).toMatchObject({ sound: true, head: 2, commits: 2, problems: [] });
});

async function file(job: object): Promise<Job> {
  const record = {
    id: 'j-20260101T000000Z-0123456789',
    status: 'waiting',
    by: lift.by,
    createdAt: 'x',
    progress: { done: 0, total: null },
    ...job,
  };
  const person = { role: 'AROAX', roleName: 'r', session: 's', arn: 'a' };
  return (await rig.context.jobs.create({ ...record, by: person } as Job, signal())).record;
}

it('what cannot be cured ends a job, once and for all; what can leaves it waiting', async () => {
  const id = (n: number) => `j-20260101T000000Z-${String(n).padStart(10, '0')}`;
  const subject = `sha256:${'0'.repeat(64)}` as const;
  const about = { kind: 'simulate', subject, base: null, at: START };
  const GONE: readonly [object, string, string][] = [
    [
      { ...about, proposal: 'p-20260101T000000Z-0123456789' },
      'RESULT_GONE',
      'the proposal of this job is gone',
    ],
    [
      { ...about, proposal: lift.id, body: lift.body },
      'RESULT_GONE',
      'the proposal is not the one this job was started for',
    ],
    [
      { ...about, proposal: lift.id, subject: lift.digest, body: subject },
      'RESULT_GONE',
      'the proposal is not the one this job was started for',
    ],
    [
      {
        ...about,
        proposal: lift.id,
        subject: lift.digest,
        body: lift.body,
        cursor: subject,
        base: { version: 2, digest: subject },
      },
      'RESULT_GONE',
      'this result is not kept any more',
    ],
    [
      { kind: 'forecast', base: { version: 9, digest: subject }, at: START, days: 1 },
      'VERSION_UNKNOWN',
      'there is no such version',
    ],
  ];
  for (const [n, [job, code, message]] of GONE.entries()) {
    await file({ ...job, id: id(n) });
    for (const path of [`jobs/${id(n)}/run`, `jobs/${id(n)}/run`]) {
      const { status, body } = await auditor().post(path);
      expect([status, body.job.status, body.job.failure]).toEqual([200, 'failed', { code, message }]);
    }
    expect((await rig.context.jobs.read(id(n), signal()))?.revision).toBe(2);
  }
  const over = (code: 'STORE_UNAVAILABLE' | 'DIGEST_MISMATCH') => {
    const reader = { open: () => Promise.reject(new StoreError(code)) };
    return rig.asIn({ ...rig.context, reader }, 'auditor');
  };
  for (const n of [8, 9])
    await file({ kind: 'forecast', base: { version: 2, digest: subject }, at: START, days: 1, id: id(n) });
  const tampered = await over('DIGEST_MISMATCH').post(`jobs/${id(8)}/run`);
  expect([tampered.status, tampered.body.job?.failure?.code]).toEqual([200, 'REGISTRY_INTEGRITY']);
  const cut = await over('STORE_UNAVAILABLE').post(`jobs/${id(9)}/run`);
  expect([cut.status, cut.body.error.code]).toEqual([503, 'STORE_UNAVAILABLE']);
  let state = 'waiting';
  for (let slice = 0; slice < 50 && state === 'waiting'; slice += 1)
    state = (await auditor().post(`jobs/${id(9)}/run`)).body.job.status;
  expect(state).toBe('done');
});

it('a large result comes in parts, every character once', async () => {
  const MIB = 1024 * 1024;
  const text = JSON.stringify('y'.repeat(2 * MIB - 1));
  const { id } = await file({ kind: 'verify', status: 'done', result: digestOf(text) });
  const kept = rig.context.blobs.of(id);
  const result = await kept.put(Buffer.from(text), signal());
  const part = (n?: string) => auditor().get(`jobs/${id}/result`, n === undefined ? {} : { part: n });
  const pieces = [];
  for (const n of [undefined, '1', '2']) pieces.push((await part(n)).body);
  expect(pieces.map(({ part: n, parts, text: piece, digest }) => [n, parts, piece.length, digest])).toEqual([
    [0, 3, MIB, result],
    [1, 3, MIB, result],
    [2, 3, 1, result],
  ]);
  expect(pieces.map(({ text: piece }) => piece).join('') === text).toBe(true);
  for (const n of ['3', '-1', '0.5', 'x'])
    expect((await part(n)).body.error).toEqual({
      code: 'REQUEST_INVALID',
      message: '"part" is a number from 0 to 2',
    });
  await kept.remove(result, signal());
  expect((await part()).body.error.code).toBe('RESULT_GONE');
});

it('a forecast is of thirty days where none are said', async () => {
  expect((await auditor().post('forecast')).body.job.days).toBe(30);
});

/** An accreditation ends the day after as two people have signed it; as one person put it on top, ten years later. */
it('a forecast rests on what people have signed, whatever one person put on top', async () => {
  const own = await startRegistryRig({ published: false, clock: () => START });
  const key = 'accreditation/us-on-us-a';
  const ending = (to: string): RawFact => {
    const fact = smallSample().get(key);
    if (fact === undefined) throw new Error(key);
    return { ...fact, valid: { from: '2020-01-01', to, zone: 'UTC' } };
  };
  await own.store.genesis(stateOf(new Map([...smallSample(), [key, ending('2026-11-24')]])));
  const base = await own.store.reader().open();
  const staged = await stageChanges(base, { facts: new Map([[key, ending('2036-11-24')]]) });
  const meta = { ...META, kind: 'revoke', approvers: [] };
  await own.store.publisher.commit({ base, staged, meta, note: 'One person' });
  const { body } = await own.as('auditor').post('forecast', { days: 3 });
  const result = await own.as('auditor').get(`jobs/${body.job.id}/result`);
  const { outages } = JSON.parse(result.body.text);
  expect(outages.map(({ subject, from }: Wire) => [subject, from])).toContainEqual([
    { network: 'us-a' },
    '2026-11-25T00:00:00.000Z',
  ]);
  await own.stop();
});
