import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MARKINGS_PAGE, markingsPage } from '../../../docs/build/markings.ts';
import { MARKING_ERRORS } from '../../../functions/core/marking/errors.ts';
import { MARKING_FORMATS } from '../../../functions/core/marking/formats.ts';

test('docs/markings.md is what the code says (npm run docs:markings)', () => {
  expect(readFileSync(MARKINGS_PAGE, 'utf8')).toBe(markingsPage());
});

test('every format and every code is on the page', () => {
  const page = markingsPage();
  for (const format of MARKING_FORMATS) expect(page).toContain(`Format \`${format}\``);
  for (const code of Object.keys(MARKING_ERRORS)) expect(page).toContain(`\`${code}\``);
});
