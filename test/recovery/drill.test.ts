/** The drill: a table or a key is lost, brought back as docs/recovery.md says, opened by people, and what was lost made again. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSigner } from '../store/store-rig.ts';
import {
  type Deployed,
  type Ground,
  type RecoveryRig,
  startGround,
  startRecoveryRig,
} from './recovery-rig.ts';

const POINT = '2026-11-30T10:00:00Z';
const LATER = '2026-11-30T10:05:00Z';
const REVOKED = 'accreditation/us-on-gb-b';
const REVOKE = { facts: [REVOKED], reason: "Taken away: it's over" };
const STOP = { authority: 'us-state', scope: { owner: 'USA' }, cause: 'compromise', reason: 'A stop' };
const PERMIT = ['permit', null];
const HELD = ['deny', 'REGISTRY_HELD'];

let ground: Ground;
let rig: RecoveryRig;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());
beforeEach(async () => {
  rig = await startRecoveryRig(ground);
  expect(await rig.decided(rig.first)).toEqual(PERMIT);
});
afterEach(() => rig.stop());

/** The guard after `npx cdk deploy` with the context values that `restore` printed. */
function adopting(tables: Deployed['tables']): Deployed {
  return { ...rig.first, tables };
}

async function revoke(deployed: Deployed): Promise<void> {
  const { status, body } = await rig.as('usa-proposer', deployed).post('revoke', REVOKE);
  expect([status, body.error]).toEqual([200, undefined]);
}

/** Everything denied until people confirm; then as it was at the point, until what was lost is made again. */
async function opened(deployed: Deployed, after = PERMIT): Promise<void> {
  expect(await rig.decided(deployed)).toEqual(HELD);
  await rig.confirmed(deployed);
  expect(await rig.decided(deployed)).toEqual(after);
}

describe('what is lost is', () => {
  it('the state table, damaged: restored beside it, held, confirmed; a revocation and a stop are made again', async () => {
    await ground.backups.backUp(POINT);
    await revoke(rig.first);
    await rig.as('usa-proposer', rig.first).post('hold', { id: 'incident', ...STOP });
    const plan = await rig.recover('plan', '--lost', 'state');
    expect(ground.backups.changes()).toEqual([]);
    expect(plan.json.next).toBe(`routeguard recover restore --lost state --at ${POINT}`);
    const { code, json } = await rig.recover(...plan.json.next.split(' ').slice(2));
    expect([code, json.held, json.head.version]).toEqual([0, 'HEAD_BELOW_FLOOR', 1]);
    expect(json.tables).toEqual({
      ...rig.store.tables,
      state: `${rig.store.tables.state}-r20261130t100000z`,
    });
    expect(json.lost.map((each: { said: object }) => each.said)).toMatchObject([
      { kind: 'hold', reason: 'A stop', changes: [{ key: 'hold/incident', change: 'added' }] },
      { kind: 'revoke', reason: REVOKE.reason, changes: [{ key: REVOKED, change: 'replaced' }] },
    ]);
    expect(json.again.map((each: { command: string }) => each.command)).toEqual([
      "routeguard registry hold incident --authority us-state --owner USA --cause compromise --reason 'Again, after a restore: A stop'",
      `routeguard registry revoke ${REVOKED} --reason 'Again, after a restore: Taken away: it'\\''s over'`,
    ]);
    expect(json.deploy).toBe(
      `npx cdk deploy -c stage=STAGE -c founderKeys=KEYS -c release=none -c adoptState=${json.tables.state}`,
    );
    const now = adopting(json.tables);
    await opened(now);
    await revoke(now);
    expect((await rig.decided(now))[0]).toBe('deny');
    expect(await rig.recover('check', '--state', json.tables.state)).toMatchObject({
      json: {
        held: null,
        told: 'complete',
        again: [{ key: 'hold/incident' }],
        written: [],
        sign: [],
        confirm: null,
      },
    });
  });

  it('the objects table, gone: from the backup its deletion left; nothing published is lost, and nothing needs a confirmation', async () => {
    await ground.backups.backUp(POINT);
    await revoke(rig.first);
    await ground.backups.backUp(LATER);
    await rig.lose('objects');
    expect((await rig.decided(rig.first))[0]).not.toBe('permit');
    const { code, json } = await rig.recover('restore', '--lost', 'objects', '--at', LATER, ...rig.files());
    expect([code, json.held, json.lost, json.confirm]).toEqual([0, null, [], null]);
    expect((await rig.decided(adopting(json.tables)))[0]).toBe('deny');
  });

  it('the floor, gone: its newest backup, which knows what was acknowledged; held until people confirm', async () => {
    await revoke(rig.first);
    await ground.backups.backUp(POINT);
    await rig.lose('floor');
    const { code, json } = await rig.recover('restore', '--lost', 'floor', '--at', POINT, ...rig.files());
    // A floor from a backup says only how far the registry had come then.
    expect([code, json.held, json.told, json.lost, json.written]).toEqual([
      5,
      'FLOOR_MISSING',
      'older',
      [],
      [],
    ]);
    const now = adopting(json.tables);
    expect(await rig.decided(now)).toEqual(HELD);
    await rig.confirmed(now);
    expect((await rig.decided(now))[0]).toBe('deny');
  });

  it('the signing key: replaced with overlap; decisions go on, and a stop works all the way', async () => {
    const next = newSigner();
    const [old] = rig.first.commitKeys;
    if (old === undefined) throw new Error('no key');
    // commitPublicKeys=<old>,<new>: every reader knows both, and the old one signs still.
    const overlap = { ...rig.first, commitKeys: [old, next.publicKey] };
    // signingKey=<new>, commitPublicKeys=<old>: while it comes into service, some still run with the keys of before.
    const replaced = { ...rig.first, signer: next, commitKeys: [next.publicKey, old] };
    await rig.as('usa-proposer', overlap).post('hold', { id: 'before', ...STOP });
    for (const deployed of [overlap, replaced]) expect((await rig.decided(deployed))[0]).toBe('deny');
    expect((await rig.as('usa-proposer', replaced).post('revoke', REVOKE)).status).toBe(200);
    for (const deployed of [overlap, replaced])
      expect(await rig.decided(deployed)).toEqual(['deny', 'HOLD_OWNER']);
    // What was skipped is why there are two deployments: whoever does not know the new key yet stops everything.
    expect(await rig.decided(rig.first)).toEqual(['indeterminate', 'REGISTRY_INTEGRITY']);
  });
});
