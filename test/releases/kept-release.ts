/**
 * Releases as they were: the bundle that decides and the registry that it published, in one file each (`kept/NAME.br`), and
 * beside it where they come from (`kept/NAME.json`). Both are written by `keep.ts` and never changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import type { Item } from '../../functions/store/head.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { digestOfBundle } from '../../infra/bundle-digest.ts';
import { createTables, engineClient } from '../engine.ts';

const FOLDER = join(import.meta.dirname, 'kept');

/** Where a kept release comes from, and what it answered when it was kept. */
interface Provenance {
  /** The commit of this repository that it was built from, and the day of that. */
  readonly commit: string;
  readonly committedAt: string;
  /** The instant at which it published its registry and was asked. */
  readonly keptAt: string;
  /** `sha256:…` of the bundle: what its answers call their `build`. */
  readonly build: string;
  /** `sha256:…` of the file beside this one. */
  readonly file: string;
  /** The registry's tables, and the public keys it is read with: no private one was kept. */
  readonly environment: Readonly<Record<string, string>>;
  /** By question (`questions.ts`), in the words of `answerInWords`. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Every item of the registry's tables, as DynamoDB has them. */
export type Tables = Readonly<Record<keyof StoreTables, readonly Item[]>>;

export interface KeptRelease extends Provenance {
  readonly bundle: Uint8Array;
  readonly tables: Tables;
}

export const tablesOf = (release: string): StoreTables => ({
  objects: `objects-${release}`,
  state: `state-${release}`,
  floor: `floor-${release}`,
});

export function keptReleases(): readonly string[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return names.map((name) => name.slice(0, -'.json'.length)).toSorted();
}

export const isKept = (release: string): boolean => existsSync(pathOf(release, 'json'));

/** @throws Error where one of the two files is not what was kept */
export function readKept(release: string): KeptRelease {
  const provenance: Provenance = JSON.parse(readFileSync(pathOf(release, 'json'), 'utf8'));
  const file = readFileSync(pathOf(release, 'br'));
  if (sha256(file) !== provenance.file) throw new Error(`${release}: the file is not the one that was kept`);
  const { bundle, tables }: Pick<KeptRelease, 'bundle' | 'tables'> = deserialize(brotliDecompressSync(file));
  if (digestOfBundle(bundle) !== provenance.build) throw new Error(`${release}: this is another build`);
  return { ...provenance, bundle, tables: { ...tables, objects: tables.objects.map(closed) } };
}

/** Writes both files, and returns their paths. */
export function writeKept(release: string, kept: Omit<KeptRelease, 'file' | 'build'>): readonly string[] {
  const { bundle, tables, answers, environment, ...rest } = kept;
  const opened = { ...tables, objects: tables.objects.map(open) };
  const file = brotli(serialize({ bundle, tables: opened }), constants.BROTLI_MAX_QUALITY);
  const provenance: Provenance = {
    ...rest,
    build: digestOfBundle(bundle),
    file: sha256(file),
    environment,
    answers,
  };
  writeFileSync(pathOf(release, 'br'), file);
  writeFileSync(pathOf(release, 'json'), `${JSON.stringify(provenance, null, 2)}\n`);
  return [pathOf(release, 'br'), pathOf(release, 'json')];
}

/** DynamoDB's limit on one batch. */
const BATCH = 25;

/** Makes the tables of a kept registry, under the names that its commits are for, and fills them. */
export async function restoreKept(release: string, endpoint: string): Promise<void> {
  const { tables } = readKept(release);
  const client = engineClient(endpoint);
  const names = await createTables(endpoint, tablesOf(release));
  // A floor names its own table by the id that DynamoDB gave it: here it is the one that was made just now.
  const [was = '', is] = [
    tables.floor[0]?.['table']?.S,
    await tableIdOf(client, names.floor, AbortSignal.timeout(60_000)),
  ];
  const floor = tables.floor.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [
        name,
        value.S === undefined ? value : { S: value.S.replace(was, is) },
      ]),
    ),
  );
  for (const [table, items] of Object.entries({ ...tables, floor }))
    for (let from = 0; from < items.length; from += BATCH) {
      const writes = items.slice(from, from + BATCH).map((Item) => ({ PutRequest: { Item } }));
      const RequestItems = { [names[table as keyof StoreTables]]: writes };
      await client.send(new BatchWriteItemCommand({ RequestItems }));
    }
  client.destroy();
}

function pathOf(release: string, ending: 'br' | 'json'): string {
  return join(FOLDER, `${release}.${ending}`);
}

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** How objects are compressed at rest. It stands here too, because what was kept stays as it was. */
const AT_REST = 5;

function brotli(bytes: Uint8Array, quality: number): Uint8Array {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const whole = { [BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  return brotliCompressSync(bytes, { params: quality === AT_REST ? params : { ...params, ...whole } });
}

/**
 * An object's item with its bytes as they were before they were compressed: together they come to a fifth of what each comes to alone.
 *
 * @throws Error where they could not be compressed again as they were
 */
function open(item: Item): Item {
  const z = item['z']?.B;
  if (z === undefined) throw new Error('an object has no bytes');
  const opened = { ...item, z: { B: brotliDecompressSync(z) } };
  if (!Buffer.from(z).equals(closed(opened)['z']?.B ?? z))
    throw new Error('objects are compressed in another way now');
  return opened;
}

function closed(item: Item): Item {
  const z = item['z']?.B;
  return z === undefined ? item : { ...item, z: { B: brotli(z, AT_REST) } };
}
