/** What an approval is bound to: each tie cut by itself, and two approvals, or a publication between, that meet. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Proposal } from '../../functions/registry/proposal.ts';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { localKey } from '../../infra/local/identities.ts';
import { accreditation, digestOf } from './changes.ts';
import {
  approvalOf,
  type Person,
  type RegistryRig,
  simulated,
  startRegistryRig,
  type Wire,
  writtenAs,
} from './rig.ts';
import { signedNow } from './signing.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-23T12:00:00.000Z');
const ZERO = digestOf('0');
const signal = () => AbortSignal.timeout(60_000);

let rig: RegistryRig;
let template: Proposal;
let sound: Wire;
/** The same change again, beside one that says the same and is published. */
let doubled: Proposal;
let count = 0;
let permits: readonly number[];

async function recordOf(id: string): Promise<Proposal> {
  const held = await rig.context.proposals.read(id, signal());
  if (held === undefined) throw new Error(id);
  return held.record;
}

async function proposed(...changes: readonly Wire[]): Promise<Wire> {
  const body = { reason: 'A test', changes };
  return simulated(rig.as('usa-approver'), (await rig.as('usa-proposer').post('proposals', body)).body.id);
}

const approveAs = (who: Person, id: string, body: Wire) => who.post(`proposals/${id}/approve`, body);
const head = async () => (await rig.as('auditor').get('log')).body.entries[0];

beforeAll(async () => {
  rig = await startRegistryRig({ clock: () => NOW });
  const late = await proposed(accreditation('doubled', 2037));
  const early = await proposed(accreditation('first', 2037));
  expect((await approveAs(rig.as('usa-approver'), early.id, approvalOf(early))).status).toBe(200);
  doubled = await recordOf(late.id);
  sound = await proposed(accreditation('bound'), accreditation('bound-too', 2039));
  template = await recordOf(sound.id);
  permits = approvalOf(sound).permits;
  expect(permits.length).toBeGreaterThan(1);
});
afterAll(() => rig.stop());

async function copyOf(record: Proposal): Promise<string> {
  count += 1;
  const id = `p-20260101T000000Z-${String(count).padStart(10, '0')}`;
  await writtenAs(rig.context, id, record, doubled);
  return id;
}

/** The proposal with a simulation that the registry itself found, and sealed. */
async function foundAs(of: Proposal, more: object): Promise<Proposal> {
  const held = await rig.context.jobs.read(of.simulation?.job ?? '', signal());
  if (held?.record.kind !== 'simulate' || of.simulation === undefined) throw new Error(of.id);
  count += 1;
  const job = `j-20260101T000000Z-${String(count).padStart(10, '0')}`;
  const simulation = { ...of.simulation, ...more, job };
  await rig.context.jobs.create({ ...held.record, id: job, summary: simulation }, signal());
  return { ...of, simulation };
}
const simulationOf = (more: object) => foundAs(template, more);
/** The same in the proposal's own record alone, which is where whoever can write to the table would say it. */
const saidOf = (more: object) =>
  ({ ...template, simulation: { ...template.simulation, ...more } }) as Proposal;
/** The proposal as it would stand in the table if somebody had put a signature there. */
function agreedAs(session: string, more: object): Proposal {
  const { base = null, flips: review = ZERO, root = ZERO, people = ZERO } = template.simulation ?? {};
  const content = template.digest ?? ZERO;
  const said = { operation: 'approve', content, base, review, root, people, ...more } as const;
  return { ...template, agreed: signedNow(rig.context, session, said) };
}
const uma = (role: string, id: string, session: string) => () =>
  rig.person(`routeguard-${role}`, id, session);
const SECOND = uma('usa-approver', 'AROALOCALUSAAPPROVER', 'ulysses');
const ago = (ms: number) => ({ at: new Date(NOW - ms).toISOString() });
const ALL_BUT_LAST = () => ({ permits: permits.slice(0, -1) });

type Case = readonly [
  what: string,
  record: () => Proposal | Promise<Proposal>,
  body: () => object,
  who: () => Person,
  code: string,
  more: () => object,
];
const one = () => template;
const missing = (numbers: readonly number[]) => ({ path: '/permits', details: { missing: numbers } });
const CUT: readonly Case[] = [
  [
    'another proposal',
    one,
    () => ({ proposal: ZERO }),
    SECOND,
    'CONFLICT',
    () => ({ path: '/signed/statement/content', details: { proposal: template.digest } }),
  ],
  [
    'other flips',
    one,
    () => ({ flips: ZERO }),
    SECOND,
    'FLIPS_CHANGED',
    () => ({ path: '/signed/statement/review', details: { simulation: template.simulation } }),
  ],
  [
    'no acknowledgement',
    one,
    () => ({ permits: [] }),
    SECOND,
    'ACKNOWLEDGEMENT_MISSING',
    () => missing(permits),
  ],
  [
    'one acknowledgement short',
    one,
    ALL_BUT_LAST,
    SECOND,
    'ACKNOWLEDGEMENT_MISSING',
    () => missing(permits.slice(-1)),
  ],
  [
    'the first acknowledged beyond the last',
    one,
    () => ({ permits: [...permits.slice(1), permits.length + 1] }),
    SECOND,
    'ACKNOWLEDGEMENT_MISSING',
    () => missing([1]),
  ],
  [
    'one acknowledged beyond the last',
    one,
    () => ({ permits: [...permits, permits.length + 1] }),
    SECOND,
    'ACKNOWLEDGEMENT_UNKNOWN',
    () => ({ path: '/permits', details: { permits: permits.length } }),
  ],
  [
    'everything acknowledged that a number may be',
    one,
    () => ({ permits: Array.from({ length: 100_000 }, (_, index) => index + 1) }),
    SECOND,
    'ACKNOWLEDGEMENT_UNKNOWN',
    () => ({ path: '/permits', details: { permits: permits.length } }),
  ],
  [
    'one acknowledged twice',
    one,
    () => ({ permits: [...permits, 1] }),
    SECOND,
    'REQUEST_INVALID',
    () => ({ path: '/permits', problems: [{ path: '/permits', message: 'each number is given once' }] }),
  ],
  [
    'no simulation',
    () => ({ ...template, simulation: undefined }) as unknown as Proposal,
    () => ({}),
    SECOND,
    'FLIPS_CHANGED',
    () => ({}),
  ],
  [
    'a simulation whose result is gone',
    () => saidOf({ job: 'j-20260101T000000Z-0123456789' }),
    () => ({}),
    SECOND,
    'RESULT_GONE',
    () => ({}),
  ],
  ['a body that is gone', () => ({ ...template, body: ZERO }), () => ({}), SECOND, 'RESULT_GONE', () => ({})],
  // What it says has to be found again, and is not.
  [
    'a simulation a day old',
    () => simulationOf({ ...ago(DAY), flips: ZERO }),
    () => ({ flips: ZERO }),
    SECOND,
    'FLIPS_CHANGED',
    () => expect.anything(),
  ],
  [
    'a simulation of no instant',
    () => simulationOf({ at: 'x', flips: ZERO }),
    () => ({ flips: ZERO }),
    SECOND,
    'FLIPS_CHANGED',
    () => expect.anything(),
  ],
  [
    'a simulation on another base',
    () => simulationOf({ base: { version: 1, digest: ZERO }, flips: ZERO }),
    () => ({ base: ZERO, flips: ZERO }),
    SECOND,
    'FLIPS_CHANGED',
    () => expect.anything(),
  ],
  [
    'a simulation before there was a registry',
    () => simulationOf({ base: null, flips: ZERO }),
    () => ({ base: null, flips: ZERO }),
    SECOND,
    'FLIPS_CHANGED',
    () => expect.anything(),
  ],
  [
    'a registry that would be unsound',
    () => foundAs(doubled, { base: template.simulation?.base ?? null }),
    () => ({ ...approvalOf(doubled), base: undefined }),
    SECOND,
    'PROPOSAL_INVALID',
    () => expect.anything(),
  ],
  [
    'what its author never signed',
    () => ({ ...template, agreed: undefined }) as unknown as Proposal,
    () => ({ unsigned: true }),
    SECOND,
    'AUTHOR_SIGNATURE_MISSING',
    () => expect.anything(),
  ],
  [
    'what its author signed otherwise',
    () => agreedAs('uma', { root: ZERO }),
    () => ({ unsigned: true }),
    SECOND,
    'AUTHOR_SIGNATURE_MISSING',
    () => expect.anything(),
  ],
  [
    'what somebody else signed for its author',
    () => agreedAs('ulysses', {}),
    () => ({ unsigned: true }),
    SECOND,
    'AUTHOR_SIGNATURE_MISSING',
    () => expect.anything(),
  ],
  [
    'another reason than its author signed',
    () => ({ ...template, reason: 'Another' }),
    () => ({}),
    SECOND,
    'SIGNATURE_INVALID',
    () => ({}),
  ],
  [
    'another body than its author signed',
    () => ({ ...template, body: doubled.body }),
    () => ({}),
    SECOND,
    'SIGNATURE_INVALID',
    () => ({}),
  ],
  [
    'another author than signed it',
    () => ({ ...template, author: { ...template.author, key: publicKeyOf(localKey('gwen')) } }),
    () => ({}),
    SECOND,
    'SIGNATURE_INVALID',
    () => ({}),
  ],
  [
    'the same role and session',
    one,
    () => ({}),
    uma('usa-proposer', 'AROALOCALUSAPROPOSER', 'uma'),
    'SECOND_PERSON_NEEDED',
    () => expect.anything(),
  ],
  [
    'the same person in another role',
    one,
    () => ({}),
    uma('usa-approver', 'AROALOCALUSAAPPROVER', 'uma'),
    'SECOND_PERSON_NEEDED',
    () => expect.anything(),
  ],
  [
    'another session of the same role',
    one,
    () => ({}),
    uma('usa-proposer', 'AROALOCALUSAPROPOSER', 'ulysses'),
    'SECOND_PERSON_NEEDED',
    () => expect.anything(),
  ],
  [
    'another name of the same role',
    one,
    () => ({}),
    uma('usa-approver', 'AROALOCALUSAPROPOSER', 'ulysses'),
    'SECOND_PERSON_NEEDED',
    () => expect.anything(),
  ],
  [
    'a role made again under the name of the author’s',
    one,
    () => ({}),
    uma('usa-proposer', 'AROALOCALNEWER', 'ulysses'),
    'SECOND_PERSON_NEEDED',
    () => expect.anything(),
  ],
  [
    'an author who may not propose it any more',
    () => ({ ...template, author: { ...template.author, roleName: 'routeguard-gbr-proposer' } }),
    () => ({}),
    SECOND,
    'NOT_AUTHORISED',
    () => expect.anything(),
  ],
];

describe('the author’s own word', () => {
  const closed = (): Proposal => ({ ...template, status: 'rejected' });
  const old = (): Proposal => ({ ...template, createdAt: new Date(NOW - 31 * DAY).toISOString() });
  it.each<[string, () => Proposal, caller: string, key: string, number, string | undefined]>([
    ['as it was simulated', () => template, 'usa-proposer', 'uma', 200, undefined],
    ['of somebody else', () => template, 'usa-approver', 'ulysses', 403, 'NOT_AUTHORISED'],
    ['with another key', () => template, 'usa-proposer', 'ulysses', 403, 'NOT_AUTHORISED'],
    ['in another session', () => template, 'usa-approver', 'uma', 403, 'NOT_AUTHORISED'],
    ['for what is closed', closed, 'usa-proposer', 'uma', 409, 'PROPOSAL_STATUS'],
    ['for what waited too long', old, 'usa-proposer', 'uma', 409, 'PROPOSAL_EXPIRED'],
  ])('%s', async (_what, record, caller, key, status, code) => {
    const before = await head();
    const id = await copyOf(record());
    const { agreed: signed } = agreedAs(key, {});
    const answer = await rig.as(caller).post(`proposals/${id}/sign`, { signed });
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(await head()).toEqual(before);
  });
});

describe('an approval', () => {
  it.each(CUT)(
    'of %s is refused, and nothing is published',
    async (_what, record, change, who, code, more) => {
      const before = await head();
      const id = await copyOf(await record());
      const { status, body } = await approveAs(who(), id, { ...approvalOf(sound), ...change() });
      const { code: found, message, ...rest } = body.error;
      expect([found, status], message).toEqual([code, expect.any(Number)]);
      expect(rest).toEqual(more());
      expect((await recordOf(id)).status).toBe('open');
      expect(await head()).toEqual(before);
    },
  );

  it('by a signature for something else than an approval is none', async () => {
    const id = await copyOf(template);
    const content = template.digest ?? ZERO;
    const signed = signedNow(rig.context, 'ulysses', { operation: 'propose', content });
    const { body } = await approveAs(rig.as('usa-approver'), id, { permits, signed });
    expect([body.error.code, body.error.path]).toEqual(['SIGNATURE_INVALID', '/signed/statement/operation']);
  });

  it('is of answers that somebody else than the author has asked for', async () => {
    const author = rig.as('usa-proposer');
    const body = { reason: 'A test', changes: [accreditation('asked-again', 2041)] };
    const alone = await simulated(author, (await author.post('proposals', body)).body.id);
    expect(alone.simulation.by).toEqual({ role: 'routeguard-usa-proposer', session: 'uma' });
    expect(alone.simulation.voices.map((v: Wire) => v.anyOf)).toEqual([['us-accreditor']]);
    const { status } = await approveAs(rig.as('usa-approver'), alone.id, approvalOf(alone));
    const { simulation } = await recordOf(alone.id);
    expect([status, simulation?.by.session]).toEqual([200, 'ulysses']);
    expect(simulation?.flips).toBe(alone.simulation.flips);
  });

  it('is of what was asked again besides, whoever asks anew', async () => {
    const author = rig.as('usa-proposer');
    const body = { reason: 'A test', changes: [accreditation('with-recent', 2043)] };
    const { id } = (await author.post('proposals', body)).body;
    expect((await author.post(`proposals/${id}/simulate`, { recent: [{ lost: 1 }] })).status).toBe(200);
    const alone = (await author.get(`proposals/${id}`)).body;
    expect((await approveAs(rig.as('usa-approver'), id, approvalOf(alone))).status).toBe(200);
    const { simulation } = await recordOf(id);
    expect([simulation?.by.session, simulation?.recent]).toEqual(['ulysses', digestOf('[{"lost":1}]')]);
  });

  it('whose publication was stopped, with HEAD moved since, is checked again by whoever asks', async () => {
    const id = await copyOf(template);
    const broken = {
      ...rig.context,
      publisher: {
        ...rig.context.publisher,
        publish: () => Promise.reject(new StoreError('STORE_UNAVAILABLE')),
      },
    };
    const approval = approvalOf(sound);
    const stopped = await approveAs(rig.asIn(broken, 'usa-approver'), id, approval);
    expect([stopped.status, stopped.body.error.code]).toEqual([503, 'STORE_UNAVAILABLE']);
    const frozen = await recordOf(id);
    expect([frozen.status, frozen.approval?.permits]).toEqual(['approving', permits]);
    const hold = {
      id: 'elsewhere',
      authority: 'uk-ncsc',
      scope: { owner: 'GBR' },
      cause: 'doubt',
      reason: 'Elsewhere',
    };
    const between = await rig.as('gbr-approver').post('hold', hold);
    expect(between.status).toBe(200);
    const other = await approveAs(rig.as('gbr-approver'), id, approval);
    expect([other.status, other.body.error.code]).toEqual([403, 'NOT_AUTHORISED']);
    const held = await rig.context.proposals.read(id, signal());
    if (held?.record.triedAt === undefined) throw new Error(id);
    expect(held.record.status).toBe('approving');
    // Whoever signs another state than what was frozen waits until nobody can be publishing that.
    expect((await approveAs(rig.as('usa-approver'), id, approval)).body.error.code).toBe('BEING_PUBLISHED');
    await rig.context.proposals.update(
      held,
      { ...held.record, triedAt: held.record.triedAt - 90_000 },
      signal(),
    );
    const short = await approveAs(rig.as('usa-approver'), id, { ...approval, permits: [] });
    expect(short.body.error.code).toBe('ACKNOWLEDGEMENT_MISSING');
    const reopened = await recordOf(id);
    expect([reopened.status, reopened.approval, reopened.prepared]).toEqual(['open', undefined, undefined]);
    expect((await head()).version).toBe(between.body.version);
  });

  it('of what would open for nobody is refused, and can be signed again', async () => {
    const id = await copyOf(template);
    let refuses = true;
    const publish: typeof rig.context.publisher.publish = async () => {
      if (refuses) throw new StoreError('NOT_OPENABLE');
      throw new StoreError('STORE_UNAVAILABLE');
    };
    const context = { ...rig.context, publisher: { ...rig.context.publisher, publish } };
    const before = await head();
    for (const [code, status] of [
      ['NOT_OPENABLE', 'open'],
      ['STORE_UNAVAILABLE', 'approving'],
    ]) {
      const { body } = await approveAs(rig.asIn(context, 'usa-approver'), id, approvalOf(sound));
      expect([body.error.code, (await recordOf(id)).status]).toEqual([code, status]);
      refuses = false;
    }
    expect(await head()).toEqual(before);
  });

  it('is in once, of three at once, and says what it did', async () => {
    const next = (await head()).version + 1;
    const id = await copyOf(await simulationOf(ago(DAY - 1)));
    const approval = approvalOf(sound);
    const answers = await Promise.all(
      [1, 2, 3].map(() => approveAs(rig.asIn(rig.fresh(), 'usa-approver'), id, approval)),
    );
    for (const { status, body } of answers)
      expect(status === 200 ? body.version : body.error.code).toBe(status === 200 ? next : 'CONFLICT');
    expect(answers.map(({ status }) => status)).toContain(200);
    const done = await approveAs(rig.asIn(rig.fresh(), 'usa-approver'), id, approval);
    const entry = await head();
    expect([done.status, done.body]).toEqual([
      200,
      {
        version: next,
        digest: entry.digest,
        acknowledgedAt: '2026-11-23T12:00:00.000Z',
        noPermitAfter: '2026-11-23T12:00:07.000Z',
        proposal: id,
        recordedAt: '2026-11-23T12:00:00.000Z',
      },
    ]);
    const { salt: _salt, ...note } = entry.note;
    expect([entry.version, entry.kind, entry.author, entry.approvers, note]).toEqual([
      next,
      'change',
      'routeguard-usa-proposer/uma',
      ['routeguard-usa-approver/ulysses'],
      {
        reason: 'A test',
        proposal: template.digest,
        flips: template.simulation?.flips,
        permits: permits.length,
        operations: 2,
        author: 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-proposer/uma',
        approver: 'arn:aws:sts::000000000000:assumed-role/routeguard-usa-approver/ulysses',
      },
    ]);
  });
});
