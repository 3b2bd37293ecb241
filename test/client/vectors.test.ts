/** The client is held to every vector once, and the vectors to their own format. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromJSONSchema } from 'zod';
import { SENTENCES } from '../../client/result.ts';
import { clientFor, requestOf, VECTOR_FILES, VECTORS } from './vectors.ts';

it.each(VECTORS)('$name', async (vector) => {
  const result = await (await clientFor(vector)).decide(requestOf(vector));
  expect({
    send: result.kind === 'permit' && result.current(),
    kind: result.kind,
    cause: result.kind === 'permit' ? null : result.cause,
    retry: result.retry,
  }).toEqual(vector.expect);
  expect(result.sentence).toMatch(/^[A-Z][^{}"]+\.$/);
});

describe('the vectors', () => {
  it('are named once, hold both answers, and name every cause a reply can have', () => {
    expect(VECTOR_FILES).toHaveLength(7);
    expect(VECTORS.length).toBeGreaterThanOrEqual(246);
    expect(new Set(VECTORS.map(({ name }) => name)).size).toBe(VECTORS.length);
    expect(VECTORS.filter((vector) => vector.expect.send).length).toBeGreaterThan(20);
    const named = new Set(VECTORS.flatMap((vector) => vector.expect.cause ?? []));
    // The one cause that needs no reply.
    expect([...named, 'unusable-request'].sort()).toEqual(Object.keys(SENTENCES).sort());
  });

  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../client/vectors/${name}`, import.meta.url), 'utf8'));
  const format = fromJSONSchema(read('vector.schema.json') as Parameters<typeof fromJSONSchema>[0]);

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
