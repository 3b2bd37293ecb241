import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromJSONSchema } from 'zod';
import { VECTOR_FILES } from './vectors.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../client/vectors/${name}`, import.meta.url), 'utf8'));

const format = fromJSONSchema(read('vector.schema.json') as Parameters<typeof fromJSONSchema>[0]);

describe('client/vectors', () => {
  it.each(VECTOR_FILES)('%s has the format of vector.schema.json', (name) => {
    expect(format.safeParse(read(name)).error).toBeUndefined();
  });

  it.each<[string, (vector: Record<string, unknown>) => object]>([
    ['a member too many', (vector) => ({ ...vector, extra: 1 })],
    ['no expectation', ({ expect: _, ...vector }) => vector],
    ['a reply of both kinds', (vector) => ({ ...vector, reply: { failure: 'throttled', status: 200 } })],
    ['a reply without a payload', (vector) => ({ ...vector, reply: { status: 200, functionError: null } })],
  ])('the format refuses %s', (_, change) => {
    const [first] = read('permits.json') as Record<string, unknown>[];
    expect(format.safeParse([change(first ?? {})]).success).toBe(false);
  });
});
