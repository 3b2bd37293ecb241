import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../functions/core/facts/canonical.ts';
import { commitMessage, isSigned, parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createKmsSigner, rawSignature } from '../../functions/store/kms-signer.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { newSigner } from './store-rig.ts';

const digest = digestOf(Buffer.from('a commit'));

describe('commit keys', () => {
  const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ed = generateKeyPairSync('ed25519');
  const spki = (key: typeof p256.publicKey) => key.export({ format: 'der', type: 'spki' }).toString('base64');
  const BAD: [string, string | undefined][] = [
    ['nothing', undefined],
    ['an empty text', ''],
    ['an empty part', `${newSigner().publicKey},`],
    ['something else than base64', 'key!'],
    ['base64 of something else', 'AAAA'],
    ['a key on another curve', spki(p256.publicKey)],
    ['a key of another algorithm', spki(ed.publicKey)],
  ];
  it.each(BAD)('refuse %s', (_, text) => {
    expect(() => parseCommitKeys(text)).toThrow();
  });

  it('rotate: any of several counts, no other does', async () => {
    const [old, current, foreign] = [newSigner(), newSigner(), newSigner()];
    const keys = parseCommitKeys(`${old.publicKey}, ${current.publicKey}`);
    const message = commitMessage(digest);
    expect(isSigned(digest, await old.sign(message), keys)).toBe(true);
    expect(isSigned(digest, await current.sign(message), keys)).toBe(true);
    expect(isSigned(digest, await foreign.sign(message), keys)).toBe(false);
  });

  it('count only over this message, in this domain', async () => {
    const signer = newSigner();
    const keys = parseCommitKeys(signer.publicKey);
    const other = digestOf(Buffer.from('another'));
    expect(isSigned(other, await signer.sign(commitMessage(digest)), keys)).toBe(false);
    expect(isSigned(digest, await signer.sign(Buffer.from(digest.slice(7), 'hex')), keys)).toBe(false);
    expect(isSigned(digest, new Uint8Array(96), keys)).toBe(false);
    expect(isSigned(digest, new Uint8Array(0), keys)).toBe(false);
  });
});

describe('the local signer', () => {
  it('refuses keys that readers would refuse', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    expect(() => createLocalSigner(privateKey)).toThrow(TypeError);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    expect(() => createLocalSigner(publicKey)).toThrow('not an ECDSA P-384 private key');
  });
});

describe('the KMS signer', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const keys = parseCommitKeys(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
  const requests: { KeyId: string; MessageType: string; SigningAlgorithm: string }[] = [];
  let server: Server;
  let client: KMSClient;
  beforeAll(async () => {
    // Answers Sign as KMS does: ECDSA over SHA-384 of the message, in DER.
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      if (body.KeyId === 'silent') return;
      if (body.KeyId === 'mute') return void response.end('{}');
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      if (body.KeyId === 'disabled') {
        response.statusCode = 400;
        response.end(JSON.stringify({ __type: 'DisabledException' }));
        return;
      }
      requests.push(body);
      const signature = sign('sha384', Buffer.from(body.Message, 'base64'), privateKey);
      response.end(JSON.stringify({ KeyId: body.KeyId, Signature: signature.toString('base64') }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    client = new KMSClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  it('signs what readers verify', async () => {
    const signer = createKmsSigner(client, 'alias/commit');
    // Often enough that integers of every length come up.
    for (let round = 0; round < 20; round += 1) {
      const one = digestOf(Buffer.from(String(round)));
      expect(isSigned(one, await signer.sign(commitMessage(one)), keys)).toBe(true);
    }
    expect(requests[0]).toMatchObject({
      Message: Buffer.from(commitMessage(digestOf(Buffer.from('0')))).toString('base64'),
      KeyId: 'alias/commit',
      MessageType: 'RAW',
      SigningAlgorithm: 'ECDSA_SHA_384',
    });
  });

  it.each([
    ['disabled', 'STORE_REFUSED'],
    ['silent', 'STORE_UNAVAILABLE'],
    ['mute', 'SIGNATURE_INVALID'],
  ])('says what is wrong with a key that is %s', async (key, code) => {
    await expect(createKmsSigner(client, key, 100).sign(commitMessage(digest))).rejects.toMatchObject({
      code,
    });
  });

  it('takes the raw form out of DER whatever the length of its integers', () => {
    const key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const lengths = new Set<number>();
    for (let round = 0; round < 100; round += 1) {
      const message = commitMessage(digestOf(Buffer.from(`m${round}`)));
      const der = sign('sha384', message, key);
      lengths.add(der.length);
      expect(isSigned(digestOf(Buffer.from(`m${round}`)), rawSignature(der), keys)).toBe(true);
    }
    expect(lengths.size).toBeGreaterThan(2);
  });

  const MALFORMED: [string, number[]][] = [
    ['nothing', []],
    ['another tag', [0x31, 6, 2, 1, 1, 2, 1, 1]],
    ['a wrong length', [0x30, 7, 2, 1, 1, 2, 1, 1]],
    ['one integer', [0x30, 3, 2, 1, 1]],
    ['a trailing byte', [0x30, 7, 2, 1, 1, 2, 1, 1, 0]],
    ['an empty integer', [0x30, 5, 2, 0, 2, 1, 1]],
    ['an integer too long', [0x30, 54, 2, 49, ...new Array(49).fill(1), 2, 1, 1]],
    ['an integer beyond the end', [0x30, 6, 2, 1, 1, 2, 9, 1]],
  ];
  it.each(MALFORMED)('refuses DER with %s', (_, bytes) => {
    expect(() => rawSignature(Uint8Array.from(bytes))).toThrow('SIGNATURE_INVALID');
  });
});
