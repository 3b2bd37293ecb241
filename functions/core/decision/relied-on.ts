/**
 * The facts that an answer may rest on, by kind: the one list of them. A kind that stands nowhere here, or in a table
 * below, does not compile: it would be a lease that outlives its fact.
 */
import type { FactKind, FactOf } from '../facts/fact.ts';
import type { Sound } from '../facts/sound.ts';
import { type Label, responsibleOwners } from '../marking/label.ts';
import type { NetworkEvidence } from '../registry/evidence.ts';
import type { RegistryEvidence } from '../registry/input.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';

/** What the registry says about one request, and the label it is asked about. */
export type AskedEvidence = RegistryEvidence & { readonly label: Label };

export function networksOn({ path }: Pick<AskedEvidence, 'path'>): readonly NetworkEvidence[] {
  return path.known ? path.hops.flatMap((h) => h.networks ?? []) : [];
}

function vendorsIn({ vendors }: AskedEvidence): readonly VendorEvidence[] {
  return [...vendors.values()].map(({ evidence }) => evidence);
}

/** Of the law, what the label's owners and its frame bring in; of everything else, what was loaded for the request. */
const OF_KIND: { readonly [K in FactKind]: (asked: AskedEvidence) => readonly Sound<FactOf<K>>[] } = {
  accreditation: (asked) => [
    ...networksOn(asked).flatMap((n) => n.accreditations),
    ...(asked.protection?.accreditations ?? []),
  ],
  assessment: (asked) => [
    ...networksOn(asked).flatMap((n) => n.assessments),
    ...vendorsIn(asked).flatMap((v) => v.assessments),
  ],
  authority: ({ law, label }) => {
    const owners = responsibleOwners(label);
    return law.authorities.filter((a) => a.fact.speaksFor.some((o) => owners.includes(o)));
  },
  'criteria-set': ({ law }) => law.criteriaSets,
  designation: (asked) => [...vendorsIn(asked).flatMap((v) => v.designations), ...asked.law.categories],
  equivalence: ({ law, label }) => law.equivalences.filter((e) => e.fact.from.frame === label.frame),
  exemption: ({ law, label }) => {
    const owners = responsibleOwners(label);
    return law.exemptions.filter((e) => owners.includes(e.fact.owner));
  },
  hold: ({ law }) => law.holds,
  mandate: ({ law, label }) => {
    const owners = responsibleOwners(label);
    return law.mandates.filter((m) => owners.includes(m.fact.owner));
  },
  network: (asked) => networksOn(asked).map((n) => n.network),
  protection: ({ protection }) => (protection === undefined ? [] : [protection.protection]),
  route: ({ path }) => (path.known && path.route !== undefined ? [path.route] : []),
  standard: ({ law }) => [...law.standards.values()],
  vendor: (asked) => vendorsIn(asked).flatMap((v) => [v.vendor, ...v.owners.values()]),
  waiver: (asked) => networksOn(asked).flatMap((n) => n.waivers),
};

/** The facts of a kind that an answer may rest on. */
export function factsOfKind<K extends FactKind>(kind: K, asked: AskedEvidence): readonly Sound<FactOf<K>>[] {
  return OF_KIND[kind](asked);
}

/** The same of every kind of which a table says this. */
export function factsWhere<V>(
  table: Readonly<Record<FactKind, V>>,
  said: (value: V) => boolean,
  asked: AskedEvidence,
): readonly Sound<FactOf<FactKind>>[] {
  return (Object.keys(OF_KIND) as FactKind[]).flatMap((kind): readonly Sound<FactOf<FactKind>>[] =>
    said(table[kind]) ? factsOfKind(kind, asked) : [],
  );
}
