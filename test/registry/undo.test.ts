import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accreditation, source, vendor } from './changes.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

/** A bad day: three authorities publish one after another, somebody stops everything in between, and all of it goes back. */
describe('an undo during an incident, over three authorities', () => {
  let rig: RegistryRig;
  beforeAll(async () => {
    rig = await startRegistryRig();
  });
  afterAll(() => rig.stop());

  const reason = 'Incident 9';
  const approved = async (pair: string, proposal: Wire): Promise<Wire> => {
    const open = await simulated(rig.as(`${pair}proposer`), proposal.id);
    const answer = await rig.as(`${pair}approver`).post(`proposals/${open.id}/approve`, approvalOf(open));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const published = async (pair: string, changes: Wire[]) => {
    const filed = await rig.as(`${pair}proposer`).post('proposals', { reason, changes });
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    return approved(pair, filed.body);
  };
  const hold = (who: string, id: string, authority: string) => {
    const scope = { owner: who.slice(0, 3).toUpperCase() };
    return rig.as(who).post('hold', { id, authority, scope, cause: 'doubt', reason });
  };
  const left = async (also: string[] = []) =>
    (await rig.as('auditor').get('rollback/1', also.length > 0 ? { also: also.join(',') } : {})).body;
  const back = (who: string, by: string, also: string[] = []) =>
    rig.as(who).post('rollback', { version: 1, by, also, reason });
  const designation: Wire = {
    op: 'add',
    fact: {
      ...{ kind: 'designation', id: 'gb-found', authority: 'uk-dsit', subject: { vendor: 'bad-vendor' } },
      ...{ instrument: 'A-TEST', class: 'excluded', effect: 'advice', reach: 'named-only', scope: {} },
      ...{ valid: { from: '2026-01-01', to: null, zone: 'UTC' }, sources: [source] },
    },
  };

  it('begins with what each of them published, a hold that was lifted, and one that stands', async () => {
    await published('', [vendor('bad-vendor')]);
    await published('usa-', [accreditation('us-bad')]);
    await published('gbr-', [designation]);
    expect((await hold('gbr-proposer', 'incident', 'uk-ncsc')).status).toBe(200);
    await approved('gbr-', (await rig.as('gbr-proposer').post('lift', { hold: 'incident', reason })).body);
    expect((await hold('usa-proposer', 'still', 'us-state')).status).toBe(200);
  });

  it('comes to one part for each, and says what stays and what must wait', async () => {
    const { parts, stays, staying } = await left();
    expect(parts.map(({ by, operations, after }: Wire) => [by, operations, after])).toEqual([
      ['us-accreditor', 1, []],
      ['registrar', 1, null],
    ]);
    // The vendor cannot go while what stands against it stays.
    expect(parts[1].problems).not.toEqual([]);
    expect([stays, staying]).toEqual([['designation/gb-found', 'hold/incident', 'hold/still'], 3]);
  });

  it('with what stands against it named, the vendor waits for that and for nothing else', async () => {
    const { parts, stays } = await left(['designation/gb-found']);
    expect(parts.map(({ by, after }: Wire) => [by, after])).toEqual([
      ['uk-dsit', []],
      ['us-accreditor', []],
      ['registrar', ['uk-dsit']],
    ]);
    expect(stays).toEqual(['hold/incident', 'hold/still']);
  });

  it.each([
    ['another nation’s', 'gbr-proposer', 'us-accreditor', 403, 'NOT_AUTHORISED'],
    ['nobody’s', 'usa-proposer', '-', 422, 'PROPOSAL_INVALID'],
    ['no part', 'usa-proposer', 'us-dod', 422, 'PROPOSAL_INVALID'],
  ])('%s is not theirs to propose', async (_what, who, by, status, code) => {
    const answer = await back(who, by);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('a part that would leave another’s word hanging is not even simulated before that', async () => {
    const { body: filed } = await back('proposer', 'registrar', ['designation/gb-found']);
    const early = await rig.as('proposer').post(`proposals/${filed.id}/simulate`);
    expect([early.status, early.body.error.code]).toEqual([422, 'PROPOSAL_INVALID']);
    await rig.as('proposer').post(`proposals/${filed.id}/reject`, { reason });
  });

  it('is done by each pair for itself, with a hold in force and one set meanwhile', async () => {
    const also = ['designation/gb-found'];
    const us = await back('usa-proposer', 'us-accreditor');
    expect((await hold('gbr-proposer', 'meanwhile', 'uk-ncsc')).status).toBe(200);
    await approved('usa-', us.body);
    await approved('gbr-', (await back('gbr-proposer', 'uk-dsit', also)).body);
    const { parts, absent } = await left(also);
    expect(absent).toEqual(also);
    expect(parts.map(({ by, after }: Wire) => [by, after])).toEqual([['registrar', []]]);
    await approved('', (await back('proposer', 'registrar', also)).body);
    const done = await left();
    expect([done.parts, done.stays]).toEqual([[], ['hold/incident', 'hold/meanwhile', 'hold/still']]);
    const none = await back('usa-proposer', 'us-accreditor');
    expect([none.status, none.body.error.path]).toEqual([422, '/version']);
  });

  it('leaves every stop where it was, and nothing else', async () => {
    const { body } = await rig.as('auditor').get('diff', { from: '1' });
    expect(body.differences.map(({ key }: Wire) => key)).toEqual([
      'hold/incident',
      'hold/meanwhile',
      'hold/still',
    ]);
    const log = (await rig.as('auditor').get('log')).body.entries;
    expect(log.slice(0, 3).map(({ note }: Wire) => note.rollbackTo)).toEqual([1, 1, 1]);
  });

  it('takes a stop back only for its own people, by its name', async () => {
    const foreign = await back('gbr-proposer', 'us-state', ['hold/still']);
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    await approved('usa-', (await back('usa-proposer', 'us-state', ['hold/still'])).body);
    expect((await left()).stays).toEqual(['hold/incident', 'hold/meanwhile']);
  });
});

describe('an undo of more than one answer shows', () => {
  let rig: RegistryRig;
  beforeAll(async () => {
    rig = await startRegistryRig();
  });
  afterAll(() => rig.stop());

  it('counts every stop that stays, and puts what nobody speaks for after everything', async () => {
    const ids = Array.from({ length: 201 }, (_, n) => `many-${String(n).padStart(3, '0')}`);
    const hold = (id: string) => ({
      ...{ kind: 'hold', id, authority: 'us-state', scope: { network: 'us-a' }, cause: 'doubt' },
      ...{ valid: { from: '2026-01-01', to: null, zone: 'UTC' }, sources: [source] },
    });
    const nobodys = accreditation('nobodys', 2036, { authority: null }).fact;
    await rig.store.change({
      facts: new Map([
        ...ids.map((id) => [`hold/${id}`, hold(id)] as const),
        ['accreditation/nobodys', nobodys],
      ]),
    });
    const { parts, stays, staying } = (await rig.as('auditor').get('rollback/1')).body;
    expect([stays, staying]).toEqual([ids.slice(0, 200).map((id) => `hold/${id}`), 201]);
    expect(parts).toEqual([
      {
        ...{ by: '-', operations: 1, changes: [{ op: 'end', key: 'accreditation/nobodys' }], after: null },
        problems: [{ key: '', path: '', message: 'nobody may speak for this any more' }],
      },
    ]);
  });
});
