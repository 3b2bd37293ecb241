/** The pages of how it is built and changed name files and rooms that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names what is there', (name) => {
  const page = readFileSync(join(ROOT, name), 'utf8');
  const named = page.match(/\b(?:functions|cli|client|docs|infra|openapi|test)\/[\w./-]*\w/g) ?? [];
  expect(named.length).toBeGreaterThan(30);
  expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
