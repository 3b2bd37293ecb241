import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistryContext } from '../../functions/registry/context.ts';
import { freeze, thaw, wordIn } from '../../functions/registry/publication.ts';
import { refusalOf } from '../../functions/registry/store-refusals.ts';
import { encodeApproval } from '../../functions/store/approval.ts';
import type { VerifiedHead } from '../../functions/store/head.ts';
import { ConflictError } from '../../functions/store/publisher.ts';
import { stageChanges } from '../../functions/store/staging.ts';
import { type Engine, engineClient, startEngine } from '../engine.ts';
import { signedBy } from '../store/signed.ts';
import { META } from '../store/store-rig.ts';
import { accreditation, digestOf, vendor } from './changes.ts';
import { approvalOf, contextFor, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';
import { signedNow } from './signing.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

async function proposed(rig: RegistryRig, change: Wire, who = 'usa-proposer'): Promise<Wire> {
  const { status, body } = await rig.as(who).post('proposals', { reason: 'A test', changes: [change] });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return simulated(rig.as(who), body.id);
}

const approve = (rig: RegistryRig, context: RegistryContext, proposal: Wire, who = 'usa-approver') =>
  rig.asIn(context, who).post(`proposals/${proposal.id}/approve`, approvalOf(proposal));

/** A client that fails every call from the `n`th on, before it is sent or after it took effect. */
function dyingClient(endpoint: string, n: number, how: 'request' | 'answer'): DynamoDBClient {
  const client = engineClient(endpoint);
  let calls = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      const failure = Object.assign(new Error('killed'), { name: 'TimeoutError' });
      if (calls > n || (calls === n && how === 'request')) throw failure;
      const result = await next(args);
      if (calls === n) throw failure;
      return result;
    },
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

async function versions(rig: RegistryRig): Promise<readonly Wire[]> {
  return (await rig.as('auditor').get('log', { limit: '200' })).body.entries;
}

it.each([
  ['no JSON', 'x'],
  ['no publication', '{}'],
  [
    'an object under no digest',
    JSON.stringify({ commit: '', signature: '', root: '', expected: null, objects: { one: '' } }),
  ],
])('%s is thawed as nothing', (_, text) => {
  expect(() => thaw(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'OBJECT_MALFORMED' }));
});

it('a frozen publication with another approval under the digest of its own is nobody’s word', async () => {
  const rig = await startRegistryRig({ engine });
  const base = await rig.store.reader().open();
  const staged = await stageChanges(base, {});
  const signed = (root = staged.rootDigest) => signedBy(base, { tables: rig.store.tables, root });
  const publication = { base, staged, signed: await signed(), meta: META, note: 'x' };
  const prepared = await rig.store.publisher.prepare(publication);
  const { commit, approval } = wordIn(thaw(freeze(prepared)));
  expect(approval).toEqual(publication.signed.approval);
  const other = encodeApproval((await signed(digestOf('another'))).approval);
  const objects = new Map([...prepared.objects, [commit.approval, other]]);
  expect(() => wordIn(thaw(freeze({ ...prepared, objects })))).toThrow(
    expect.objectContaining({ code: 'DIGEST_MISMATCH' }),
  );
});

it('whoever loses is told what won, and who made it', async () => {
  const rig = await startRegistryRig({ engine });
  const actual = await rig.store.reader().open();
  expect(refusalOf(new ConflictError(actual as unknown as VerifiedHead)).body.error['details']).toEqual({
    store: 'CONFLICT',
    ...{ version: 1, digest: actual.digest },
    conflict: { version: 1, recordedAt: '2026-11-23T12:00:00.000Z', author: 'alice', kind: 'approve' },
  });
});

describe('an approval that is stopped at any call', () => {
  it.each(['request', 'answer'] as const)('by a lost %s is in once, after the retry', async (how) => {
    const outcomes = { published: 0, completed: 0 };
    const rig = await startRegistryRig({ engine });
    let version = 1;
    // Odd calls lose the request, even ones the answer.
    for (let n = how === 'request' ? 1 : 2; n <= 40; n += 2) {
      const proposal = await proposed(rig, vendor(`stopped-${how}-${n}`), 'proposer');
      const client = dyingClient(engine.endpoint, n, how);
      const dying = contextFor(rig.store, rig.store.signer, { client });
      const stopped = await approve(rig, dying, proposal, 'approver');
      client.destroy();
      expect([200, 503]).toContain(stopped.status);
      // Published, whether or not its publisher lived to write that down.
      const seen = (await rig.store.reader({ acceptUnacknowledged: true }).open()).version;
      expect([version, version + 1]).toContain(seen);
      if (stopped.status === 200) expect(seen).toBe(version + 1);
      const retried = await approve(rig, rig.fresh(), proposal, 'approver');
      version += 1;
      expect([retried.status, retried.body.version], JSON.stringify(retried.body)).toEqual([200, version]);
      outcomes[seen === version ? 'published' : 'completed'] += 1;
      if (stopped.status === 200) break;
    }
    console.log(how, outcomes);
    expect(outcomes.completed).toBeGreaterThan(3);
    expect(await versions(rig)).toHaveLength(version);
  });
});

describe('concurrent publishers', () => {
  it('keep versions gap-free: all land, each on what it was simulated to do', async () => {
    const rig = await startRegistryRig({ engine });
    const proposals = [];
    for (let n = 0; n < 4; n += 1) proposals.push(await proposed(rig, vendor(`parallel-${n}`), 'proposer'));
    const answers = await Promise.all(
      proposals.map((proposal) => approve(rig, rig.fresh(), proposal, 'approver')),
    );
    const landed = answers.filter((answer) => answer.status === 200).map((answer) => answer.body.version);
    expect(landed.length).toBeGreaterThan(0);
    expect(new Set(landed).size).toBe(landed.length);
    const log = await versions(rig);
    expect(log.map((entry) => entry.version)).toEqual(Array.from(log, (_, index) => log.length - index));
    expect(log.length).toBe(1 + landed.length);
  });

  it('on one fact: one wins, the other is told what it is now', async () => {
    const rig = await startRegistryRig({ engine });
    const [first, second] = [
      await proposed(rig, accreditation('same')),
      await proposed(rig, accreditation('same')),
    ];
    const answers = await Promise.all([approve(rig, rig.fresh(), first), approve(rig, rig.fresh(), second)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const lost = answers.find((answer) => answer.status === 409)?.body.error;
    expect(lost.code).toBe('CONFLICT');
    expect(lost.details.conflicts).toMatchObject([{ key: 'accreditation/same', was: null }]);
    expect(await versions(rig)).toHaveLength(2);
  });

  it('revocations and holds rebase by themselves', async () => {
    const rig = await startRegistryRig({ engine });
    const hold = (id: string) =>
      rig.asIn(rig.fresh(), 'usa-proposer').post('hold', {
        id,
        authority: 'us-state',
        scope: { owner: 'USA' },
        cause: 'doubt',
        reason: 'At once',
      });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => hold(`at-once-${n}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(answers.map(({ body }) => body.version).sort()).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it('an approval keeps through a publication that flips nothing else, and not through one that does', async () => {
    const rig = await startRegistryRig({ engine });
    const [kept, dropped] = [
      await proposed(rig, accreditation('kept', 2036)),
      await proposed(rig, accreditation('late', 2037)),
    ];
    await rig.as('gbr-approver').post('hold', {
      id: 'elsewhere',
      authority: 'uk-ncsc',
      scope: { owner: 'GBR' },
      cause: 'doubt',
      reason: 'Elsewhere',
    });
    const done = await approve(rig, rig.fresh(), kept);
    expect([done.status, done.body.version], JSON.stringify(done.body)).toEqual([200, 3]);
    await rig.as('usa-proposer').post('hold', {
      id: 'here',
      authority: 'us-state',
      scope: { owner: 'USA' },
      cause: 'doubt',
      reason: 'Here',
    });
    // Its author does not sign for what is there now what was found of what was there before.
    const { body: shown } = await rig.as('auditor').get(`proposals/${dropped.id}`);
    const { base, root, people } = (await rig.as('auditor').get('signing')).body;
    const said = { content: shown.digest, base, review: shown.simulation.flips, root, people };
    const signed = signedNow(rig.context, shown.author.session, { operation: 'approve', ...said });
    const late = await rig.as('usa-proposer').post(`proposals/${dropped.id}/sign`, { signed });
    expect([late.status, late.body.error?.code]).toEqual([409, 'FLIPS_CHANGED']);
    const refused = await approve(rig, rig.fresh(), dropped);
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'FLIPS_CHANGED']);
    expect(await versions(rig)).toHaveLength(4);
  });
});

describe('an altered object', () => {
  it('is named by verify', async () => {
    const rig = await startRegistryRig({ engine });
    const open = await rig.store.reader().open();
    await rig.store.client.send(
      new UpdateItemCommand({
        TableName: rig.store.tables.objects,
        Key: { digest: { S: open.root.law } },
        UpdateExpression: 'SET z = :z',
        ExpressionAttributeValues: { ':z': { B: Buffer.from('altered') } },
      }),
    );
    const { body } = await rig.as('auditor').post('verify');
    const result = await rig.as('auditor').get(`jobs/${body.job.id}/result`);
    const report = JSON.parse(result.body.text);
    expect(report.sound).toBe(false);
    expect(report.problems).toEqual([{ code: 'OBJECT_ALTERED', version: 1, digest: open.root.law }]);
  });
});
