/**
 * Whoever may invoke the registry's function can write any event: a role, a session, an account, an API. Without a
 * person's key nothing of it proposes, signs, approves, lifts, rolls back, confirms or purges.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contentOf,
  type SignedContent,
  type Statement,
} from '../../functions/core/administration/statement.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { identities, LOCAL_ACCOUNT, LOCAL_API, localKey, userArn } from '../../infra/local/identities.ts';
import { accreditation, digestOf } from '../registry/changes.ts';
import { handle } from '../registry/every-door.ts';
import {
  proxyEvent,
  type RegistryRig,
  simulated,
  startRegistryRig,
  TIMES,
  type Wire,
} from '../registry/rig.ts';
import { changesDigest } from '../registry/signing.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

const stolen = generateKeyPairSync('ed25519').privateKey;
const reason = 'A test';
const changes = [accreditation('forged')];
const change: SignedContent = {
  kind: 'change',
  reason,
  salt: '0'.repeat(32),
  changes: changesDigest(changes),
};

function place(): { readonly registry: string; readonly at: string } {
  return { registry: homeOf(rig.context.tables.state), at: new Date().toISOString() };
}

/** An event of a person who has never been asked. */
async function forged(who: string, path: string, body: Wire, context: object = {}): Promise<Wire> {
  const person = identities.find((each) => each.name === who);
  if (person === undefined) throw new Error(who);
  const identity = { userArn: userArn(person), user: `${person.roleId}:${person.session}` };
  const event = proxyEvent('POST', `/v1/registry/${path}`, {}, JSON.stringify(body), identity) as {
    readonly requestContext: object;
  };
  const requestContext = { ...event.requestContext, ...context };
  const handled = await handle(rig.context, { ...event, requestContext }, TIMES);
  return { status: handled.status, ...(JSON.parse(JSON.stringify(handled.body)) as object) };
}

const proposing = (more: object = {}, key = localKey('uma')): Wire => {
  const statement = { operation: 'propose', content: contentOf(change), ...place(), ...more } as Statement;
  return { reason, changes, salt: change.salt, signed: signStatement(statement, key) };
};

describe('a proposal in somebody’s name', () => {
  const CASES: readonly [string, () => Wire, string][] = [
    ['without a signature', () => ({ reason, changes, salt: change.salt }), 'REQUEST_INVALID'],
    ['with a key of one’s own', () => proposing({}, stolen), 'NOT_AUTHORISED'],
    ['with the key of another nation’s person', () => proposing({}, localKey('gwen')), 'NOT_AUTHORISED'],
    [
      'with another’s public key over one’s own signature',
      () => {
        const { signed, ...body } = proposing({}, stolen);
        return { ...body, signed: { ...signed, key: proposing().signed.key } };
      },
      'SIGNATURE_INVALID',
    ],
    [
      'with a signature over another change',
      () => ({ ...proposing(), changes: [accreditation('another')] }),
      'SIGNATURE_INVALID',
    ],
    [
      'with a signature over another reason',
      () => ({ ...proposing(), reason: 'Another' }),
      'SIGNATURE_INVALID',
    ],
    ['for another registry', () => proposing({ registry: 'f'.repeat(32) }), 'SIGNATURE_INVALID'],
    [
      'signed yesterday',
      () => proposing({ at: new Date(Date.now() - 86_400_000).toISOString() }),
      'SIGNATURE_INVALID',
    ],
    [
      'with a signature for another operation',
      () => ({
        ...proposing(),
        signed: signStatement(
          { operation: 'purge', content: contentOf(change), epoch: 1, ...place() },
          localKey('uma'),
        ),
      }),
      'SIGNATURE_INVALID',
    ],
    [
      'with a salt of another',
      () => ({ ...proposing(), salt: randomBytes(16).toString('hex') }),
      'SIGNATURE_INVALID',
    ],
  ];
  it.each(CASES)('%s', async (_, body, code) => {
    const answer = await forged('usa-proposer', 'proposals', body());
    expect([answer.error?.code, answer.status], JSON.stringify(answer)).toEqual([code, expect.any(Number)]);
    expect((await rig.as('auditor').get('proposals')).body.proposals).toEqual([]);
  });

  describe('of what follows from what was signed', () => {
    const salt = '0'.repeat(32);
    const word = (asked: object, more: object = {}) => {
      const content = contentOf({ reason, salt, ...asked } as SignedContent);
      return signStatement(
        { operation: 'propose', content, ...place(), ...more } as Statement,
        localKey('uma'),
      );
    };
    const yesterday = () => ({ at: new Date(Date.now() - 86_400_000).toISOString() });
    const LIFT = { kind: 'lift', hold: 'drill' };
    const BACK = { kind: 'rollback', version: 1, by: 'us-state', also: ['hold/drill'] };
    beforeAll(async () => {
      const stop = { id: 'drill', authority: 'us-state', scope: { owner: 'USA' }, cause: 'doubt', reason };
      expect((await rig.as('usa-proposer').post('hold', stop)).status).toBe(200);
    });

    it.each<[string, string, () => Wire]>([
      ['lift', 'another hold', () => word({ ...LIFT, hold: 'incident' })],
      ['lift', 'other sources', () => word({ ...LIFT, sources: [{ citation: 'A court', verified: true }] })],
      ['lift', 'another reason', () => word({ ...LIFT, reason: 'Another' })],
      ['lift', 'another time', () => word(LIFT, yesterday())],
      ['lift', 'a rollback', () => word(BACK)],
      ['rollback', 'another version', () => word({ ...BACK, version: 2 })],
      ['rollback', 'other people', () => word({ ...BACK, by: 'uk-ncsc' })],
      ['rollback', 'another stop besides', () => word({ ...BACK, also: [] })],
      ['rollback', 'another time', () => word(BACK, yesterday())],
      ['rollback', 'a lift', () => word(LIFT)],
    ])('%s, signed for %s', async (path, _what, signed) => {
      const body = {
        reason,
        salt,
        ...(path === 'lift' ? { hold: 'drill' } : { version: 1, by: 'us-state', also: ['hold/drill'] }),
        signed: signed(),
      };
      expect((await forged('usa-proposer', path, body)).error?.code).toBe('SIGNATURE_INVALID');
      expect((await rig.as('auditor').get('proposals')).body.proposals).toEqual([]);
    });

    it('an upload that nobody signed', async () => {
      const upload = { chunks: 1, bytes: 2, digest: digestOf('[]') };
      const { changes: _changes, signed, ...announced } = proposing({}, stolen);
      const body = { ...announced, upload, signed: { ...signed, key: proposing().signed.key } };
      expect((await forged('usa-proposer', 'proposals', body)).error?.code).toBe('SIGNATURE_INVALID');
      expect((await rig.as('auditor').get('proposals')).body.proposals).toEqual([]);
    });

    it('an upload of other operations than were signed', async () => {
      const text = JSON.stringify([accreditation('another')]);
      const upload = { chunks: 1, bytes: Buffer.byteLength(text), digest: digestOf(text) };
      const { changes: _changes, ...announced } = proposing();
      const begun = await forged('usa-proposer', 'proposals', { ...announced, upload });
      expect(begun.status, JSON.stringify(begun)).toBe('uploading');
      const { status, body } = await rig.as('usa-proposer').put(`proposals/${begun.id}/chunks/0`, { text });
      expect([status, body.error?.code]).toEqual([403, 'SIGNATURE_INVALID']);
      await rig.as('usa-proposer').post(`proposals/${begun.id}/reject`, { reason });
    });
  });

  it.each(['lift', 'rollback', 'confirm', 'proposals/p-20260101T000000Z-0123456789/approve'])(
    'by %s, without a signature',
    async (path) => {
      const body = { hold: 'h', version: 1, digest: contentOf(change), permits: [], reason };
      expect((await forged('usa-approver', path, body)).error.code).toBe('REQUEST_INVALID');
    },
  );
});

describe('a second person in somebody’s name', () => {
  it('is not the author’s signature again, a stranger’s, or the right one of another nation', async () => {
    const { body: proposed } = await rig.as('usa-proposer').post('proposals', { reason, changes });
    const proposal = await simulated(rig.as('usa-proposer'), proposed.id);
    const { base, flips: review, root, people, permits } = proposal.simulation;
    const said = { operation: 'approve', content: proposal.digest, base, review, root, people } as const;
    const sign = (key: Parameters<typeof signStatement>[1], more: object = {}) => ({
      permits: Array.from({ length: permits }, (_, n) => n + 1),
      signed: signStatement({ ...said, ...place(), ...more } as Statement, key),
    });
    const at = `proposals/${proposal.id}`;
    const attempts: readonly [string, string, Wire, string][] = [
      ['usa-proposer', `${at}/sign`, sign(stolen), 'NOT_AUTHORISED'],
      ['usa-approver', `${at}/approve`, sign(localKey('uma')), 'SECOND_PERSON_NEEDED'],
      ['usa-approver', `${at}/approve`, sign(stolen), 'NOT_AUTHORISED'],
      ['usa-approver', `${at}/approve`, sign(localKey('george')), 'NOT_AUTHORISED'],
      ['usa-approver', `${at}/approve`, sign(localKey('ulysses')), 'AUTHOR_SIGNATURE_MISSING'],
      ['usa-approver', `${at}/approve`, sign(localKey('ulysses'), { root: contentOf(change) }), 'CONFLICT'],
    ];
    for (const [who, path, { permits: acknowledged, signed }, code] of attempts) {
      const body = path.endsWith('/sign') ? { signed } : { permits: acknowledged, signed };
      expect((await forged(who, path, body)).error?.code).toBe(code);
    }
    expect((await rig.as('auditor').get('log')).body.entries).toHaveLength(2);
  });
});

describe('an event of somewhere else', () => {
  it.each([
    { accountId: '111111111111' },
    { apiId: 'another' },
    { apiId: undefined },
    { apiId: [LOCAL_API] },
    { accountId: Number(LOCAL_ACCOUNT) },
  ])('%o is nobody’s', async (context) => {
    const stop = { id: 'h', authority: 'us-state', scope: { everything: true }, cause: 'doubt', reason };
    expect((await forged('usa-proposer', 'hold', stop, context)).error.code).toBe('CALLER_UNKNOWN');
  });
});

it('what can only refuse needs a role alone', async () => {
  const stop = { id: 'h', authority: 'us-state', scope: { everything: true }, cause: 'doubt', reason };
  expect((await forged('usa-proposer', 'hold', stop)).status).toBe(200);
});
