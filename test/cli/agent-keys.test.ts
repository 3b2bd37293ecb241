/** Keys of an SSH agent: which one signs, what it signs, and what is not taken from an agent that misbehaves. */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agentKey } from '../../cli/registry/agent-key.ts';
import type { RegistryClient } from '../../cli/registry/connection.ts';
import { RegistryUnavailableError } from '../../cli/registry/errors.ts';
import { personSigner } from '../../cli/registry/signing.ts';
import { sshAgent } from '../../cli/registry/ssh-agent.ts';
import { publicHalfOf, rawSignatureOf } from '../../cli/registry/ssh-key.ts';
import { UsageError } from '../../cli/usage-error.ts';
import type { Statement } from '../../functions/core/administration/statement.ts';
import { isSignedByItsKey, publicKeyOf } from '../../functions/store/person-signature.ts';
import { routeguard } from './command.ts';
import {
  type Answering,
  blobOf,
  type HeldKey,
  honest,
  IDENTITIES,
  type InTestAgent,
  inTestAgent,
  message,
  SIGN,
  signatureBy,
  str,
  uint32,
} from './in-test-agent.ts';

const ed = generateKeyPairSync('ed25519').privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ED: HeldKey = { comment: 'pat@laptop', key: ed };
const EC: HeldKey = { comment: 'pat on a card', key: ec };
const OTHERS: readonly HeldKey[] = [
  { comment: 'small', key: p256 },
  { comment: 'rsa', blob: Buffer.concat([str('ssh-rsa'), str('\x01\x00\x01'), str('\x00n')]) },
  {
    comment: 'pat@laptop',
    blob: Buffer.concat([str('ssh-ed25519-cert-v01@openssh.com'), str('nonce'), str('and more')]),
  },
];
const FIDO: readonly HeldKey[] = [
  {
    comment: 'touch',
    blob: Buffer.concat([str('sk-ssh-ed25519@openssh.com'), str(Buffer.alloc(32, 7)), str('ssh:')]),
  },
  {
    comment: 'touch too',
    blob: Buffer.concat([
      ...[str('sk-ecdsa-sha2-nistp256@openssh.com'), str('nistp256')],
      ...[str(Buffer.alloc(65, 4)), str('ssh:')],
    ]),
  },
];

const STATEMENT: Statement = {
  ...{ operation: 'propose', registry: 'f'.repeat(32), at: '2026-01-01T00:00:00.000Z' },
  content: `sha256:${'0'.repeat(64)}`,
};

let agent: InTestAgent;
beforeAll(async () => {
  agent = await inTestAgent();
});
afterAll(() => agent.close());
beforeEach(() => void vi.stubEnv('SSH_AUTH_SOCK', agent.socket));
afterEach(() => {
  vi.unstubAllEnvs();
  Object.assign(agent, { held: [], answering: honest });
  agent.asked.length = 0;
});

describe('keys as OpenSSH 9.2 wrote them', () => {
  it.each([
    [
      'AAAAC3NzaC1lZDI1NTE5AAAAIIc5HdpOYCZ8dvZ4lLRvQhjMQ89/kYGmUS34yL9aNcoG',
      'YJXfj8SCvhkxuvZqAjXfpiAtAqn/ga3dHSiCNQQTnME',
      'MCowBQYDK2VwAyEAhzkd2k5gJnx29niUtG9CGMxDz3+RgaZRLfjIv1o1ygY=',
    ],
    [
      'AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBC2K2bUf4BF6zu687PFDYVF5EOklO1BY6Jcob2jEzQynU24HrkVs/dJxaP0Q0m6w97FcjFB7jxQV5e0kdSErNgXfcqkHbFDdgIeV+A2LwGn69eIcGIq2/o/h+821PiX8Jw==',
      'PwG3oBarRRDDnXh5OJJLRhc8GChQMd+s1+YZf1yPRWg',
      'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAELYrZtR/gEXrO7rzs8UNhUXkQ6SU7UFjolyhvaMTNDKdTbgeuRWz90nFo/RDSbrD3sVyMUHuPFBXl7SR1ISs2Bd9yqQdsUN2Ah5X4DYvAafr14hwYirb+j+H7zbU+Jfwn',
    ],
  ])('%s', async (blob, fingerprint, publicKey) => {
    agent.held = [
      { comment: 'other', key: ed },
      { comment: 'it', blob: Buffer.from(blob, 'base64') },
    ];
    expect((await agentKey(`SHA256:${fingerprint}`)).publicKey).toBe(publicKey);
  });
});

describe('which key', () => {
  const FIDO_SENTENCE =
    /^a FIDO key \(sk-…\) signs over flags and a counter of its own too, which the registry/;
  const NONE = /^the SSH agent holds no Ed25519 or P-384 key: `ssh-add -l` lists/;
  const NONE_NAMED = /^the SSH agent holds no Ed25519 or P-384 key of that fingerprint or comment: /;
  const SEVERAL =
    /^several keys of the SSH agent fit, so say which: --key agent:SHA256:\S{43} \(pat@laptop\), --key agent:SHA256:\S{43} \(.*\)$/;
  const reversed: HeldKey = { comment: 'a\u202eb', key: ec };

  it.each<[string, readonly HeldKey[], string, HeldKey | RegExp]>([
    ['the only one', [ED], '', ED],
    ['the only one on P-384', [EC], '', EC],
    ['the only one that fits', [...OTHERS, ...FIDO, EC], '', EC],
    ['by comment, beside its certificate', [...OTHERS, EC, ED], 'pat@laptop', ED],
    ['by another comment', [ED, EC], 'pat on a card', EC],
    ['none of several', [ED, ...OTHERS, EC], '', SEVERAL],
    ['none of several with one comment', [ED, EC, { ...EC, comment: ED.comment }], ED.comment, SEVERAL],
    ['none where nothing is held', [], '', NONE],
    ['none of other kinds', OTHERS, '', NONE],
    ['none of a comment nobody has', [ED], 'alex', NONE_NAMED],
    ['none by a part of a comment', [ED], 'pat', NONE_NAMED],
    ['none by the comment of another kind', [ED, ...OTHERS], 'small', NONE_NAMED],
    ['none of FIDO', FIDO, '', FIDO_SENTENCE],
    ['none of FIDO by comment', [ED, ...FIDO], 'touch', FIDO_SENTENCE],
    ['none of FIDO on a curve', [ED, ...FIDO], 'touch too', FIDO_SENTENCE],
    ['and what turns a line around is written out', [ED, reversed], '', /\(a\[U\+202E\]b\)$/],
  ])('%s', async (_what, held, which, expected) => {
    agent.held = held;
    if (expected instanceof RegExp) {
      await expect(agentKey(which)).rejects.toThrow(expected);
      await expect(agentKey(which)).rejects.toBeInstanceOf(UsageError);
    } else expect((await agentKey(which)).publicKey).toBe(expected.key && publicKeyOf(expected.key));
    expect(agent.asked).not.toContain(SIGN);
  });

  it('is shown for the authority that lists it, and asked for nothing else', async () => {
    agent.held = [ED, EC];
    expect(await routeguard('registry', 'key', 'show', 'agent:pat on a card')).toEqual({
      ...{ code: 0, out: `${publicKeyOf(ec)}\n`, err: '' },
    });
    const none = await routeguard('registry', 'key', 'show', 'agent:alex');
    expect([none.code, none.out, none.err]).toEqual([2, '', expect.stringMatching(/holds no Ed25519/)]);
    expect(agent.asked).toEqual([IDENTITIES, IDENTITIES]);
  });
});

describe('what it signs', () => {
  it.each([ED, EC])('verifies as any other: $comment', async ({ key, comment }) => {
    agent.held = [ED, EC];
    const signer = await agentKey(comment);
    // Often enough that numbers with and without a leading zero come up.
    for (let round = 0; round < 50; round += 1) {
      const statement = { ...STATEMENT, content: `sha256:${String(round).padStart(64, '0')}` } as const;
      const signed = await signer.sign(statement);
      expect([isSignedByItsKey(signed), signed.statement]).toEqual([true, statement]);
      expect(signed.key).toBe(key && publicKeyOf(key));
    }
  });

  it('is what a command sends, and nothing is asked of a registry without a key', async () => {
    const asked: string[] = [];
    const registry: RegistryClient = async ({ path }) => {
      asked.push(path);
      return { registry: STATEMENT.registry, base: null, root: null, people: null, epoch: null, floor: null };
    };
    await expect(personSigner({ key: 'agent:' }, registry)).rejects.toThrow(/holds no Ed25519/);
    expect(asked).toEqual([]);
    agent.held = [EC];
    const { operation, content } = STATEMENT as Extract<Statement, { readonly operation: 'propose' }>;
    const signed = await (await personSigner({ key: 'agent:' }, registry)).sign({ operation, content });
    expect([isSignedByItsKey(signed), signed.key, asked]).toEqual([true, publicKeyOf(ec), ['signing']]);
  });
});

describe('an agent that is not there', () => {
  it.each([
    ['', /^SSH_AUTH_SOCK names no SSH agent: start one/],
    ['/nowhere/agent', /^no SSH agent answers at SSH_AUTH_SOCK \(ENOENT\)/],
    ['/dev/null', /^no SSH agent answers at SSH_AUTH_SOCK \(/],
  ])('at "%s" is said so', async (socket, expected) => {
    vi.stubEnv('SSH_AUTH_SOCK', socket);
    const { code, err } = await routeguard('registry', 'key', 'show', 'agent:');
    expect([code, err.replace('routeguard: ', '')]).toEqual([2, expect.stringMatching(expected)]);
  });
});

describe('an agent that misbehaves', () => {
  const GARBAGE = /^what listens at SSH_AUTH_SOCK does not answer as an SSH agent does$/;
  const NO_SIGNATURE =
    /^the SSH agent answered with something else than a signature by that key: it is not sent$/;
  const list = (...contents: readonly Uint8Array[]) => message(12, ...contents);
  const only = (blob: Uint8Array) => list(uint32(1), str(blob), str('c'));
  const on =
    (asked: number, answer: Uint8Array | null): Answering =>
    (type, otherwise) =>
      type === asked ? answer : otherwise;
  const signedAs = (kind: string, blob: Uint8Array) =>
    message(14, str(Buffer.concat([str(kind), str(blob)])));
  const P384 = 'ecdsa-sha2-nistp384';
  const halves = (...numbers: readonly Uint8Array[]) =>
    signedAs(P384, Buffer.concat(numbers.map((each) => str(each))));
  const changed = (blob: Buffer, at: number): Buffer => {
    const copy = Buffer.from(blob);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const otherEd = generateKeyPairSync('ed25519').privateKey;
  const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
  const ONE = Buffer.from([1]);

  it.each<[string, Answering, RegExp]>([
    ['refuses to list', on(IDENTITIES, message(5)), /^the SSH agent refused to list its keys$/],
    ['hangs up', on(IDENTITIES, null), GARBAGE],
    ['says nothing of a length of nothing', on(IDENTITIES, uint32(0)), GARBAGE],
    ['answers in HTTP', on(IDENTITIES, Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')), GARBAGE],
    ['announces too much', on(IDENTITIES, Buffer.concat([uint32(256 * 1024 + 1), ONE])), GARBAGE],
    ['sends too much', on(IDENTITIES, str(Buffer.alloc(256 * 1024 + 1, 12))), GARBAGE],
    ['answers twice', on(IDENTITIES, Buffer.concat([list(uint32(0)), ONE])), GARBAGE],
    ['answers something else', on(IDENTITIES, message(14, uint32(0))), GARBAGE],
    ['names more keys than it sends', on(IDENTITIES, list(uint32(1))), GARBAGE],
    ['names no end of keys', on(IDENTITIES, list(uint32(0xffffffff))), GARBAGE],
    [
      'has more keys than any',
      on(IDENTITIES, list(uint32(2049), ...Array(2049).fill(Buffer.concat([str(str('k')), str('')])))),
      GARBAGE,
    ],
    ['sends more keys than it names', on(IDENTITIES, list(uint32(0), str(blobOf(ed)), str(''))), GARBAGE],
    ['has a string beyond its end', on(IDENTITIES, list(uint32(1), uint32(99), ONE)), GARBAGE],
    ['has a key of no kind', on(IDENTITIES, only(Buffer.alloc(0))), GARBAGE],
    ['has a short key', on(IDENTITIES, only(Buffer.concat([str('ssh-ed25519'), str('short')]))), GARBAGE],
    ['has a key and more', on(IDENTITIES, only(Buffer.concat([blobOf(ed), ONE]))), GARBAGE],
    ['has a point off the curve', on(IDENTITIES, only(changed(blobOf(ec), 60))), GARBAGE],
    ['has a point in another form', on(IDENTITIES, only(changed(blobOf(ec), 39))), GARBAGE],
    [
      'has a key that says another curve',
      on(IDENTITIES, only(Buffer.concat([str(P384), str('nistp256'), blobOf(ec).subarray(-101)]))),
      GARBAGE,
    ],
    [
      'refuses to sign',
      on(SIGN, message(5)),
      /^the SSH agent refused to sign: it was declined, or the key is locked, gone/,
    ],
    ['signs with another key', on(SIGN, message(14, str(signatureBy(otherEc, ONE)))), NO_SIGNATURE],
    ['signs something else', on(SIGN, message(14, str(signatureBy(ec, ONE)))), NO_SIGNATURE],
    ['signs with a key of another kind', on(SIGN, message(14, str(signatureBy(otherEd, ONE)))), GARBAGE],
    ['signs with nothing', on(SIGN, signedAs(P384, Buffer.alloc(0))), GARBAGE],
    ['signs with zeros', on(SIGN, halves(Buffer.alloc(0), Buffer.alloc(0))), NO_SIGNATURE],
    ['signs with ones', on(SIGN, halves(ONE, ONE)), NO_SIGNATURE],
    ['signs with a number too large', on(SIGN, halves(Buffer.alloc(49, 1), ONE)), GARBAGE],
    ['signs with three numbers', on(SIGN, halves(ONE, ONE, ONE)), GARBAGE],
    ['signs, and something follows', on(SIGN, message(14, str(signatureBy(ec, ONE)), ONE)), GARBAGE],
    [
      'signs, and something follows within',
      on(SIGN, message(14, str(Buffer.concat([signatureBy(ec, ONE), ONE])))),
      GARBAGE,
    ],
  ])('%s', async (_what, answering, expected) => {
    Object.assign(agent, { held: [EC], answering });
    const signed = agentKey('', sshAgent(5_000)).then((key) => key.sign(STATEMENT));
    await expect(signed).rejects.toThrow(expected);
    await expect(signed).rejects.toBeInstanceOf(UsageError);
  });

  it.each<[string, Answering]>([
    ['to list', () => undefined],
    ['to list, after it began', (_type, otherwise) => otherwise.subarray(0, 9)],
    ['to sign', (type, otherwise) => (type === SIGN ? undefined : otherwise)],
  ])(
    'takes for ever %s',
    async (_what, answering) => {
      Object.assign(agent, { held: [EC], answering });
      const signed = agentKey('', sshAgent(100)).then((key) => key.sign(STATEMENT));
      await expect(signed).rejects.toThrow('the SSH agent did not answer in time');
      await expect(signed).rejects.toBeInstanceOf(RegistryUnavailableError);
    },
    20_000,
  );
});

describe('forms', () => {
  it('of keys nobody’s key is of are none', () => {
    for (const { blob, key } of [...OTHERS, ...FIDO])
      expect(publicHalfOf(blob ?? (key ? blobOf(key) : Buffer.alloc(0)))).toBeNull();
  });

  it('of numbers are filled up from the left', () => {
    const short = Buffer.concat([str(Buffer.from([0, 0x80])), str(Buffer.from([2]))]);
    const raw = rawSignatureOf(
      'ecdsa-sha2-nistp384',
      Buffer.concat([str('ecdsa-sha2-nistp384'), str(short)]),
    );
    const expected = Buffer.alloc(96);
    expected.set([0x80], 47);
    expected.set([2], 95);
    expect(Buffer.from(raw)).toEqual(expected);
  });
});
