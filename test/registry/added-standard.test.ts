/** docs/add-a-standard.md, followed through publication. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authority, facts, standard } from '../scenarios/added-standard.ts';
import { approvalOf, type Person, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

describe('what the page proposes', () => {
  let rig: RegistryRig;
  beforeAll(async () => {
    rig = await startRegistryRig();
  });
  afterAll(() => rig.stop());

  const added = (text: string): readonly Wire[] => {
    const parsed: unknown = JSON.parse(text);
    return [parsed].flat().map((fact) => ({ op: 'add', fact }));
  };
  const norway = (role: string, session: string) =>
    rig.person(role, `AROA${role.toUpperCase().replaceAll('-', '')}`, session);
  const propose = (who: Person, changes: readonly Wire[]) =>
    who.post('proposals', { reason: 'The page', changes });
  async function published(author: Person, second: Person, changes: readonly Wire[]): Promise<Wire> {
    const { body } = await propose(author, changes);
    const proposal = await simulated(author, body.id);
    const done = await second.post(`proposals/${body.id}/approve`, approvalOf(proposal));
    expect([done.status, done.body.error]).toEqual([200, undefined]);
    return done.body;
  }

  test('is published in its two steps, and its people speak from then on', async () => {
    const [registrar, second] = [rig.as('proposer'), rig.as('approver')];
    const first = norway('no-proposer', 'no-first');
    const other = norway('no-approver', 'no-second');
    const law = [...added(standard), ...added(facts)];
    // Before there is an authority nobody can propose by it, the registrar neither.
    for (const who of [first, registrar])
      expect((await propose(who, law)).body.error.code).toBe('NOT_AUTHORISED');
    const alone = await propose(registrar, [...added(authority), ...law]);
    expect([alone.status, alone.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);

    await published(registrar, second, added(authority));
    const { version } = await published(first, other, law);
    const held = await rig.as('auditor').get('facts/mandate/nor-trusted-transport');
    expect([held.body.version, held.body.fact.owner]).toEqual([version, 'NOR']);
    const { digest, fact } = (await rig.as('auditor').get('facts/authority/no-nsm')).body;
    const renamed = { op: 'replace', was: digest, fact: { ...fact, name: 'Norway' } };
    await published(first, other, [renamed]);
    // But not so that nobody does any more: neither by fewer people, nor by the end of all but one.
    const { digest: was } = (await rig.as('auditor').get('facts/authority/no-nsm')).body;
    const fewer = { op: 'replace', was, fact: { ...fact, people: fact.people.slice(1) } };
    const { status, body } = await propose(first, [fewer]);
    expect([status, body.error.code, body.error.problems.map((p: Wire) => p.path)]).toEqual([
      422,
      'PROPOSAL_INVALID',
      ['/changes/0/fact/people'],
    ]);
    expect(body.error.message).toMatch(/nobody could change or end this authority/);
  });

  test('without its people, or with one, is not published', async () => {
    const [only] = JSON.parse(authority);
    for (const people of [undefined, [], only.people.slice(1)]) {
      const fact = { ...only, id: 'au-new', speaksFor: ['FJI'], people };
      const { status, body: found } = await propose(rig.as('proposer'), [
        { op: 'add', fact: JSON.parse(JSON.stringify(fact)) },
      ]);
      expect([status, found.error.code, found.error.path]).toEqual([
        422,
        'PROPOSAL_INVALID',
        '/changes/0/fact/people',
      ]);
    }
  });
});
