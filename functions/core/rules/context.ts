/** What a rule may look at: plain data, already loaded and found sound. No clock, no registry, no request text. */
import type { Assessment } from '../facts/assessment.ts';
import type { CriteriaSet } from '../facts/criteria-set.ts';
import type { Designation } from '../facts/designation.ts';
import type { Deployment, Network } from '../facts/network.ts';
import type { Protection } from '../facts/protection.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Sound } from '../facts/sound.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';

/** What a rule about equipment looks at: a network's deployments in service, or the layers of a tunnel. */
export interface EquipmentContext {
  /** The time zone in which the standard's own dates are calendar days. */
  readonly zone: string;
  /** The instant the answer is for, epoch ms. */
  readonly at: number;
  readonly equipment: readonly Deployment[];
  /** Every vendor of the equipment, and a network's operator; complete, or it was refused before any rule ran. */
  readonly vendors: ReadonlyMap<string, VendorEvidence>;
  readonly criteriaSets: readonly Sound<CriteriaSet>[];
  /** Designations of a category of products: whose equipment is of one, nobody has said. */
  readonly categories: readonly Sound<Designation>[];
}

/** A registered protection in force, with the makers of its layers. */
export interface Tunnel {
  readonly protection: Sound<Protection>;
  readonly vendors: ReadonlyMap<string, VendorEvidence>;
}

/** What a rule is told of one network of a hop. */
export interface RuleContext extends EquipmentContext {
  readonly network: Sound<Network>;
  /** Assessments of the network. */
  readonly assessments: readonly Sound<Assessment>[];
  /** Of the registered route; hops that a caller names are `assumed`. */
  readonly assurance: PathAssurance;
  /** What the message travels in, on the basis `encrypted-transport` only. */
  readonly tunnel: Tunnel | undefined;
}
