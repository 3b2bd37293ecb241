/** Two answers as one: neither alone permits, and what either asks for is asked for. */
import { expect, it } from 'vitest';
import type { CoreDecision } from '../../../functions/core/decision/core-decision.ts';
import { meetDecisions } from '../../../functions/core/decision/meet.ts';

const LISTS = ['obligations', 'mandates', 'exemptions', 'waivers', 'unverified', 'notes'] as const;
const listed = (...each: readonly string[]) => Object.fromEntries(LISTS.map((name) => [name, each]));
const answer = (outcome: string, more: object = {}): CoreDecision =>
  ({ outcome, reasons: [outcome], validUntil: null, ...listed('both'), ...more }) as unknown as CoreDecision;

it.each([
  ['permit', 'permit', 'permit'],
  ['permit', 'deny', 'deny'],
  ['deny', 'permit', 'deny'],
  ['permit', 'indeterminate', 'indeterminate'],
  ['indeterminate', 'permit', 'indeterminate'],
  ['deny', 'indeterminate', 'deny'],
])('%s with %s: %s, and why', (own, signed, outcome) => {
  expect(meetDecisions(answer(own), answer(signed))).toMatchObject({ outcome, reasons: [outcome] });
});

it.each([
  [null, null, null],
  [1, null, 1],
  [null, 1, 1],
  [1, 2, 1],
  [2, 1, 1],
])('until %o and %o: until %o, whatever it is', (own, signed, validUntil) => {
  for (const outcome of ['permit', 'deny'])
    expect(
      meetDecisions(answer(outcome, { validUntil: own }), answer('permit', { validUntil: signed }))
        .validUntil,
    ).toBe(validUntil);
});

it('asks for what both ask for, once', () => {
  const met = meetDecisions(
    answer('permit', listed('both', 'own')),
    answer('permit', listed('signed', 'both')),
  );
  expect(met).toMatchObject(listed('both', 'own', 'signed'));
});
