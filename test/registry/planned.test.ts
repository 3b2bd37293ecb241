/** What the core throws of plans that cannot be carried out, as whoever asked is told. */
import { expect, it } from 'vitest';
import { UnfinishedWalkError } from '../../functions/core/administration/flips.ts';
import {
  SimulationStateError,
  SimulationTooLargeError,
} from '../../functions/core/administration/simulate.ts';
import { planned } from '../../functions/registry/simulate-slice.ts';
import { refusalOf } from '../../functions/registry/store-refusals.ts';

it.each([
  ['too many questions', new SimulationTooLargeError(2, 1), 'SIMULATION_TOO_LARGE'],
  ['nobody looked to the end', new UnfinishedWalkError('cut'), 'SIMULATION_TOO_LARGE'],
  ['begun by another build', new SimulationStateError('another plan'), 'RESULT_GONE'],
  ['a fault', new Error('impossible'), 'INTERNAL_FAULT'],
])('%s', (_, thrown, code) => {
  const asked = () =>
    planned(() => {
      throw thrown;
    });
  expect(asked).toThrow();
  try {
    asked();
  } catch (error) {
    expect(refusalOf(error).code).toBe(code);
  }
});
