/** A change simulated from beginning to end, in one go. */
import { applyChanges, type Facts, type Operation } from '../../../functions/core/administration/change.ts';
import {
  finishSimulation,
  planSimulation,
  runSimulation,
} from '../../../functions/core/administration/simulate.ts';
import type { SimulationInput, SimulationReport } from '../../../functions/core/administration/simulation.ts';

/** The registry that a change leaves, and which keys it touched. @throws Error where the change does not apply */
export function changed(facts: Facts, changes: readonly Operation[]) {
  const applied = applyChanges(facts, changes);
  if (!applied.ok) throw new Error(JSON.stringify(applied));
  return applied;
}

/** What a simulation of a change is asked. @param at epoch ms */
export function simulationOf(facts: Facts, changes: readonly Operation[], at: number): SimulationInput {
  const { facts: after, touched } = changed(facts, changes);
  return { before: facts, after, touched, at };
}

export function simulate(input: SimulationInput, exhaustive = false): SimulationReport {
  const plan = planSimulation(input, { exhaustive });
  return finishSimulation(
    plan,
    runSimulation(plan, undefined, () => true),
  );
}
