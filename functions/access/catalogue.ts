/**
 * Everything a search goes through: every network and route of one version of the registry, in a stable order, with
 * the vendors they need. Loaded whole and kept by the commit's digest, which cannot be stale.
 */

import type { Json } from '../core/facts/canonical.ts';
import { type Registry, registryOf } from '../core/registry/registry.ts';
import { lawDocumentOf, trieFacts } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';

export interface Catalogue extends Registry {
  /** Ascending in code-unit order. */
  readonly ids: Readonly<Record<'network' | 'route' | 'protection', readonly string[]>>;
}

/** Catalogues are large: only the newest is kept, and a process serves one version at a time but for audits. */
let newest: { readonly digest: string; readonly catalogue: Promise<Catalogue> } | undefined;

/** @throws StoreError where the registry cannot be read whole: a search is complete or an error */
export function catalogueOf(snapshot: OpenSnapshot): Promise<Catalogue> {
  if (newest?.digest === snapshot.digest) return newest.catalogue;
  const loading = { digest: snapshot.digest, catalogue: loadBoth(snapshot) };
  newest = loading;
  // A catalogue that failed to load is not kept for the next caller.
  loading.catalogue.catch(() => {
    if (newest === loading) newest = undefined;
  });
  return loading.catalogue;
}

async function loadBoth(snapshot: OpenSnapshot): Promise<Catalogue> {
  const own = await load(snapshot);
  const signed = await snapshot.approved();
  return signed === undefined ? own : { ...own, signed: await load(signed) };
}

async function load(snapshot: OpenSnapshot): Promise<Catalogue> {
  const [view, vendors, law] = await Promise.all([
    collect(trieFacts(snapshot, 'view'), isSearched),
    collect(trieFacts(snapshot, 'vendors'), () => true),
    lawDocumentOf(snapshot),
  ]);
  return {
    ...registryOf({ law, entries: view, vendors }),
    ids: {
      network: idsUnder('network/', view),
      route: idsUnder('route/', view),
      protection: idsUnder('protection/', view),
    },
  };
}

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
