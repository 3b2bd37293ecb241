/** The words: each once, with its kind, and exported names that say one thing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FACT_KINDS } from '../../functions/core/facts/fact.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'glossary.md'), 'utf8');
const words = [...page.matchAll(/^\| ([^|]+) \| /gm)].flatMap(([, word = '']) => word.split(', '));

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
