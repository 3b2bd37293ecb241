/**
 * What a registry asks of builds follows from its facts; and what facts can say, and where they are laid out, does not change
 * without somebody asking whether a build in service would overlook it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalText, type Json } from '../../../functions/core/facts/canonical.ts';
import { FACT_KINDS } from '../../../functions/core/facts/fact.ts';
import { FORMAT, FORMATS, type FormatRow, formatOf } from '../../../functions/core/facts/format.ts';
import { type RawFact, viewOf } from '../../../functions/core/facts/view.ts';
import { documentKindOf, isKnownForm } from '../../../functions/core/registry/documents.ts';
import { readSampleRegistry } from '../../../infra/local/sample-registry.ts';

const [FIRST] = FORMATS;
const row = (format: number, oldestReader: number, kind: string): FormatRow => ({
  ...{ format, oldestReader, brings: kind },
  isOf: (fact) => fact['kind'] === kind,
});
const ROWS = [...FORMATS, row(2, 1, 'harmless'), row(3, 3, 'refusing'), row(4, 2, 'other')];
const facts = (kinds: readonly string[]): readonly RawFact[] => kinds.map((kind) => ({ kind, id: 'x' }));

describe('what a registry asks of builds', () => {
  it.each<[kinds: readonly string[], format: number, oldestReader: number]>([
    [[], 1, 1],
    [['network'], 1, 1],
    [['network', 'harmless'], 2, 1],
    [['refusing', 'network'], 3, 3],
    [['harmless', 'other'], 4, 2],
    [['other', 'refusing'], 4, 3],
  ])('%j: format %i, no reader before %i', (kinds, format, oldestReader) => {
    expect(formatOf(facts(kinds), ROWS)).toEqual({ format, oldestReader });
  });

  it('is the first for what there is today, and for every stop', () => {
    expect(formatOf(readSampleRegistry().values())).toEqual({ format: 1, oldestReader: 1 });
    const later = FORMATS.filter(({ format }) => format > 1);
    expect(later.some(({ isOf }) => isOf({ kind: 'hold', id: 'x', cause: 'doubt' }))).toBe(false);
  });

  it('grows by one, and is what this build reads', () => {
    expect(FORMATS.map(({ format }) => format)).toEqual(FORMATS.map((_, i) => i + 1));
    expect(FORMATS.at(-1)?.format).toBe(FORMAT);
    expect(FIRST).toMatchObject({ format: 1, oldestReader: 1 });
    for (const { format, oldestReader } of FORMATS) expect(oldestReader).toBeLessThanOrEqual(format);
  });
});

/** Words for people change nothing that a build reads. */
function shapeOf(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (typeof schema !== 'object' || schema === null) return schema;
  const words = ['description', 'title', 'examples', 'errorMessage', 'markdownDescription'];
  const kept = Object.entries(schema).filter(
    ([name, value]) => !(words.includes(name) && typeof value !== 'object'),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, shapeOf(value as Json)]));
}

/**
 * Of everything a fact may say in the newest format. Where this differs, a fact may be written that a build in service reads
 * as unsound, or as something else: add a row to `FORMATS`, and write its number and the new digest here. Where no older
 * build reads any fact otherwise (a bound that became stricter), the digest alone.
 */
const SAYS = { format: 1, digest: 'db888eec68a1944b' };

it('what facts can say is of the newest format', () => {
  const shapes = FACT_KINDS.map((kind) => {
    const text = readFileSync(new URL(`../../../docs/schemas/${kind}.schema.json`, import.meta.url), 'utf8');
    return shapeOf(JSON.parse(text));
  });
  const digest = createHash('sha256').update(canonicalText(shapes)).digest('hex').slice(0, 16);
  expect({ format: FORMAT, digest }).toEqual(SAYS);
});

it('every document of the view is known to this build, and none with a member more', () => {
  const { entries, vendors, law } = viewOf([...readSampleRegistry().values()]);
  const documents = [
    ...[...entries].map(([key, doc]) => [documentKindOf(key), doc] as const),
    ...[...vendors.values()].map((doc) => ['vendor', doc] as const),
    ['law', law] as const,
  ];
  for (const [kind, doc] of documents) {
    if (kind === undefined) throw new Error('a key of the view has no kind');
    const more = { ...(doc as object), more: [] };
    // What was known stays so; what was not is asked again.
    expect([doc, doc, more, more].map((each) => isKnownForm(kind, each))).toEqual([true, true, false, false]);
  }
  expect([...new Set(documents.map(([kind]) => kind))].sort()).toEqual([
    'law',
    'network',
    'protection',
    'route',
    'vendor',
  ]);
  for (const key of ['embargo/x', 'constructor/x', 'network', ''])
    expect(documentKindOf(key)).toBeUndefined();
});
