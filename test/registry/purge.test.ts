import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeContextOf } from '../../functions/registry/assemble.ts';
import { approvePurge, requestPurge, showPurge } from '../../functions/registry/purge-request.ts';
import { matchPurgeRoute } from '../../functions/registry/purge-routes.ts';
import { handleWith } from '../../functions/registry/router.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { identities, localKey, userArn } from '../../infra/local/identities.ts';
import { accreditation, digestOf } from './changes.ts';
import { proxyEvent, type RegistryRig, startRegistryRig, TIMES, type Wire } from './rig.ts';
import { purgeSigned, signedNow } from './signing.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

const USE_CASES = { 'request-purge': requestPurge, 'show-purge': showPurge, 'approve-purge': approvePurge };

async function purge(name: string, path: string, body: unknown): Promise<{ status: number; body: Wire }> {
  const who = identities.find((each) => each.name === name);
  if (who === undefined) throw new Error(name);
  const identity = { userArn: userArn(who), user: `${who.roleId}:${who.session}` };
  const event = proxyEvent(
    'POST',
    `/v1/registry-purge${path}`,
    {},
    JSON.stringify(purgeSigned(rig.context, who.session, body)),
    identity,
  );
  const context = purgeContextOf(rig.context, rig.store.tables.state);
  const handled = await handleWith(context, event, TIMES, (method, at) => {
    const matched = matchPurgeRoute(method, at);
    return matched === undefined ? undefined : { ...matched, useCase: USE_CASES[matched.name] };
  });
  return { status: handled.status, body: handled.body };
}

const verified = async () => {
  const { body } = await rig.as('auditor').post('verify');
  return JSON.parse((await rig.as('auditor').get(`jobs/${body.job.id}/result`)).body.text);
};

describe('a secret typed into a reason', () => {
  const SECRET = 'The pass phrase is hunter2';
  let note: string;
  let request: Wire;

  it('is in the history', async () => {
    await rig.as('usa-approver').post('revoke', { facts: ['accreditation/us-on-gb-b'], reason: SECRET });
    const [entry] = (await rig.as('auditor').get('log')).body.entries;
    expect(entry.note.reason).toBe(SECRET);
    note = entry.noteDigest;
    expect(note).toBe((await rig.store.reader().open()).commit.note);
  });

  it('is purged by two people of one authority, not by one', async () => {
    const asked = { notes: [2], proposals: [], authority: 'us-state', reason: 'Spillage 3' };
    const foreign = await purge('gbr-proposer', '', asked);
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    request = (await purge('usa-proposer', '', asked)).body;
    const path = `/${request.id}/approve`;
    expect((await purge('gbr-approver', path, { request: request.digest })).status).toBe(403);
    const alone = await purge('usa-proposer', path, { request: request.digest });
    expect(alone.status).toBe(202);
    expect(alone.body.missing).toContain('us-state');
    const other = await purge('usa-approver', path, { request: `sha256:${'0'.repeat(64)}` });
    expect([other.status, other.body.error.code]).toEqual([403, 'SIGNATURE_INVALID']);
    const done = await purge('usa-approver', path, { request: request.digest });
    expect([done.status, done.body.outcomes], JSON.stringify(done.body)).toEqual([200, { 2: 'purged' }]);
  });

  it('is gone; digest and history stay, and verify says purged', async () => {
    const [entry] = (await rig.as('auditor').get('log')).body.entries;
    expect(entry).toMatchObject({ version: 2, note: null, purged: true });
    const report = await verified();
    expect(report).toMatchObject({ sound: true, problems: [], purged: [{ version: 2, digest: note }] });
  });
});

describe('the reason of a version', () => {
  const note = async (version: number) => (await rig.as('auditor').get(`versions/${version}`)).body.note;
  const signal = () => AbortSignal.timeout(60_000);
  const records = () => purgeContextOf(rig.context, rig.store.tables.state).purges;
  const approveAs = (who: string, { id, digest }: Wire) => purge(who, `/${id}/approve`, { request: digest });
  const hold = async (who: string, authority: string, owner: string) => {
    const body = {
      id: `drill-${owner.toLowerCase()}-${who}`,
      authority,
      scope: { owner },
      reason: 'A drill',
    };
    return (await rig.as(who).post('hold', body)).body.version as number;
  };
  let [british, american] = [0, 0];
  beforeAll(async () => {
    british = await hold('gbr-proposer', 'uk-ncsc', 'GBR');
    american = await hold('usa-proposer', 'us-state', 'USA');
  });

  it('is destroyed by nobody but those whose facts it is about', async () => {
    const asked = { notes: [british], proposals: [], authority: 'us-state', reason: 'Spillage 4' };
    const { body: request } = await purge('usa-proposer', '', asked);
    expect(request.missing).toEqual(['us-state', 'uk-ncsc']);
    const two = await approveAs('usa-approver', request);
    expect([two.status, two.body.missing]).toEqual([202, ['uk-ncsc']]);
    const three = await approveAs('gbr-proposer', request);
    expect([three.status, three.body.missing, (await note(british)).reason]).toEqual([
      202,
      ['uk-ncsc'],
      'A drill',
    ]);
    const four = await approveAs('gbr-approver', request);
    expect([four.status, four.body.outcomes, await note(british)]).toEqual([
      200,
      { [british]: 'purged' },
      null,
    ]);
  });

  it('of everybody’s first facts takes everybody', async () => {
    const asked = { notes: [1], proposals: [], authority: 'us-state', reason: 'Spillage 5' };
    const { body: request } = await purge('usa-proposer', '', asked);
    expect(request.missing).toEqual(expect.arrayContaining(['registrar', 'uk-ncsc', 'us-accreditor']));
    const { body } = await approveAs('usa-approver', request);
    expect(body.missing).toEqual(request.missing.filter((id: string) => !id.startsWith('us-')));
  });

  it('and a closed proposal is theirs whose facts it would have changed', async () => {
    const changes = [accreditation('closed')];
    const { id } = (await rig.as('usa-proposer').post('proposals', { reason: 'A test', changes })).body;
    await rig.as('usa-proposer').post(`proposals/${id}/reject`, { reason: 'A test' });
    const asked = { notes: [], proposals: [id], authority: 'uk-ncsc', reason: 'Spillage 8' };
    const { body: request } = await purge('gbr-proposer', '', asked);
    const two = await approveAs('gbr-approver', request);
    expect([two.status, two.body.missing]).toEqual([202, ['us-accreditor']]);
    await approveAs('usa-proposer', request);
    expect((await approveAs('usa-approver', request)).body.outcomes).toEqual({ [id]: 'purged' });
  });

  it('that nobody made is refused before anybody signs in vain', async () => {
    const asked = { notes: [99], proposals: [], authority: 'us-state', reason: 'Spillage 6' };
    const { status, body } = await purge('usa-proposer', '', asked);
    expect([status, body.error.code]).toEqual([404, 'VERSION_UNKNOWN']);
  });

  describe('whatever the table says of the request', () => {
    async function opened(): Promise<Wire> {
      const asked = { notes: [american], proposals: [], authority: 'us-state', reason: 'Spillage 7' };
      return (await purge('usa-proposer', '', asked)).body;
    }
    async function rewritten(id: string, more: (record: Wire) => object): Promise<void> {
      const held = await records().read(id, signal());
      if (held === undefined) throw new Error(id);
      await records().update(held, { ...held.record, ...more(held.record) }, signal());
    }

    it.each<[string, (record: Wire) => object]>([
      ['other versions', () => ({ notes: [american, 1] })],
      ['another authority', () => ({ authority: 'uk-ncsc' })],
      ['another reason', () => ({ reason: 'Another' })],
      ['another salt', () => ({ salt: 'f'.repeat(32) })],
      ['a proposal besides', () => ({ proposals: ['p-20260101T000000Z-0123456789'] })],
    ])('%s was not what anybody signs', async (_what, more) => {
      const request = await opened();
      await rewritten(request.id, more);
      const { status, body } = await approveAs('usa-approver', request);
      expect([status, body.error?.code]).toEqual([403, 'SIGNATURE_INVALID']);
      expect(await note(american)).not.toBeNull();
    });

    it.each<[string, (record: Wire) => object]>([
      [
        'another key',
        ({ consents: [{ by, signed }] }) => ({
          consents: [{ by: { ...by, arn: 'x' }, signed: { ...signed, key: publicKeyOf(localKey('gwen')) } }],
        }),
      ],
      [
        'another request',
        ({ consents: [{ by }] }) => {
          const said = { operation: 'purge', content: digestOf('another') } as const;
          return { consents: [{ by: { ...by, arn: 'x' }, signed: signedNow(rig.context, 'uma', said) }] };
        },
      ],
      ['nobody', () => ({ consents: [] })],
    ])('a consent of %s is none', async (_what, more) => {
      const request = await opened();
      await rewritten(request.id, more);
      const { status, body } = await approveAs('usa-approver', request);
      expect([status, body.missing, body.consents.length]).toEqual([202, ['us-state'], 1]);
      expect(await note(american)).not.toBeNull();
    });

    it('one session is one person, whatever keys it has', async () => {
      const request = await opened();
      const arn = userArn(identities.find((each) => each.name === 'usa-approver') as (typeof identities)[0]);
      await rewritten(request.id, ({ consents: [{ by, signed }] }) => ({
        consents: [{ by: { ...by, arn }, signed }],
      }));
      const { status, body } = await approveAs('usa-approver', request);
      expect([status, body.error.code]).toEqual([403, 'SECOND_PERSON_NEEDED']);
    });

    it('as it was, it is done by two', async () => {
      const { status, body } = await approveAs('usa-approver', await opened());
      expect([status, body.outcomes]).toEqual([200, { [american]: 'purged' }]);
    });
  });
});
