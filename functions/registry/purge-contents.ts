/** What documents of facts hold, so that nobody signs digests unread: whose entries, and of a law in which versions it stands. */
import type { Digest } from '../core/facts/canonical.ts';
import { loadRoot } from '../store/ancestry.ts';
import { StoreError } from '../store/store-error.ts';
import type { ObjectSource } from '../store/stored-object.ts';
import type { purge as purgeShape, WrittenAs } from './answers.ts';
import type { PurgeGround } from './purge-ground.ts';

type Contents = NonNullable<WrittenAs<typeof purgeShape>['contents']>;
type Held = Contents[string];

/** Entries that are named; how many there are is said beside them. */
const MOST_NAMED = 20;

/** Of what is there still and can be read. */
export async function contentsOf(
  { head, past }: Pick<PurgeGround, 'head' | 'past'>,
  digests: readonly Digest[],
): Promise<Contents> {
  const held = new Map<Digest, Held>();
  for (const digest of digests) {
    const found = await contentOf(head.objects, digest);
    if (found !== undefined) held.set(digest, found);
  }
  const laws = [...held].filter(([, { what }]) => what === 'law').map(([digest]) => digest);
  for (const { commit } of laws.length === 0 ? [] : past) {
    const { law } = await loadRoot(head.objects, commit.root);
    if (laws.includes(law)) held.get(law)?.versions.push(commit.version);
  }
  return Object.fromEntries(held);
}

async function contentOf(source: ObjectSource, digest: Digest): Promise<Held | undefined> {
  try {
    const object = (await source.load([digest], ['law', 'leaf', 'note'])).get(digest);
    if (object?.type === 'law') return { what: 'law', entries: [], count: 0, versions: [] };
    if (object?.type !== 'leaf') return { what: 'note', entries: [], count: 0, versions: [] };
    const keys = [...object.entries.keys()].sort();
    return { what: 'leaf', entries: keys.slice(0, MOST_NAMED), count: keys.length, versions: [] };
  } catch (error) {
    if (error instanceof StoreError && !/^STORE_/.test(error.code)) return undefined;
    throw error;
  }
}
