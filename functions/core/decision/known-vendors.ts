/** The vendors something needs, where all of them are registered and in force: who is not known is not trusted. */
import { holdsAt } from '../facts/moment.ts';
import type { DecisionInput } from '../registry/input.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';

/** The vendors that something needs, as far as they are registered and in force. */
export interface KnownVendors {
  readonly vendors: ReadonlyMap<string, VendorEvidence>;
  /** False where one of them is not registered, or not in force. */
  readonly complete: boolean;
  /** Those about whom something adverse cannot be read. */
  readonly unsound: readonly string[];
}

export function knownVendors(
  ids: Iterable<string>,
  input: Pick<DecisionInput, 'vendors' | 'at'>,
): KnownVendors {
  const vendors = new Map<string, VendorEvidence>();
  const unsound: string[] = [];
  let complete = true;
  for (const id of new Set(ids)) {
    const reading = input.vendors.get(id);
    const vendor = reading?.evidence.vendor;
    if (reading !== undefined && vendor?.fact.id === id && holdsAt(vendor.interval, input.at))
      vendors.set(id, reading.evidence);
    else complete = false;
    if (reading !== undefined && reading.taints.length > 0) unsound.push(id);
  }
  return { vendors, complete, unsound };
}
