import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../client/answer.ts';
import { SENTENCES } from '../../client/result.ts';
import { SAFETY, type Safety } from '../../client/route-guard.ts';
import { clientFor, REQUEST, VECTOR_FILES, VECTORS } from './vectors.ts';

describe('the client agrees with every vector', () => {
  it.each(VECTORS)('$name', async (vector) => {
    const result = await (await clientFor(vector)).decide(REQUEST);
    expect({
      send: result.kind === 'permit' && result.current(),
      kind: result.kind,
      cause: result.kind === 'permit' ? null : result.cause,
      retry: result.retry,
    }).toEqual(vector.expect);
    expect(result.sentence).toMatch(/^[A-Z][^{}"]+\.$/);
  });
});

describe('the vectors', () => {
  it('are enough, are named once, and hold both answers', () => {
    expect(VECTOR_FILES).toHaveLength(6);
    expect(VECTORS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(VECTORS.map(({ name }) => name)).size).toBe(VECTORS.length);
    expect(VECTORS.filter((vector) => vector.expect.send).length).toBeGreaterThan(10);
  });

  it('name every cause a reply can have, and no other', () => {
    const named = new Set(VECTORS.flatMap((vector) => vector.expect.cause ?? []));
    // The one cause that needs no reply.
    expect([...named, 'unusable-request'].sort()).toEqual(Object.keys(SENTENCES).sort());
  });
});

/** Behind each of these stands another check that also denies: leaving it out only loses the better cause. */
const COVERED_BY_ANOTHER = new Set(['unreadable', 'unknown-decision', 'no-evaluation-time', 'no-lease']);

/** How a client with less safety does on the vectors. */
async function mistakes(safety: Safety): Promise<{ sentWrongly: number; otherCause: number }> {
  let sentWrongly = 0;
  let otherCause = 0;
  for (const vector of VECTORS) {
    const result = await (await clientFor(vector, safety)).decide(REQUEST);
    if (result.kind === 'permit') sentWrongly += vector.expect.send ? 0 : 1;
    else otherCause += result.cause === vector.expect.cause ? 0 : 1;
  }
  return { sentWrongly, otherCause };
}

describe('a client with one part of its safety left out', () => {
  it.each(CHECKS.map(({ cause }) => cause))('without the check %s', async (cause) => {
    const checks = CHECKS.filter((check) => check.cause !== cause);
    const { sentWrongly, otherCause } = await mistakes({ ...SAFETY, checks });
    expect(sentWrongly > 0).toBe(!COVERED_BY_ANOTHER.has(cause));
    expect(sentWrongly + otherCause).toBeGreaterThan(0);
  });

  it.each<[string, Partial<Safety>]>([
    ['performing the obligations', { perform: async () => true }],
    ['looking at the lease again', { lookAgain: () => true }],
  ])('without %s', async (_, part) => {
    expect((await mistakes({ ...SAFETY, ...part })).sentWrongly).toBeGreaterThan(0);
  });

  it('with all of it makes no mistake', async () => {
    expect(await mistakes(SAFETY)).toEqual({ sentWrongly: 0, otherCause: 0 });
  });
});
