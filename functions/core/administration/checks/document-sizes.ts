/**
 * Every document fits its place. A route holds the documents of all its networks, a vendor those of its owners, and
 * the law is one document: facts that are each small enough can be too much together.
 */
import { canonicalBytes, type Json } from '../../facts/canonical.ts';
import { idOfKey } from '../../facts/fact.ts';
import type { RawFact } from '../../facts/view.ts';
import { viewOf } from '../../facts/view.ts';
import { factsFor } from '../closure.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

/** A document is stored in a leaf of at most 256 KB together with its key. */
const MAX_DOCUMENT_BYTES = 255 * 1024;
/** The law is stored as one object of at most 4 MB. Whether it fits an item compressed shows when it is written. */
const MAX_LAW_BYTES = 4 * 1024 * 1024 - 1024;

function idsOf(ctx: CheckContext, kind: string): ReadonlySet<string> {
  return new Set(ctx.scope.flatMap((key) => (key.startsWith(`${kind}/`) ? [idOfKey(key)] : [])));
}

function tooLarge(key: string, document: Json, most: number): readonly CheckFlaw[] {
  const { length } = canonicalBytes(document);
  if (length <= most) return [];
  const message = `with everything that belongs to it, ${length} bytes; ${most} fit`;
  return [{ key, path: '', message }];
}

/** Documents of facts that are themselves too large or malformed are told by soundness. */
function isStorable(raw: RawFact): boolean {
  try {
    canonicalBytes(raw);
    return true;
  } catch {
    return false;
  }
}

export const documentSizes: Check = (ctx) => {
  const networks = idsOf(ctx, 'network');
  const routes = idsOf(ctx, 'route');
  const protections = idsOf(ctx, 'protection');
  const vendors = idsOf(ctx, 'vendor');
  const inLaw = new Set(ctx.index.lawKeys());
  const law = ctx.scope.some((key) => inLaw.has(key));
  const facts = factsFor(ctx.index, {
    networks,
    routes,
    protections,
    vendors,
    identifiers: new Set(),
    law,
    withVendors: false,
  });
  const view = viewOf(facts.filter(isStorable));
  const entries = [networks, routes, protections].flatMap((ids, i) =>
    [...ids].map((id) => `${['network', 'route', 'protection'][i]}/${id}`),
  );
  return [
    ...entries.flatMap((key) => tooLarge(key, view.entries.get(key) ?? null, MAX_DOCUMENT_BYTES)),
    ...[...vendors].flatMap((id) =>
      tooLarge(`vendor/${id}`, view.vendors.get(id) ?? null, MAX_DOCUMENT_BYTES),
    ),
    ...(law ? tooLarge('law', view.law, MAX_LAW_BYTES) : []),
  ];
};
