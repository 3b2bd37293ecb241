/** The drill: the first Region is lost, and its standby is opened by people; over deployed bundles and an engine for each Region. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { FORMAT } from '../../functions/core/facts/format.ts';
import { testBundles } from '../bundles.ts';
import { routeguard } from '../cli/command.ts';
import { BUILD, stateOf } from '../decide/rig.ts';
import { type Engine, startEngine } from '../engine.ts';
import { contextFor, personNamed, type Wire } from '../registry/rig.ts';
import { smallSample } from '../registry/small-sample.ts';
import { publishOfFormat } from '../store/newer-format.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { inFreshProcess } from './fresh-process.ts';
import { type RegionRouter, startRegionRouter } from './region-router.ts';

const [FIRST, SECOND] = ['eu-west-1', 'eu-west-2'] as const;
const PERMIT = ['permit', null];
const HELD = ['deny', 'REGISTRY_HELD'];
const STOP = { authority: 'us-state', scope: { owner: 'USA' }, cause: 'compromise', reason: 'A stop' };
const REVOKE = { facts: ['accreditation/us-on-gb-b'], reason: 'Taken away' };

let engines: readonly [Engine, Engine];
let router: RegionRouter;
let directories: ReadonlyMap<string, string>;
beforeAll(async () => {
  const [first, second, bundles] = await Promise.all([
    startEngine(),
    startEngine(),
    testBundles(['decide', 'standby']),
  ]);
  engines = [first, second];
  directories = new Map(bundles.map(({ name, directory }) => [name, directory]));
  router = await startRegionRouter({ [FIRST]: first.endpoint, [SECOND]: second.endpoint });
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await router.stop();
  await Promise.all(engines.map((engine) => engine.stop()));
});

/** Two stacks: one that was deployed first, and its standby. */
async function deployed() {
  const [first, second] = [await openRig(engines[0]), await openRig(engines[1])];
  await first.genesis(stateOf(smallSample()));
  const keys = [second, first].map(({ signer }) => signer.publicKey);

  /** What a fresh process of a deployed bundle answers, and the lines it writes. */
  async function ask(name: 'decide' | 'standby', region: string, { tables, founders }: StoreRig) {
    const variables = {
      ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: region },
      AWS_ENDPOINT_URL_DYNAMODB: router.endpoint,
      ...{ OBJECTS_TABLE: tables.objects, STATE_TABLE: tables.state, FLOOR_TABLE: tables.floor },
      ...{ COMMIT_PUBLIC_KEYS: keys.join(','), FOUNDER_KEYS: founders.join(',') },
      ...{ BUILD_DIGEST: BUILD, SERVICE_NAME: 'standby', LEASE_SECONDS: '60', HEAD_COPIES: '1' },
      ...{ DYNAMODB_CONNECT_MS: '5000', DYNAMODB_READ_MS: '5000', DECIDE_BUDGET_MS: '20000' },
      FIRST_REGION: FIRST,
      FIRST_OBJECTS_TABLE: first.tables.objects,
      FIRST_STATE_TABLE: first.tables.state,
      FIRST_FLOOR_TABLE: first.tables.floor,
    };
    for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
    const { answer, lines } = await inFreshProcess(name, directories.get(name) ?? '');
    return { answer: answer as Wire, line: lines[0] };
  }

  async function decided(region: string, rig: StoreRig) {
    const { answer } = await ask('decide', region, rig);
    return [answer.outcome, answer.outcome === 'permit' ? null : answer.reasons[0]?.code];
  }

  const contexts = new Map(
    [first, second].map((rig) => [rig, contextFor(rig, { ...rig.signer, publicKey: keys.join(',') })]),
  );
  const as = (rig: StoreRig, name: string) => {
    const context = contexts.get(rig);
    if (context === undefined) throw new Error('no such stack');
    return personNamed(context, name);
  };
  return {
    first,
    second,
    as,
    copied: async () => (await ask('standby', SECOND, second)).line,
    there: () => decided(FIRST, first),
    here: () => decided(SECOND, second),
    /** What the command line says of the second Region's tables. */
    async checked(): Promise<Wire> {
      const { code, out, err } = await routeguard(
        'recover',
        'check',
        '--made-for',
        first.tables.state,
        '--json',
      );
      const json = JSON.parse(out) as Wire;
      // An empty floor cannot tell what was lost.
      expect([code, err]).toEqual([json['told'] === 'complete' ? 0 : 5, expect.anything()]);
      return json;
    },
    /**
     * Two people of every authority and two founders, at the second Region's registry.
     *
     * @param meanwhile before the last of them signs
     * @returns what the last one was answered
     */
    async confirmed(meanwhile = async () => {}) {
      const [entry] = (await as(second, 'auditor').get('log')).body.entries;
      const asked = { version: entry.version, digest: entry.digest, reason: 'The first Region is lost' };
      const filed = await as(second, 'usa-proposer').post('confirm', asked);
      expect([filed.status, filed.body.error]).toEqual([201, undefined]);
      const { id, digest } = filed.body;
      const approve = (who: string) =>
        as(second, who).post(`proposals/${id}/approve`, { proposal: digest, permits: [] });
      for (const who of ['usa-approver', 'gbr-proposer', 'gbr-approver', 'proposer']) await approve(who);
      await meanwhile();
      const { status, body } = await approve('approver');
      return [status, body.error?.code];
    },
    stop() {
      first.client.destroy();
      second.client.destroy();
    },
  };
}

it('copies while all is well, held; is opened by people when the first Region is gone; and copies no more when it is back', async () => {
  const guard = await deployed();
  expect(await guard.there()).toEqual(PERMIT);
  expect(await guard.here()).toEqual(['indeterminate', 'REGISTRY_EMPTY']);
  expect(await guard.copied()).toMatchObject({
    ...{ event: 'standby', schema: 1, Service: 'standby', outcome: 'copied' },
    ...{ here: { epoch: 1, version: 1 }, StandbyFailures: 0, StandbyEnded: 0, StandbyBehind: 0 },
  });
  expect(await guard.here()).toEqual(HELD);
  const { held, head, lost, sign } = await guard.checked();
  expect([held, head.version, lost, sign.length > 0]).toEqual(['FLOOR_MISSING', 1, [], true]);

  router.lose(FIRST);
  const failed = await guard.copied();
  expect(failed).toMatchObject({ outcome: 'failed', code: 'STORE_UNAVAILABLE', StandbyFailures: 1 });
  expect(failed).not.toHaveProperty('StandbyBehind');
  expect(await guard.here()).toEqual(HELD);
  await guard.confirmed();
  expect(await guard.here()).toEqual(PERMIT);

  router.lose(FIRST, false);
  const { status } = await guard.as(guard.first, 'usa-proposer').post('hold', { id: 'late', ...STOP });
  expect(status).toBe(200);
  const ended = await guard.copied();
  expect(ended).toMatchObject({ outcome: 'ended', StandbyEnded: 1, StandbyFailures: 0 });
  expect(await guard.here()).toEqual(PERMIT);
  guard.stop();
});

it('holds a revocation, and a stop, that were published before the last copy', async () => {
  const guard = await deployed();
  await guard.copied();
  const { status } = await guard.as(guard.first, 'usa-proposer').post('revoke', REVOKE);
  expect(status).toBe(200);
  expect(await guard.copied()).toMatchObject({ outcome: 'copied', here: { version: 2 } });
  router.lose(FIRST);
  await guard.confirmed();
  expect((await guard.here())[0]).toBe('deny');
  expect(await guard.here()).not.toEqual(HELD);
  // The stop of the second Region's own works at once, signed by its own key.
  const stopped = await guard.as(guard.second, 'usa-proposer').post('hold', { id: 'here', ...STOP });
  expect(stopped.status).toBe(200);
  router.lose(FIRST, false);
  guard.stop();
});

it('is not confirmed while a first Region that half answers is copied, whoever filed it; and is once the copying is stopped', async () => {
  const guard = await deployed();
  const publish = async (id: string) =>
    (await guard.as(guard.first, 'usa-proposer').post('hold', { id, ...STOP })).status;
  expect((await guard.copied())['outcome']).toBe('copied');
  const late = guard.confirmed(async () => {
    // Filing ends nothing: one person alone could end a standby so.
    expect([await publish('one'), (await guard.copied())['outcome']]).toEqual([200, 'copied']);
  });
  expect(await late).toEqual([409, 'CONFLICT']);
  expect(await guard.here()).toEqual(HELD);
  const { out } = await routeguard('recover', 'check', '--made-for', guard.first.tables.state);
  expect(out).toContain('aws events disable-rule');
  // From here on nothing runs the standby: its rule is disabled.
  expect(await guard.confirmed(async () => expect(await publish('two')).toBe(200))).toEqual([200, undefined]);
  expect((await guard.here())[0]).toBe('deny');
  expect(await guard.here()).not.toEqual(HELD);
  expect((await guard.copied())['outcome']).toBe('ended');
  guard.stop();
});

it('says where the first Region has a newer build: it copies, and pages that nobody could publish here', async () => {
  const guard = await deployed();
  await publishOfFormat(guard.first, { format: FORMAT + 1, oldestReader: FORMAT });
  expect(await guard.copied()).toMatchObject({
    ...{ outcome: 'copied', code: 'FORMAT_UNKNOWN', here: { epoch: 1, version: 2 } },
    ...{ StandbyFailures: 0, StandbyShortcomings: 1, StandbyEnded: 0, StandbyBehind: 0 },
  });
  guard.stop();
});
