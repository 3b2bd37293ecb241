/** A registered protection: a tunnel that may carry information over a network nobody trusts. Favourable. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { country, id, set, text } from './primitives.ts';
import { sources } from './provenance.ts';

export const PROTECTION_SCHEMES = ['csfc', 'type-1'] as const;

const layer = z.strictObject({ vendor: id, codeBase: id, keyDomain: id, suite: text });

export const protection = z
  .strictObject({
    kind: z.literal('protection'),
    id,
    name: text,
    synthetic: z.boolean(),
    authority: id,
    scheme: z.enum(PROTECTION_SCHEMES),
    /** From the outside in. Independence (vendor, code base, keys) is judged by rule, from these members. */
    layers: z.array(layer).check(z.minLength(1), z.maxLength(4)),
    /** Countries in which its ends stand or from which they are managed. */
    endpointCountries: set(country, 1),
    riskAcceptedBy: id,
    valid: validity,
    sources,
  })
  .check(z.refine((p) => p.valid.to !== null, 'a registration expires: give "to"'));

/** A registered tunnel: its scheme, its ends and its layers. */
export type Protection = z.infer<typeof protection>;
