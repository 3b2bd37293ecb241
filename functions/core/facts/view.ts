/**
 * The view: facts laid out the way a decision reads them. A pure function of the set of facts, so that it can be
 * recomputed and compared. Facts are copied as they are, sound or not: soundness is judged where they are used.
 *
 * - `network/<id>`: the network, what is said about it, and the network that hosts it
 * - `identifier/<scheme:value>`: the same document, under each identifier
 * - `route/<id>`: the route and every network on it
 * - `protection/<id>`: a registered tunnel and its accreditations
 * - vendors, by id: the vendor, its transitive owners, and everything said about them
 * - the law: standards, mandates, authorities, equivalences, criteria sets, holds, exemptions, designated categories
 */
import { canonicalText, type Json } from './canonical.ts';
import { kindOf, member, polarityOf } from './fact.ts';
import { identifierKey } from './network-identifier.ts';
import { id as wellFormedId } from './primitives.ts';

/** A fact as registered: JSON that may or may not be sound. */
export type RawFact = { readonly [key: string]: Json };

/** A network laid out with every fact that a decision about it reads. */
export type NetworkDoc = {
  readonly network: RawFact;
  readonly accreditations: readonly RawFact[];
  readonly assessments: readonly RawFact[];
  readonly waivers: readonly RawFact[];
  /** The hosting network's document, or `null` where it is not hosted or the host is not registered. */
  readonly host: NetworkDoc | null;
};

/** A route laid out with its networks. */
export type RouteDoc = {
  readonly route: RawFact;
  readonly networks: { readonly [id: string]: NetworkDoc };
};

/** A tunnel laid out with what it may carry. */
export type ProtectionDoc = {
  readonly protection: RawFact;
  readonly accreditations: readonly RawFact[];
};

/** A vendor laid out with its owners and what was said of it and of them. */
export type VendorDoc = {
  readonly vendor: RawFact;
  readonly owners: readonly RawFact[];
  readonly designations: readonly RawFact[];
  readonly assessments: readonly RawFact[];
};

/** The facts that are about no one network, route or vendor: every decision reads them. */
export type LawDoc = {
  readonly standards: readonly RawFact[];
  readonly mandates: readonly RawFact[];
  readonly authorities: readonly RawFact[];
  readonly equivalences: readonly RawFact[];
  readonly criteriaSets: readonly RawFact[];
  readonly holds: readonly RawFact[];
  /** Left out where there is none, so that a registry without one is laid out as before there were any. */
  readonly exemptions?: readonly RawFact[];
  /** Designations of a category of products, where nobody is named. */
  readonly categories: readonly RawFact[];
  /** Adverse facts that cannot be laid anywhere: as long as there is one, every answer is indeterminate. */
  readonly unplaced: readonly RawFact[];
};

/** A registry laid out as decisions read it. */
export type View = {
  readonly entries: ReadonlyMap<string, Json>;
  readonly vendors: ReadonlyMap<string, Json>;
  readonly law: LawDoc;
};

function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

function byId(facts: readonly RawFact[]): readonly RawFact[] {
  return [...facts].sort((a, b) => ((textMember(a, 'id') ?? '') < (textMember(b, 'id') ?? '') ? -1 : 1));
}

interface Placed {
  readonly networks: Map<string, RawFact>;
  readonly routes: Map<string, RawFact>;
  readonly protections: Map<string, RawFact>;
  readonly vendors: Map<string, RawFact>;
  readonly about: Map<string, RawFact[]>;
  readonly law: { readonly [K in keyof LawDoc]-?: RawFact[] };
}

/**
 * Two facts of one identity are a contradiction, so neither is believed: both are set aside as unplaced. So is a
 * fact without an identity, if losing it could matter.
 */
function distinct(facts: readonly RawFact[], unplaced: RawFact[]): readonly RawFact[] {
  const identity = (raw: RawFact) => `${kindOf(raw) ?? ''}/${textMember(raw, 'id') ?? ''}`;
  const groups = Map.groupBy(facts, identity);
  return facts.filter((raw) => {
    const named = kindOf(raw) !== undefined && textMember(raw, 'id') !== undefined;
    if (named && groups.get(identity(raw))?.length === 1) return true;
    if (named || polarityOf(raw) === 'adverse') unplaced.push(raw);
    return false;
  });
}

/**
 * The key of what an accreditation, assessment or designation is about; `undefined` where that cannot be told: no
 * subject, two of them, or one that nothing can be registered under. Such a fact may be about anything.
 */
export function subjectKey(raw: RawFact): string | undefined {
  const subject = member(raw, 'subject');
  const keys = (['vendor', 'network', 'protection', 'category'] as const).flatMap((kind) => {
    const id = textMember(subject, kind);
    return id === undefined ? [] : wellFormedId.safeParse(id).success ? [`${kind}/${id}`] : [undefined];
  });
  return keys.length === 1 ? keys[0] : undefined;
}

/** Unplaced facts may lack what others are sorted by: their whole text is, so that the law depends on the set alone. */
function byText(facts: readonly RawFact[]): readonly RawFact[] {
  const texts = new Map(facts.map((f) => [f, canonicalText(f)]));
  return [...facts].sort((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1));
}

function sortIntoPlaces(facts: readonly RawFact[]): Placed {
  const placed: Placed = {
    networks: new Map(),
    routes: new Map(),
    protections: new Map(),
    vendors: new Map(),
    about: new Map(),
    law: {
      standards: [],
      mandates: [],
      authorities: [],
      equivalences: [],
      criteriaSets: [],
      holds: [],
      exemptions: [],
      categories: [],
      unplaced: [],
    },
  };
  const { law } = placed;
  const about = (key: string | undefined, raw: RawFact) => {
    if (key === undefined) {
      if (polarityOf(raw) === 'adverse') law.unplaced.push(raw);
    } else if (key.startsWith('category/')) law.categories.push(raw);
    else placed.about.set(key, [...(placed.about.get(key) ?? []), raw]);
  };
  for (const raw of distinct(facts, law.unplaced)) {
    const kind = kindOf(raw);
    const id = textMember(raw, 'id') ?? '';
    switch (kind) {
      case 'network':
        placed.networks.set(id, raw);
        break;
      case 'route':
        placed.routes.set(id, raw);
        break;
      case 'protection':
        placed.protections.set(id, raw);
        break;
      case 'vendor':
        placed.vendors.set(id, raw);
        break;
      case 'designation':
      case 'assessment':
      case 'accreditation':
        about(subjectKey(raw), raw);
        break;
      case 'waiver': {
        const network = textMember(raw, 'network');
        about(network === undefined ? undefined : `network/${network}`, raw);
        break;
      }
      case 'standard':
        law.standards.push(raw);
        break;
      case 'mandate':
        law.mandates.push(raw);
        break;
      case 'authority':
        law.authorities.push(raw);
        break;
      case 'equivalence':
        law.equivalences.push(raw);
        break;
      case 'criteria-set':
        law.criteriaSets.push(raw);
        break;
      case 'hold':
        law.holds.push(raw);
        break;
      case 'exemption':
        law.exemptions.push(raw);
        break;
      case undefined:
        law.unplaced.push(raw);
        break;
      default:
        unknownKind(kind);
    }
  }
  return placed;
}

function unknownKind(kind: never): never {
  throw new Error(`no place for fact kind ${String(kind)}`);
}

/** Networks that host each other in a row, as far as a decision follows them. */
export const MAX_HOSTS = 8;

function networkDoc(placed: Placed, id: string, depth = 0): NetworkDoc | null {
  const network = placed.networks.get(id);
  if (network === undefined || depth > MAX_HOSTS) return null;
  const about = byId(placed.about.get(`network/${id}`) ?? []);
  const host = textMember(network, 'hostedOn');
  return {
    network,
    accreditations: about.filter((f) => kindOf(f) === 'accreditation'),
    // A designation of a network is not in the vocabulary: kept here, unsound, so that it cannot go unnoticed.
    assessments: about.filter((f) => kindOf(f) === 'assessment' || kindOf(f) === 'designation'),
    waivers: about.filter((f) => kindOf(f) === 'waiver'),
    host: host === undefined ? null : networkDoc(placed, host, depth + 1),
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textList(value: unknown): readonly string[] {
  return list(value).filter((x): x is string => typeof x === 'string');
}

function routeDoc(placed: Placed, raw: RawFact): RouteDoc {
  const ids = [...textList(member(raw, 'hops')), ...textList(member(raw, 'alternates'))];
  const networks = ids.flatMap((id): [string, NetworkDoc][] => {
    const doc = networkDoc(placed, id);
    return doc === null ? [] : [[id, doc]];
  });
  return { route: raw, networks: Object.fromEntries(networks) };
}

function vendorDoc(placed: Placed, id: string, raw: RawFact): VendorDoc {
  const owners = new Map<string, RawFact>();
  const waiting: RawFact[] = [raw];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const link of list(member(next, 'ownedBy'))) {
      const ownerId = textMember(link, 'owner');
      const owner = ownerId === undefined ? undefined : placed.vendors.get(ownerId);
      if (ownerId === undefined || owner === undefined || owners.has(ownerId) || ownerId === id) continue;
      owners.set(ownerId, owner);
      waiting.push(owner);
    }
  }
  const family = [id, ...owners.keys()].sort();
  const said = (of: string) => placed.about.get(`vendor/${of}`) ?? [];
  return {
    vendor: raw,
    owners: byId([...owners.values()]),
    designations: byId(family.flatMap(said).filter((f) => kindOf(f) === 'designation')),
    assessments: byId(said(id).filter((f) => kindOf(f) === 'assessment')),
  };
}

/** The identifiers a network fact states; an unsound entry has no key and so cannot be found by it. */
function identifierKeys(raw: RawFact): readonly string[] {
  return list(member(raw, 'identifiers')).flatMap((x) => {
    const scheme = textMember(x, 'scheme');
    const value = textMember(x, 'value');
    return scheme === undefined || value === undefined
      ? []
      : [identifierKey({ scheme: scheme as 'plmn', value })];
  });
}

/** Lays out a set of facts. */
export function viewOf(facts: readonly RawFact[]): View {
  const placed = sortIntoPlaces(facts);
  const entries = new Map<string, Json>();
  const claimed = new Map<string, { claims: number; doc: Json }>();
  for (const [id, raw] of placed.networks) {
    const doc = networkDoc(placed, id);
    entries.set(`network/${id}`, doc);
    for (const key of new Set(identifierKeys(raw)))
      claimed.set(key, { claims: (claimed.get(key)?.claims ?? 0) + 1, doc });
  }
  // One identifier claimed by two networks names neither.
  for (const [key, { claims, doc }] of claimed) if (claims === 1) entries.set(`identifier/${key}`, doc);
  for (const [id, raw] of placed.routes) entries.set(`route/${id}`, routeDoc(placed, raw));
  for (const [id, raw] of placed.protections) {
    entries.set(`protection/${id}`, {
      protection: raw,
      accreditations: byId(placed.about.get(`protection/${id}`) ?? []),
    });
  }
  const vendors = new Map<string, Json>();
  for (const [id, raw] of placed.vendors) vendors.set(id, vendorDoc(placed, id, raw));
  const { law } = placed;
  return {
    entries,
    vendors,
    law: {
      standards: byId(law.standards),
      mandates: byId(law.mandates),
      authorities: byId(law.authorities),
      equivalences: byId(law.equivalences),
      criteriaSets: byId(law.criteriaSets),
      holds: byId(law.holds),
      ...(law.exemptions.length > 0 && { exemptions: byId(law.exemptions) }),
      categories: byId(law.categories),
      unplaced: byText(law.unplaced),
    },
  };
}
