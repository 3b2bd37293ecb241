/** Each class of functions is exactly what the headings of its instrument are said to be. */
import { describe, expect, test } from 'vitest';
import { networkParts } from '../../../docs/build/parts.ts';
import { NETWORK_FUNCTIONS } from '../../../functions/core/facts/taxonomy.ts';
import { FUNCTION_CLASS_NAMES, matches } from '../../../functions/core/rules/selection.ts';
import { deployment } from './world.ts';

const PARTS = networkParts();

describe.each(FUNCTION_CLASS_NAMES)('%s', (name) => {
  const headings = PARTS.filter((p) => p.classes.includes(name));
  test('is made of headings, and of nothing else', () => {
    const said = new Set<string>(headings.flatMap((p) => p.functions));
    const selected = NETWORK_FUNCTIONS.filter(
      (fn) => matches({ class: name }, deployment(fn, 'maker')) === 'yes',
    );
    expect([...said].sort()).toEqual([...selected].sort());
  });
  test('of one instrument, whose text can be found', () => {
    expect(new Set(headings.map((p) => p.instrument)).size).toBe(1);
    expect(headings.filter((p) => p.paragraph !== 'none' && p.sources.length === 0)).toEqual([]);
  });
});

test('virtualised, roaming, signalling, intercept and satellite functions stand somewhere', () => {
  const said = new Set<string>(PARTS.flatMap((p) => p.functions));
  const asked = ['MANO', 'HYPERVISOR', 'ROAMING-GW', 'IPX', 'STP', 'DRA', 'LI-ADMF', 'LI-MDF', 'SPACECRAFT'];
  expect(asked.filter((fn) => !said.has(fn))).toEqual([]);
});
