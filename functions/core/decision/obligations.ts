/** The obligations of a permit: those of the tunnel, and the strictest of each kind. */

import type { Protection } from '../facts/protection.ts';
import type { Obligation } from '../obligation.ts';

const TUNNEL_OBLIGATIONS = ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'] as const;

export function tunnelObligations(p: Protection): readonly Obligation[] {
  return TUNNEL_OBLIGATIONS.map((type) => (type === 'use-tunnel' ? { type, ref: p.id } : { type }));
}

/** One obligation of a kind about one thing: the one that leaves the least time. */
export function uniqueObligations(obligations: readonly Obligation[]): readonly Obligation[] {
  const hours = (o: Obligation) => o.withinHours ?? Number.POSITIVE_INFINITY;
  const strictest = new Map<string, Obligation>();
  for (const o of obligations) {
    const key = `${o.type} ${o.ref ?? ''}`;
    const before = strictest.get(key);
    if (before === undefined || hours(o) < hours(before)) strictest.set(key, o);
  }
  return [...strictest.values()];
}
