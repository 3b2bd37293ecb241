/** What differs between two versions of a fact is told whole, entry by entry. */
import { expect, it } from 'vitest';
import { memberChanges } from '../../../functions/core/administration/member-changes.ts';

const STANDARD = { kind: 'standard', id: 'S' };
const missing = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ paragraph: `${i}`, missing: 'not read' }));

// biome-ignore format: one row a line
const ROWS: readonly (readonly [name: string, before: unknown, after: unknown, lines: readonly string[]])[] = [
  ['nothing', { a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 2 }] }, []],
  ['a fact that was not there', undefined, { b: [1], a: 1 }, ['a: undefined → 1', 'b: undefined → [1]']],
  ['a member that changed, one that went, one that came', { a: 1, b: 2, c: 3 }, { a: 1, b: 4, d: 5 }, ['b: 2 → 4', 'c: 3 → undefined', 'd: undefined → 5']],
  ['a member of a member', { scope: { a: 1, b: [1, 2] } }, { scope: { a: 2, b: [2, 3] } }, ['scope/a: 1 → 2', 'scope/b: 1 → undefined', 'scope/b: undefined → 3']],
  ['one entry of a long list', { a: ['x', 'y', 'z'] }, { a: ['x', 'z', 'w'] }, ['a: "y" → undefined', 'a: undefined → "w"']],
  ['the order of a list', { hops: ['x', 'y'] }, { hops: ['y', 'x'] }, ['hops, their order: ["x","y"] → ["y","x"]']],
  ['an entry that stood twice', { hops: ['x', 'x'] }, { hops: ['x'] }, ['hops: "x" → undefined']],
  ['one that stands once more, beside another change', { a: ['x', 'y'] }, { a: ['x', 'x', 'z'] }, ['a: "y" → undefined', 'a: undefined → "x"', 'a: undefined → "z"']],
  ['an order beside another change', { a: ['x', 'y'] }, { a: ['y', 'x', 'z'] }, ['a: undefined → "z"', 'a, their order: ["x","y"] → ["y","x"]']],
  ['one member of an entry that has a name', { rules: [{ id: 'r', by: 1, to: [1] }, { id: 's' }] }, { rules: [{ id: 'r', by: 2, to: [1] }, { id: 's' }] }, ['rules/r/by: 1 → 2']],
  ['entries that share a name', { rules: [{ id: 'r', by: 1 }, { id: 'r', by: 2 }] }, { rules: [{ id: 'r', by: 3 }, { id: 'r', by: 4 }] }, ['rules: {"id":"r","by":1} → undefined', 'rules: {"id":"r","by":2} → undefined', 'rules: undefined → {"id":"r","by":3}', 'rules: undefined → {"id":"r","by":4}']],
  ['what a new standard lacks', undefined, { ...STANDARD, requirements: missing(2) }, ['requirements missing: undefined → 2', 'id: undefined → "S"', 'kind: undefined → "standard"', 'requirements: undefined → [{"paragraph":"0","missing":"not read"},{"paragraph":"1","missing":"not read"}]']],
  ['a list that became something else', { a: [1] }, { a: null }, ['a: [1] → null']],
  ['an object that became something else', { a: { b: 1 } }, { a: 1 }, ['a: {"b":1} → 1']],
  ['what made a standard look complete, first', { ...STANDARD, about: 'x', requirements: [...missing(2), { paragraph: 'a' }] }, { ...STANDARD, about: 'y', requirements: [{ paragraph: 'a' }] }, ['requirements missing: 2 → 0', 'about: "x" → "y"', 'requirements: {"paragraph":"0","missing":"not read"} → undefined', 'requirements: {"paragraph":"1","missing":"not read"} → undefined']],
  ['and what lost its list', { ...STANDARD, requirements: missing(1) }, STANDARD, ['requirements missing: 1 → 0', 'requirements: [{"paragraph":"0","missing":"not read"}] → undefined']],
];
it.each(ROWS)('%s', (_name, before, after, lines) => {
  const shown = (value: unknown) => JSON.stringify(value) ?? 'undefined';
  expect(
    memberChanges(before, after).map(({ name, was, is }) => `${name}: ${shown(was)} → ${shown(is)}`),
  ).toEqual(lines);
});
