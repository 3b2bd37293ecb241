/** The tunnel a message claims to travel in, sorted like a hop: its makers known, and nothing adverse about it unread. */

import type { DecisionInput } from '../registry/input.ts';
import type { Tunnel } from '../rules/context.ts';
import { knownVendors } from './known-vendors.ts';
import type { Reason } from './reasons.ts';

/** The tunnel that a request names, as far as it can be relied on. */
export interface JudgedTunnel {
  /** Absent where the protection is not registered under that scheme, or not in force. */
  readonly tunnel?: Tunnel;
  /** What keeps it from carrying anything. */
  readonly refused: readonly Reason[];
  /** Adverse facts about it that nobody can read. */
  readonly unread: readonly Reason[];
}

export function judgeTunnel(input: Pick<DecisionInput, 'protection' | 'vendors' | 'at'>): JudgedTunnel {
  const { protection: claimed } = input;
  if (claimed === undefined) return { refused: [{ code: 'PROTECTION_UNKNOWN' }], unread: [] };
  const { protection, taints } = claimed;
  const { vendors, complete, unsound } = knownVendors(
    protection.fact.layers.map((l) => l.vendor),
    input,
  );
  return {
    tunnel: { protection, vendors },
    refused: complete ? [] : [{ code: 'VENDOR_UNKNOWN' }],
    unread: [
      ...(taints.length > 0 ? [{ code: 'FACT_UNSOUND' as const }] : []),
      ...unsound.map((vendor) => ({ code: 'FACT_UNSOUND' as const, vendor })),
    ],
  };
}
