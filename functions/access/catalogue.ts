/**
 * Everything a search goes through: every network and route of one version of the registry, in a stable order, with
 * the vendors they need. Loaded whole and kept by the commit's digest, which cannot be stale.
 */

import type { Json } from '../core/facts/canonical.ts';
import type { Registry } from '../core/registry/registry.ts';
import { lawDocumentOf, trieFacts } from '../store/history.ts';
import { keptByKey } from '../store/kept.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { storedRegistry } from '../store/stored-registry.ts';
import { withSigned } from '../store/with-signed.ts';

export interface Catalogue extends Registry {
  /** Ascending in code-unit order. */
  readonly ids: Readonly<Record<'network' | 'route' | 'protection', readonly string[]>>;
}

async function load(snapshot: OpenSnapshot): Promise<Catalogue> {
  const [view, vendors, law] = await Promise.all([
    collect(trieFacts(snapshot, 'view'), isSearched),
    collect(trieFacts(snapshot, 'vendors'), () => true),
    lawDocumentOf(snapshot),
  ]);
  return {
    ...storedRegistry({ law, entries: view, vendors }),
    ids: {
      network: idsUnder('network/', view),
      route: idsUnder('route/', view),
      protection: idsUnder('protection/', view),
    },
  };
}

/** @throws StoreError where the registry cannot be read whole: a search is complete or an error */
export const catalogueOf = keptByKey(withSigned(load), ({ digest }) => digest);

/** An identifier's document is its network's once more: a search goes by ids, and has no use for the copy. */
function isSearched(key: string): boolean {
  return !key.startsWith('identifier/');
}

async function collect(
  source: AsyncIterable<readonly [string, Json]>,
  isWanted: (key: string) => boolean,
): Promise<ReadonlyMap<string, Json>> {
  const all = new Map<string, Json>();
  for await (const [key, value] of source) if (isWanted(key)) all.set(key, value);
  return all;
}

function idsUnder(prefix: string, view: ReadonlyMap<string, Json>): readonly string[] {
  return [...view.keys()]
    .filter((k) => k.startsWith(prefix))
    .map((k) => k.slice(prefix.length))
    .sort();
}
