/**
 * The difference between the views of two registries, without laying out either in full: only the documents that can
 * hold a changed fact are made, before and after, from the facts that go into them.
 */
import { canonicalText, type Json } from '../facts/canonical.ts';
import { type View, viewOf } from '../facts/view.ts';
import { documentsReached, type Reach } from './affected.ts';
import type { Facts } from './change.ts';
import { factsFor } from './closure.ts';
import { indexAfter, indexOf, type RegistryIndex } from './registry-index.ts';

/** Documents by key; `null` removes one, and an absent law leaves it as it is. */
export interface ViewChanges {
  readonly facts: ReadonlyMap<string, Json | null>;
  readonly view: ReadonlyMap<string, Json | null>;
  readonly vendors: ReadonlyMap<string, Json | null>;
  readonly law?: Json;
}

function entryKeys(reach: Reach): readonly string[] {
  return [
    ...[...reach.networks].map((id) => `network/${id}`),
    ...[...reach.identifiers].map((i) => `identifier/${i}`),
    ...[...reach.routes].map((id) => `route/${id}`),
    ...[...reach.protections].map((id) => `protection/${id}`),
  ];
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalText(a) === canonicalText(b);
}

function differences(
  keys: Iterable<string>,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): ReadonlyMap<string, Json | null> {
  const changed = new Map<string, Json | null>();
  for (const key of keys) {
    if (!isSame(before.get(key), after.get(key))) changed.set(key, after.get(key) ?? null);
  }
  return changed;
}

/** The documents a change can rewrite, laid out from one side of it. */
function viewOfReach(index: RegistryIndex, reach: Reach): View {
  return viewOf(factsFor(index, { ...reach, withVendors: false }));
}

/** What to write so that the stored view of `before` becomes that of `after`. Only differences are in it. */
export function viewChanges(before: Facts, after: Facts, touched: readonly string[]): ViewChanges {
  const was = indexOf(before);
  const is = indexAfter(before, after, touched);
  const reach = documentsReached(was, is, touched);
  const [viewWas, viewIs] = [viewOfReach(was, reach), viewOfReach(is, reach)];
  const lawChanged = !isSame(viewWas.law, viewIs.law);
  return {
    facts: differences(touched, before, after),
    view: differences(entryKeys(reach), viewWas.entries, viewIs.entries),
    vendors: differences(reach.vendors, viewWas.vendors, viewIs.vendors),
    ...(lawChanged && { law: viewIs.law }),
  };
}
