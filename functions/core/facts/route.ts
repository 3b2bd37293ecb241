/** A registered, evidenced path, so that a caller need not be believed about its hops. */
import * as z from 'zod/mini';
import { validity } from './moment.ts';
import { id, set, text } from './primitives.ts';
import { sources } from './provenance.ts';

export const ASSURANCES = ['pinned', 'observed', 'assumed'] as const;
/** How well a path is known. `pinned`: enforced by configuration or protocol; `observed`: measured; `assumed`: neither. */
export type PathAssurance = (typeof ASSURANCES)[number];

export const MAX_HOPS = 64;

export const route = z.strictObject({
  kind: z.literal('route'),
  id,
  name: text,
  synthetic: z.boolean(),
  hops: z.array(id).check(z.minLength(1), z.maxLength(MAX_HOPS)),
  /** Networks the traffic may fail over to (roaming, transit alternates). All of them count. */
  alternates: set(id),
  assurance: z.enum(ASSURANCES),
  valid: validity,
  sources,
});

/** A registered path, with how well it is known. */
export type Route = z.infer<typeof route>;
