/** The core, asked over facts as they are stored: marking reader, view, evidence and fold. */
import type { CoreDecision } from '../../functions/core/decision/decide.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { approach } from '../../functions/core/registry/input.ts';
import { registryFrom } from '../../functions/core/registry/registry.ts';
import { ask, requestOf } from '../core/decision/ask.ts';
import { AT } from '../core/decision/facts.ts';
import type { Asked } from './case.ts';

/** True for a permit. */
export type Decide = (facts: readonly RawFact[], question: Asked) => boolean;

export function decisionOf(facts: readonly RawFact[], q: Asked): CoreDecision {
  return ask(approach(registryFrom(facts), requestOf(q), q.at ?? AT, q.assurance ?? 'pinned'), q.label);
}

export const core: Decide = (facts, q) => decisionOf(facts, q).outcome === 'permit';
