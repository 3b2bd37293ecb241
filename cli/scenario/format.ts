/** The shape of a scenario file; described for people in docs/scenarios.md, and exported as docs/scenario.schema.json. */
import * as z from 'zod/mini';
import { REASON_CODES, type ReasonCode } from '../../functions/core/decision/reasons.ts';
import { instantOf, isDay } from '../../functions/core/facts/moment.ts';
import { CONNECTIONS } from '../../functions/core/facts/network.ts';
import { IDENTIFIER_SCHEMES, isIdentifier } from '../../functions/core/facts/network-identifier.ts';
import { id, publishedId } from '../../functions/core/facts/primitives.ts';
import { ASSURANCES } from '../../functions/core/facts/route.ts';
import { FLOW_WORDS } from '../../functions/core/facts/scope-words.ts';
import {
  GENERATIONS,
  NETWORK_FUNCTIONS,
  SEGMENTS,
  type Segment,
  SHARE_BASES,
} from '../../functions/core/facts/taxonomy.ts';
import { OBLIGATION_TYPES, type ObligationType } from '../../functions/core/obligation.ts';
import { hundredthsOf } from './percent.ts';

const day = z.string().check(z.refine(isDay, 'a calendar day, YYYY-MM-DD'));
const moment = z
  .string()
  .check(
    z.refine(
      (t) => isDay(t) || instantOf(t) !== undefined,
      'a day (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM:SSZ)',
    ),
  );
const country = z.string().check(z.regex(/^[A-Z]{2,3}$/, 'a country: ISO 3166-1, two or three capitals'));
const percent = z
  .union([z.number(), z.string()])
  .check(
    z.refine((p) => hundredthsOf(p) !== undefined, 'a percentage from 0 to 100 with at most two decimals'),
  );

/** `ran` is what most texts call the mobile access network. */
const segmentName = z.enum([...SEGMENTS, 'ran']);
export type SegmentName = z.infer<typeof segmentName>;
export function segmentOf(name: SegmentName): Segment {
  return name === 'ran' ? 'access-mobile' : name;
}

const SITE_KINDS = [
  'ordinary',
  'military-base',
  'nuclear-site',
  'sensitive',
  'cni-safety',
  'unknown',
] as const;

/** A list of one kind of thing, keyed by vendor id. */
const shares = z.record(id, z.union([percent, z.partialRecord(z.enum(SHARE_BASES), percent)]));

const segment = z.strictObject({
  segment: segmentName,
  shares,
  function: z.optional(z.enum(NETWORK_FUNCTIONS)),
  generation: z.optional(z.enum(GENERATIONS)),
  band: z.optional(z.nullable(z.string())),
  installedOn: z.optional(z.nullable(day)),
  installedBefore: z.optional(day),
  purchasedOn: z.optional(day),
  removedOn: z.optional(day),
  sensitiveSite: z.optional(z.boolean()),
  siteKind: z.optional(z.enum(SITE_KINDS)),
  uses: z.optional(z.nullable(z.array(id))),
  product: z.optional(id),
  producedIn: z.optional(z.array(country)),
  role: z.optional(z.enum(['equipment', 'software', 'managed-service', 'host'])),
  remoteAccessFrom: z.optional(z.array(country)),
});
export type CompactSegment = z.infer<typeof segment>;

const assessment = z.strictObject({
  status: z.enum(['trusted', 'not-trusted', 'conditional']),
  criteriaSet: z.optional(publishedId),
  validFrom: z.optional(day),
  validTo: z.optional(z.nullable(day)),
  assessor: z.optional(z.string().check(z.regex(/^[A-Za-z0-9-]{1,64}$/, 'an authority id'))),
});
export type CompactAssessment = z.infer<typeof assessment>;

const networkMembers = {
  operator: z.optional(id),
  jurisdiction: z.optional(country),
  physicalCountries: z.optional(z.array(country)),
  remoteAccessCountries: z.optional(z.array(country)),
  segments: z.optional(z.array(segment)),
  generation: z.optional(z.enum(GENERATIONS)),
  sensitiveSite: z.optional(z.boolean()),
  siteKind: z.optional(z.enum(SITE_KINDS)),
  inventoryComplete: z.optional(z.boolean()),
  inventoryAsOf: z.optional(day),
  designatedProvider: z.optional(z.boolean()),
  providerSets: z.optional(z.array(id)),
  role: z.optional(z.enum(['own-network', 'roaming-partner', 'backhaul', 'interconnection'])),
  connectedBy: z.optional(z.array(z.enum(CONNECTIONS))),
  service: z.optional(z.nullable(id)),
  services: z.optional(z.nullable(z.array(id))),
  hostedOn: z.optional(z.nullable(id)),
  assessment: z.optional(z.nullable(assessment)),
  assessed: z.optional(z.boolean()),
  trusted: z.optional(z.nullable(z.boolean())),
  validFrom: z.optional(day),
  validTo: z.optional(day),
};

/** A registered id, or `asn:64496` and the like. */
export function identifierOf(text: string): { readonly scheme: string; readonly value: string } | undefined {
  const colon = text.indexOf(':');
  const scheme = IDENTIFIER_SCHEMES.find((s) => s === text.slice(0, colon));
  return scheme !== undefined && isIdentifier(scheme, text.slice(colon + 1))
    ? { scheme, value: text.slice(colon + 1) }
    : undefined;
}

const hopName = z
  .string()
  .check(
    z.refine(
      (t) => id.safeParse(t).success || identifierOf(t) !== undefined,
      'a network id, or an identifier such as asn:64496 or plmn:001-01',
    ),
  );

const hop = z.strictObject({ id: hopName, ...networkMembers });
export type CompactHop = z.infer<typeof hop>;

const ownership = z.strictObject({
  asset: id,
  owner: id,
  percentage: percent,
  from: z.optional(day),
  to: z.optional(day),
});
export type CompactOwnership = z.infer<typeof ownership>;

const network = z.strictObject({
  id,
  ...networkMembers,
  ownership: z.optional(z.array(ownership)),
  /** The path, hop by hop, where it is more than this one network. */
  hops: z.optional(z.array(hop).check(z.minLength(1))),
});
export type CompactNetwork = z.infer<typeof network>;

const VENDOR_WORDS = ['trusted', 'not-trusted', 'unassessed', 'unregistered'] as const;
const vendor = z.union([
  z.enum(VENDOR_WORDS),
  z.strictObject({ assessment: z.optional(z.nullable(assessment)), trustedSource: z.optional(z.boolean()) }),
]);
export type CompactVendor = z.infer<typeof vendor>;

const protection = z.union([
  z.strictObject({ scheme: z.string(), registration: id }),
  z.strictObject({
    endToEndLayers: z.int().check(z.gte(0), z.lte(4)),
    scheme: z.optional(z.string()),
    registrationId: z.optional(id),
    registrationValidFrom: z.optional(day),
    registrationValidTo: z.optional(day),
    independentVendors: z.optional(z.boolean()),
    layerVendors: z.optional(z.array(id)),
  }),
]);
export type CompactProtection = z.infer<typeof protection>;

const label = z.strictObject({
  frame: z.string(),
  level: z.string(),
  markedBy: z.string(),
  compartments: z.optional(z.array(z.string())),
  controls: z.optional(z.array(z.string())),
  owners: z.optional(z.array(z.string())),
  audience: z.optional(z.nullable(z.array(z.string()))),
});

const message = z.strictObject({
  marking: z.optional(z.string()),
  markingFormat: z.optional(z.string()),
  classification: z.optional(z.string()),
  releasableTo: z.optional(z.array(z.string()).check(z.minLength(1))),
  label: z.optional(label),
  originator: z.optional(z.string()),
  protection: z.optional(protection),
  flow: z.optional(z.enum(FLOW_WORDS)),
  accessTechnology: z.optional(z.enum(['2G', '3G', '4G', '5G', 'fixed'])),
});
export type CompactMessage = z.infer<typeof message>;

const path = z.union([
  z.strictObject({ route: id }),
  z.strictObject({ hops: z.array(hopName), assurance: z.optional(z.enum(ASSURANCES)) }),
]);

const reasonCode = z.enum(REASON_CODES as readonly [ReasonCode, ...ReasonCode[]]);
const reason = z.union([
  reasonCode,
  z.strictObject({
    code: reasonCode,
    segment: z.optional(segmentName),
    function: z.optional(z.enum(NETWORK_FUNCTIONS)),
    vendor: z.optional(id),
    hop: z.optional(z.int()),
    rule: z.optional(id),
    basis: z.optional(z.enum(SHARE_BASES)),
    /** A percentage. */
    share: z.optional(percent),
    ownedShare: z.optional(percent),
    fact: z.optional(z.string()),
  }),
]);
export type ExpectedReason = z.infer<typeof reason>;

const obligation = z.union([
  z.enum(Object.keys(OBLIGATION_TYPES) as ObligationType[]),
  z.strictObject({
    type: z.enum(Object.keys(OBLIGATION_TYPES) as ObligationType[]),
    ref: z.optional(id),
    by: z.optional(moment),
  }),
]);

const expectation = z.strictObject({
  outcome: z.enum(['permit', 'deny', 'not-applicable', 'indeterminate']),
  reasons: z.optional(z.array(reason)),
  absent: z.optional(z.array(reasonCode)),
  obligations: z.optional(z.array(obligation)),
  validUntil: z.optional(z.nullable(moment)),
  designationMatch: z.optional(z.boolean()),
});
export type Expectation = z.infer<typeof expectation>;

export const SAMPLE_KINDS = [
  'accreditations',
  'assessments',
  'authorities',
  'designations',
  'networks',
  'protections',
  'routes',
  'vendors',
] as const;

export const scenario = z.strictObject({
  id: z
    .string()
    .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, underscore, dash')),
  title: z.optional(z.string()),
  source: z.optional(z.union([z.string(), z.array(z.string())])),
  at: moment,
  standard: publishedId,
  message,
  network: z.optional(network),
  path: z.optional(path),
  assurance: z.optional(z.enum(ASSURANCES)),
  vendors: z.optional(z.record(id, vendor)),
  use: z.optional(z.array(z.enum(SAMPLE_KINDS))),
  facts: z.optional(z.array(z.record(z.string(), z.unknown()))),
  expect: expectation,
});

export type Scenario = z.infer<typeof scenario>;
