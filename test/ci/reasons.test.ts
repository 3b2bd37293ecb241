/** Every reason that is published is given somewhere: a code that nobody gives is a promise that nobody keeps. */
import { expect, it } from 'vitest';
import { REASON_CODES } from '../../functions/core/decision/reasons.ts';
import { sourceFiles } from './source-files.ts';

/** Where codes are listed and not given: their sentences, what mends them, and rules' own. */
const LISTS = ['functions/core/decision/reasons.ts', 'functions/core/decision/repair-table.ts'];

it('every published code is given by some code', () => {
  const texts = sourceFiles(['functions']).flatMap(([path, text]) => (LISTS.includes(path) ? [] : [text]));
  expect(REASON_CODES.length).toBeGreaterThan(60);
  expect(REASON_CODES.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([]);
});
