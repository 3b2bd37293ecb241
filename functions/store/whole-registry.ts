/**
 * A whole version of the registry in memory, laid out the way decisions read it: for views and forecasts, never for a
 * decision.
 */
import { indexOf, type RegistryIndex } from '../core/administration/registry-index.ts';
import type { RawFact } from '../core/facts/view.ts';
import { type Registry, registryFrom } from '../core/registry/registry.ts';
import { factsOf } from './applied-change.ts';
import { keptByKey } from './kept.ts';
import type { OpenSnapshot } from './open-snapshot.ts';
import { demandKnown } from './stored-registry.ts';
import { withSigned } from './with-signed.ts';

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

/** @throws StoreError FORMAT_UNKNOWN where the law says what this build does not read: nobody looks past that */
async function loadOne(snapshot: OpenSnapshot): Promise<WholeRegistry> {
  const { law } = await snapshot.read([]);
  demandKnown('law', law);
  return wholeRegistry(snapshot, [...(await factsOf(snapshot)).values()]);
}

/** Reads every fact of an open version. Its cost grows with the registry: keep the result by `digest`. */
export const loadWhole = withSigned(loadOne);

/** Keeps the newest version loaded. */
export function createWholeLoader(): typeof loadWhole {
  return keptByKey(loadWhole, ({ digest }) => digest);
}
