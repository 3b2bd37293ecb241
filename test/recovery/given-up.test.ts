/** What `recover check` tells of a registry that came back more than once, and of what stands beside HEAD's way. */
import { generateKeyPairSync } from 'node:crypto';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { provenReport } from '../../cli/recover/check-report.ts';
import { proven } from '../../cli/recover/proof.ts';
import type { Tables } from '../../cli/registry/tables.ts';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { encodeCommit } from '../../functions/store/commit.ts';
import { commitMessage } from '../../functions/store/commit-signature.ts';
import type { Item } from '../../functions/store/head.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { insertObjects } from '../../functions/store/object-inserts.ts';
import { readingWithin } from '../../functions/store/object-items.ts';
import { createPublisher } from '../../functions/store/publisher.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { routeguard } from '../cli/command.ts';
import { createKeyedTable } from '../engine.ts';
import type { Wire } from '../registry/rig.ts';
import { tellingClient } from '../store/dying-client.ts';
import { META } from '../store/store-rig.ts';
import {
  type Deployed,
  type Ground,
  put,
  type RecoveryRig,
  startGround,
  startRecoveryRig,
} from './recovery-rig.ts';

const REVOKED = 'accreditation/us-on-gb-b';
const UNTOLD = 5;

let ground: Ground;
let rig: RecoveryRig;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());
beforeEach(async () => {
  rig = await startRecoveryRig(ground);
});
afterEach(() => rig.stop());

const revoke = async (deployed: Deployed) =>
  expect(
    (await rig.as('usa-proposer', deployed).post('revoke', { facts: [REVOKED], reason: 'Taken away' }))
      .status,
  ).toBe(200);
const hold = async (id: string, deployed: Deployed) => {
  const asked = { id, authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason: 'A test' };
  expect((await rig.as('usa-proposer', deployed).post('hold', asked)).status).toBe(200);
};
const itemsOf = async (table: string): Promise<readonly Item[]> =>
  (await rig.store.client.send(new ScanCommand({ TableName: table }))).Items ?? [];

/** A state table as it was, beside the others. */
async function cameBack(items: readonly Item[], suffix: string): Promise<Deployed> {
  const state = `${rig.store.tables.state}-${suffix}`;
  await createKeyedTable(rig.store.client, state);
  await put(rig.store.client, state, items);
  return { ...rig.first, tables: { ...rig.store.tables, state } };
}

const asTables = ({ tables }: Deployed) => ['--state', tables.state, '--floor', tables.floor];

/** The exit code, then of every version that is lost its place and the epoch whose confirmation gave it up. */
async function told(deployed: Deployed) {
  const { code, json } = await rig.recover('check', ...asTables(deployed));
  const row = ({ epoch, version, givenUp }: Wire) => [epoch, version, givenUp?.epoch ?? null];
  const again = json.again.map(({ key, givenUp }: Wire) => [key, givenUp?.epoch ?? null]);
  return { code, json, lost: json.lost.map(row), written: json.written.map(row), again };
}

describe('what a confirmation gave up', () => {
  it('is told after every later one, as what it is, until it is made again', async () => {
    const one = await itemsOf(rig.store.tables.state);
    await revoke(rig.first);
    const second = await cameBack(one, 'b');
    await rig.confirmed(second);
    const confirmation = { epoch: 2, version: 3 };
    expect(await told(second)).toMatchObject({
      ...{ code: 0, lost: [[1, 2, 2]], again: [[REVOKED, 2]] },
      json: { lost: [{ givenUp: confirmation }] },
    });
    const confirmed = await itemsOf(second.tables.state);
    await hold('later', second);
    const third = await cameBack(confirmed, 'c');
    const expected = (by: number | null) => ({
      ...{ code: 0, written: [], json: { told: 'complete', earlier: [] } },
      lost: [
        [2, 4, by],
        [1, 2, 2],
      ],
      again: [
        ['hold/later', by],
        [REVOKED, 2],
      ],
    });
    expect(await told(third)).toMatchObject(expected(null));
    await rig.confirmed(third);
    expect(await told(third)).toMatchObject(expected(3));
    const { out } = await routeguard('recover', 'check', ...asTables(third));
    for (const line of [
      /^GIVEN UP by the confirmation of epoch 3 on 2\d{3}-\S+Z by \S+, \S+.*: 1 version that was acknowledged is not/m,
      /^GIVEN UP by the confirmation of epoch 2 on 2\d{3}-\S+Z by \S+, \S+.*: 1 version that was acknowledged is not/m,
      /^1 that stopped or ended something NO LONGER STAND, given up by the confirmation of epoch 2 on /m,
    ])
      expect(out).toMatch(line);
    // Anew, at another instant: nothing of either is left to do.
    await revoke(third);
    await hold('later', third);
    expect(await told(third)).toMatchObject({ again: [], json: { otherwise: [] } });
  });

  it('is all told, however often the registry came back to one point', async () => {
    const one = await itemsOf(rig.store.tables.state);
    const expected: (readonly [number, number, number])[] = [];
    let now = rig.first;
    for (const epoch of [2, 3, 4]) {
      now = await cameBack(one, String(epoch));
      await rig.confirmed(now);
      if (epoch === 4) break;
      await hold(`in-${epoch}`, now);
      for (const version of [2, 3, 4]) expected.push([epoch, version, 4]);
    }
    expect(await told(now)).toMatchObject({ code: 0, lost: expected.reverse(), written: [] });
  });

  it('where no floor could tell is said with it, and no longer colours the exit code of the next', async () => {
    const one = await itemsOf(rig.store.tables.state);
    await revoke(rig.first);
    const second = await cameBack(one, 'b');
    const floor = `${second.tables.floor}-b`;
    await createKeyedTable(rig.store.client, floor);
    await rig.recover('close', '--floor', second.tables.floor, '--for-ever', '--in-use');
    const beside = { ...second, tables: { ...second.tables, floor } };
    const written = [[1, 2, 2]];
    await rig.confirmed(beside);
    expect(await told(beside)).toMatchObject({ code: UNTOLD, written, json: { told: 'empty', earlier: [] } });
    const back = await cameBack(await itemsOf(second.tables.state), 'c');
    const third = { ...back, tables: { ...back.tables, floor } };
    expect(await told(third), 'as it came back').toMatchObject({ code: UNTOLD, written });
    await rig.confirmed(third);
    expect(await told(third)).toMatchObject({
      ...{ code: 0, written, again: [[REVOKED, 2]] },
      json: { told: 'complete', earlier: [{ told: 'empty', givenUp: { epoch: 2 } }] },
    });
  });
});

describe('beside HEAD’s way', () => {
  it('what another version was built on was HEAD once, whatever somebody wrote into the floor', async () => {
    const { client, tables } = rig.store;
    const [head, rows] = [await itemsOf(tables.state), await itemsOf(tables.floor)];
    await revoke(rig.first);
    await hold('lost', rig.first);
    // As if nothing had come after the first version: HEAD put back, and its rows in a floor that is new.
    const floor = `${tables.floor}-b`;
    await createKeyedTable(client, floor);
    const ids = await Promise.all(
      [tables.floor, floor].map((table) => tableIdOf(client, table, AbortSignal.timeout(60_000))),
    );
    const [was = '', is = ''] = ids.map(String);
    const ofNew = (text = '') => ({ S: text.replace(was, is) });
    await put(
      client,
      floor,
      rows.map((row) => ({ ...row, pk: ofNew(row['pk']?.S), table: ofNew(row['table']?.S) })),
    );
    await rig.recover('close', '--floor', tables.floor, '--for-ever', '--in-use');
    await put(client, tables.state, head);
    const now = { ...rig.first, tables: { ...tables, floor } };
    for (const id of ['one', 'two', 'three']) await hold(id, now);
    expect(await told(now)).toMatchObject({
      ...{ code: UNTOLD, lost: [] },
      written: [
        [1, 3, null],
        [1, 2, null],
      ],
      again: [
        ['hold/lost', null],
        [REVOKED, null],
      ],
    });
  });

  it('what lost a race is named, and is no reason to call the list incomplete', async () => {
    const base = await rig.store.reader().open();
    await rig.store.change({});
    const raced = await besideHead({ kind: 'correct' }, rig.store.signer, base);
    // A floor that knows of neither does not say which of the two was the one.
    const floor = `${rig.store.tables.floor}-b`;
    await createKeyedTable(rig.store.client, floor);
    const blind = await rig.recover('check', '--floor', floor);
    expect([blind.json.written.map(({ digest }: Wire) => digest), blind.json.raced]).toEqual([[raced], []]);
    await rig.store.change({});
    const { code, json } = await rig.recover('check');
    expect([code, json.written, json.raced]).toEqual([0, [], [{ epoch: 1, version: 2, digest: raced }]]);
    const line = await besideHead({ kind: 'correct', lineage: '0'.repeat(32) }, rig.store.signer, base);
    const beside = await rig.recover('check');
    expect([beside.code, beside.json.written.map(({ digest }: Wire) => digest)]).toEqual([UNTOLD, [line]]);
  });

  it('of two who began an epoch at once, the one who came second lost a race', async () => {
    const one = await itemsOf(rig.store.tables.state);
    await hold('later', rig.first);
    const second = await cameBack(one, 'b');
    const { client, signer, keys: publicKeys, founders } = rig.store;
    const { tables } = second;
    const access = { client, tables, publicKeys, founders, acceptUnconfirmed: true };
    const base = await createRegistryReader({ ...access, acceptUnacknowledged: true }).open();
    const publisher = createPublisher({ client, tables, signer, publicKeys, founders });
    const meta = { ...META, kind: 'restore', succession: 'restore' } as const;
    const [won, lost] = [
      await publisher.prepare({ base, staged: stageAgain(base), meta, note: 'won' }),
      await publisher.prepare({ base, staged: stageAgain(base), meta, note: 'lost' }),
    ];
    await publisher.publish(won);
    await expect(publisher.publish(lost)).rejects.toMatchObject({ code: 'CONFLICT' });
    await rig.confirmed(second);
    const { code, json } = await told(second);
    expect([code, json.written, json.raced]).toMatchObject([0, [], [{ epoch: 2, version: 2 }]]);
  });

  it('what is signed by a key nobody names, or cannot be read, is counted: the list is never complete beside it', async () => {
    const base = await rig.store.reader().open();
    const other = createLocalSigner(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey);
    const unnamed = await besideHead({ kind: 'correct' }, other, base);
    const first = await told(rig.first);
    expect([first.code, first.json.unnamed, first.json.written]).toEqual([
      UNTOLD,
      [{ epoch: 1, version: 2, digest: unnamed }],
      [],
    ]);
    const { client, tables } = rig.store;
    const [item] = (await itemsOf(tables.objects)).filter(({ digest }) => digest?.S === unnamed);
    await client.send(
      new PutItemCommand({
        TableName: tables.objects,
        Item: { ...item, digest: { S: unnamed }, z: { B: Buffer.from('x') } },
      }),
    );
    const { code, json } = await told(rig.first);
    expect([code, json.unnamed, json.damaged]).toEqual([UNTOLD, [], [unnamed]]);
    const { out } = await routeguard('recover', 'check');
    expect(out).toContain(`is not that version or cannot be read: ${unnamed}`);
  });

  /** A commit after a version, signed, that HEAD never was. */
  async function besideHead(
    more: { readonly kind: string; readonly lineage?: string },
    signer: typeof rig.store.signer,
    {
      commit,
      digest: parent,
    }: { readonly commit: Parameters<typeof encodeCommit>[0]; readonly digest: string },
  ) {
    const bytes = encodeCommit({
      ...commit,
      ...more,
      version: commit.version + 1,
      ancestors: [parent as typeof commit.root],
    });
    const digest = digestOf(bytes);
    const signature = { B: await signer.sign(commitMessage(digest)) };
    const context = readingWithin(AbortSignal.timeout(60_000));
    await insertObjects(rig.store.client, rig.store.tables.objects, [[digest, bytes]], context, {
      signature,
    });
    return digest;
  }
});

describe('a HEAD that moves while it is looked at', () => {
  it('what was proven is what is told: it is looked at again', async () => {
    const { tables } = rig.store;
    const { asked } = await movedAt(
      (command) => command === 'DescribeTableCommand',
      (registry) => proven(registry, tables.state, { looked: () => undefined, file: undefined }),
    );
    expect(asked).toMatchObject({ code: 'CONFLICT' });
  });

  it('nothing of it is called lost or left behind, however late it moves', async () => {
    const { tables } = rig.store;
    const before = { damaged: tables.objects, madeFor: tables.state, file: undefined };
    const report = (registry: Tables) => provenReport(registry, tables, before);
    const still = await movedAt(() => false, report);
    expect(still.asked).toMatchObject({ json: { lost: [], written: [] } });
    // While the objects are looked through, and before the very last call.
    const scanned = await movedAt((command) => command === 'ScanCommand', report);
    const last = await movedAt((_, nth) => nth === still.calls, report);
    expect([scanned.asked, last.asked]).toMatchObject([{ code: 'CONFLICT' }, { code: 'CONFLICT' }]);
  });

  /** What comes of asking, where somebody publishes right before one of its calls. */
  async function movedAt(
    when: (command: string, nth: number) => boolean,
    ask: (by: Tables) => Promise<unknown>,
  ) {
    const { store } = rig;
    let [calls, hasMoved] = [0, false];
    const client = tellingClient(store.engine.endpoint, async ({ command }, send) => {
      calls += 1;
      if (!hasMoved && when(command, calls)) {
        hasMoved = true;
        await store.change({});
      }
      return send();
    });
    const { tables, founders, keys: publicKeys } = store;
    const asked = await ask({ client, tables, founders, publicKeys }).catch((error: unknown) => error);
    client.destroy();
    return { asked, calls };
  }
});
