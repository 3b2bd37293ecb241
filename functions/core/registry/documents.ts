/**
 * The documents of the view as the store gives them back: JSON, whose shape is not believed before it was looked at. One
 * of another shape says nothing, not even that there is nothing to say.
 */
import type { Json } from '../facts/canonical.ts';
import { member } from '../facts/fact.ts';
import type { LawDoc, NetworkDoc, ProtectionDoc, RawFact, RouteDoc, VendorDoc } from '../facts/view.ts';

function isObject(value: unknown): value is RawFact {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject);
}

function holds(doc: unknown, one: string | null, lists: readonly string[]): boolean {
  return (one === null || isObject(member(doc, one))) && lists.every((name) => isList(member(doc, name)));
}

export function isNetworkDoc(doc: Json | undefined): doc is NetworkDoc {
  if (!holds(doc, 'network', ['accreditations', 'assessments', 'waivers'])) return false;
  const host = member(doc, 'host') as Json | undefined;
  return host === null || isNetworkDoc(host);
}

export function isRouteDoc(doc: Json | undefined): doc is RouteDoc {
  const networks = member(doc, 'networks');
  return holds(doc, 'route', []) && isObject(networks) && Object.values(networks).every(isNetworkDoc);
}

export function isProtectionDoc(doc: Json | undefined): doc is ProtectionDoc {
  return holds(doc, 'protection', ['accreditations']);
}

export function isVendorDoc(doc: Json | undefined): doc is VendorDoc {
  return holds(doc, 'vendor', ['owners', 'designations', 'assessments']);
}

/** Lists of a law; one that says `sparse` is left out where it is empty. What refuses is never sparse. */
const LAW = {
  standards: true,
  mandates: true,
  authorities: true,
  equivalences: true,
  criteriaSets: true,
  holds: true,
  exemptions: 'sparse',
  categories: true,
  unplaced: true,
} as const satisfies Record<keyof LawDoc, true | 'sparse'>;

export function isLawDoc(doc: Json | undefined): doc is LawDoc {
  return Object.entries(LAW).every(([name, must]) => {
    const list = member(doc, name);
    return (must === 'sparse' && list === undefined) || isList(list);
  });
}
