/** Invented networks, vendors, routes and tunnels stand in a sample registry only. */
import type { Check } from './check.ts';

const KINDS = ['network', 'protection', 'route', 'vendor'] as const;

export const synthetic: Check = (ctx) =>
  ctx.sample
    ? []
    : KINDS.flatMap((kind) => ctx.judged(kind))
        .filter(({ fact }) => fact.synthetic)
        .map(({ key }) => ({
          key,
          path: '/synthetic',
          message: 'an invented fact, outside a sample registry',
        }));
