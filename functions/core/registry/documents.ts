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

/** The members of each document of the view, as `viewOf` lays them out. */
const MEMBERS = {
  network: ['network', 'accreditations', 'assessments', 'waivers', 'host'],
  route: ['route', 'networks'],
  protection: ['protection', 'accreditations'],
  vendor: ['vendor', 'owners', 'designations', 'assessments'],
  law: Object.keys(LAW) as readonly (keyof LawDoc)[],
} as const satisfies {
  network: readonly (keyof NetworkDoc)[];
  route: readonly (keyof RouteDoc)[];
  protection: readonly (keyof ProtectionDoc)[];
  vendor: readonly (keyof VendorDoc)[];
  law: readonly (keyof LawDoc)[];
};

/** What a document of the registry is about. */
export type DocumentKind = keyof typeof MEMBERS;

/** Where in a document others stand. */
function within(kind: DocumentKind, doc: Json): readonly (readonly [DocumentKind, Json | undefined])[] {
  switch (kind) {
    case 'network':
      return [['network', member(doc, 'host') as Json | undefined]];
    case 'route':
      return Object.values(member(doc, 'networks') ?? {}).map((each) => ['network', each as Json] as const);
    case 'protection':
    case 'vendor':
    case 'law':
      return [];
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new TypeError(`no document is a ${String(kind)}`);
}

/** INVARIANT: about documents alone, which do not change. */
const known = new WeakSet<object>();

/**
 * True where every member of a document is one that this build reads. What it would overlook may be what refuses: a newer
 * build may lay out adverse facts where there was no place for them.
 */
export function isKnownForm(kind: DocumentKind, doc: Json | undefined): boolean {
  if (typeof doc !== 'object' || doc === null || known.has(doc)) return true;
  const members: readonly string[] = MEMBERS[kind];
  const is =
    Object.keys(doc).every((name) => members.includes(name)) &&
    within(kind, doc).every(([inner, each]) => isKnownForm(inner, each));
  if (is) known.add(doc);
  return is;
}

/** What the view holds under each beginning of a key. */
const KIND_OF_KEY: Readonly<Record<string, DocumentKind>> = {
  network: 'network',
  identifier: 'network',
  route: 'route',
  protection: 'protection',
};

/** The kind of document under a key of the view; undefined for a key that this build lays nothing under. */
export function documentKindOf(key: string): DocumentKind | undefined {
  const beginning = key.slice(0, key.indexOf('/'));
  return Object.hasOwn(KIND_OF_KEY, beginning) ? KIND_OF_KEY[beginning] : undefined;
}
