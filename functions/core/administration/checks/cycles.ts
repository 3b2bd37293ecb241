/** Nobody owns themselves and no network hosts itself, through however many others, at one and the same time. */
import { type Interval, intervalOf } from '../../facts/moment.ts';
import { MAX_HOSTS } from '../../facts/view.ts';
import type { Check, CheckContext } from './check.ts';

function common(a: Interval, b: Interval): Interval | undefined {
  const both = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return both.from < both.to ? both : undefined;
}

/** The position of an owner through whom the vendor owns itself. */
function ownsItself(ctx: CheckContext, id: string): number | undefined {
  const vendor = ctx.soundOf('vendor', id);
  for (const [i, first] of (vendor?.fact.ownedBy ?? []).entries()) {
    const waiting = [{ id: first.owner, during: intervalOf(first.valid) }];
    const seen = new Set<string>();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.id === id) return i;
      const state = `${next.id} ${next.during.from} ${next.during.to}`;
      if (seen.has(state)) continue;
      seen.add(state);
      for (const link of ctx.soundOf('vendor', next.id)?.fact.ownedBy ?? []) {
        const during = common(next.during, intervalOf(link.valid));
        if (during !== undefined) waiting.push({ id: link.owner, during });
      }
    }
  }
  return undefined;
}

function hostingFault(ctx: CheckContext, id: string): string | undefined {
  const chain = new Set<string>();
  let next: string | null | undefined = id;
  while (next !== null && next !== undefined) {
    if (chain.has(next)) return next === id ? 'the network is hosted on itself' : undefined;
    if (chain.size > MAX_HOSTS) return `more than ${MAX_HOSTS} networks host each other in a row`;
    chain.add(next);
    next = ctx.soundOf('network', next)?.fact.hostedOn;
  }
  return undefined;
}

export const cycles: Check = (ctx) => [
  ...ctx.judged('vendor').flatMap(({ key, fact }) => {
    const at = ownsItself(ctx, fact.id);
    return at === undefined
      ? []
      : [{ key, path: `/ownedBy/${at}`, message: 'the vendor owns itself this way' }];
  }),
  ...ctx.judged('network').flatMap(({ key, fact }) => {
    const message = hostingFault(ctx, fact.id);
    return message === undefined ? [] : [{ key, path: '/hostedOn', message }];
  }),
];
