/** Which answers flip, asked in this process: the registry's simulation is its word, and its author's to ask for. */
import {
  finishSimulation,
  planSimulation,
  runSimulation,
} from '../../functions/core/administration/simulate.ts';
import type { Flip, SimulationReport } from '../../functions/core/administration/simulation.ts';
import { canonicalText } from '../../functions/core/facts/canonical.ts';
import type { AppliedFacts } from '../../functions/store/applied-change.ts';

/** Of everything but recent requests: those were sent to the registry alone. */
function textOf(flips: readonly Flip[]): string {
  const own = flips
    .filter(({ subject }) => !('recent' in subject))
    .map(({ number: _number, ...rest }) => rest);
  return canonicalText(own);
}

/** True where the same answers flip here, at the same instant, as a report says. */
export function flipsAlike(applied: AppliedFacts, said: Pick<SimulationReport, 'at' | 'flips'>): boolean {
  const plan = planSimulation({ ...applied, at: Date.parse(said.at) });
  const state = runSimulation(plan, undefined, () => true);
  return textOf(finishSimulation(plan, state).flips) === textOf(said.flips);
}
