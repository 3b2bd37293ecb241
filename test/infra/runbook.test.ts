/** The runbook says the same on the dashboard, in the alarms and in docs, and names only queries there are. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runbookPage, runbookSections } from '../../infra/monitoring/runbook.ts';
import { SAVED_QUERIES } from '../../infra/monitoring/saved-queries.ts';

it('is the page in docs, and fits a widget', () => {
  expect(readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8')).toBe(runbookPage());
  expect(runbookSections().length).toBeLessThan(30_000);
});

it('names only saved queries that exist', () => {
  const named = [...runbookSections().matchAll(/saved query "(\w+)"/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(Object.keys(SAVED_QUERIES)).toEqual(expect.arrayContaining([...new Set(named)]));
});
