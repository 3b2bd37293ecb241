/** People's keys in files, from the command that makes one to what it signs. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { RegistryClient } from '../../cli/registry/connection.ts';
import { makeKey, readKey } from '../../cli/registry/key-files.ts';
import { attestedBy, changesDigest, newSalt, personSigner } from '../../cli/registry/signing.ts';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { isSignedByItsKey, publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { routeguard } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

let count = 0;
const newFile = () => {
  count += 1;
  return join(folder, `key-${count}.pem`);
};
const withPem = (key: KeyObject, mode = 0o600): string => {
  const file = newFile();
  writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode });
  chmodSync(file, mode);
  return file;
};
const ed25519 = () => generateKeyPairSync('ed25519').privateKey;

describe('a new key', () => {
  it('is its owner’s alone, and its public half is what is printed', () => {
    const file = newFile();
    const printed = makeKey(file, undefined);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(publicKeyOf(readKey(file, undefined))).toBe(printed);
  });

  it('makes the folder it is to lie in, for nobody else', () => {
    const file = join(folder, 'a', 'b', 'k.pem');
    makeKey(file, undefined);
    const modes = [file, join(folder, 'a', 'b'), join(folder, 'a')].map(
      (path) => statSync(path).mode & 0o077,
    );
    expect(modes).toEqual([0, 0, 0]);
  });

  it('with a passphrase is of no use without it', () => {
    const file = newFile();
    const printed = makeKey(file, 'correct');
    expect(readFileSync(file, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    expect(publicKeyOf(readKey(file, 'correct'))).toBe(printed);
    for (const passphrase of [undefined, '', 'wrong'])
      expect(() => readKey(file, passphrase)).toThrow(/is not the passphrase it needs/);
  });

  it('is never put in place of another, or where nothing can be written', () => {
    const file = newFile();
    const printed = makeKey(file, undefined);
    expect(() => makeKey(file, undefined)).toThrow(`${file} is there already: a key is never overwritten`);
    expect(publicKeyOf(readKey(file, undefined))).toBe(printed);
    const wrong: readonly [string, string][] = [
      [join(file, 'k.pem'), 'EEXIST'],
      ['/proc/nowhere/k.pem', 'ENOENT'],
      [folder, 'EISDIR'],
    ];
    for (const [path, code] of wrong) expect(() => makeKey(path, undefined), code).toThrow(path);
  });
});

describe('a key in a file', () => {
  it.each([
    ['an Ed25519 key', ed25519],
    ['a P-384 key', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
  ])('may be %s', (_what, make) => {
    const key = make();
    expect(publicKeyOf(readKey(withPem(key), undefined))).toBe(publicKeyOf(key));
  });

  it.each<[string, () => string]>([
    ['a P-256 key', () => withPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    ['an RSA key', () => withPem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)],
    ['an Ed448 key', () => withPem(generateKeyPairSync('ed448').privateKey)],
    [
      'a public key',
      () => {
        const file = newFile();
        const { publicKey } = generateKeyPairSync('ed25519');
        writeFileSync(file, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o600 });
        return file;
      },
    ],
    [
      'no key',
      () => {
        const file = newFile();
        writeFileSync(file, 'key', { mode: 0o600 });
        return file;
      },
    ],
  ])('is not %s', (_what, file) => {
    expect(() => readKey(file(), undefined)).toThrow(/holds no Ed25519 or P-384 private key/);
  });

  it('that is not there is said so', () => {
    expect(() => readKey(join(folder, 'nowhere.pem'), undefined)).toThrow(/nowhere\.pem cannot be read/);
  });

  it.each([0o640, 0o620, 0o610, 0o604, 0o602, 0o601, 0o644])(
    'of mode %o is everybody’s, and not used',
    (mode) => {
      const file = withPem(ed25519(), mode);
      expect(() => readKey(file, undefined)).toThrow(
        `${file} is accessible to others: run "chmod 600 ${file}"`,
      );
    },
  );
});

describe('routeguard registry key', () => {
  const key = (...args: readonly string[]) => routeguard('registry', 'key', ...args);

  it('new, then show', async () => {
    const file = newFile();
    const made = await key('new', '--out', file);
    expect([made.code, made.out, made.err]).toEqual([0, expect.stringMatching(/^MCow\S+=\n$/), '']);
    expect(await key('show', file)).toEqual(made);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
  });

  it('new with a passphrase, which the environment brings', async () => {
    const file = newFile();
    vi.stubEnv('ROUTEGUARD_KEY_PASSPHRASE', '');
    const without = await key('new', '--out', file, '--passphrase');
    expect([without.code, without.err, existsSync(file)]).toEqual([
      2,
      'routeguard: put the passphrase into ROUTEGUARD_KEY_PASSPHRASE\n',
      false,
    ]);
    vi.stubEnv('ROUTEGUARD_KEY_PASSPHRASE', 'correct');
    const made = await key('new', '--out', file, '--passphrase');
    expect([made.code, (await key('show', file)).out]).toEqual([0, made.out]);
    expect(() => createPrivateKey(readFileSync(file, 'utf8'))).toThrow();
    vi.stubEnv('ROUTEGUARD_KEY_PASSPHRASE', 'wrong');
    expect((await key('show', file)).code).toBe(2);
    // A passphrase that happens to be set encrypts nothing that nobody asked to.
    const plain = newFile();
    await key('new', '--out', plain);
    expect(readFileSync(plain, 'utf8')).toContain('BEGIN PRIVATE KEY');
  });
});

describe('what signs', () => {
  const home = 'f'.repeat(32);
  const place = { registry: home, base: null, root: null, people: null, epoch: null, floor: null };
  const asked: string[] = [];
  const registry: RegistryClient = async ({ path }) => {
    asked.push(path);
    return place;
  };
  const said = { operation: 'propose', content: changesDigest([]) } as const;
  const keyThatSigns = async (options: object) =>
    (await (await personSigner(options, registry)).sign(said)).key;

  it('is the file that is named, then that of the environment, then the local identity’s own', async () => {
    const [named, set] = [ed25519(), ed25519()];
    const [file, other] = [withPem(named), withPem(set)];
    vi.stubEnv('ROUTEGUARD_KEY', '');
    expect(await keyThatSigns({ as: 'usa-proposer' })).toBe(publicKeyOf(localKey('uma')));
    vi.stubEnv('ROUTEGUARD_KEY', other);
    expect(await keyThatSigns({ as: 'usa-proposer' })).toBe(publicKeyOf(set));
    expect(await keyThatSigns({ as: 'usa-proposer', key: file })).toBe(publicKeyOf(named));
  });

  it('is nobody where no key is named, before anything is asked', async () => {
    vi.stubEnv('ROUTEGUARD_KEY', '');
    asked.length = 0;
    for (const options of [{}, { as: 'nobody' }])
      await expect(personSigner(options, registry)).rejects.toThrow(
        /--key \(or ROUTEGUARD_KEY\) names your private key/,
      );
    expect(asked).toEqual([]);
  });

  it('signs for the registry that was asked, once, now, and exactly what was said', async () => {
    asked.length = 0;
    const signer = await personSigner({ as: 'usa-proposer' }, registry);
    const before = Date.now();
    const signed = [await signer.sign(said), await signer.sign(said)];
    for (const each of signed) {
      const { at, ...rest } = each.statement;
      expect([isSignedByItsKey(each), rest]).toEqual([true, { ...said, registry: home }]);
      expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
    }
    expect(asked).toEqual(['signing']);
  });

  it('attests a body with a salt of its own, never twice the same', async () => {
    const signer = await personSigner({ as: 'usa-proposer' }, registry);
    const lift = { kind: 'lift', reason: 'A test', hold: 'h' } as const;
    const bodies = [await attestedBy(signer, lift), await attestedBy(signer, lift)];
    for (const { salt, signed } of bodies) {
      expect(salt).toMatch(/^[0-9a-f]{32}$/);
      expect(signed.statement.content).toBe(contentOf({ ...lift, salt }));
    }
    expect(new Set([...bodies.map(({ salt }) => salt), newSalt(), newSalt()]).size).toBe(4);
  });

  it('signs no operations that no registry would take', () => {
    for (const changes of [[1.5], [undefined], [Number.NaN]])
      expect(() => changesDigest(changes)).toThrow(/numbers are whole/);
  });
});
