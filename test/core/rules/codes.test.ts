/** What the page of a rule says it can say is what it says over every case: no code more, and none left out. */
import { expect, test } from 'vitest';
import { RULE_PAGES } from '../../../docs/build/rule-pages.ts';
import { RULE_CODES } from '../../../functions/core/rules/finding.ts';
import { ALL_CASES } from './cases.ts';

test.each(ALL_CASES)('%s names the codes by which its cases are refused', (_name, { rule, broken }) => {
  const { codes } = RULE_PAGES[rule.rule].about;
  const said = broken.map((b) => b.code).filter((code) => Object.hasOwn(RULE_CODES, code));
  expect(said.filter((code) => !(codes as readonly string[]).includes(code))).toEqual([]);
});

test('every code of the rules stands on some page', () => {
  const told = new Set<string>(Object.values(RULE_PAGES).flatMap(({ about }) => about.codes));
  expect(Object.keys(RULE_CODES).filter((code) => !told.has(code))).toEqual([]);
});
