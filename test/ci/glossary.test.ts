/** The words: each once, with its kind, and exported names that say one thing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coreTypes, typesIn, typesPage } from '../../docs/build/glossary.ts';
import { FACT_KINDS } from '../../functions/core/facts/fact.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'glossary.md'), 'utf8');
const words = [...page.matchAll(/^\| ([^|]+) \| /gm)].flatMap(([, word = '']) => word.split(', '));

describe('the page of types', () => {
  const types = coreTypes();

  it('has a sentence on every type that the core exports', () => {
    expect(types.length).toBeGreaterThan(200);
    expect(types.filter(({ sentence }) => sentence === undefined)).toEqual([]);
  });

  it('is what `npm run docs:glossary` writes', () => {
    expect(readFileSync(join(ROOT, 'docs', 'types.md'), 'utf8')).toBe(typesPage(types));
  });

  it.each([
    ['export type A = 1;', undefined],
    ['/** Of B. */\nconst b = 1;\nexport type A = 1;', undefined],
    ['/** What it is */\nexport interface A {', undefined],
    ['/** What it is. And more. */\nexport class A {', 'What it is.'],
    ['/**\n * What it\n * is: {@link x}.\n *\n * More.\n */\nexport abstract class A {', 'What it is: `x`.'],
  ])('%j', (text, sentence) => {
    expect(typesIn('a.ts', text)).toEqual([{ name: 'A', file: 'a.ts', sentence }]);
  });
});

describe('the page of words', () => {
  it('has every word once', () => {
    const own = words.filter((word) => word !== 'word');
    expect(own.length).toBeGreaterThan(60);
    expect(own.filter((word, at) => own.indexOf(word) !== at)).toEqual([]);
  });

  it.each([...FACT_KINDS, 'permit', 'deny', 'not-applicable', 'indeterminate'])('has %s', (word) => {
    expect(words).toContain(word);
  });

  it('names files that are there', () => {
    const named = page.match(/\bfunctions\/[\w./-]*\w|\b[\w-]+\.md/g) ?? [];
    expect(named.length).toBeGreaterThan(8);
    const gone = named.filter(
      (path) => !existsSync(join(ROOT, path.endsWith('.md') ? `docs/${path}` : path)),
    );
    expect(gone).toEqual([]);
  });
});
