/** An identifier names one network. Claimed by two it would name neither, and every path that uses it would go dark. */
import { identifiersOf } from '../registry-index.ts';
import type { Check } from './check.ts';

export const identifiers: Check = (ctx) =>
  ctx.judged('network').flatMap(({ key, fact }) =>
    identifiersOf(ctx.index.facts.get(key)).flatMap((identifier, i) => {
      const others = ctx.index.claimants(identifier).filter((id) => id !== fact.id);
      if (others.length === 0) return [];
      const message = `network/${others[0]} claims the same identifier`;
      return [{ key, path: `/identifiers/${i}`, message }];
    }),
  );
