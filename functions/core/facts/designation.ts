/** A dated act by an authority about a vendor. Adverse; it decides nothing until a standard adopts it. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { country, id, publishedId, set, text } from './primitives.ts';
import { PRODUCTS } from './products.ts';
import { sources } from './provenance.ts';
import { GENERATIONS, NETWORK_FUNCTIONS, SEGMENTS } from './taxonomy.ts';

/** `capped`: tolerated up to a limit; `excluded`: not at all; `listed`: on a list that says neither. */
export const DESIGNATION_CLASSES = ['listed', 'capped', 'excluded'] as const;

export const DESIGNATION_EFFECTS = [
  'export-licence',
  'procurement-ban',
  'subsidy-ban',
  'equipment-authorization',
  'service-authorization',
  'network-removal',
  'licence-condition',
  'whitelist-missing',
  'advice',
  'proposed',
] as const;

/** How far a designation reaches beyond the named organisation. `owned` gives the smallest owned share reached. */
const AFFILIATE_REACH = ['named-only', 'affiliates'] as const;

export const designation = z
  .strictObject({
    kind: z.literal('designation'),
    id,
    authority: id,
    /** The list or act it stands in: `BIS-ENTITY-LIST`, `NCSC-HRV`. Standards adopt instruments by this name. */
    instrument: publishedId,
    /** The vendor or operator named, or a category of products (`products.ts`) where nobody is. */
    subject: z.union([z.strictObject({ vendor: id }), z.strictObject({ category: id })]),
    class: z.enum(DESIGNATION_CLASSES),
    effect: z.enum(DESIGNATION_EFFECTS),
    reach: z.enum(AFFILIATE_REACH),
    /** What it covers. A member left out is not limited in that respect: losing one only widens the reach. */
    scope: z.strictObject({
      segments: z.optional(set(z.enum(SEGMENTS), 1)),
      functions: z.optional(set(z.enum(NETWORK_FUNCTIONS), 1)),
      generations: z.optional(set(z.enum(GENERATIONS), 1)),
      uses: z.optional(set(id, 1)),
      /** Only what is produced, even in part, in another country than these. */
      producedOutside: z.optional(set(country, 1)),
      /** Applies to the organisation as operator of a hop and its services, not as maker of equipment. */
      services: z.optional(set(id, 1)),
    }),
    note: z.optional(text),
    valid: validity,
    /** Where its end can be read: an adverse fact ends only at its own sourced end. */
    ending: z.optional(sources),
    sources,
  })
  .check(
    z.refine(
      (d) => d.valid.to === null || d.ending !== undefined,
      'an adverse fact ends only with a source: give "ending"',
    ),
    z.refine(
      ({ subject, scope }) =>
        scope.services === undefined || !('category' in subject && PRODUCTS.has(subject.category)),
      'a product is equipment and gives no service: leave out "services", or say who gives it',
    ),
  );

/** An authority’s dated act about a vendor or a category of products. */
export type Designation = z.infer<typeof designation>;
