/** A release is signed where it is whole, and verified where it is what was signed: every other state is refused by name. */
import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heldKey, keyHeldBy } from '../../cli/registry/person-key.ts';
import { signedForm } from '../../cli/release/envelope.ts';
import { releaseFindings } from '../../cli/release/flaws.ts';
import { plainSignature } from '../../cli/release/plain-signature.ts';
import { type ReleaseReader, readerOf } from '../../cli/release/read-once.ts';
import { publicKeyOf, signedBytes } from '../../functions/store/person-signature.ts';
import { LOCAL_BUILDER } from '../../infra/packaging/provenance.ts';
import { sumsBelow } from '../../infra/packaging/release-files.ts';
import { routeguard } from './command.ts';
import { type WrittenRelease, writeRelease } from './written-release.ts';

const COMMIT = 'a'.repeat(40);
const desk = mkdtempSync(join(tmpdir(), 'routeguard-signing-'));
afterAll(() => rmSync(desk, { recursive: true }));

const KINDS = {
  ed25519: generateKeyPairSync('ed25519').privateKey,
  'p-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
};
const key = KINDS.ed25519;
const stranger = generateKeyPairSync('ed25519').privateKey;

function keyFile(name: string, privateKey: KeyObject): string {
  const file = join(desk, name);
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return file;
}

const written = (name: string, how: Partial<WrittenRelease> = { commit: COMMIT }) =>
  writeRelease(join(desk, name), { commit: undefined, ...how });

let signed: string;
beforeAll(async () => {
  signed = written('signed');
  const ran = await routeguard('release', 'sign', signed, '--key', keyFile('signer.pem', key));
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toContain(`signed 3 files, built from commit ${COMMIT}`);
  expect(ran.out).toContain(publicKeyOf(key));
});

const verified = (folder: string, by = key) =>
  routeguard('release', 'verify', folder, '--key', publicKeyOf(by), '--json');
const codesOf = (out: string) =>
  JSON.parse(out).flaws.map(({ code, file }: Record<string, string>) => [code, file]);

let copies = 0;
/** A copy of the signed release, for somebody to meddle with. */
function copied(): (name: string) => string {
  copies += 1;
  const folder = join(desk, `copy-${copies}`);
  cpSync(signed, folder, { recursive: true });
  return (name) => join(folder, name);
}

/** Signs what stands there now, as whoever has the key could. */
function signAgain(at: (name: string) => string, sums: string, by = key): void {
  writeFileSync(at('SHA256SUMS'), sums);
  writeFileSync(at('SHA256SUMS.sig'), sign(null, Buffer.from(sums), by));
}

type Meddle = (at: (name: string) => string) => void;
const envelope = (payload: string, by = key) => {
  const bytes = Buffer.from(payload);
  const signatures = [{ sig: sign(null, signedForm(bytes), by).toString('base64') }];
  return JSON.stringify({
    payloadType: 'application/vnd.in-toto+json',
    payload: bytes.toString('base64'),
    signatures,
  });
};
const text = (path: string) => readFileSync(path, 'utf8');

/** Nobody writes into it: whoever opens it to read waits for ever. */
const pipeAt =
  (name: string): Meddle =>
  (at) => {
    unlinkSync(at(name));
    execFileSync('mkfifo', [at(name)]);
  };

const REFUSED: readonly (readonly [string, Meddle, readonly (readonly [string, string])[]])[] = [
  ['nobody signed it', (at) => unlinkSync(at('SHA256SUMS.sig')), [['UNSIGNED', 'SHA256SUMS.sig']]],
  ['it has no sums', (at) => unlinkSync(at('SHA256SUMS')), [['UNSIGNED', 'SHA256SUMS.sig']]],
  ['the signature is empty', (at) => writeFileSync(at('SHA256SUMS.sig'), ''), [['WRONG_KEY', 'SHA256SUMS']]],
  [
    'the sums were written anew',
    (at) => writeFileSync(at('SHA256SUMS'), `${text(at('SHA256SUMS'))}\n`),
    [['WRONG_KEY', 'SHA256SUMS']],
  ],
  [
    'a file is missing',
    (at) => unlinkSync(at('packages/routeguard-0.1.0.tgz')),
    [['MISSING', 'packages/routeguard-0.1.0.tgz']],
  ],
  [
    'a file is altered',
    (at) => writeFileSync(at('packages/routeguard-0.1.0.tgz'), 'One\n'),
    [['ALTERED', 'packages/routeguard-0.1.0.tgz']],
  ],
  [
    'a file is added',
    (at) => writeFileSync(at('packages/two.tgz'), 'two\n'),
    [['EXTRA', 'packages/two.tgz']],
  ],
  [
    'a hidden file is added',
    (at) => writeFileSync(at('.npmrc'), 'ignore-scripts=false\n'),
    [['EXTRA', '.npmrc']],
  ],
  [
    'everything at once',
    (at) => {
      unlinkSync(at('CHANGELOG.md'));
      writeFileSync(at('packages/routeguard-0.1.0.tgz'), '');
      writeFileSync(at('two'), '');
    },
    [
      ['ALTERED', 'packages/routeguard-0.1.0.tgz'],
      ['EXTRA', 'two'],
      ['MISSING', 'CHANGELOG.md'],
    ],
  ],
  ['a pipe stands for the signature', pipeAt('SHA256SUMS.sig'), [['UNREADABLE', '']]],
  ['a pipe stands for the envelope', pipeAt('provenance.dsse.json'), [['UNREADABLE', '']]],
  [
    'the sums are a folder',
    (at) => {
      unlinkSync(at('SHA256SUMS'));
      mkdirSync(at('SHA256SUMS'));
    },
    [['UNREADABLE', '']],
  ],
  [
    'the sums are a link to others',
    (at) => {
      unlinkSync(at('SHA256SUMS'));
      symlinkSync('../signer.pem', at('SHA256SUMS'));
    },
    [['UNREADABLE', '']],
  ],
  [
    'the signature is larger than memory holds',
    (at) => truncateSync(at('SHA256SUMS.sig'), 600 * 1024 * 1024),
    [['UNREADABLE', '']],
  ],
  [
    'a folder has a name that is none',
    (at) => {
      const folder = Buffer.concat([Buffer.from(`${at('packages')}/`), Buffer.of(0xff)]);
      mkdirSync(folder);
      writeFileSync(Buffer.concat([folder, Buffer.from('/two.tgz')]), 'two\n');
    },
    [['UNREADABLE', '']],
  ],
  [
    'a link stands for a file',
    (at) => symlinkSync('routeguard-0.1.0.tgz', at('packages/two.tgz')),
    [['UNREADABLE', '']],
  ],
  [
    'signed sums lead out of the folder',
    (at) => signAgain(at, `${'0'.repeat(64)}  ../outside\n`),
    [['UNREADABLE', '']],
  ],
  [
    'signed sums name a file twice',
    (at) => signAgain(at, text(at('SHA256SUMS')).replace(/^.*\n/, '$&$&')),
    [['UNREADABLE', '']],
  ],
  ['signed sums are none', (at) => signAgain(at, 'nothing\n'), [['UNREADABLE', '']]],
  [
    'nobody signed the provenance',
    (at) => unlinkSync(at('provenance.dsse.json')),
    [['PROVENANCE_UNSIGNED', 'provenance.dsse.json']],
  ],
  [
    'a stranger signed the provenance',
    (at) => writeFileSync(at('provenance.dsse.json'), envelope(text(at('provenance.json')), stranger)),
    [['PROVENANCE_WRONG_KEY', 'provenance.dsse.json']],
  ],
  [
    'the signed provenance is of another release',
    (at) => writeFileSync(at('provenance.dsse.json'), envelope('{}')),
    [['PROVENANCE_DIFFERS', 'provenance.dsse.json']],
  ],
  ['the envelope is none', (at) => writeFileSync(at('provenance.dsse.json'), '[]'), [['UNREADABLE', '']]],
  [
    'the envelope says its payload is something else',
    (at) =>
      writeFileSync(at('provenance.dsse.json'), text(at('provenance.dsse.json')).replace('in-toto', 'other')),
    [['UNREADABLE', '']],
  ],
];

describe('verify', () => {
  it('passes what was signed, and says from what it was built', async () => {
    const ran = await verified(signed);
    expect(ran).toMatchObject({ code: 0 });
    expect(JSON.parse(ran.out)).toEqual({ flaws: [], files: 3, commit: COMMIT, builder: LOCAL_BUILDER });
  });

  it('refuses another key, whoever has it', async () => {
    const ran = await verified(signed, stranger);
    expect([ran.code, codesOf(ran.out)]).toEqual([1, [['WRONG_KEY', 'SHA256SUMS']]]);
  });

  it.each(REFUSED)('refuses where %s', async (_, meddle, flaws) => {
    const at = copied();
    meddle(at);
    const ran = await verified(at('.'));
    expect([ran.code, codesOf(ran.out)]).toEqual([1, flaws]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['the commit that it is of', ['--commit', COMMIT], []],
    ['another commit', ['--commit', 'b'.repeat(40)], ['OTHER_COMMIT']],
    ['the version that it holds', ['--release-version', '0.1.0'], []],
    ['another version', ['--release-version', '0.1.1'], ['OTHER_VERSION']],
  ])('demanded to be of %s', async (_, demand, codes) => {
    const ran = await routeguard('release', 'verify', signed, '--key', publicKeyOf(key), '--json', ...demand);
    expect([ran.code, codesOf(ran.out).map(([code]: string[]) => code)]).toEqual([
      codes.length === 0 ? 0 : 1,
      codes,
    ]);
  });

  it('reads each file once, and judges what it read', () => {
    const reads: string[] = [];
    const reader = readerOf(signed);
    const noted = (name: string) => {
      reads.push(name);
      return name;
    };
    const counting: ReleaseReader = {
      whole: (name) => reader.whole(noted(name)),
      sumOf: (name) => reader.sumOf(noted(name)),
    };
    const demanded = { commit: undefined, version: undefined };
    const { flaws } = releaseFindings(signed, createPublicKey(key), demanded, counting);
    expect(flaws).toEqual([]);
    expect(reads.toSorted()).toEqual([
      ...['CHANGELOG.md', 'SHA256SUMS', 'SHA256SUMS.sig'],
      ...['packages/routeguard-0.1.0.tgz', 'provenance.dsse.json', 'provenance.json'],
    ]);
  });

  it('says in words what is wrong, and refuses last', async () => {
    const at = copied();
    writeFileSync(at('packages/routeguard-0.1.0.tgz'), 'One\n');
    const { code, out } = await routeguard('release', 'verify', at('.'), '--key', publicKeyOf(key));
    expect(code).toBe(1);
    expect(out).toBe('packages/routeguard-0.1.0.tgz is not what SHA256SUMS says: fetch it again\nREFUSED\n');
  });

  it.each([
    ['no key', [], '--key'],
    ['a key that is none', ['--key', 'MCow'], 'registry key show'],
    ['half a commit', ['--key', publicKeyOf(key), '--commit', 'abc'], 'git rev-parse'],
    [
      'a point on no curve',
      ['--key', `MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE${'A'.repeat(128)}`],
      'registry key show',
    ],
  ])('with %s is a usage error', async (_, more, says) => {
    const ran = await routeguard('release', 'verify', signed, ...more);
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining(says) });
  });

  it('of no folder is a usage error', async () => {
    const ran = await verified(join(desk, 'nowhere'));
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('npm run release') });
  });
});

describe('sign', () => {
  const signing = (folder: string) =>
    routeguard('release', 'sign', folder, '--key', keyFile('again.pem', key), '--json');

  it.each<readonly [string, () => string, string]>([
    ['files that are no commit’s', () => written('dirty', { commit: undefined }), 'COMMIT_UNKNOWN'],
    [
      'a statement about fewer files',
      () => written('late', { commit: COMMIT, late: 'late.txt' }),
      'PROVENANCE_DIFFERS',
    ],
    [
      'a statement about more files',
      () => written('gone', { commit: COMMIT, gone: 'CHANGELOG.md' }),
      'PROVENANCE_DIFFERS',
    ],
    ['what is no release', () => desk, 'MISSING'],
    [
      'a release that somebody touched',
      () => {
        const folder = written('touched');
        writeFileSync(join(folder, 'CHANGELOG.md'), 'other changes\n');
        return folder;
      },
      'ALTERED',
    ],
    [
      'sums without a statement',
      () => {
        const folder = written('unsaid');
        writeFileSync(join(folder, 'provenance.json'), '{}');
        writeFileSync(
          join(folder, 'SHA256SUMS'),
          text(join(folder, 'SHA256SUMS')).replace(
            /.*provenance.*\n/,
            `${sumsBelow(folder).get('provenance.json')}  provenance.json\n`,
          ),
        );
        return folder;
      },
      'UNREADABLE',
    ],
  ])('refuses %s', async (_, made, code) => {
    const folder = made();
    const ran = await signing(folder);
    expect(ran.code).toBe(1);
    expect(codesOf(ran.out)[0][0]).toBe(code);
    expect(existsSync(join(folder, 'SHA256SUMS.sig'))).toBe(false);
  });

  it('writes new files, and not into what has another name elsewhere', async () => {
    const folder = written('linked');
    const other = join(desk, 'somebody-else’s');
    writeFileSync(other, 'theirs');
    for (const name of ['SHA256SUMS.sig', 'provenance.dsse.json']) linkSync(other, join(folder, name));
    expect((await signing(folder)).code).toBe(0);
    expect([text(other), (await verified(folder)).code]).toEqual(['theirs', 0]);
  });

  it('asks for a key', async () => {
    vi.stubEnv('ROUTEGUARD_KEY', '');
    expect(await routeguard('release', 'sign', signed)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--key'),
    });
    vi.unstubAllEnvs();
  });

  it('writes P-384 integers as DER has them, whatever their first bits', async () => {
    const held = heldKey(KINDS['p-384']);
    for (let n = 0; n < 16; n += 1) await plainSignature(held, Buffer.of(n));
  });

  it('writes nothing that another key signed', async () => {
    const liar = keyHeldBy({
      name: 'a token',
      publicKey: publicKeyOf(key),
      sign: async (message) => signedBytes(message, stranger),
    });
    await expect(plainSignature(liar, Buffer.of(1))).rejects.toThrow('nothing is signed');
  });
});
