/**
 * The facts that an answer may rest on, by kind: the one list of them. A kind that stands nowhere here, or in a table
 * below, does not compile: it would be a lease that outlives its fact.
 */
import type { FactKind, FactOf } from '../facts/fact.ts';
import type { Route } from '../facts/route.ts';
import type { Sound } from '../facts/sound.ts';
import { type Label, responsibleOwners } from '../marking/label.ts';
import { perObject } from '../per-object.ts';
import type { Law, NetworkEvidence, ProtectionEvidence } from '../registry/evidence.ts';
import type { RegistryEvidence } from '../registry/input.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';

/** What the registry says about one request, and the label it is asked about. */
export type AskedEvidence = RegistryEvidence & { readonly label: Label };

export function networksOn({ path }: Pick<AskedEvidence, 'path'>): readonly NetworkEvidence[] {
  return path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
}

/** The law as far as a label's owners and its frame bring it in. */
interface LawInSight {
  readonly law: Law;
  readonly owners: readonly string[];
  readonly frame: string;
}

/** What evidence is made of: each part has facts of its own, and never changes. */
export interface EvidenceParts {
  readonly network: NetworkEvidence;
  readonly vendor: VendorEvidence;
  readonly protection: ProtectionEvidence;
  readonly route: Sound<Route>;
  readonly law: LawInSight;
}

type Reads<K extends FactKind> = {
  readonly [P in keyof EvidenceParts]?: (part: EvidenceParts[P]) => readonly Sound<FactOf<K>>[];
};

/** Where the facts of each kind are: of the law what is in sight, of everything else what was loaded for the request. */
const OF_KIND: { readonly [K in FactKind]: Reads<K> } = {
  accreditation: { network: (n) => n.accreditations, protection: (p) => p.accreditations },
  assessment: { network: (n) => n.assessments, vendor: (v) => v.assessments },
  authority: {
    law: ({ law, owners }) => law.authorities.filter((a) => a.fact.speaksFor.some((o) => owners.includes(o))),
  },
  'criteria-set': { law: ({ law }) => law.criteriaSets },
  designation: { vendor: (v) => v.designations, law: ({ law }) => law.categories },
  equivalence: { law: ({ law, frame }) => law.equivalences.filter((e) => e.fact.from.frame === frame) },
  exemption: { law: ({ law, owners }) => law.exemptions.filter((e) => owners.includes(e.fact.owner)) },
  hold: { law: ({ law }) => law.holds },
  mandate: { law: ({ law, owners }) => law.mandates.filter((m) => owners.includes(m.fact.owner)) },
  network: { network: (n) => [n.network] },
  protection: { protection: (p) => [p.protection] },
  route: { route: (r) => [r] },
  standard: { law: ({ law }) => [...law.standards.values()] },
  vendor: { vendor: (v) => [v.vendor, ...v.owners.values()] },
  waiver: { network: (n) => n.waivers },
};

/** Labels of so many owners and frames have what a law says to them kept; a label may name owners that nobody has. */
const MOST_IN_SIGHT = 64;

const inSightOf = perObject((_law: Law) => new Map<string, LawInSight>());

/** The same one for a law and every label of these owners and this frame, so that what is worked out of it is kept. */
function lawInSight(law: Law, label: Label): LawInSight {
  const known = inSightOf(law);
  const owners = responsibleOwners(label);
  const key = `${label.frame} ${owners.join(' ')}`;
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= MOST_IN_SIGHT) known.clear();
    found = { law, owners, frame: label.frame };
    known.set(key, found);
  }
  return found;
}

type Visit = <P extends keyof EvidenceParts>(place: P, part: EvidenceParts[P]) => void;

/** Every part of what an answer may rest on; a network that several hops share as often. */
export function eachPart(asked: AskedEvidence, visit: Visit): void {
  const { path, vendors, protection } = asked;
  for (const hop of path.known ? path.hops : []) {
    for (const network of hop.networks ?? []) visit('network', network);
  }
  for (const { evidence } of vendors.values()) visit('vendor', evidence);
  if (protection !== undefined) visit('protection', protection);
  if (path.known && path.route !== undefined) visit('route', path.route);
  visit('law', lawInSight(asked.law, asked.label));
}

/** What is told of a part by its facts, worked out once for as long as the part is kept. */
export function perPart<V>(
  work: <P extends keyof EvidenceParts>(place: P, part: EvidenceParts[P]) => V,
): <P extends keyof EvidenceParts>(place: P, part: EvidenceParts[P]) => V {
  const known = new WeakMap<object, { readonly worked: V }>();
  return (place, part) => {
    let found = known.get(part);
    if (found === undefined) {
      found = { worked: work(place, part) };
      known.set(part, found);
    }
    return found.worked;
  };
}

function factsIn<K extends FactKind, P extends keyof EvidenceParts>(
  kind: K,
  place: P,
  part: EvidenceParts[P],
): readonly Sound<FactOf<K>>[] {
  const reads: Reads<K> = OF_KIND[kind];
  const read: Reads<K>[P] = reads[place];
  return read?.(part) ?? [];
}

/** The facts in a part of every kind of which a table says this. */
export function factsInWhere<V, P extends keyof EvidenceParts>(
  table: Readonly<Record<FactKind, V>>,
  said: (value: V) => boolean,
  place: P,
  part: EvidenceParts[P],
): readonly Sound<FactOf<FactKind>>[] {
  return (Object.keys(OF_KIND) as FactKind[]).flatMap((kind): readonly Sound<FactOf<FactKind>>[] =>
    said(table[kind]) ? factsIn(kind, place, part) : [],
  );
}

/** The facts of a kind that an answer may rest on. */
export function factsOfKind<K extends FactKind>(kind: K, asked: AskedEvidence): readonly Sound<FactOf<K>>[] {
  const facts: Sound<FactOf<K>>[] = [];
  eachPart(asked, (place, part) => facts.push(...factsIn(kind, place, part)));
  return facts;
}

/** The same of every kind of which a table says this. */
export function factsWhere<V>(
  table: Readonly<Record<FactKind, V>>,
  said: (value: V) => boolean,
  asked: AskedEvidence,
): readonly Sound<FactOf<FactKind>>[] {
  const facts: Sound<FactOf<FactKind>>[] = [];
  eachPart(asked, (place, part) => facts.push(...factsInWhere(table, said, place, part)));
  return facts;
}
