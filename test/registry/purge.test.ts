import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStateItems } from '../../functions/registry/state-items.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { identities, localKey, userArn } from '../../infra/local/identities.ts';
import { accreditation, digestOf, source } from './changes.ts';
import { EVERYBODY_ELSE, type PurgeDoor, purgeDoor } from './purge-door.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';
import { signedNow } from './signing.ts';

let rig: RegistryRig;
let door: PurgeDoor;
beforeAll(async () => {
  rig = await startRegistryRig();
  door = purgeDoor(rig.context);
});
afterAll(() => rig.stop());

const purge = (name: string, path: string, body: Wire) => door.post(name, path, body);

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
  const records = () => door.purges;
  const approveAs = (who: string, { id, digest }: Wire) => purge(who, `/${id}/approve`, { request: digest });
  const hold = async (who: string, authority: string, owner: string) => {
    const body = {
      id: `drill-${owner.toLowerCase()}-${who}`,
      authority,
      scope: { owner },
      cause: 'doubt',
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
    expect([request.missing, request.needed]).toEqual([
      ['us-state', 'uk-ncsc'],
      { 'us-state': 1, 'uk-ncsc': 2 },
    ]);
    const two = await approveAs('usa-approver', request);
    expect([two.status, two.body.missing]).toEqual([202, ['uk-ncsc']]);
    const three = await approveAs('gbr-proposer', request);
    expect([three.status, three.body.needed, (await note(british)).reason]).toEqual([
      202,
      { 'uk-ncsc': 1 },
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

  it('of two proposals that say the same each goes by itself, and the other keeps its own', async () => {
    const changes = [accreditation('twice', 2041)];
    const file = async () =>
      (await rig.as('usa-proposer').post('proposals', { reason: 'Twice', changes })).body.id;
    const [one, other] = [await file(), await file()];
    await rig.as('usa-proposer').post(`proposals/${one}/reject`, { reason: 'Twice' });
    const asked = { notes: [], proposals: [one], authority: 'us-accreditor', reason: 'Spillage 10' };
    const { body: request } = await purge('usa-proposer', '', asked);
    const done = await approveAs('usa-approver', request);
    expect([done.status, done.body.outcomes]).toEqual([200, { [one]: 'purged' }]);
    expect((await rig.as('auditor').get(`proposals/${one}`)).body.changes).toBeNull();
    expect((await rig.as('auditor').get(`proposals/${other}`)).body.changes).toHaveLength(1);
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
    // Nothing of it is left to be anybody's.
    expect((await purge('gbr-proposer', '', asked)).body.missing).toEqual(['uk-ncsc']);
  });

  describe('of a proposal, it is theirs', () => {
    const hold = (id: string, more: object = {}): Wire => ({
      ...{ kind: 'hold', id, authority: 'uk-ncsc', scope: { owner: 'GBR' }, cause: 'doubt' },
      ...{ valid: { from: '2031-01-01', to: null, zone: 'UTC' }, sources: [source] },
      ...more,
    });
    async function published(changes: Wire[]): Promise<string> {
      const filed = await rig.as('gbr-proposer').post('proposals', { reason: 'A test', changes });
      expect(filed.status, JSON.stringify(filed.body)).toBe(201);
      const proposal = await simulated(rig.as('gbr-proposer'), filed.body.id);
      const answer = await rig
        .as('gbr-approver')
        .post(`proposals/${proposal.id}/approve`, approvalOf(proposal));
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return proposal.id;
    }
    const factOf = async (id: string) => (await rig.as('auditor').get(`facts/hold/${id}`)).body;
    const ended = async (id: string): Promise<Wire> => {
      const { digest: was } = await factOf(id);
      return { op: 'end', key: `hold/${id}`, on: '2030-01-01', ending: [source], was };
    };
    const rejected = async (body: object) => {
      const { id } = (await rig.as('gbr-proposer').post('proposals', { reason: 'A test', ...body })).body;
      expect((await rig.as('gbr-proposer').post(`proposals/${id}/reject`, { reason: 'A test' })).status).toBe(
        200,
      );
      return id as string;
    };
    const rewritten = async (id: string, more: object) => {
      const held = await rig.context.proposals.read(id, signal());
      if (held === undefined) throw new Error(id);
      await rig.context.proposals.update(held, { ...held.record, ...more }, signal());
      return id;
    };
    const EVERYBODY: unknown = expect.arrayContaining(['uk-ncsc', 'registrar']);

    it.each<[string, () => Promise<string>, unknown]>([
      ['whose fact it added', () => published([{ op: 'add', fact: hold('gb-added') }]), ['uk-ncsc']],
      [
        'whose fact it ended, also where that has left',
        async () => {
          await published([{ op: 'add', fact: hold('gb-left') }]);
          return published([await ended('gb-left')]);
        },
        ['uk-ncsc'],
      ],
      [
        'whose fact it ended, also where another’s has its name now',
        async () => {
          await published([{ op: 'add', fact: hold('named') }]);
          const id = await published([await ended('named')]);
          const body = {
            id: 'named',
            authority: 'us-state',
            scope: { owner: 'USA' },
            cause: 'doubt',
            reason: 'A test',
          };
          expect((await rig.as('usa-proposer').post('hold', body)).status).toBe(200);
          return id;
        },
        ['uk-ncsc'],
      ],
      [
        'whose fact it replaced, whatever stands there now',
        async () => {
          await published([{ op: 'add', fact: hold('gb-was') }]);
          const { digest: was } = await factOf('gb-was');
          const first = await published([{ op: 'replace', fact: hold('gb-was', { cause: 'order' }), was }]);
          await published([await ended('gb-was')]);
          return first;
        },
        ['uk-ncsc'],
      ],
      [
        'whose fact it would have moved, and to whom',
        async () => {
          await published([{ op: 'add', fact: hold('gb-moved') }]);
          const { digest: was } = await factOf('gb-moved');
          const moved = { op: 'replace', fact: hold('gb-moved', { authority: 'registrar' }), was };
          const id = await rejected({ changes: [{ op: 'add', fact: hold('gb-mover') }] });
          const bytes = Buffer.from(JSON.stringify([moved]));
          return rewritten(id, { body: await rig.context.blobs.of(id).put(bytes, signal()) });
        },
        ['registrar', 'uk-ncsc'],
      ],
      [
        'everybody’s, where it was written on a version that never was',
        async () => {
          await published([{ op: 'add', fact: hold('gb-lost') }]);
          const id = await published([await ended('gb-lost')]);
          return rewritten(id, { base: { version: 4000, digest: digestOf('never') } });
        },
        EVERYBODY,
      ],
      [
        'everybody’s, where its operations are gone and its reason is not',
        async () => {
          const id = await rejected({ changes: [{ op: 'add', fact: hold('gb-gone') }] });
          return rewritten(id, { body: digestOf('gone') });
        },
        EVERYBODY,
      ],
      [
        'whose author uploaded what never was a proposal',
        () => rejected({ upload: { chunks: 2, bytes: 9, digest: digestOf('whole') } }),
        ['uk-ncsc', 'uk-dsit', 'uk-accreditor'],
      ],
      [
        'everybody’s, where what was uploaded is signed by a key whose owner signed nothing',
        async () => {
          const id = await rejected({ upload: { chunks: 2, bytes: 9, digest: digestOf('whole') } });
          const { signed } = (await rig.context.proposals.read(id, signal()))?.record ?? {};
          return rewritten(id, { signed: { ...signed, key: publicKeyOf(localKey('uma')) } });
        },
        EVERYBODY,
      ],
      [
        'everybody’s, where it confirmed what came back',
        async () =>
          rewritten(await rejected({ changes: [{ op: 'add', fact: hold('gb-back') }] }), {
            ...{ kind: 'confirm', body: null },
          }),
        EVERYBODY,
      ],
    ])('%s', async (_what, made, theirs) => {
      const id = await made();
      const asked = { notes: [], proposals: [id], authority: 'us-state', reason: 'Tidy' };
      const { body: request } = await purge('usa-proposer', '', asked);
      expect(request.missing).toContain('us-state');
      const two = await approveAs('usa-approver', request);
      expect([two.status, two.body.missing]).toEqual([202, theirs]);
      expect((await rig.as('auditor').get(`proposals/${id}`)).body.reason).toBe('A test');
    });
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
          const said = { operation: 'purge', content: digestOf('another'), epoch: 1 } as const;
          return { consents: [{ by: { ...by, arn: 'x' }, signed: signedNow(rig.context, 'uma', said) }] };
        },
      ],
      [
        'another epoch',
        ({ consents: [{ by }], digest }) => {
          const said = { operation: 'purge', content: digest, epoch: 2 } as const;
          return { consents: [{ by: { ...by, arn: 'x' }, signed: signedNow(rig.context, 'uma', said) }] };
        },
      ],
      [
        'more than thirty days ago',
        ({ consents: [{ by }], digest }) => {
          const said = { operation: 'purge', content: digest, epoch: 1 } as const;
          const clock = () => rig.context.clock() - 30 * 86_400_000 - 1;
          return {
            consents: [
              { by: { ...by, arn: 'x' }, signed: signedNow({ ...rig.context, clock }, 'uma', said) },
            ],
          };
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

    it('that it is done does not make it so', async () => {
      const request = await opened();
      const lie = {
        status: 'done',
        approvedAt: '2026-01-01T00:00:00.000Z',
        outcomes: { [american]: 'purged' },
      };
      await rewritten(request.id, () => lie);
      const { body: shown } = await door.get('usa-proposer', `/${request.id}`);
      expect([shown.status, shown.outcomes, shown.approvedAt]).toEqual(['open', {}, undefined]);
      // One person alone is told who is missing, as for any request that is open.
      const alone = await approveAs('usa-proposer', request);
      expect([alone.status, alone.body.status, alone.body.outcomes]).toEqual([202, 'open', undefined]);
      expect((await note(american)).reason).toBe('A drill');
    });

    it('as it was, it is done by two, and said to be by what there is', async () => {
      const [request, other] = [await opened(), await opened()];
      const { status, body } = await approveAs('usa-approver', request);
      expect([status, body.outcomes]).toEqual([200, { [american]: 'purged' }]);
      for (const [{ id }, said] of [
        [request, 'done'],
        [other, 'open'],
      ] as const) {
        const { body: shown } = await door.get('usa-proposer', `/${id}`);
        expect([shown.status, shown.outcomes]).toEqual([said, { [american]: 'already-purged' }]);
      }
      const again = await approveAs('usa-approver', request);
      expect([again.status, again.body.outcomes]).toEqual([200, { [american]: 'already-purged' }]);
    });
  });
});

describe('long work', () => {
  const signal = () => AbortSignal.timeout(60_000);
  const WORDS = 'Mislaid long ago';
  const asked = (more: object): Wire => ({
    ...{ notes: [], proposals: [], objects: [], jobs: [], authority: 'us-state', reason: 'Spillage 13' },
    ...more,
  });
  const found = async () =>
    (await purge('usa-proposer', '/search', { text: WORDS, after: null })).body.places as Wire[];
  const PLACES: readonly ['JOBS' | 'PROPOSALS', string][] = [
    ['JOBS', 'j-20260101T000000Z-0123456789'],
    ['PROPOSALS', 'p-20260101T000000Z-0123456789'],
    // As a build kept what it had by its digest alone.
    ['JOBS', digestOf(WORDS)],
  ];
  const named = (what: string, id: string) => asked({ [what === 'JOBS' ? 'jobs' : 'proposals']: [id] });

  it('is everybody’s, whose it was', async () => {
    const job = (await rig.as('auditor').post('verify')).body.job.id;
    const { status, body } = await purge('usa-proposer', '', asked({ jobs: [job] }));
    expect([status, body.missing]).toEqual([
      201,
      expect.arrayContaining(['us-state', 'us-accreditor', 'uk-ncsc', 'registrar']),
    ]);
  });

  it.each([
    ['of nobody', 'j-20260101T000000Z-ffffffffff', 404, 'PURGE_MISSING'],
    ['of a proposal, which keeps its own while it is open', PLACES[1]?.[1], 400, 'REQUEST_INVALID'],
  ])('%s is refused before anybody signs in vain', async (_what, job, status, code) => {
    const answer = await purge('usa-proposer', '', asked({ jobs: [job] }));
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  describe.each(PLACES)('what died before a record of %s named it', (what, id) => {
    const kept = () => rig.context.blobs.of(id);
    it.each<[string, () => Promise<unknown>]>([
      ['all of it', () => kept().put(Buffer.from(WORDS), signal())],
      [
        'one of its pieces',
        async () => {
          await kept().put(Buffer.concat([randomBytes(700 * 1024), Buffer.from(WORDS)]), signal());
          const items = createStateItems(rig.store.client, rig.store.tables.state);
          const [first = ''] = await items.names(`BLOB#${id}`, signal());
          await items.remove({ pk: `BLOB#${id}`, sk: first }, signal());
        },
      ],
    ])('is found, is everybody’s, and goes: %s', async (_what, leave) => {
      await leave();
      const places = await found();
      expect(new Set(places.map((each) => `${each.table} ${each.what} ${each.name}`))).toEqual(
        new Set([`state ${what} ${id}`]),
      );
      const { status, body: request } = await purge('usa-proposer', '', named(what, id));
      expect([status, request.missing]).toEqual([201, expect.arrayContaining(['uk-ncsc', 'registrar'])]);
      const answers: Wire[] = [];
      for (const who of EVERYBODY_ELSE)
        answers.push((await purge(who, `/${request.id}/approve`, { request: request.digest })).body);
      expect(answers.map(({ outcomes }) => outcomes?.[id])).toContain('purged');
      expect([await found(), await kept().isAnything(signal())]).toEqual([[], false]);
    });
  });
});

describe('while nobody speaks any more for somebody, nothing of theirs goes', () => {
  const lapsed = (more: object): Wire => ({
    ...{ kind: 'authority', id: 'lapsed', name: 'A test', speaksFor: ['FJI', 'TON'], holders: [] },
    ...{ proposers: ['routeguard-proposer'], approvers: ['routeguard-approver'] },
    people: ['pat', 'alex'].map((name) => ({ name, keys: [publicKeyOf(localKey(name))] })),
    ...{ valid: { from: '2000-01-01', to: null, zone: 'UTC' }, sources: [source] },
    ...more,
  });
  async function published(change: Wire): Promise<number> {
    const filed = await rig.as('proposer').post('proposals', { reason: 'A test', changes: [change] });
    expect(filed.status, JSON.stringify(filed.body)).toBe(201);
    const proposal = await simulated(rig.as('proposer'), filed.body.id);
    const answer = await rig.as('approver').post(`proposals/${proposal.id}/approve`, approvalOf(proposal));
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body.version;
  }
  const digest = async () => (await rig.as('auditor').get('facts/authority/lapsed')).body.digest;
  let narrowed = 0;
  beforeAll(async () => {
    await published({ op: 'add', fact: lapsed({}) });
    await published({ op: 'add', fact: lapsed({ id: 'fiji', speaksFor: ['FJI'] }) });
    narrowed = await published({ op: 'replace', fact: lapsed({ speaksFor: ['TON'] }), was: await digest() });
  });

  it('nor the reason of the version that took from an authority what it spoke for', async () => {
    const asked = { notes: [narrowed], proposals: [], authority: 'registrar', reason: 'Spillage 14' };
    const { status, body } = await purge('proposer', '', asked);
    expect([status, body.error?.code, body.error?.details]).toEqual([
      403,
      'NOT_AUTHORISED',
      { voice: { id: 'lapsed', nations: ['FJI', 'TON'] } },
    ]);
  });

  it('nor what they themselves ask for', async () => {
    const valid = { from: '2000-01-01', to: '2001-01-01', zone: 'UTC' };
    await published({ op: 'replace', fact: lapsed({ speaksFor: ['TON'], valid }), was: await digest() });
    const hold = {
      id: 'drill',
      authority: 'uk-ncsc',
      scope: { owner: 'GBR' },
      cause: 'doubt',
      reason: 'A drill',
    };
    const { version } = (await rig.as('gbr-proposer').post('hold', hold)).body;
    const asked = { notes: [version], proposals: [], authority: 'lapsed', reason: 'Spillage 15' };
    const { status, body } = await purge('gbr-proposer', '', asked);
    expect([status, body.error?.code, body.error?.details]).toEqual([
      403,
      'NOT_AUTHORISED',
      { voice: { id: 'lapsed', nations: ['TON'] } },
    ]);
  });
});
