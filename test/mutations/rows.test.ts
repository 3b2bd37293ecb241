import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mutated, testOf } from './mutation.ts';
import { MUTATIONS } from './rows.ts';

const ROOT = join(import.meta.dirname, '..', '..');

it('every row finds its text once, changes it, and names a test that is there', () => {
  const wrong = MUTATIONS.flatMap((row) => {
    try {
      mutated(readFileSync(join(ROOT, row.file), 'utf8'), row);
    } catch (error) {
      return [String(error)];
    }
    return existsSync(join(ROOT, testOf(row).path)) ? [] : [`${row.name}: no ${testOf(row).path}`];
  });
  expect(wrong).toEqual([]);
});

it('no two rows are the same fault, or have one name in a family', () => {
  const faults = MUTATIONS.map((m) => JSON.stringify([m.file, m.search, m.replace]));
  const names = MUTATIONS.map((m) => `${m.family}: ${m.name}`);
  expect(new Set(faults).size).toBe(faults.length);
  expect(new Set(names).size).toBe(names.length);
});
