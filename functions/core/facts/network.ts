/** A carrier network and its inventory. */
import * as z from 'zod/mini';
import { day, validity } from './moment.ts';
import { networkIdentifier } from './network-identifier.ts';
import { country, hundredths, id, set, text } from './primitives.ts';
import { sources } from './provenance.ts';
import { classOf, GENERATIONS, NETWORK_FUNCTIONS, SEGMENTS, SHARE_BASES, SITE_CLASSES } from './taxonomy.ts';

/** How a service is connected to the facilities of somebody else. */
export const CONNECTIONS = ['backhaul', 'roaming', 'interconnection'] as const;

/**
 * One vendor's equipment, software or managed service doing one function. Every member that could hide something
 * adverse is required, with `null` or `unknown` for "not known": leaving it out makes the network unsound.
 */
const deployment = z
  .strictObject({
    function: z.enum(NETWORK_FUNCTIONS),
    segment: z.enum(SEGMENTS),
    vendor: id,
    role: z.enum(['equipment', 'software', 'managed-service', 'host']),
    generation: z.enum(GENERATIONS),
    /** Radio band, as `band.ts` reads it (`3400-3720 MHz`, `n78`, `3.5 GHz`), or `null` where none applies. */
    band: z.nullable(text),
    siteClass: z.enum(SITE_CLASSES),
    /** First day in service; `null` when not known. */
    installed: z.nullable(day),
    /** First day no longer in service; `null` while it is. */
    removed: z.nullable(day),
    /** Countries the equipment can be reached from for maintenance. */
    remoteAccessFrom: set(country),
    /**
     * This vendor's part of the function in this segment, by basis, in hundredths of a percent. A basis that is
     * not stated is unknown, never zero.
     */
    shares: z.optional(z.partialRecord(z.enum(SHARE_BASES), hundredths)),
    /** What the equipment is used for where an instrument asks (`public-safety` …); absent means not known. */
    uses: z.optional(set(id)),
    /** What it is sold as (`products.ts`), where an instrument asks (`consumer-router` …); absent means not known. */
    product: z.optional(id),
    /** Every country in which it was produced; absent or empty means not known. */
    producedIn: z.optional(set(country)),
    /** Day on which it was bought; left out, the day it was installed stands for it. */
    purchased: z.optional(day),
  })
  .check(
    z.refine((d) => classOf(d.function).segment === d.segment, 'the function belongs to another segment'),
    // Otherwise leaving out a late purchase would make the equipment look older.
    z.refine(
      (d) => d.purchased === undefined || (d.installed !== null && d.purchased <= d.installed),
      'equipment is bought before it is installed: give "installed", not before "purchased"',
    ),
  );

/** One vendor’s equipment or service doing one function in one segment of a network. */
export type Deployment = z.infer<typeof deployment>;

export const network = z.strictObject({
  kind: z.literal('network'),
  id,
  name: text,
  /** True for invented networks. Refused outside a sample registry. */
  synthetic: z.boolean(),
  /** The organisation that runs it, in the same id space as vendors. */
  operator: id,
  /** Another network that carries this one's traffic (an MVNO's host), or `null`. */
  hostedOn: z.nullable(id),
  identifiers: set(networkIdentifier),
  jurisdiction: country,
  physicalCountries: set(country, 1),
  remoteAccessCountries: set(country),
  /** Services the operator gives here, where an instrument asks (`international-214` …); absent means not known. */
  services: z.optional(set(id)),
  /**
   * Set where a service merely connects to this network as a third party's facility, with the ways in which it does.
   * Left out, the network is part of the service.
   */
  connectedBy: z.optional(set(z.enum(CONNECTIONS), 1)),
  /** Named sets of providers an instrument binds (`uk-dvd-2022-10`). */
  providerSets: set(id),
  inventory: z.strictObject({
    /** The operator's signed statement that nothing is left out. */
    complete: z.boolean(),
    asOf: day,
    deployments: z.array(deployment).check(z.maxLength(512)),
  }),
  valid: validity,
  sources,
});

/** A carrier’s network: who runs it, under whose law, where, and with what equipment. */
export type Network = z.infer<typeof network>;

/** Every country whose law or hands can reach what the network carries. */
export function reachOf(n: Network): readonly string[] {
  const remote = n.inventory.deployments.flatMap((d) => d.remoteAccessFrom);
  return [...new Set([n.jurisdiction, ...n.physicalCountries, ...n.remoteAccessCountries, ...remote])].sort();
}
