/**
 * T1: any bytes in give one well-formed answer. T3: any error while reading, parsing or evaluating refuses, and no
 * error is skipped. Over the guard itself, with a registry that fails where it is told to.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Answer } from '../../functions/core/decision/answer.ts';
import { sentenceOf } from '../../functions/core/decision/reasons.ts';
import type { Json } from '../../functions/core/facts/canonical.ts';
import { viewOf } from '../../functions/core/facts/view.ts';
import { createGuard, type Guard } from '../../functions/decide/guard.ts';
import type { OpenRegistry } from '../../functions/store/registry-reader.ts';
import { asStored, requestOf } from '../core/decision/ask.ts';
import { AT, FACTS } from '../core/decision/facts.ts';
import { SEED } from './random.ts';

/** Given each thing the registry is asked for, in turn; returns what comes back instead, or throws. */
type Fault = (found: unknown, step: number) => unknown;
const NONE: Fault = (found) => found;

function guardOver(fault: Fault = NONE): Guard {
  const { entries, law, vendors } = viewOf(asStored(FACTS));
  const only = (all: ReadonlyMap<string, Json>, keys: readonly string[]) =>
    new Map([...all].filter(([key]) => keys.includes(key)));
  let step = 0;
  const through = <T>(found: T): T => {
    step += 1;
    return fault(found, step) as T;
  };
  const open = async () => {
    step = 0;
    const registry = {
      version: 1,
      digest: 'sha256:0',
      readStartedAt: AT,
      read: async (keys: readonly string[]) =>
        through({ law: through(law), entries: through(only(entries, keys)) }),
      vendors: async (ids: readonly string[]) => through(only(vendors, ids)),
      approved: async () => through(undefined),
      consumed: () => through({ readUnits: 1, batches: 1 }),
    };
    return through(registry) as unknown as OpenRegistry;
  };
  return createGuard({
    reader: { open },
    build: 'sha256:0',
    budgetMs: 1000,
    leaseMs: 30_000,
    clock: () => AT,
    newEvaluationId: () => 'evaluation',
    mostExplained: 'codes',
  });
}

const ASKED = JSON.stringify(requestOf({ route: 'a-to-b' }));

function isWellFormed(a: Answer): boolean {
  const reasoned = a.decision || a.reasons.length > 0 || a.outcome !== 'permit';
  const told = a.reasons.every((r) => r.text === sentenceOf(r.code));
  return a.decision === (a.outcome === 'permit') && reasoned && told && JSON.stringify(a).length > 0;
}

it('T1: the question of these tests permits', async () => {
  expect(await guardOver().decideText(ASKED)).toMatchObject({ decision: true, useBy: expect.any(String) });
});

it('T1: any text gives one well-formed refusal', async () => {
  const guard = guardOver();
  const near = fc
    .tuple(fc.nat(ASKED.length - 1), fc.nat(3), fc.string({ maxLength: 3 }))
    .map(([at, gone, put]) => ASKED.slice(0, at) + put + ASKED.slice(at + gone));
  let permits = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(near, near, fc.string(), fc.json()), async (text) => {
      const answer = await guard.decideText(text);
      permits += answer.decision ? 1 : 0;
      return isWellFormed(answer) && (!answer.decision || text.includes('a-to-b'));
    }),
    { seed: SEED | 0, numRuns: 1500 },
  );
  console.info(`T1: seed ${SEED}, 1500 texts, ${permits} permits (the question survived)`);
});

it('T1: any value gives one well-formed refusal', async () => {
  const guard = guardOver();
  const hostile = [
    null,
    undefined,
    7,
    [],
    [[]],
    Object.create(null),
    { message: { __proto__: { id: 'm' } } },
    new Map(),
    () => 0,
    Symbol('x'),
    10n,
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
        ownKeys: () => {
          throw new Error('no');
        },
      },
    ),
  ];
  for (const value of hostile) {
    const answer = await guard.decideValue(value);
    expect([answer.decision, isWellFormed(answer)]).toEqual([false, true]);
  }
});

it('T3: whatever fails, at whichever step, refuses', async () => {
  let asked = 0;
  const garbage: readonly unknown[] = [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    new Map([['network/net-a', null]]),
    { law: {}, entries: new Map() },
  ];
  for (let failing = 1; failing <= 6; failing += 1) {
    const faults: readonly (() => unknown)[] = [
      () => {
        throw new Error('a secret of the store');
      },
      ...garbage.map((g) => () => g),
    ];
    for (const [kind, fault] of faults.entries()) {
      // The last step is the bill: losing it loses nothing a decision rests on, unless it throws.
      if (failing === 6 && kind > 0) continue;
      const answer = await guardOver((found, step) => (step === failing ? fault() : found)).decideText(ASKED);
      asked += 1;
      expect({ failing, kind, decision: answer.decision }).toEqual({ failing, kind, decision: false });
      expect(isWellFormed(answer)).toBe(true);
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
  }
  console.info(`T3: ${asked} faults`);
});
