/** What the control plane keeps: written only where nobody else did, and read only as it was written. */
import { randomBytes } from 'node:crypto';
import type { GetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBlobs, MAX_BLOB_BYTES } from '../../functions/registry/blobs.ts';
import { createRecords, everyRecord, newId, type Records } from '../../functions/registry/records.ts';
import { Refusal } from '../../functions/registry/refusal.ts';
import { createStateItems, type StateItems } from '../../functions/registry/state-items.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { engineClient } from '../engine.ts';
import { openRig, type StoreRig } from '../store/store-rig.ts';
import { digestOf } from './changes.ts';

let rig: StoreRig;
let items: StateItems;
beforeAll(async () => {
  rig = await openRig();
  items = createStateItems(rig.client, rig.tables.state);
});
afterAll(() => rig.stop());

const signal = () => AbortSignal.timeout(60_000);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error) => (error instanceof Refusal || error instanceof StoreError ? error.code : String(error)),
  );

it('an item is written under its condition only', async () => {
  const at = (sk: string) => ({ pk: 'T', sk });
  const put = (sk: string, revision: number, condition: Parameters<StateItems['put']>[2]) =>
    items.put(at(sk), { revision, text: 'x', bytes: Buffer.from('b') }, condition, signal());
  expect(await put('a', 1, { revision: 1 })).toBe(false);
  expect(await items.get(at('a'), signal())).toBeUndefined();
  expect(await put('a', 1, 'absent')).toBe(true);
  expect(await put('a', 7, 'absent')).toBe(false);
  for (const revision of [0, 2]) expect(await put('a', 7, { revision })).toBe(false);
  expect(await items.get(at('a'), signal())).toEqual({ revision: 1, text: 'x', bytes: new Uint8Array([98]) });
  expect(await put('a', 2, { revision: 1 })).toBe(true);
  expect(await put('a', 9, 'always')).toBe(true);
  expect((await items.get(at('a'), signal()))?.['revision']).toBe(9);
  await items.remove(at('a'), signal());
  expect(await items.get(at('a'), signal())).toBeUndefined();
});

it('what was written a moment ago is what is read', async () => {
  const sent: unknown[] = [];
  const client = engineClient(rig.engine.endpoint);
  client.middlewareStack.add(
    (next) => (args) => {
      const { Key, ConsistentRead } = args.input as GetItemCommandInput;
      sent.push({ Key, ConsistentRead });
      return next(args);
    },
    { step: 'initialize' },
  );
  await createStateItems(client, rig.tables.state).get({ pk: 'T', sk: 'a' }, signal());
  client.destroy();
  expect(sent).toEqual([{ Key: { pk: { S: 'T' }, sk: { S: 'a' } }, ConsistentRead: true }]);
});

it.each(['HEAD', 'HEAD#1'])('%s is nobody else’s', async (pk) => {
  const head = { pk, sk: 'HEAD' };
  expect(await codeOf(items.get(head, signal()))).toBe('NOT_STORABLE');
  expect(await codeOf(items.put(head, {}, 'always', signal()))).toBe('NOT_STORABLE');
  expect(await codeOf(items.remove(head, signal()))).toBe('NOT_STORABLE');
  expect(await codeOf(items.newest(pk, { limit: 1 }, signal()))).toBe('NOT_STORABLE');
});

interface Note {
  readonly id: string;
  readonly text: string;
}
const notes = (pk: string, over = items): Records<Note> => createRecords<Note>(over, pk);

it('of writers at once, one changes a record, and only from what it has read', async () => {
  const records = notes('R');
  const note = { id: 'a', text: '0' };
  const both = await Promise.all([1, 2, 3].map(() => codeOf(records.create(note, signal()))));
  expect(both.sort()).toEqual(['CONFLICT', 'CONFLICT', 'done']);
  const held = await records.read('a', signal());
  expect(held).toEqual({ record: note, revision: 1 });
  if (held === undefined) return;
  const next = (text: string) => codeOf(records.update(held, { ...note, text }, signal()));
  expect((await Promise.all([next('1'), next('2'), next('3')])).sort()).toEqual([
    'CONFLICT',
    'CONFLICT',
    'done',
  ]);
  expect(await next('4')).toBe('CONFLICT');
  const after = await records.read('a', signal());
  expect([after?.revision, after?.record.text === '4']).toEqual([2, false]);
  expect(await records.read('b', signal())).toBeUndefined();
});

it('a write whose answer was lost, and is repeated, is recognised by its token', async () => {
  const losing: StateItems = {
    ...items,
    async put(...write) {
      await items.put(...write);
      return items.put(...write);
    },
  };
  const held = await notes('L', losing).create({ id: 'a', text: '0' }, signal());
  expect((await notes('L', losing).update(held, { id: 'a', text: '1' }, signal())).revision).toBe(2);
});

it('records are listed newest first, a page at a time, and one partition is not another', async () => {
  const records = notes('P');
  for (const id of ['a', 'b', 'c']) await records.create({ id, text: id }, signal());
  await notes('Q').create({ id: 'd', text: 'd' }, signal());
  const page = async (options: { before?: string; limit: number }) => {
    const { found, next } = await records.list(options, signal());
    return [found.map(({ id }) => id).join(''), next];
  };
  expect(await page({ limit: 9 })).toEqual(['cba', null]);
  expect(await page({ limit: 2 })).toEqual(['cb', 'b']);
  expect(await page({ limit: 2, before: 'b' })).toEqual(['a', null]);
});

it.each<[string, (sk: string) => object]>([
  ['that bear no seal', (sk) => ({ json: JSON.stringify({ id: sk, text: 'forged' }) })],
  ['that say they are older', () => ({ json: JSON.stringify({ id: '0', text: 'forged' }), seal: 'own' })],
])('every record is read, whatever records stand before it: fifty-one %s', async (what, forged) => {
  const seals = {
    on: async () => 'own',
    isOn: (_at: object, _text: string, seal: unknown) => seal === 'own',
  };
  const pk = `E ${what}`;
  const records = createRecords<Note>(items, pk, { seals });
  for (const id of ['a', 'b']) await records.create({ id, text: 'own' }, signal());
  for (let n = 10; n <= 60; n += 1) {
    const at = { pk, sk: `z${n}` };
    await items.put(at, { revision: 1, ...forged(at.sk) }, 'always', signal());
  }
  const own: string[] = [];
  for await (const { id, text } of everyRecord(records, signal())) if (text === 'own') own.push(id);
  expect(own).toEqual(['b', 'a']);
});

it('a record has a bound, and one without its members is none', async () => {
  const sized = (id: string, bytes: number) =>
    codeOf(notes('S').create({ id, text: 'x'.repeat(bytes - '{"id":"a","text":""}'.length) }, signal()));
  expect(await sized('a', 300 * 1024)).toBe('done');
  expect(await sized('b', 300 * 1024 + 1)).toBe('TOO_LARGE');
  await items.put({ pk: 'S', sk: 'c' }, { json: '{}' }, 'always', signal());
  await items.put({ pk: 'S', sk: 'd' }, { revision: 1 }, 'always', signal());
  for (const id of ['c', 'd']) expect(await codeOf(notes('S').read(id, signal()))).toBe('REGISTRY_INTEGRITY');
});

it('an id sorts by its second', () => {
  expect(newId('p', Date.parse('2026-11-23T21:33:44.999Z'))).toMatch(/^p-20261123T213344Z-[0-9a-f]{10}$/);
});

it('a blob is what its digest says, whole, or nothing', async () => {
  const written: string[] = [];
  const blobs = createBlobs(
    {
      ...items,
      async put(key, ...write) {
        written.push(key.sk);
        return items.put(key, ...write);
      },
    },
    Date.now,
  ).of('whose');
  const bytes = randomBytes(700 * 1024);
  const digest = await blobs.put(bytes, signal());
  // The first piece last: whoever finds it finds all of them.
  expect(written).toEqual(['0002', '0001', '0000'].map((n) => `${digest}#${n}`));
  expect(Buffer.from((await blobs.get(digest, signal())) ?? []).equals(bytes)).toBe(true);
  const at = (n: string) => ({ pk: 'BLOB#whose', sk: `${digest}#${n}` });
  const first = (await items.get(at('0000'), signal())) ?? {};
  for (const wrong of [
    { pieces: 0 },
    { pieces: 100_000 },
    { pieces: 'x' },
    { n: 'x' },
    { n: 1 },
    { n: bytes.length + 1 },
  ]) {
    await items.put(at('0000'), { ...first, ...wrong }, 'always', signal());
    expect([wrong, await codeOf(blobs.get(digest, signal()))]).toEqual([wrong, 'OBJECT_MALFORMED']);
  }
  await items.put(at('0000'), first, 'always', signal());
  const second = await items.get(at('0001'), signal());
  await items.remove(at('0001'), signal());
  expect(await blobs.get(digest, signal())).toBeUndefined();
  await items.put(at('0001'), second ?? {}, 'always', signal());
  await blobs.remove(digest, signal());
  for (const sk of ['0000', '0001', '0002']) expect(await items.get(at(sk), signal())).toBeUndefined();
  expect(await blobs.get(digest, signal())).toBeUndefined();
});

it('a blob of other bytes under a digest is refused, and so are none and too many', async () => {
  const blobs = createBlobs(items, Date.now).of('two');
  const [one, other] = [await blobs.put(Buffer.from('one'), signal()), digestOf('two')];
  const item = (await items.get({ pk: 'BLOB#two', sk: `${one}#0000` }, signal())) ?? {};
  await items.put({ pk: 'BLOB#two', sk: `${other}#0000` }, item, 'always', signal());
  expect(await codeOf(blobs.get(other, signal()))).toBe('DIGEST_MISMATCH');
  expect(await codeOf(blobs.put(new Uint8Array(0), signal()))).toBe('TOO_LARGE');
  expect(await codeOf(blobs.put(new Uint8Array(MAX_BLOB_BYTES + 1), signal()))).toBe('TOO_LARGE');
  expect(MAX_BLOB_BYTES).toBe(67_108_864);
});

it('bytes are one record’s, and all of them go with it, in parts too, what is named last at the end', async () => {
  const removed: string[] = [];
  const blobs = createBlobs(
    {
      ...items,
      async remove(key, until) {
        removed.push(key.sk.replace(/^.*#/, key.sk.startsWith(last) ? 'last ' : ''));
        return items.remove(key, until);
      },
    },
    Date.now,
  );
  const [mine, theirs] = [blobs.of('mine'), blobs.of('theirs')];
  const last = await mine.put(Buffer.from('the same'), signal());
  const large = await mine.put(randomBytes(700 * 1024), signal());
  await theirs.put(Buffer.from('the same'), signal());
  await items.remove({ pk: 'BLOB#mine', sk: `${large}#0000` }, signal());
  expect([await mine.get(large, signal()), await mine.isThere(large, signal())]).toEqual([undefined, false]);
  await mine.removeAll(signal(), last);
  expect(removed).toEqual(['0001', '0002', 'last 0000']);
  expect([await mine.isAnything(signal()), await theirs.isThere(last, signal())]).toEqual([false, true]);
  expect(await theirs.get(last, signal())).toEqual(Buffer.from('the same'));
});

it('every name of a partition is told, however many pages that takes', async () => {
  const piece = { z: randomBytes(300 * 1024) };
  for (let n = 0; n < 5; n += 1)
    await items.put({ pk: 'BLOB#many', sk: `a#${n}` }, piece, 'always', signal());
  await items.put({ pk: 'BLOB#many', sk: 'b#0' }, piece, 'always', signal());
  expect(await items.names('BLOB#many', signal())).toEqual(['a#0', 'a#1', 'a#2', 'a#3', 'a#4', 'b#0']);
  expect(await items.names('BLOB#many', signal(), 'a#1')).toEqual(['a#1']);
  expect(await items.names('BLOB#many', signal(), 'b#')).toEqual(['b#0']);
});
