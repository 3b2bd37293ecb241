/** What a decision is made from: everything loaded, read and settled beforehand. */
import type { Label } from '../marking/label.ts';
import type { Law, ProtectionEvidence, VendorReading } from './evidence.ts';
import type { ResolvedPath } from './path.ts';
import type { DecisionRequest } from './request.ts';

export interface DecisionInput {
  readonly request: DecisionRequest;
  readonly label: Label;
  /** When the marking reads otherwise, epoch ms; `null` where it never does, or the label was not read but made. */
  readonly labelUntil: number | null;
  readonly law: Law;
  readonly path: ResolvedPath;
  /** By vendor id; an id that is missing is a vendor nobody registered. */
  readonly vendors: ReadonlyMap<string, VendorReading>;
  /** The protection the message claims, registered and in force; see `claimedProtection`. */
  readonly protection: ProtectionEvidence | undefined;
  /** The instant the answer is for, epoch ms. */
  readonly at: number;
}
