/** What standards are asked about: hops that can be judged, and the question. */
import type { PathAssurance } from '../facts/route.ts';
import type { Flow } from '../facts/scope-words.ts';
import type { Label } from '../marking/label.ts';
import type { Law, NetworkEvidence } from '../registry/evidence.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';
import type { Tunnel } from '../rules/context.ts';

/** A hop whose networks and vendors are all known and sound. */
export interface JudgedHop {
  readonly index: number;
  readonly networks: readonly NetworkEvidence[];
  readonly vendors: ReadonlyMap<string, VendorEvidence>;
}

/** What every standard is asked about: the label, the path and the law at one instant. */
export interface StandardTerms {
  readonly label: Label;
  readonly owners: readonly string[];
  readonly hops: readonly JudgedHop[];
  readonly assurance: PathAssurance;
  readonly flow: Flow | undefined;
  readonly tunnel: Tunnel | undefined;
  readonly law: Law;
  readonly at: number;
}
