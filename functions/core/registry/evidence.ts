/**
 * From documents to evidence: every fact read once, its soundness settled, so that rules only ever see sound data.
 * What was unsound and adverse is counted here and refuses in the fold.
 */
import type { Accreditation } from '../facts/accreditation.ts';
import type { Assessment } from '../facts/assessment.ts';
import type { Authority } from '../facts/authority.ts';
import type { Json } from '../facts/canonical.ts';
import type { CriteriaSet } from '../facts/criteria-set.ts';
import type { Designation } from '../facts/designation.ts';
import type { Equivalence } from '../facts/equivalence.ts';
import type { Exemption } from '../facts/exemption.ts';
import { type Fact, type FactKind, type FactOf, member, polarityOf } from '../facts/fact.ts';
import type { Hold } from '../facts/hold.ts';
import type { Mandate } from '../facts/mandate.ts';
import type { Network } from '../facts/network.ts';
import type { Protection } from '../facts/protection.ts';
import { readingOf } from '../facts/reading.ts';
import type { Route } from '../facts/route.ts';
import type { Sound } from '../facts/sound.ts';
import type { Standard } from '../facts/standard.ts';
import type { LawDoc, NetworkDoc, RawFact } from '../facts/view.ts';
import type { Waiver } from '../facts/waiver.ts';
import { perObject } from '../per-object.ts';
import { isLawDoc, isNetworkDoc, isProtectionDoc, isRouteDoc, isVendorDoc } from './documents.ts';
import type { VendorEvidence } from './vendor-evidence.ts';

/** An unsound fact that cannot be told to be harmless; its owner and id where they could still be read. */
interface Taint {
  readonly kind: FactKind | undefined;
  readonly owner: string | undefined;
  readonly id: string | undefined;
}

/** A document does not change: what one says is read once, for as long as it is kept. */
function readOnce<E>(read: (doc: Json | undefined) => E): (doc: Json | undefined) => E | undefined {
  const known = perObject(read as (doc: Json & object) => E);
  return (doc) => (typeof doc !== 'object' || doc === null ? undefined : known(doc));
}

function taintOf(raw: RawFact): Taint {
  const text = (name: string) => {
    const value = member(raw, name);
    return typeof value === 'string' ? value : undefined;
  };
  const reading = readingOf(raw);
  return { kind: reading.sound ? reading.fact.kind : reading.kind, owner: text('owner'), id: text('id') };
}

interface Sorted<K extends FactKind> {
  readonly sound: readonly Sound<FactOf<K>>[];
  readonly taints: readonly Taint[];
}

/** Splits facts of one kind: sound ones, and taints for adverse ones that are not. A fact of another kind is a taint. */
function sort<K extends FactKind>(kind: K, raws: readonly RawFact[]): Sorted<K> {
  const sound: Sound<FactOf<K>>[] = [];
  const taints: Taint[] = [];
  for (const raw of raws) {
    const reading = readingOf(raw);
    if (reading.sound && isKind(kind, reading.fact)) {
      sound.push({ fact: reading.fact, key: reading.key, interval: reading.interval });
    } else if (reading.polarity === 'adverse' || reading.sound) taints.push(taintOf(raw));
  }
  return { sound, taints };
}

function isKind<K extends FactKind>(kind: K, f: Fact): f is FactOf<K> {
  return f.kind === kind;
}

/** The facts of a kind that are about what the document is about. Any other says nothing here, or cannot be placed. */
function about<K extends FactKind>(
  kind: K,
  raws: readonly RawFact[],
  isSubject: (f: FactOf<K>) => boolean,
): Sorted<K> {
  const { sound, taints } = sort(kind, raws);
  const strangers = sound.filter((f) => !isSubject(f.fact));
  if (strangers.length === 0) return { sound, taints };
  const adverse = raws.filter(
    (raw) => polarityOf(raw) === 'adverse' && strangers.some((f) => f.fact.id === member(raw, 'id')),
  );
  return { sound: sound.filter((f) => isSubject(f.fact)), taints: [...taints, ...adverse.map(taintOf)] };
}

function names(subject: object, kind: 'network' | 'vendor' | 'protection', ids: readonly string[]): boolean {
  const id = member(subject, kind);
  return typeof id === 'string' && ids.includes(id);
}

function one<K extends FactKind>(kind: K, raw: RawFact): Sound<FactOf<K>> | undefined {
  return sort(kind, [raw]).sound[0];
}

/** A network and what was said of it, sound; what could not be read of it is a taint. */
export interface NetworkEvidence {
  readonly network: Sound<Network>;
  readonly accreditations: readonly Sound<Accreditation>[];
  readonly assessments: readonly Sound<Assessment>[];
  readonly waivers: readonly Sound<Waiver>[];
  readonly taints: readonly Taint[];
}

/**
 * The networks a hop stands for: the one named and, link by link, those that host it. `undefined` where the registry
 * knows no sound network there: an unsound favourable fact counts as absent.
 */
export const networksOf = readOnce((doc): readonly NetworkEvidence[] | undefined => {
  if (!isNetworkDoc(doc)) return undefined;
  const chain: NetworkEvidence[] = [];
  let named: string | undefined;
  for (let next: NetworkDoc | null = doc; next !== null; next = next.host) {
    const network = one('network', next.network);
    if (network === undefined || !(named === undefined || network.fact.id === named)) return undefined;
    const { id, hostedOn } = network.fact;
    const accreditations = about('accreditation', next.accreditations, (f) =>
      names(f.subject, 'network', [id]),
    );
    const assessments = about('assessment', next.assessments, (f) => names(f.subject, 'network', [id]));
    const waivers = about('waiver', next.waivers, (f) => f.network === id);
    chain.push({
      network,
      accreditations: accreditations.sound,
      assessments: assessments.sound,
      waivers: waivers.sound,
      taints: [...accreditations.taints, ...assessments.taints, ...waivers.taints],
    });
    if ((hostedOn === null) !== (next.host === null)) return undefined;
    named = hostedOn ?? undefined;
  }
  return chain;
});

/** A route and its networks, sound. */
export interface RouteEvidence {
  readonly route: Sound<Route>;
  /** By id, each with its hosts; one that is missing is a network nobody can rely on. */
  readonly networks: ReadonlyMap<string, readonly NetworkEvidence[]>;
}

export const routeOf = readOnce((doc): RouteEvidence | undefined => {
  const route = isRouteDoc(doc) ? one('route', doc.route) : undefined;
  if (!isRouteDoc(doc) || route === undefined) return undefined;
  const networks = Object.entries(doc.networks).flatMap(([id, network]) => {
    const chain = networksOf(network);
    return chain === undefined ? [] : [[id, chain] as const];
  });
  return { route, networks: new Map(networks) };
});

/** A tunnel and what it may carry, sound. */
export interface ProtectionEvidence {
  readonly protection: Sound<Protection>;
  readonly accreditations: readonly Sound<Accreditation>[];
  readonly taints: readonly Taint[];
}

export const protectionOf = readOnce((doc): ProtectionEvidence | undefined => {
  if (!isProtectionDoc(doc)) return undefined;
  const protection = one('protection', doc.protection);
  if (protection === undefined) return undefined;
  const { sound, taints } = about('accreditation', doc.accreditations, (f) =>
    names(f.subject, 'protection', [protection.fact.id]),
  );
  return { protection, accreditations: sound, taints };
});

/** What is known of a vendor, and what of it could not be read. */
export interface VendorReading {
  readonly evidence: VendorEvidence;
  readonly taints: readonly Taint[];
}

/** A vendor with its family. `undefined` where the vendor or an owner it names cannot be relied on. */
export const vendorOf = readOnce((doc): VendorReading | undefined => {
  if (!isVendorDoc(doc)) return undefined;
  const vendor = one('vendor', doc.vendor);
  if (vendor === undefined) return undefined;
  const owners = sort('vendor', doc.owners);
  const byId = new Map(owners.sound.map((o) => [o.fact.id, o]));
  const known = (v: Sound<FactOf<'vendor'>>) =>
    v.fact.ownedBy.every((l) => byId.has(l.owner) || l.owner === vendor.fact.id);
  if (![vendor, ...owners.sound].every(known)) return undefined;
  const family = [vendor.fact.id, ...byId.keys()];
  const designations = about('designation', doc.designations, (f) => names(f.subject, 'vendor', family));
  const assessments = about('assessment', doc.assessments, (f) =>
    names(f.subject, 'vendor', [vendor.fact.id]),
  );
  return {
    evidence: { vendor, owners: byId, designations: designations.sound, assessments: assessments.sound },
    taints: [...owners.taints, ...designations.taints, ...assessments.taints],
  };
});

/** The sound facts that are about no one network, route or vendor. */
export interface Law {
  readonly standards: ReadonlyMap<string, Sound<Standard>>;
  readonly mandates: readonly Sound<Mandate>[];
  readonly authorities: readonly Sound<Authority>[];
  readonly equivalences: readonly Sound<Equivalence>[];
  readonly criteriaSets: readonly Sound<CriteriaSet>[];
  readonly holds: readonly Sound<Hold>[];
  readonly exemptions: readonly Sound<Exemption>[];
  readonly categories: readonly Sound<Designation>[];
  readonly taints: readonly Taint[];
}

const soundLawOf = readOnce((doc): Law | undefined => {
  if (!isLawDoc(doc)) return undefined;
  const lists = {
    standards: sort('standard', doc.standards),
    mandates: sort('mandate', doc.mandates),
    authorities: sort('authority', doc.authorities),
    equivalences: sort('equivalence', doc.equivalences),
    criteriaSets: sort('criteria-set', doc.criteriaSets),
    holds: sort('hold', doc.holds),
    exemptions: sort('exemption', doc.exemptions ?? []),
    categories: about('designation', doc.categories, (f) => 'category' in f.subject),
  } as const satisfies Record<Exclude<keyof LawDoc, 'unplaced'>, unknown>;
  return {
    standards: new Map(lists.standards.sound.map((s) => [s.fact.id, s])),
    mandates: lists.mandates.sound,
    authorities: lists.authorities.sound,
    equivalences: lists.equivalences.sound,
    criteriaSets: lists.criteriaSets.sound,
    holds: lists.holds.sound,
    exemptions: lists.exemptions.sound,
    categories: lists.categories.sound,
    // Of every list: what nobody here can tell the kind of may be what refuses, wherever it stands.
    taints: [...Object.values(lists).flatMap(({ taints }) => taints), ...doc.unplaced.map(taintOf)],
  };
});

/** @throws TypeError where the document has no shape of a law: nothing can be decided without one */
export function lawOf(doc: Json): Law {
  const law = soundLawOf(doc);
  if (law === undefined) throw new TypeError('the law is no document of one');
  return law;
}
