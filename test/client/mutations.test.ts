import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RouteGuard } from '../../client/index.ts';
import { REQUEST, VECTORS } from './vectors.ts';

const START = Date.parse('2026-03-01T12:00:00.000Z');
const SOUND = VECTORS.find(({ name }) => name === 'plain permit')?.reply.answer as Record<string, unknown>;

/** Members whose value a permit depends on. */
const MATTER = [
  'decision',
  'outcome',
  'enforceable',
  'retry',
  'evaluationId',
  'evaluatedAt',
  'useBy',
  'obligations',
];

async function kindOf(text: string): Promise<string> {
  const guard = new RouteGuard({
    attempts: 1,
    transport: { send: async () => ({ kind: 'answered', status: 200, functionError: null, text }) },
    surroundings: { now: () => START, monotonic: () => 0 },
  });
  return (await guard.decide(REQUEST)).kind;
}

describe('an answer with one member replaced', () => {
  it('permits only where the member does not matter or its value is as good', async () => {
    const seed = 20_260_301;
    let permits = 0;
    let denies = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(SOUND)), fc.jsonValue(), async (member, value) => {
        const kind = await kindOf(JSON.stringify({ ...SOUND, [member]: value }));
        if (kind === 'permit') permits += 1;
        else denies += 1;
        const asGood = JSON.stringify(SOUND[member]) === JSON.stringify(value);
        // An id is free text within its alphabet, so another one is as good as the first.
        const otherId = member === 'evaluationId' && /^"[\w.:-]{1,128}"$/.test(JSON.stringify(value));
        expect(kind).toBe(!MATTER.includes(member) || asGood || otherId ? 'permit' : 'deny');
      }),
      { seed, numRuns: 3_000 },
    );
    console.info(`seed ${seed}: ${permits} permits, ${denies} denies`);
    expect(Math.min(permits, denies)).toBeGreaterThan(500);
  });

  it('never permits text of another kind', async () => {
    const seed = 20_260_302;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (text) => {
        expect(await kindOf(text)).toBe('deny');
      }),
      { seed, numRuns: 1_000 },
    );
    console.info(`seed ${seed}: 0 permits`);
  });

  it('never permits an answer that was cut short', async () => {
    const text = JSON.stringify(SOUND);
    for (let length = 0; length < text.length; length += 1)
      expect(await kindOf(text.slice(0, length))).toBe('deny');
    expect(await kindOf(text)).toBe('permit');
  });
});
