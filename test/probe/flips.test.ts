import { describe, expect, it } from 'vitest';
import { wholeRegistry } from '../../functions/board/whole-registry.ts';
import type { Ask } from '../../functions/probe/ask.ts';
import { buildQuestions, compareBuilds } from '../../functions/probe/flips.ts';
import { UNIVERSAL_ANSWERS } from '../../functions/probe/known-answers.ts';
import { releaseVerdict } from '../../functions/probe/release-verdict.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const registry = wholeRegistry({ version: 1, digest: 'sha256:0', recordedAt: '2026-11-23T11:00:00.000Z' }, [
  ...readSampleRegistry().values(),
]);
const questions = buildQuestions(registry, AT, 10_000);

/** A build that permits what the rule says. Refusals carry the codes the universal answers want. */
function buildThat(permits: (request: string) => boolean): Ask {
  return async (request) => {
    const decision = permits(JSON.stringify(request));
    const reasons = ['HOP_UNKNOWN', 'MARKING_INVALID'].map((code) => ({ code }));
    return {
      payload: JSON.stringify({
        decision,
        outcome: decision ? 'permit' : 'deny',
        enforceable: true,
        reasons,
      }),
    };
  };
}

const old = buildThat((r) => r.includes('"us-a"'));
const wider = buildThat((r) => r.includes('"us-a"') || r.includes('"sms-gb-secondary"'));
const narrower = buildThat(() => false);

async function verdict(after: Ask, acknowledged?: string) {
  const lines: string[] = [];
  const fit = await releaseVerdict({
    known: UNIVERSAL_ANSWERS,
    before: old,
    after,
    registry: async () => registry,
    acknowledged,
    service: 'test',
    clock: () => AT,
    write: (line) => lines.push(line),
  });
  return { fit, line: JSON.parse(lines.at(-1) ?? '') };
}

describe('two builds over one registry', () => {
  it('are asked about every route and network by every profile', () => {
    expect(questions.length % (17 + 6)).toBe(0);
    expect(questions.length).toBeGreaterThan(100);
  });

  it.each([
    ['the same', old, false, false],
    ['one that permits more', wider, true, false],
    ['one that permits less', narrower, false, true],
    ['one that does not answer', async () => ({ failed: 'no answer' }) as const, false, true],
  ] as const)('%s', async (_case, after, toPermit, toRefusal) => {
    const found = await compareBuilds(old, after, questions);
    expect([found.toPermit.length > 0, found.toRefusal.length > 0]).toEqual([toPermit, toRefusal]);
  });

  it('the digest is of the flips, not of the order they came in', async () => {
    const a = await compareBuilds(old, wider, questions);
    const b = await compareBuilds(old, wider, [...questions].reverse());
    expect(b.digest).toBe(a.digest);
    expect((await compareBuilds(old, old, questions)).digest).not.toBe(a.digest);
  });
});

describe('a release', () => {
  it('of a build that flips nothing to permit goes ahead', async () => {
    expect((await verdict(old)).fit).toBe(true);
    expect((await verdict(narrower)).fit).toBe(true);
  });

  it('of a build that permits more is refused until its flips are acknowledged', async () => {
    const { fit, line } = await verdict(wider);
    expect(fit).toBe(false);
    expect(line.toPermit).toBeGreaterThan(0);
    expect((await verdict(wider, line.flips)).fit).toBe(true);
    expect((await verdict(wider, `sha256:${'0'.repeat(64)}`)).fit).toBe(false);
  });

  it('of a build with one wrong known answer is refused', async () => {
    expect(
      (
        await verdict(
          buildThat(() => true),
          'whatever',
        )
      ).fit,
    ).toBe(false);
  });

  it('before the first publication rests on the known answers alone', async () => {
    const terms = {
      known: UNIVERSAL_ANSWERS,
      before: old,
      after: old,
      acknowledged: undefined,
      service: 'test',
      clock: () => AT,
      write: () => {},
    };
    const failing = (error: Error) => ({ ...terms, registry: () => Promise.reject(error) });
    expect(await releaseVerdict(failing(new StoreError('HEAD_MISSING')))).toBe(true);
    await expect(releaseVerdict(failing(new StoreError('STORE_UNAVAILABLE')))).rejects.toThrow();
  });
});
