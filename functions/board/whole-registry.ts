/**
 * A whole version of the registry in memory, laid out the way decisions read it: for views and forecasts, never for a
 * decision.
 */
import { indexOf, type RegistryIndex } from '../core/administration/registry-index.ts';
import type { RawFact } from '../core/facts/view.ts';
import { type Registry, registryFrom } from '../core/registry/registry.ts';
import { factsOf } from '../store/applied-change.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';

export interface VersionName {
  readonly version: number;
  readonly digest: string;
  readonly recordedAt: string;
}

export interface WholeRegistry extends VersionName, Registry {
  readonly facts: readonly RawFact[];
  readonly index: RegistryIndex;
}

/** A set of facts as a registry in memory. A vendor that cannot be read is left out: whoever needs it is told unknown. */
export function wholeRegistry(
  { version, digest, recordedAt }: VersionName,
  facts: readonly RawFact[],
): WholeRegistry {
  const index = indexOf(new Map(facts.map((f) => [`${f['kind']}/${f['id']}`, f])));
  return { version, digest, recordedAt, facts, index, ...registryFrom(facts) };
}

/** Reads every fact of an open version. Its cost grows with the registry: keep the result by `digest`. */
export async function loadWhole(snapshot: OpenSnapshot): Promise<WholeRegistry> {
  const own = await loadOne(snapshot);
  const signed = await snapshot.approved();
  return signed === undefined ? own : { ...own, signed: await loadOne(signed) };
}

async function loadOne(snapshot: OpenSnapshot): Promise<WholeRegistry> {
  return wholeRegistry(snapshot, [...(await factsOf(snapshot)).values()]);
}

/** Keeps the newest version loaded. A digest cannot be stale, so nothing kept by it can be either. */
export function createWholeLoader(): (snapshot: OpenSnapshot) => Promise<WholeRegistry> {
  let last: { readonly digest: string; readonly loading: Promise<WholeRegistry> } | undefined;
  return (snapshot) => {
    if (last?.digest !== snapshot.digest) {
      const mine = { digest: snapshot.digest, loading: loadWhole(snapshot) };
      last = mine;
      mine.loading.catch(() => {
        if (last === mine) last = undefined;
      });
    }
    return last.loading;
  };
}
