/** A seal is on one text, in one place of one table, by one key. */
import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSeals } from '../../functions/registry/seals.ts';
import { commitMessage, parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createLocalSigner } from '../../functions/store/local-signer.ts';
import { digestOf } from './changes.ts';

const newSigner = () => createLocalSigner(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey);
const signer = newSigner();
const keys = parseCommitKeys(signer.publicKey);
const seals = createSeals(signer, keys, 'state');
const at = { pk: 'JOBS', sk: 'j-1' };
const text = '{"done":1}';

it('fits what it was put on', async () => {
  expect(seals.isOn(at, text, await seals.on(at, text))).toBe(true);
});

it.each<[string, () => Promise<unknown>]>([
  ['of another text', () => seals.on(at, '{"done":2}')],
  ['of another record', () => seals.on({ ...at, sk: 'j-2' }, text)],
  ['of another kind of record', () => seals.on({ ...at, pk: 'PROPOSALS' }, text)],
  ['of another table', () => createSeals(signer, keys, 'restored').on(at, text)],
  ['by another key', () => createSeals(newSigner(), keys, 'state').on(at, text)],
  [
    'which is a signature on a commit',
    async () => Buffer.from(await signer.sign(commitMessage(digestOf(text)))).toString('base64'),
  ],
  ['that is none', async () => undefined],
  ['that is empty', async () => ''],
  ['that is no text', async () => 7],
])('does not take one %s', async (_what, seal) => {
  expect(seals.isOn(at, text, await seal())).toBe(false);
});
