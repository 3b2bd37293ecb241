import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { helpersIn } from './helpers.ts';
import { type Mutation, mutated, testOf } from './mutation.ts';
import { MUTATIONS } from './rows.ts';
import { openWorkspace } from './workspace.ts';

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

it('a row is tried again when what its test is helped by changes', () => {
  const helpers = helpersIn(ROOT);
  const theorem = helpers('test/theorems/t06-hop.test.ts');
  expect(
    ['test/theorems/theorem.ts', 'test/core/decision/facts.ts'].filter((path) => !theorem.has(path)),
  ).toEqual([]);
  expect([...theorem].filter((path) => !path.startsWith('test/'))).toEqual([]);
  // A folder that a row names is all of its tests.
  for (const row of MUTATIONS) expect(helpers(testOf(row).path).size, row.name).toBeGreaterThan(0);
  expect(helpers('test/theorems').has('test/theorems/theorem.ts')).toBe(true);
  expect([...helpers('test/core/safe-html.test.ts')]).toEqual(['test/core/safe-html.test.ts']);
});

it('no two rows are the same fault, or have one name in a family', () => {
  const faults = MUTATIONS.map((m) => JSON.stringify([m.file, m.search, m.replace]));
  const names = MUTATIONS.map((m) => `${m.family}: ${m.name}`);
  expect(new Set(faults).size).toBe(faults.length);
  expect(new Set(names).size).toBe(names.length);
});

it('a row is caught by a failing test and by nothing else', async () => {
  const row = (caughtBy: Mutation['caughtBy'], search: string, replace: string): Mutation => ({
    family: 'runner',
    name: 'a fault',
    file: 'functions/core/strict-json.ts',
    search,
    replace,
    caughtBy,
  });
  const test = 'test/core/strict-json.test.ts';
  const [fault, twin] = ["Problem('DUPLICATE_KEY'", "Problem('TOO_LARGE'"];
  const workspace = openWorkspace(ROOT);
  try {
    expect(await workspace.try(row(test, fault, twin))).toBe('caught');
    expect(await workspace.try(row(test, fault, fault.replace("'", " '")))).toBe('unseen');
    expect(await workspace.try(row(`${test} > no test has this name`, fault, twin))).toBe('no-tests');
    expect(workspace.applies(row(test, 'no such text', ''))).toBe(false);
  } finally {
    workspace.remove();
  }
});
