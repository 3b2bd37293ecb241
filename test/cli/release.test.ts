/** A release is signed where it is whole, and verified where it is what was signed: every other state is refused by name. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heldKey, keyHeldBy } from '../../cli/registry/person-key.ts';
import { signedForm } from '../../cli/release/envelope.ts';
import { plainSignature } from '../../cli/release/plain-signature.ts';
import { publicKeyOf, signedBytes } from '../../functions/store/person-signature.ts';
import { LOCAL_BUILDER, provenanceText } from '../../infra/packaging/provenance.ts';
import { sumsBelow, sumsText } from '../../infra/packaging/release-files.ts';
import { routeguard } from './command.ts';

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

interface Written {
  readonly commit?: string | undefined;
  /** Written after the statement, before the sums. */
  readonly late?: string;
  /** Taken away then. */
  readonly gone?: string;
}

function written(name: string, { commit, late, gone }: Written = { commit: COMMIT }): string {
  const folder = join(desk, name);
  mkdirSync(join(folder, 'packages'), { recursive: true });
  writeFileSync(join(folder, 'CHANGELOG.md'), 'changes\n');
  writeFileSync(join(folder, 'packages/one.tgz'), 'one\n');
  const build = {
    source: undefined,
    builder: LOCAL_BUILDER,
    lockSha256: '0'.repeat(64),
    materials: [],
    node: 'v24',
  };
  const text = provenanceText({ ...build, commit, sums: sumsBelow(folder) });
  writeFileSync(join(folder, 'provenance.json'), text);
  if (late !== undefined) writeFileSync(join(folder, late), 'late\n');
  if (gone !== undefined) unlinkSync(join(folder, gone));
  writeFileSync(join(folder, 'SHA256SUMS'), sumsText(sumsBelow(folder)));
  return folder;
}

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

const REFUSED: readonly (readonly [string, Meddle, readonly (readonly [string, string])[]])[] = [
  ['nobody signed it', (at) => unlinkSync(at('SHA256SUMS.sig')), [['UNSIGNED', 'SHA256SUMS.sig']]],
  ['it has no sums', (at) => unlinkSync(at('SHA256SUMS')), [['UNSIGNED', 'SHA256SUMS.sig']]],
  ['the signature is empty', (at) => writeFileSync(at('SHA256SUMS.sig'), ''), [['WRONG_KEY', 'SHA256SUMS']]],
  [
    'the sums were written anew',
    (at) => writeFileSync(at('SHA256SUMS'), `${text(at('SHA256SUMS'))}\n`),
    [['WRONG_KEY', 'SHA256SUMS']],
  ],
  ['a file is missing', (at) => unlinkSync(at('packages/one.tgz')), [['MISSING', 'packages/one.tgz']]],
  [
    'a file is altered',
    (at) => writeFileSync(at('packages/one.tgz'), 'One\n'),
    [['ALTERED', 'packages/one.tgz']],
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
      writeFileSync(at('packages/one.tgz'), '');
      writeFileSync(at('two'), '');
    },
    [
      ['ALTERED', 'packages/one.tgz'],
      ['EXTRA', 'two'],
      ['MISSING', 'CHANGELOG.md'],
    ],
  ],
  ['a link stands for a file', (at) => symlinkSync('one.tgz', at('packages/two.tgz')), [['UNREADABLE', '']]],
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

  it('says in words what is wrong, and refuses last', async () => {
    const at = copied();
    writeFileSync(at('packages/one.tgz'), 'One\n');
    const { code, out } = await routeguard('release', 'verify', at('.'), '--key', publicKeyOf(key));
    expect(code).toBe(1);
    expect(out).toBe('packages/one.tgz is not what SHA256SUMS says: fetch it again\nREFUSED\n');
  });

  it.each([
    ['no key', [], '--key'],
    ['a key that is none', ['--key', 'MCow'], 'registry key show'],
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

  it('asks for a key', async () => {
    vi.stubEnv('ROUTEGUARD_KEY', '');
    expect(await routeguard('release', 'sign', signed)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--key'),
    });
    vi.unstubAllEnvs();
  });

  // As the page has it: whoever receives a release has nothing else that he could believe.
  const [, PROGRAM = ''] = /^node -e '\n([\s\S]*?)' MCow…$/m.exec(text('docs/verify-a-release.md')) ?? [];
  const nodeAlone = (folder: string, by: KeyObject) =>
    spawnSync(process.execPath, ['-e', PROGRAM, publicKeyOf(by)], { cwd: folder, encoding: 'utf8' });

  it.each(Object.entries(KINDS))('with %s makes what Node alone verifies', async (name, privateKey) => {
    const folder = written(`by-${name}`);
    await routeguard('release', 'sign', folder, '--key', keyFile(`${name}.pem`, privateKey));
    expect((await verified(folder, privateKey)).code).toBe(0);
    expect(nodeAlone(folder, privateKey)).toMatchObject({ status: 0, stdout: 'signed by that key\n' });
    writeFileSync(join(folder, 'SHA256SUMS'), `${text(join(folder, 'SHA256SUMS'))}\n`);
    expect(nodeAlone(folder, privateKey)).toMatchObject({ status: 1, stdout: 'NOT SIGNED BY THAT KEY\n' });
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
