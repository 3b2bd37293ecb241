/** What a decision is made from: everything loaded, read and settled beforehand. */
import type { Label } from '../marking/label.ts';
import type { Law, ProtectionEvidence, VendorReading } from './evidence.ts';
import type { ResolvedPath } from './path.ts';
import type { DecisionRequest } from './request.ts';

/** What the registry says about one request. */
export interface RegistryEvidence {
  readonly law: Law;
  readonly path: ResolvedPath;
  /** By vendor id; an id that is missing is a vendor nobody registered. */
  readonly vendors: ReadonlyMap<string, VendorReading>;
  /** The protection the message claims, registered and in force; see `claimedProtection`. */
  readonly protection: ProtectionEvidence | undefined;
}

export interface DecisionInput extends RegistryEvidence {
  readonly request: DecisionRequest;
  readonly label: Label;
  /** When the marking reads otherwise, epoch ms; `null` where it never does, or the label was not read but made. */
  readonly labelUntil: number | null;
  /** The instant the answer is for, epoch ms. */
  readonly at: number;
  /**
   * The same of the version that two people last signed, where one person has stopped something since: a permit needs
   * both, so that what one person publishes can only refuse, whatever it says.
   */
  readonly signed?: RegistryEvidence | undefined;
}
