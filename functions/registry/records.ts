import { randomUUID } from 'node:crypto';
import { Refusal } from './refusal.ts';
import type { Seals } from './seals.ts';
import type { Page, PageOptions, StateItem, StateItems, StateKey } from './state-items.ts';

/** Small records by id in one partition, changed only from the revision they were read at. */
export interface Records<T extends { readonly id: string }> {
  create(record: T, signal: AbortSignal): Promise<StoredRecord<T>>;
  read(id: string, signal: AbortSignal): Promise<StoredRecord<T> | undefined>;
  /** @throws Refusal CONFLICT if somebody else has changed it meanwhile */
  update(held: StoredRecord<T>, next: T, signal: AbortSignal): Promise<StoredRecord<T>>;
  /** Whether there is an item of this id, sealed or not. */
  isThere(id: string, signal: AbortSignal): Promise<boolean>;
  /** Whatever it is. */
  remove(id: string, signal: AbortSignal): Promise<void>;
  /** Newest first, by id. */
  list(options: PageOptions, signal: AbortSignal): Promise<Page<T>>;
}

/** A record and the revision it was read at. */
export interface StoredRecord<T> {
  readonly record: T;
  readonly revision: number;
}

/** A record is one item, well under its 400 KB; whatever can grow is a blob beside it. */
const MAX_RECORD_BYTES = 300 * 1024;

export interface RecordOptions<T> {
  /** A record that does not carry the registry's own signature is as good as none. @default records are not sealed */
  readonly seals?: Seals;
  /** The members of its item that say until when a record is kept. @default for good */
  readonly life?: (record: T) => StateItem;
}

export function createRecords<T extends { readonly id: string }>(
  items: StateItems,
  pk: string,
  { seals, life = () => ({}) }: RecordOptions<T> = {},
): Records<T> {
  const key = (id: string) => ({ pk, sk: id });

  /**
   * The SDK repeats a write whose answer was lost, and the repetition then fails its condition although the write is in.
   * The token tells that case from somebody else's write.
   */
  async function write(record: T, revision: number, signal: AbortSignal): Promise<StoredRecord<T>> {
    const json = JSON.stringify(record);
    if (Buffer.byteLength(json) > MAX_RECORD_BYTES)
      throw new Refusal('TOO_LARGE', 'the record of this proposal or job grew too large');
    const token = randomUUID();
    const condition = revision === 1 ? 'absent' : { revision: revision - 1 };
    const at = key(record.id);
    const sealed = seals === undefined ? {} : { seal: await seals.on(at, json) };
    const written = await items.put(
      at,
      { json, revision, token, ...sealed, ...life(record) },
      condition,
      signal,
    );
    if (!written) {
      const found = await items.get(at, signal);
      if (found?.['token'] !== token)
        throw new Refusal('CONFLICT', 'somebody else changed this at the same moment: read it again');
    }
    return { record, revision };
  }

  function isOwn(at: StateKey, { json, seal }: StateItem): boolean {
    return seals === undefined || (typeof json === 'string' && seals.isOn(at, json, seal));
  }

  return {
    create: (record, signal) => write(record, 1, signal),
    update: (held, next, signal) => write(next, held.revision + 1, signal),
    async read(id, signal) {
      const item = await items.get(key(id), signal);
      return item === undefined || !isOwn(key(id), item) ? undefined : heldOf<T>(item);
    },
    isThere: async (id, signal) => (await items.get(key(id), signal)) !== undefined,
    remove: (id, signal) => items.remove(key(id), signal),
    async list(options, signal) {
      const { found, next } = await items.newest(pk, options, signal);
      const own = found.filter((item) => isOwn(key(item.sk), item));
      return { found: own.map((item) => heldOf<T>(item).record), next };
    },
  };
}

function heldOf<T>(item: StateItem): StoredRecord<T> {
  const { json, revision } = item;
  if (typeof json !== 'string' || typeof revision !== 'number')
    throw new Refusal('REGISTRY_INTEGRITY', 'a record of the registry is not as it was written');
  return { record: JSON.parse(json) as T, revision };
}

/** Read in one go of {@link everyRecord}. */
const PAGE = 50;

/** All of them, newest first. */
export async function* everyRecord<T extends { readonly id: string }>(
  records: Records<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let before: string | null = null;
  do {
    const { found, next }: Page<T> = await records.list(
      { limit: PAGE, ...(before !== null && { before }) },
      signal,
    );
    yield* found;
    before = next;
  } while (before !== null);
}

/** An id that sorts by time: `p-20261123T213344Z-8f3a0c1d22`. */
export function newId(prefix: string, now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  return `${prefix}-${time}-${randomUUID().replaceAll('-', '').slice(0, 10)}`;
}

/** How far the clocks of two functions may be apart, and more. Milliseconds. */
export const CLOCKS_MS = 60 * 60 * 1000;

/** When an id was given, in milliseconds since the epoch; NaN for what has no time. */
export function timeOfId(id: string): number {
  const [, day, time] = /^[a-z]-(\d{8})T(\d{6})Z-/.exec(id) ?? [];
  const parts = (text = '', at: readonly number[]) => at.map((n) => text.slice(n, n + 2));
  return Date.parse(
    `${day?.slice(0, 4)}-${parts(day, [4, 6]).join('-')}T${parts(time, [0, 2, 4]).join(':')}Z`,
  );
}
