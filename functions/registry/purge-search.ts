/**
 * Where bytes are: of words that somebody gives, or of a fact as versions that are not in force have it. Every item of every
 * table is looked at, whatever refers to it, so that what is found nowhere is nowhere.
 */
import * as z from 'zod/mini';
import { canonicalText, type Digest, type Json } from '../core/facts/canonical.ts';
import { idOfKey, member } from '../core/facts/fact.ts';
import { keyOfFact } from '../core/facts/fact-key.ts';
import { openedBelow } from '../store/acknowledged-past.ts';
import { isDigest } from '../store/digest-bytes.ts';
import type { Item } from '../store/head.ts';
import { ancestry, documents } from '../store/history.ts';
import { MAX_OBJECT_BYTES, OBJECT_TYPES } from '../store/object-bytes.ts';
import { objectBytes } from '../store/object-items.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { decodeWord } from '../store/purge-word.ts';
import { orIfPurged, StoreError } from '../store/store-error.ts';
import { decodeObject } from '../store/stored-object.ts';
import { type ScanPlace, scanPage } from '../store/table-scan.ts';
import type { ReplyTo } from './answers.ts';
import { type KeptBytes, orIfDamaged, type Piece, pieceAt } from './blobs.ts';
import { readBody, versionNumber } from './bodies.ts';
import type { Call, RegistryContext } from './context.ts';
import { PARTITIONS, partitionOf } from './partitions.ts';
import { thaw } from './publication.ts';
import { Refusal } from './refusal.ts';
import { areWords, exactTexts, type SearchTerms, spilledWords } from './search-words.ts';

/** By what the items of a table are told apart. */
const OBJECT_KEY = z.strictObject({ digest: z.string().check(z.minLength(1), z.maxLength(200)) });
const ITEM_KEY = z.strictObject({
  pk: z.string().check(z.minLength(1), z.maxLength(200)),
  sk: z.string().check(z.minLength(1), z.maxLength(200)),
});

/** The `next` of an earlier answer. */
const after = z.nullable(
  z.discriminatedUnion('table', [
    z.strictObject({ table: z.literal('objects'), key: z.nullable(OBJECT_KEY) }),
    z.strictObject({ table: z.literal('state'), key: z.nullable(ITEM_KEY) }),
    z.strictObject({ table: z.literal('floor'), key: z.nullable(ITEM_KEY) }),
  ]),
);

export const searchBody = z.union([
  z.strictObject({
    text: z.string().check(z.maxLength(4096), z.refine(areWords, 'at least four letters that are words')),
    after,
  }),
  z.strictObject({
    fact: keyOfFact,
    /** Versions, from and to; left out, every one. */
    from: z.optional(versionNumber),
    to: z.optional(versionNumber),
    after,
  }),
]);

/** Where something was found: what it is, and by what it is named in a request to purge. */
interface Place {
  readonly table: 'objects' | 'state' | 'floor';
  /** The type of an object; the partition of another item, that of the record for which bytes are kept. */
  readonly what: string;
  readonly name: string;
  /** Of a note: the versions that name it. */
  readonly versions?: readonly number[];
  /** Of a leaf: the keys of the facts that have it. */
  readonly facts?: readonly string[];
}

/** `POST /v1/registry-purge/search`: as much of the tables as there is time for; `next` goes on. */
export async function searchTables(context: RegistryContext, call: Call): Promise<ReplyTo<'search-tables'>> {
  const body = readBody(searchBody, call.body());
  const judged = await context.reader.open({}, call.signal);
  // Past the cache: what was purged is found by nobody who has read it before.
  const head = await context.anyReader.open({}, call.signal);
  const looked =
    'text' in body
      ? spilledWords(body.text)
      : exactTexts(await textsOf(head, await judged.approved(), body), idOfKey(body.fact));
  const order: readonly Place['table'][] = ['objects', 'state', 'floor'];
  let at: { readonly table: Place['table']; readonly key: ScanPlace | null } = body.after ?? {
    table: 'objects',
    key: null,
  };
  const places: Place[] = [];
  for (;;) {
    const { items, next } = await scanPage(context.client, context.tables[at.table], at.key, call.signal);
    for (const item of items) {
      const found = await foundIn(context, at.table, item, looked, call.signal);
      if (found !== undefined) places.push(found);
    }
    const following = next === null ? order[order.indexOf(at.table) + 1] : at.table;
    if (following === undefined) return reply(head, { places, next: null });
    at = { table: following, key: next };
    if (context.clock() >= call.sliceEndsAt) return reply(head, { places, next: at });
  }
}

async function reply(
  head: OpenSnapshot,
  { places, next }: Pick<ReplyTo<'search-tables'>['body'], 'next'> & { readonly places: readonly Place[] },
): Promise<ReplyTo<'search-tables'>> {
  const versions = new Map<string, number[]>();
  if (places.some(({ what }) => what === 'note'))
    for await (const { commit } of ancestry(head))
      versions.set(commit.note, [...(versions.get(commit.note) ?? []), commit.version]);
  const named = places.map((place) => {
    const known = versions.get(place.name);
    return { ...place, ...(known !== undefined && { versions: known }) };
  });
  return { status: 200, body: { places: named, next } };
}

/**
 * A fact as versions have it, but for what is in force.
 *
 * @throws Refusal IN_FORCE, FACT_UNKNOWN
 */
async function textsOf(
  head: OpenSnapshot,
  approved: OpenSnapshot | undefined,
  {
    fact: key,
    from = 1,
    to = head.version,
  }: { readonly fact: string; readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<readonly string[]> {
  const textAt = async (at: OpenSnapshot) => {
    const document = await documentAt(at, key);
    return document === undefined ? undefined : canonicalText(document);
  };
  const inForce = [await textAt(head), approved && (await textAt(approved))];
  const texts = new Set<string>();
  let isThere = false;
  for await (const at of ancestry(head)) {
    const { version } = at.commit;
    if (version > to) continue;
    if (version < from) break;
    const text = await textAt(await openedBelow(head, at));
    if (text === undefined) continue;
    isThere = true;
    if (!inForce.includes(text)) texts.add(text);
  }
  if (texts.size > 0) return [...texts];
  if (!isThere)
    throw new Refusal(
      'FACT_UNKNOWN',
      'no version there has such a fact, or it was purged; what no version ever had goes by its digest (`--object`)',
      { path: '/fact' },
    );
  throw new Refusal(
    'IN_FORCE',
    'decisions rest on this: replace the fact first, without the words, by two people; then purge what it was',
    { path: '/fact', details: { version: head.version } },
  );
}

/** Undefined also where it was purged. */
function documentAt(at: OpenSnapshot, key: string): Promise<Json | undefined> {
  return orIfPurged(async () => (await documents(at, 'facts', [key])).get(key), undefined);
}

async function foundIn(
  context: RegistryContext,
  table: Place['table'],
  item: Item,
  { forms, readingsOf, inUploads }: SearchTerms,
  signal: AbortSignal,
): Promise<Place | undefined> {
  const has = (bytes: Uint8Array) => {
    for (const text of readingsOf(Buffer.from(bytes).toString('utf8')))
      if (forms.some((form) => text.includes(form))) return true;
    return false;
  };
  const hasOfUpload = (bytes: Uint8Array) =>
    has(bytes) || (inUploads !== undefined && Buffer.from(bytes).includes(inUploads));
  if (table === 'objects') return inObject(item, has);
  const [pk, sk] = [item['pk']?.S ?? '', item['sk']?.S ?? ''];
  const piece = pieceAt(pk, sk);
  if (piece !== undefined) {
    const { keeper } = piece;
    const isThere = await isInBytes(context.blobs.of(keeper), piece, has, signal);
    return isThere ? { table, what: partitionOf(keeper), name: keeper } : undefined;
  }
  const isThere =
    valuesOf(item).some(has) ||
    (pk === PARTITIONS.proposals && (await isInUpload(context.blobs.of(sk), item, hasOfUpload, signal)));
  return isThere ? { table, what: pk, name: sk } : undefined;
}

/** Chunks that never came together, in their order: a word may have been cut in two. */
async function isInUpload(
  kept: KeptBytes,
  item: Item,
  has: (bytes: Uint8Array) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const parts: Uint8Array[] = [];
  for (const digest of chunksIn(item)) {
    const part = await orIfDamaged(kept.get(digest, signal));
    if (part !== undefined) parts.push(part);
  }
  return has(Buffer.concat(parts));
}

/** In the order of their numbers; none of a record that nobody can read: it is looked at as it lies. */
function chunksIn(item: Item): readonly Digest[] {
  try {
    const received = member(member(JSON.parse(item['json']?.S ?? 'null'), 'upload'), 'received');
    const numbered = Object.entries(Object(received)).sort(([a], [b]) => Number(a) - Number(b));
    return numbered.flatMap(([, digest]) => (typeof digest === 'string' && isDigest(digest) ? [digest] : []));
  } catch {
    return [];
  }
}

/** All of them at once, with their first piece. */
async function isInBytes(
  kept: KeptBytes,
  { digest, isFirst }: Piece,
  has: (bytes: Uint8Array) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  if (!isFirst && (await kept.isThere(digest, signal))) return false;
  const bytes = isFirst ? await orIfDamaged(kept.get(digest, signal)) : undefined;
  // Of what lost a piece, or is not what it was, nobody can tell what is left: then it may be anything.
  return bytes === undefined || [bytes, ...frozenIn(bytes)].some(has);
}

/** Other tries have keys like those of facts, and no documents that say what they are. */
function isFactAt(key: string, document: Json): boolean {
  return key.startsWith(`${member(document, 'kind')}/`);
}

function inObject(item: Item, has: (bytes: Uint8Array) => boolean): Place | undefined {
  const digest = item['digest']?.S;
  if (!isDigest(digest)) return undefined;
  const place = (what: string): Place => ({ table: 'objects', what, name: digest });
  let isSaid = false;
  try {
    const bytes = objectBytes(digest, item, MAX_OBJECT_BYTES.law);
    isSaid = has(bytes);
    if (!isSaid) return undefined;
    const object = decodeObject(bytes, OBJECT_TYPES);
    if (object.type !== 'leaf') return place(object.type);
    const facts = [...object.entries]
      .filter(([key, document]) => isFactAt(key, document) && has(Buffer.from(canonicalText(document))))
      .map(([key]) => key);
    return { ...place('leaf'), ...(facts.length > 0 && { facts }) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // A tombstone has nothing but whose word it was, which nothing erases; what nobody can read is looked at as it lies.
    const word = decodeWord(item);
    if (word !== undefined && has(Buffer.from(JSON.stringify(word)))) return place('tombstone');
    return isSaid || valuesOf(item).some(has) ? place('unreadable') : undefined;
  }
}

/** What a publication that was frozen holds, which is written in another alphabet there. */
function frozenIn(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    return [...thaw(bytes).objects.values()];
  } catch {
    return [];
  }
}

function valuesOf(item: Item): readonly Uint8Array[] {
  return Object.values(item).flatMap(({ S, B }) => [
    ...(S === undefined ? [] : [Buffer.from(S, 'utf8')]),
    ...(B === undefined ? [] : [B]),
  ]);
}
