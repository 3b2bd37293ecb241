import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeContextOf } from '../../functions/registry/assemble.ts';
import { approvePurge, requestPurge, showPurge } from '../../functions/registry/purge-request.ts';
import { matchPurgeRoute } from '../../functions/registry/purge-routes.ts';
import { handleWith } from '../../functions/registry/router.ts';
import { identities, userArn } from '../../infra/local/identities.ts';
import { proxyEvent, type RegistryRig, startRegistryRig, TIMES, type Wire } from './rig.ts';
import { purgeSigned } from './signing.ts';

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
    const asked = { objects: [note], proposals: [], authority: 'us-state', reason: 'Spillage 3' };
    const foreign = await purge('gbr-proposer', '', asked);
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    request = (await purge('usa-proposer', '', asked)).body;
    const path = `/${request.id}/approve`;
    expect((await purge('gbr-approver', path, { request: request.digest })).status).toBe(403);
    const alone = await purge('usa-proposer', path, { request: request.digest });
    expect([alone.status, alone.body.missing]).toEqual([202, 'us-state']);
    const other = await purge('usa-approver', path, { request: `sha256:${'0'.repeat(64)}` });
    expect([other.status, other.body.error.code]).toEqual([403, 'SIGNATURE_INVALID']);
    const done = await purge('usa-approver', path, { request: request.digest });
    expect([done.status, done.body.outcomes], JSON.stringify(done.body)).toEqual([200, { [note]: 'purged' }]);
  });

  it('is gone; digest and history stay, and verify says purged', async () => {
    const [entry] = (await rig.as('auditor').get('log')).body.entries;
    expect(entry).toMatchObject({ version: 2, note: null, purged: true });
    const report = await verified();
    expect(report).toMatchObject({ sound: true, problems: [], purged: [{ version: 2, digest: note }] });
  });

  it('two people of one nation destroy nobody’s evidence: law and facts of every version stay', async () => {
    const evidence: string[] = [];
    for (const exact of [1, 2]) {
      const { law, facts, vendors } = (await rig.store.reader().open({ exact })).root;
      evidence.push(law, String(facts), String(vendors));
    }
    const objects = [...new Set(evidence)];
    const asked = { objects, proposals: [], authority: 'us-state', reason: 'A mistake' };
    const { body } = await purge('usa-proposer', '', asked);
    const done = await purge('usa-approver', `/${body.id}/approve`, { request: body.digest });
    expect(Object.keys(done.body.outcomes).toSorted()).toEqual(objects.toSorted());
    expect(new Set(Object.values(done.body.outcomes))).toEqual(new Set(['shared', 'structure']));
    expect((await verified()).sound).toBe(true);
  });
});
