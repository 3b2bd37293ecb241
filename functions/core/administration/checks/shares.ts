/**
 * Shares add up: in each network and function, on each basis that every deployment there states, the shares
 * in service make 10,000 at any time; where some do not state it, the others make no more than that.
 */
import type { Deployment } from '../../facts/network.ts';
import { SHARE_BASES } from '../../facts/taxonomy.ts';
import type { Check } from './check.ts';

const WHOLE = 10_000;

interface Placed {
  readonly deployment: Deployment;
  readonly at: number;
}

/** Days compare as text; a day that is not known is before every other. */
function inServiceOn(day: string, { deployment: d }: Placed): boolean {
  return (d.installed ?? '') <= day && (d.removed === null || day < d.removed);
}

function wrongSums(group: readonly Placed[]): readonly { readonly path: string; readonly message: string }[] {
  const days = [
    ...new Set(group.flatMap(({ deployment: d }) => [d.installed ?? '', d.removed ?? ''])),
  ].sort();
  return SHARE_BASES.flatMap((basis) => {
    for (const day of days) {
      const serving = group.filter((p) => inServiceOn(day, p));
      const stating = serving.filter((p) => p.deployment.shares?.[basis] !== undefined);
      const [first] = stating;
      if (first === undefined) continue;
      const sum = stating.reduce((total, p) => total + (p.deployment.shares?.[basis] ?? 0), 0);
      const adds = stating.length === serving.length ? sum === WHOLE : sum <= WHOLE;
      if (adds) continue;
      const { function: fn, segment } = first.deployment;
      const since = day === '' ? '' : ` from ${day}`;
      const message = `shares of ${fn} in ${segment} by ${basis} add up to ${sum}${since}, not to ${WHOLE}`;
      return [{ path: `/inventory/deployments/${first.at}/shares/${basis}`, message }];
    }
    return [];
  });
}

export const shares: Check = (ctx) =>
  ctx.judged('network').flatMap(({ key, fact }) => {
    const placed = fact.inventory.deployments.map((deployment, at) => ({ deployment, at }));
    const groups = Map.groupBy(placed, ({ deployment: d }) => d.function);
    return [...groups.values()].flatMap((group) => wrongSums(group).map((w) => ({ key, ...w })));
  });
