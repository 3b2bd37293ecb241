/** One rule of the vocabulary, as the fold asks it and as its page tells of it. */
import type { EquipmentContext, RuleContext } from './context.ts';
import type { RuleCode, RuleResult } from './finding.ts';

/** A rule: its parameters, what it says, and what its page says of it. */
export interface RuleDefinition<P> {
  /** What it says of one network of a hop. */
  evaluate(p: P, ctx: RuleContext): RuleResult;
  /** What it says of the layers of a tunnel as equipment; `null` where it is about what only a network or a path has. */
  readonly ofLayers: ((p: P, ctx: EquipmentContext) => RuleResult) | null;
  /** Whether owners may set it aside for one network. The label, dominance, unknown hops, holds and mandates never are. */
  readonly waivable: boolean;
}

/** What the page says of a rule. */
export interface RuleAbout {
  readonly demands: string;
  readonly reads: string;
  readonly satisfiedBy: string;
  /** What kind of text it rests on. */
  readonly cites: string;
  /** Every code it can give. */
  readonly codes: readonly RuleCode[];
}
